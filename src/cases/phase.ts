import type { CasePhase } from "../disclosure/grounds.ts";
import { type LocalDate, addDays } from "../kernel/dates.ts";
import type { HolderFacts, SanctionKind } from "./case.ts";

type Sentence = HolderFacts["sentence"];

/** Remand ends when a court decides, imprisonment for life when it does: no date of theirs ends enforcement (D17). */
const WITHOUT_FULL_TERM: readonly SanctionKind[] = ["REMAND", "LIFE_IMPRISONMENT"];

/**
 * How far enforcement has come by the word of the sanction's holder. Release is the earliest planned door (decision
 * D17). Enforcement lasts to the full term, included: probationary freedom and the probation period of a conditional
 * release are enforcement too (D13) [D: a life prisoner's probation period has no date here].
 * @param sentence what was said; undefined where it was not asked or not told. A date that is not mentioned stays as it was
 */
export function phaseBy(sentence: Sentence, before: CasePhase): CasePhase {
  if (sentence === undefined) return before;
  const { sanction, supervisedFreedomOn, conditionalReleaseOn, fullTermOn } = sentence;
  const doors = [supervisedFreedomOn, conditionalReleaseOn, fullTermOn];
  const told = doors.some((door) => door !== undefined);
  return {
    releasedOn: told ? (doors.flatMap((door) => door ?? []).sort()[0] ?? null) : before.releasedOn,
    enforcementEndsOn:
      sanction && WITHOUT_FULL_TERM.includes(sanction)
        ? null
        : fullTermOn === undefined
          ? before.enforcementEndsOn
          : fullTermOn,
  };
}

/** The phase once Rise's own system shows the person as served by none of its units: enforcement has ended. */
export function phaseWhenServedByNobody(before: CasePhase, on: LocalDate): CasePhase {
  const yesterday = addDays(on, -1);
  const earlier = (date: LocalDate | null) => (date !== null && date < yesterday ? date : yesterday);
  return {
    releasedOn: before.releasedOn !== null && before.releasedOn <= on ? before.releasedOn : yesterday,
    enforcementEndsOn: earlier(before.enforcementEndsOn),
  };
}

export const hasEnded = ({ enforcementEndsOn }: CasePhase, on: LocalDate): boolean =>
  enforcementEndsOn !== null && enforcementEndsOn < on;
