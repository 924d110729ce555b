import type { InferEntity } from "@mikro-orm/core";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { CaseId, ReferralId, WorkerId } from "../kernel/ids.ts";
import { ReferralEntity } from "./referral.entity.ts";
import type { OwnWorker, Referral } from "./referral.ts";

function toReferral({
  ownWorkerName,
  ownWorkerPhone,
  answeredBy: _,
  ...row
}: InferEntity<typeof ReferralEntity>): Referral {
  const ownWorker = ownWorkerName === null ? null : { name: ownWorkerName, phone: ownWorkerPhone };
  return { ...row, ownWorker } as unknown as Referral;
}

const rowsOf = (rows: InferEntity<typeof ReferralEntity>[]): Referral[] => rows.map((row) => toReferral({ ...row }));

export async function insertReferral(em: EntityManager, referral: Referral): Promise<void> {
  const { ownWorker, ...row } = referral;
  await em.insert(ReferralEntity, {
    ...row,
    ownWorkerName: ownWorker?.name ?? null,
    ownWorkerPhone: ownWorker?.phone ?? null,
  });
}

export async function findReferral(em: EntityManager, id: ReferralId): Promise<Referral | undefined> {
  return rowsOf(await em.find(ReferralEntity, { id }))[0];
}

export async function referralsOf(em: EntityManager, caseId: CaseId): Promise<Referral[]> {
  return rowsOf(await em.find(ReferralEntity, { caseId }, { orderBy: { sentAt: "asc", id: "asc" } }));
}

/** At most `limit` referrals to a unit, first sent first, after the given sort key (exclusive). */
export async function referralsTo(
  em: EntityManager,
  unit: string,
  limit: number,
  after: { sentAt: Date; id: ReferralId } | undefined,
): Promise<Referral[]> {
  const later = after && { $or: [{ sentAt: { $gt: after.sentAt } }, { sentAt: after.sentAt, id: { $gt: after.id } }] };
  return rowsOf(
    await em.find(ReferralEntity, { receiverUnit: unit, ...later }, { orderBy: { sentAt: "asc", id: "asc" }, limit }),
  );
}

export async function markReceived(em: EntityManager, id: ReferralId, at: Date): Promise<boolean> {
  const changed = await em.execute<{ id: string }[]>(
    `update referral set state = 'RECEIVED', received_at = ?, version = version + 1
     where id = ? and state = 'REQUESTED' returning id`,
    [at, id],
  );
  return changed.length === 1;
}

/** False when it was changed since `version`, or is accepted already. */
export async function markAccepted(
  em: EntityManager,
  id: ReferralId,
  version: number,
  ownWorker: OwnWorker,
  by: WorkerId,
  at: Date,
): Promise<boolean> {
  const changed = await em.execute<{ id: string }[]>(
    `update referral set state = 'ACCEPTED', own_worker_name = ?, own_worker_phone = ?, answered_by = ?,
       answered_at = ?, received_at = coalesce(received_at, ?), version = version + 1
     where id = ? and version = ? and state in ('REQUESTED', 'RECEIVED') returning id`,
    [ownWorker.name, ownWorker.phone, by, at, at, id, version],
  );
  return changed.length === 1;
}
