import { createHash } from "node:crypto";
import type { CaseId, StatementId, WorkerId } from "../kernel/ids.ts";
import type { Language } from "../kernel/text.ts";
import type { Officer } from "../cases/case.ts";

/**
 * What the prison worker writes (domain reference 3.1a). Composed from the manual and law, since no authority's form
 * for it was found. Nothing on crime, security or health belongs here.
 */
export interface StatementContent {
  /** Which assistance is applied for, and why it is needed. */
  need: string;
  /** What the prison arranges, and what it does not. */
  arrangedByPrison: string;
  housingOnRelease: string;
  /** How it belongs to the sentence plan. */
  linkToSentencePlan: string;
  /** "The application was made together with the client": the signal of the manual. */
  preparedTogether: boolean;
}

/** The person's knowledge of and agreement to the statement; that it was not asked is neither yes nor no. */
export interface PersonAgreement {
  hasRead: boolean;
  agreesToAttach: boolean;
}

/** One version of a statement by a named worker about one case. A signed version is never changed. */
export interface Statement {
  id: StatementId;
  caseId: CaseId;
  /** 1, 2, … within the case. */
  version: number;
  language: Language;
  author: Officer & { workerId: WorkerId };
  content: StatementContent;
  agreement: PersonAgreement | null;
  writtenAt: Date;
  signedAt: Date | null;
  /** SHA-256 (hex) of the canonical content at signing. */
  signedHash: string | null;
}

/** SHA-256 (hex) over everything that the signed version says, in a fixed order, so that any later change shows. */
export function statementHash(statement: Omit<Statement, "signedHash">): string {
  const { id, caseId, version, language, author, content, agreement, writtenAt, signedAt } = statement;
  const canonical = JSON.stringify([
    id,
    caseId,
    version,
    language,
    author.workerId,
    author.name,
    author.title,
    author.phone,
    author.email,
    content.need,
    content.arrangedByPrison,
    content.housingOnRelease,
    content.linkToSentencePlan,
    content.preparedTogether,
    agreement?.hasRead ?? null,
    agreement?.agreesToAttach ?? null,
    writtenAt.toISOString(),
    signedAt?.toISOString() ?? null,
  ]);
  return createHash("sha256").update(canonical).digest("hex");
}
