import type { EntityManager } from "@mikro-orm/postgresql";
import { AUTHORITY_OF_ROLE, type CallerRole } from "../access/role.ts";
import { CaseFileEntity, CaseRemitEntity, RecordedContactEntity, RecordedFactEntity } from "../cases/case.entity.ts";
import { ConsentEntity } from "../disclosure/consent.entity.ts";
import { NotificationEntity, PermitEntity } from "../disclosure/permit.entity.ts";
import { DocumentEntity } from "../forms/document.entity.ts";
import type { CaseId } from "../kernel/ids.ts";
import { ReferralEntity } from "../referrals/referral.entity.ts";
import { StatementEntity } from "../statements/statement.entity.ts";
import type { HeldRow } from "./holding.ts";

const byId = { orderBy: { id: "asc" } } as const;

/** By a function, since the database shows a caller none but the own remits of a case. */
async function remitsOf(em: EntityManager, caseId: CaseId) {
  const rows = await em.execute<object[]>("select * from nivel_remits_of(?) order by id", [caseId]);
  return rows.map((row) => em.map(CaseRemitEntity, row));
}

/** The unit that opened a case is kept only as its remit, which began in the same moment; null: it cannot be told. */
const openerOf = (
  { openedByAuthority, openedAt }: { openedByAuthority?: string | null; openedAt: Date },
  remits: readonly { role: string; unit: string; begunAt: Date }[],
): string | null =>
  remits.find(
    ({ role, begunAt }) =>
      AUTHORITY_OF_ROLE[role as CallerRole] === openedByAuthority && begunAt.getTime() === openedAt.getTime(),
  )?.unit ?? null;

/** Every row that the hub holds of one case, by table. Read through the entities, so that what is encrypted is opened. */
export const ROWS_OF: Readonly<Record<string, (em: EntityManager, caseId: CaseId) => Promise<HeldRow[]>>> = {
  case_file: async (em, id) => {
    const [file] = await em.find(CaseFileEntity, { id });
    return file ? [{ ...file, openedByUnit: openerOf(file, await remitsOf(em, id)) }] : [];
  },
  case_remit: remitsOf,
  recorded_fact: (em, caseId) => em.find(RecordedFactEntity, { caseId }, byId),
  recorded_contact: (em, caseId) => em.find(RecordedContactEntity, { caseId }, byId),
  consent: (em, caseId) => em.find(ConsentEntity, { caseId }, byId),
  permit: (em, caseId) => em.find(PermitEntity, { caseId }, byId),
  // A child's notification has no case, and so is nobody's here (decision D7).
  notification: (em, caseId) => em.find(NotificationEntity, { caseId }, byId),
  statement: (em, caseId) => em.find(StatementEntity, { caseId }, byId),
  document: (em, caseId) => em.find(DocumentEntity, { caseId }, byId),
  referral: (em, caseId) => em.find(ReferralEntity, { caseId }, byId),
};
