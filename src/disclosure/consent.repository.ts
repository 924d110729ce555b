import type { InferEntity } from "@mikro-orm/core";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { CaseId, ConsentId } from "../kernel/ids.ts";
import type { Consent } from "./consent.ts";
import { ConsentEntity } from "./consent.entity.ts";

const toConsent = (row: InferEntity<typeof ConsentEntity>): Consent => row as unknown as Consent;

/** All consents and refusals of several persons, oldest first. */
export async function consentsOfCases(em: EntityManager, caseIds: readonly CaseId[]): Promise<Map<CaseId, Consent[]>> {
  const rows = await em.find(
    ConsentEntity,
    { caseId: { $in: [...caseIds] } },
    { orderBy: { recordedAt: "asc", id: "asc" } },
  );
  return Map.groupBy(rows.map(toConsent), (consent) => consent.caseId);
}

export const consentsOf = async (em: EntityManager, caseId: CaseId): Promise<Consent[]> =>
  (await consentsOfCases(em, [caseId])).get(caseId) ?? [];

export async function findConsent(em: EntityManager, id: ConsentId): Promise<Consent | undefined> {
  const row = await em.findOne(ConsentEntity, { id });
  return row ? toConsent(row) : undefined;
}

export async function insertConsent(em: EntityManager, consent: Consent): Promise<void> {
  await em.insert(ConsentEntity, consent);
}

export async function withdrawConsent(
  em: EntityManager,
  id: ConsentId,
  withdrawal: Pick<Consent, "withdrawnAt" | "withdrawnBy" | "withdrawnByAuthority" | "withdrawalTold">,
): Promise<void> {
  await em.nativeUpdate(ConsentEntity, { id, withdrawnAt: null }, withdrawal);
}
