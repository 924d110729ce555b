import { AuditEventEntity } from "../audit/audit.entity.ts";
import { CaseFileEntity, CaseRemitEntity, RecordedContactEntity, RecordedFactEntity } from "../cases/case.entity.ts";
import { AreaReadinessEntity, ContactPointEntity, ContactPointEventEntity } from "../contacts/contact.entity.ts";
import { ConsentEntity } from "../disclosure/consent.entity.ts";
import { DocumentEntity } from "../forms/document.entity.ts";
import { ReferralEntity } from "../referrals/referral.entity.ts";
import { StatementEntity } from "../statements/statement.entity.ts";

/** Every table has its entity here, so that a schema comparison never proposes to drop one. */
export const ENTITIES = [
  AuditEventEntity,
  ConsentEntity,
  ContactPointEntity,
  ContactPointEventEntity,
  AreaReadinessEntity,
  CaseFileEntity,
  CaseRemitEntity,
  RecordedFactEntity,
  RecordedContactEntity,
  StatementEntity,
  DocumentEntity,
  ReferralEntity,
];
