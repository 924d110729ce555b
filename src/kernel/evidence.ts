import type { LocalDate } from "./dates.ts";

/**
 * How well a fact of law or practice is known.
 * - `STATUTE`: read in the text of the act
 * - `DOCUMENT`: printed in a named document
 * - `UNVERIFIED`: general knowledge or composed, not seen in a source; shown with that mark
 */
export const EVIDENCE = ["STATUTE", "DOCUMENT", "UNVERIFIED"] as const;
export type Evidence = (typeof EVIDENCE)[number];

/** Where a rule, number or text comes from. */
export interface Citation {
  /** Act and section (e.g. `1301/2021 28 §`) or the document's name. */
  source: string;
  evidence: Evidence;
  checkedOn: LocalDate;
}
