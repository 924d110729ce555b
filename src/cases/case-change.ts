import { today } from "../kernel/dates.ts";
import type { CaseId } from "../kernel/ids.ts";
import type { Work } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { type CaseInRemit, findCase } from "./case.service.ts";

/** The outcome of a change: the case's id when it was made, otherwise what keeps it from being made. */
export interface CaseChange {
  caseId: CaseId | null;
  userErrors: UserError[];
}

export const done = (caseId: CaseId): CaseChange => ({ caseId, userErrors: [] });
export const refused = (error: UserError): CaseChange => ({ caseId: null, userErrors: [error] });
export const NO_SUCH_CASE = userError("CASE_NOT_FOUND", "There is no such case within your remit.", "caseId");

/** Makes a change in a case within the caller's remit, and puts the case on record. */
export async function inCase(
  work: Work,
  id: string,
  change: (caseId: CaseId, found: CaseInRemit) => Promise<CaseChange>,
): Promise<CaseChange> {
  const found = await findCase(work.em, work.caller, id, today(work.clock));
  if (!found) return refused(NO_SUCH_CASE);
  work.trace({ caseId: found.row.id });
  return change(found.row.id, found);
}
