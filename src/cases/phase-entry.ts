import type { EntityManager } from "@mikro-orm/postgresql";
import type { CallerRole } from "../access/role.ts";
import { NO_GROUNDS } from "../disclosure/grounds.ts";
import type { LocalDate } from "../kernel/dates.ts";
import { today } from "../kernel/dates.ts";
import type { CaseId } from "../kernel/ids.ts";
import type { Work } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import type { FactPath, HolderFacts } from "./case.ts";
import { type CaseRow, recordedFactsOf, setPhase } from "./case.repository.ts";
import { findCase } from "./case.service.ts";
import type { CaseSource, HolderAnswer } from "./case.source.ts";
import { hasEnded, phaseBy } from "./phase.ts";
import { applySettlement, settlementOf } from "./remit.ts";
import { endRemits, remitsOf } from "./remit.repository.ts";

/** Settles the case that is being opened by what the opener's own system said of the person. */
export async function settleBy(work: Work, row: CaseRow, answer: HolderAnswer): Promise<void> {
  const { em, caller, clock } = work;
  if (caller.authority === null) return;
  const on = today(clock);
  const answers = new Map([[caller.authority, answer]]);
  const settlement = settlementOf(row.phase, await remitsOf(em, row.id, on), answers, caller, on);
  await applySettlement(em, row.id, settlement, { on, at: clock.now() });
}

/** Another enforcement: the earlier one's units and dates are over. */
export async function beginAnew(em: EntityManager, caseId: CaseId, on: LocalDate): Promise<void> {
  const earlier = (await remitsOf(em, caseId, on)).filter((remit) => RISE_ROLES.includes(remit.role));
  await setPhase(em, caseId, NO_GROUNDS.phase);
  await endRemits(em, earlier, on);
}

export const RISE_ROLES: readonly CallerRole[] = ["PRISON_WORKER", "PROBATION_WORKER"];

/**
 * Lets the phase of a case that Rise keeps by hand follow what its worker enters about the sentence. Where Rise's
 * system is asked about the person, its word alone counts: nobody lengthens their own view by typing.
 */
export async function followSentence(
  work: Work,
  sources: readonly CaseSource[],
  caseId: CaseId,
  path: FactPath,
  value: unknown,
): Promise<UserError | undefined> {
  const { em, caller, clock } = work;
  if (caller.authority !== "RISE") return undefined;
  const on = today(clock);
  const found = await findCase(em, caller, caseId, on);
  const hasSystem = sources.some((source) => source.authority === "RISE");
  if (!found || (found.row.hetu !== null && hasSystem)) return undefined;
  const sentence: Record<string, unknown> = {};
  for (const [entered, words] of await recordedFactsOf(em, caseId, caller)) {
    const word = words.find((one) => one.holder === "RISE");
    if (word && entered.startsWith("sentence.")) sentence[fieldOf(entered)] = word.value;
  }
  sentence[fieldOf(path)] = value;
  const phase = phaseBy(sentence as HolderFacts["sentence"], NO_GROUNDS.phase);
  if (hasEnded(phase, on)) {
    return userError(
      "ENFORCEMENT_ENDED",
      "By that date enforcement has ended, and nobody in your authority could open the case any more. Check the date.",
      "value",
    );
  }
  await setPhase(em, caseId, phase);
  return undefined;
}

const fieldOf = (path: FactPath): string => path.split(".")[1]!;
