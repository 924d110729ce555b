import type { LocalDate } from "../kernel/dates.ts";

/** How far enforcement has come, as the sanction's holder last said; null: not said. */
export interface CasePhase {
  /** The day on which the person left through the prison door. */
  releasedOn: LocalDate | null;
  /** Last day of enforcement, included; Rise's view ends with it (decision D13). */
  enforcementEndsOn: LocalDate | null;
}
