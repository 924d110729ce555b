import type { EntityManager } from "@mikro-orm/postgresql";
import type { CaseId } from "../kernel/ids.ts";
import { consentsOfCases } from "./consent.repository.ts";
import { type CasePhase, type Grounds, NO_GROUNDS } from "./grounds.ts";
import { permitsOfCases } from "./permit.repository.ts";

/** What opens or closes the disclosure of each of these cases now. */
export async function groundsOfCases(
  em: EntityManager,
  cases: readonly { id: CaseId; phase: CasePhase }[],
): Promise<Map<CaseId, Grounds>> {
  const ids = cases.map((one) => one.id);
  const consents = await consentsOfCases(em, ids);
  const permits = await permitsOfCases(em, ids);
  return new Map(
    cases.map(({ id, phase }) => [id, { phase, consents: consents.get(id) ?? [], permits: permits.get(id) ?? [] }]),
  );
}

export const groundsOf = async (em: EntityManager, one: { id: CaseId; phase: CasePhase }): Promise<Grounds> =>
  (await groundsOfCases(em, [one])).get(one.id) ?? NO_GROUNDS;
