import type { Caller } from "../access/caller.ts";
import type { DisclosureRecord } from "../disclosure/disclose.ts";
import type { Authority } from "../kernel/authority.ts";
import type { CaseId } from "../kernel/ids.ts";

/** Whose act it was: a caller's, or the hub's own (erasures, jobs). */
export type AuditedCaller = Pick<Caller, "authority" | "unit" | "client" | "purpose" | "requestId"> & {
  id: string;
  role: Caller["role"] | "HUB";
  /** Null for the person themselves: their name is the case's, and the log holds none. */
  name: string | null;
};

/** The hub as the one who acts, e.g. in a retention job. */
export const HUB_CALLER: AuditedCaller = {
  id: "nivel",
  role: "HUB",
  name: null,
  authority: null,
  unit: null,
  client: "nivel",
  purpose: null,
};

/** To whom something was sent: a document, a referral, an extract. */
export interface Receiver {
  authority: Authority;
  /** A county's or employment area's code, a prison, a clinic; null when the authority has one address for all. */
  unit: string | null;
}

/**
 * One look, change or sending, as the use log and the disclosure log of act 703/2023 section 10 want it: whose data,
 * which fields, from whose register, the user's name and id, to whom, when, why and on which basis. Ids, codes and field
 * names only, never a value.
 */
export interface AuditEvent {
  at: Date;
  /** Name of the hub's operation. */
  operation: string;
  /** REFUSED: the caller may not do this at all. DONE with a reason: it ran, and changed nothing for that reason. */
  outcome: "DONE" | "REFUSED";
  /** Code of the refusal, never a text. */
  reason: string | null;
  caller: AuditedCaller;
  /** The person's case; null when no person was touched or the refusal came before one was found. */
  caseId: CaseId | null;
  /** The id that was asked for where nothing was found within the caller's remit, or the caller was refused. */
  soughtId: string | null;
  /** Id of the statement, document, referral … that was read or changed. */
  subjectId: string | null;
  /** Only of operations that send. */
  receiver: Receiver | null;
  disclosure: DisclosureRecord;
}
