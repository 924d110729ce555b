import type { DisclosureTable } from "../disclosure/disclose.ts";
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
