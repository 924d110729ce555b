import type { InferEntity } from "@mikro-orm/core";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { Authority } from "../kernel/authority.ts";
import type { CaseId, NotificationId, PermitId, WorkerId } from "../kernel/ids.ts";
import type { LegalBasisCode } from "./legal-basis.ts";
import type { RecordedPermit } from "./permit.ts";
import { NotificationEntity, PermitEntity } from "./permit.entity.ts";

const toPermit = (row: InferEntity<typeof PermitEntity>): RecordedPermit => row as unknown as RecordedPermit;

/** All requests and notified disclosures of several persons, first made first. */
export async function permitsOfCases(
  em: EntityManager,
  caseIds: readonly CaseId[],
): Promise<Map<CaseId, RecordedPermit[]>> {
  const rows = await em.find(
    PermitEntity,
    { caseId: { $in: [...caseIds] } },
    { orderBy: { requestedAt: "asc", id: "asc" } },
  );
  return Map.groupBy(rows.map(toPermit), (permit) => permit.caseId);
}

export const permitsOf = async (em: EntityManager, caseId: CaseId): Promise<RecordedPermit[]> =>
  (await permitsOfCases(em, [caseId])).get(caseId) ?? [];

export async function findPermit(em: EntityManager, id: PermitId): Promise<RecordedPermit | undefined> {
  const row = await em.findOne(PermitEntity, { id });
  return row ? toPermit(row) : undefined;
}

export async function insertPermit(em: EntityManager, permit: RecordedPermit): Promise<void> {
  await em.insert(PermitEntity, permit);
}

/** @returns false when it has been answered, or taken back, meanwhile */
export async function answerPermit(
  em: EntityManager,
  { id, state }: Pick<RecordedPermit, "id" | "state">,
  answer: Pick<RecordedPermit, "state" | "categories" | "from" | "until" | "answeredBy" | "answeredAt" | "answer">,
): Promise<boolean> {
  return (await em.nativeUpdate(PermitEntity, { id, state }, answer)) === 1;
}

export interface Notification {
  id: NotificationId;
  basis: LegalBasisCode;
  /** Null for a child: nothing of it is kept in the parent's case (decision D7). */
  caseId: CaseId | null;
  /** What it opened to the receiver; null where nothing could be opened. */
  permitId: PermitId | null;
  receiverUnit: string | null;
  reason: string;
  madeBy: WorkerId;
  madeByName: string;
  madeByAuthority: Authority;
  madeByUnit: string | null;
  madeAt: Date;
}

export async function insertNotification(em: EntityManager, notification: Notification): Promise<void> {
  await em.insert(NotificationEntity, notification);
}
