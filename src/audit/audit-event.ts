import type { Caller } from "../access/caller.ts";
import type { DisclosureRecord } from "../disclosure/disclose.ts";
import type { CaseId } from "../kernel/ids.ts";

/**
 * One look or change, as the use log and the disclosure log of act 703/2023 section 10 want it: whose data, which
 * fields, from whose register, to whom, when, why and on which basis. Ids and field names only, never a value.
 */
export interface AuditEvent {
  at: Date;
  /** Name of the hub's operation. */
  operation: string;
  outcome: "DONE" | "REFUSED";
  caller: Pick<Caller, "id" | "role" | "authority" | "unit" | "client" | "purpose">;
  /** The person's case; null when no person was touched or the refusal came before one was found. */
  caseId: CaseId | null;
  /** Id of the statement, document, referral … that was read or changed. */
  subjectId: string | null;
  disclosure: DisclosureRecord;
}
