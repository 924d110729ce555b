import { disclose, emptyRecord } from "../disclosure/disclose.ts";
import type { Work } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { statementDisclosure } from "../statements/statement.disclosure.ts";
import { findStatementInRemit } from "../statements/statement.service.ts";
import type { Statement } from "../statements/statement.ts";

/**
 * The statement that goes along: only when it is signed and the person agrees to it. What of it stands in the form goes
 * on record.
 * @param leaving the paths of all that stands in the form
 */
export async function attachable(
  work: Work,
  id: string | null,
  caseId: string,
  leaving: ReadonlySet<string>,
): Promise<Statement | UserError | undefined> {
  if (id === null) return undefined;
  const found = await findStatementInRemit(work, id);
  if (found?.statement.caseId !== caseId || !found.decision.on("APPLICATION", "RISE").allowed) {
    return userError("STATEMENT_NOT_FOUND", "There is no such statement in this case.", "statementId");
  }
  if (found.statement.signedAt === null) {
    return userError(
      "STATEMENT_NOT_SIGNED",
      "Sign the statement first, or make the application without it.",
      "statementId",
    );
  }
  if (found.statement.agreement?.agreesToAttach !== true) {
    return userError(
      "STATEMENT_NOT_AGREED",
      "The person has not agreed to the statement's being attached. Make the application without it.",
      "statementId",
    );
  }
  const record = emptyRecord();
  const judgement = { decision: found.decision, selected: leaving, record };
  disclose(statementDisclosure, "RISE", "statement", found.statement, judgement);
  if (record.left.length > 0)
    work.trace({ caseId: found.statement.caseId, subjectId: found.statement.id, disclosure: record });
  return found.statement;
}
