import type { CasePhase } from "./case-phase.ts";
import type { Consent } from "./consent.ts";
import type { Permit } from "./permit.ts";

export type { CasePhase } from "./case-phase.ts";

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
