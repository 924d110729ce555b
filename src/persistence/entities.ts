import { ClientEntity, ClientSpendingEntity } from "../access/client.entity.ts";
import { TrustedDocumentEntity } from "../access/trusted-document.entity.ts";
import { AuditErasureEntity, AuditEventEntity, AuditHeadEntity } from "../audit/audit.entity.ts";
import { CaseFileEntity, CaseRemitEntity, RecordedContactEntity, RecordedFactEntity } from "../cases/case.entity.ts";
import { AreaReadinessEntity, ContactPointEntity, ContactPointEventEntity } from "../contacts/contact.entity.ts";
import { ConsentEntity } from "../disclosure/consent.entity.ts";
import { NotificationEntity, PermitEntity } from "../disclosure/permit.entity.ts";
import { DocumentEntity } from "../forms/document.entity.ts";
import { ReferralEntity } from "../referrals/referral.entity.ts";
import { StatementEntity } from "../statements/statement.entity.ts";
import { DataKeyEntity } from "./vault/data-key.entity.ts";

/** Every table has its entity here, so that a schema comparison never proposes to drop one. */
export const ENTITIES = [
  DataKeyEntity,
  ClientEntity,
  ClientSpendingEntity,
  TrustedDocumentEntity,
  AuditEventEntity,
  AuditHeadEntity,
  AuditErasureEntity,
  ConsentEntity,
  PermitEntity,
  NotificationEntity,
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
