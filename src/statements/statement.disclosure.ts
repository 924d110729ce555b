import type { DisclosureTable } from "../disclosure/disclose.ts";
import type { FreeTextNotice } from "./free-text.ts";
import type { Statement } from "./statement.ts";

const application = { category: "APPLICATION" } as const;

export const statementDisclosure = {
  id: "PUBLIC",
  caseId: "PUBLIC",
  version: application,
  language: application,
  author: application,
  content: application,
  agreement: application,
  writtenAt: application,
  signedAt: application,
  signedHash: application,
} satisfies DisclosureTable<Statement>;

export const noticeDisclosure = {
  field: application,
  topic: application,
  word: application,
  advice: application,
} satisfies DisclosureTable<FreeTextNotice>;

/** The texts whose words a notice may tell: a statement's, and what a worker wrote into a form instead of facts. */
export const NOTICED_TEXTS = ["statement.content", "document.notices"] as const;
