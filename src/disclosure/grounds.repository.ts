import type { EntityManager } from "@mikro-orm/postgresql";
import type { CaseId } from "../kernel/ids.ts";
import { consentsOfCases } from "./consent.repository.ts";
import { type CasePhase, type Grounds, NO_GROUNDS } from "./grounds.ts";

/** What opens or closes the disclosure of each of these cases now. */
export async function groundsOfCases(
  em: EntityManager,
  cases: readonly { id: CaseId; phase: CasePhase }[],
): Promise<Map<CaseId, Grounds>> {
  const consents = await consentsOfCases(
    em,
    cases.map((one) => one.id),
  );
  return new Map(cases.map(({ id, phase }) => [id, { ...NO_GROUNDS, phase, consents: consents.get(id) ?? [] }]));
}

export const groundsOf = async (em: EntityManager, one: { id: CaseId; phase: CasePhase }): Promise<Grounds> =>
  (await groundsOfCases(em, [one])).get(one.id) ?? NO_GROUNDS;
