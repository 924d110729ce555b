import type { LocalDate } from "../kernel/dates.ts";
import type { Consent } from "./consent.ts";
import type { Permit } from "./permit.ts";

/** How far enforcement has come, as the sanction's holder last said; null: not said. */
export interface CasePhase {
  /** The day on which the person left through the prison door. */
  releasedOn: LocalDate | null;
  /** Last day of enforcement, included; Rise's view ends with it (decision D13). */
  enforcementEndsOn: LocalDate | null;
}

/** What, besides the law itself, opens or closes the disclosure of one case. */
export interface Grounds {
  consents: readonly Consent[];
  permits: readonly Permit[];
  phase: CasePhase;
}

export const NO_GROUNDS: Grounds = {
  consents: [],
  permits: [],
  phase: { releasedOn: null, enforcementEndsOn: null },
};
