import { z } from "zod";
import type { Caller } from "../access/caller.ts";
import { isStorable } from "../cases/fact-value.ts";
import { type CaseListInput, listOfCase } from "../cases/case-list.ts";
import { type CaseService, findCase, findCaseOf } from "../cases/case.service.ts";
import { type DisclosedRecord, type Judgement, disclose, emptyRecord } from "../disclosure/disclose.ts";
import type { Decision } from "../disclosure/policy.ts";
import { today } from "../kernel/dates.ts";
import { type CaseId, type StatementId, asId, newId } from "../kernel/ids.ts";
import type { Page } from "../kernel/page.ts";
import type { Language } from "../kernel/text.ts";
import { type Operation, type Room, type Work, operation } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { type FreeTextNotice, noticesOf } from "./free-text.ts";
import { type PersonAgreement, type Statement, type StatementContent, statementHash } from "./statement.ts";
import { statementDisclosure } from "./statement.disclosure.ts";
import { findStatement, insertStatement, setAgreement, setSigned, statementsOf } from "./statement.repository.ts";

export type StatementView = DisclosedRecord<Statement, typeof statementDisclosure>;

export interface StatementChange {
  statement: StatementView | null;
  /** Words that may tell of health or crime; the writer decides (decision D14). */
  notices: FreeTextNotice[];
  userErrors: UserError[];
}

export interface StatementInput {
  caseId: string;
  language: Language;
  content: StatementContent;
  /** The author's details in service, as they are printed. */
  author: { title: string; phone: string | null; email: string | null };
}

export interface StatementService {
  /** All versions, newest first; empty when there is no such case for the caller. */
  listStatements: Operation<CaseListInput, Page<StatementView>>;
  /** Writes a new version; earlier ones are kept. */
  writeStatement: Operation<Asked<StatementInput>, StatementChange>;
  recordAgreement: Operation<Asked<{ statementId: string; agreement: PersonAgreement }>, StatementChange>;
  /** Locks the version with time, author and hash. Only its author signs. */
  signStatement: Operation<Asked<{ statementId: string }>, StatementChange>;
}

/** What is asked for, and what the document selects of the answer. */
type Asked<Input> = Input & { selected: ReadonlySet<string> };

const MAX_TEXT_LENGTH = 10_000;
const text = z.string().max(MAX_TEXT_LENGTH).refine(isStorable);
const contentSchema = z.object({
  need: text.trim().min(1),
  arrangedByPrison: text,
  housingOnRelease: text,
  linkToSentencePlan: text,
  preparedTogether: z.boolean(),
});

const detail = z.string().trim().min(1).max(200).refine(isStorable);
const authorSchema = z.object({ title: detail, phone: detail.nullable(), email: detail.nullable() });

const refused = (error: UserError): StatementChange => ({ statement: null, notices: [], userErrors: [error] });
const NOT_FOUND = userError("STATEMENT_NOT_FOUND", "There is no such statement within your remit.", "statementId");
const SIGNED = userError(
  "STATEMENT_SIGNED",
  "A signed statement cannot be changed. Write a new version.",
  "statementId",
);

const view = (statement: Statement, judgement: Judgement): StatementView =>
  disclose(statementDisclosure, "RISE", "statement", statement, judgement);

/** A statement of a case within the caller's remit, for the capabilities above. */
export async function findStatementInRemit(
  work: Work,
  id: string,
): Promise<{ statement: Statement; decision: Decision } | undefined> {
  const found = await findCaseOf(work.em, work.caller, "statement", id, today(work.clock));
  const statement = found && (await findStatement(work.em, asId<StatementId>(id)!));
  return statement && { statement, decision: found.decision };
}

export function createStatementService(room: Room, cases: CaseService): StatementService {
  const inStatement = async (
    work: Work,
    { statementId: id, selected }: Asked<{ statementId: string }>,
    change: (statement: Statement) => Promise<Statement | UserError>,
  ): Promise<StatementChange> => {
    const found = await findStatementInRemit(work, id);
    if (!found) return refused(NOT_FOUND);
    const outcome = await change(found.statement);
    if ("code" in outcome) return refused(outcome);
    return changed(work, outcome, { decision: found.decision, selected });
  };

  return {
    listStatements: listOfCase(room, cases, {
      name: "listStatements",
      permission: "READ_STATEMENT",
      tellsPlace: false,
      // The person sees what was shown to them or signed about them, not a worker's unfinished draft [D].
      rows: async ({ em, caller }, caseId) =>
        (await statementsOf(em, caseId)).filter(
          ({ agreement, signedAt }) => caller.role !== "PERSON" || agreement !== null || signedAt !== null,
        ),
      view,
    }),

    writeStatement: operation(room, {
      name: "writeStatement",
      permission: "WRITE_STATEMENT",
      touchesPerson: true,
      run: async (work, { caseId, language, content, author, selected }) => {
        const found = await findCase(work.em, work.caller, caseId, today(work.clock));
        if (!found) return refused(userError("CASE_NOT_FOUND", "There is no such case within your remit.", "caseId"));
        if (!authorSchema.safeParse(author).success) {
          return refused(
            userError("AUTHOR_INVALID", "Give your title, and phone and e-mail of at most 200 characters.", "author"),
          );
        }
        const parsed = contentSchema.safeParse(content);
        if (!parsed.success) {
          const field = parsed.error.issues[0]?.path.join(".") ?? null;
          return refused(
            userError(
              "CONTENT_INVALID",
              `"need" must be told, and a text has at most ${MAX_TEXT_LENGTH} characters.`,
              field,
            ),
          );
        }
        const statement = await insertStatement(work.em, {
          id: newId<StatementId>(),
          caseId: found.row.id,
          language,
          author: authorOf(work.caller, author),
          content: parsed.data,
          agreement: null,
          writtenAt: work.clock.now(),
          signedAt: null,
          signedHash: null,
        });
        return changed(work, statement, { decision: found.decision, selected });
      },
    }),

    recordAgreement: operation(room, {
      name: "recordAgreement",
      permission: "WRITE_STATEMENT",
      touchesPerson: true,
      run: (work, { agreement, ...asked }) =>
        inStatement(work, asked, async (statement) =>
          (await setAgreement(work.em, statement.id, agreement)) ? { ...statement, agreement } : SIGNED,
        ),
    }),

    signStatement: operation(room, {
      name: "signStatement",
      permission: "WRITE_STATEMENT",
      touchesPerson: true,
      run: (work, asked) =>
        inStatement(work, asked, async (statement) => {
          if (statement.author.workerId !== work.caller.id) {
            return userError("NOT_THE_AUTHOR", "Only its author signs a statement.", "statementId");
          }
          const signed = { ...statement, signedAt: work.clock.now() };
          const signedHash = statementHash(signed);
          return (await setSigned(work.em, statement.id, signed.signedAt, signedHash))
            ? { ...signed, signedHash }
            : SIGNED;
        }),
    }),
  };
}

function changed(
  work: Work,
  statement: Statement,
  judgement: Pick<Judgement, "decision" | "selected">,
): StatementChange {
  const disclosure = emptyRecord();
  work.trace({ caseId: statement.caseId satisfies CaseId, subjectId: statement.id, disclosure });
  const shown = view(statement, { ...judgement, record: disclosure });
  // Selecting the notices selects the content, of whose words they tell.
  return { statement: shown, notices: shown.content ? noticesOf(shown.content) : [], userErrors: [] };
}

const authorOf = (caller: Caller, { title, phone, email }: StatementInput["author"]): Statement["author"] => ({
  workerId: caller.id,
  name: caller.name,
  title,
  phone,
  email,
});
