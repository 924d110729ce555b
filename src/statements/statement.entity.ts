import { defineEntity, p } from "@mikro-orm/core";
import { EncryptedJson } from "../kernel/encrypted.ts";
import type { PersonAgreement, Statement, StatementContent } from "./statement.ts";

/** A signed row is never updated: the repository's update names `signed_at is null`, and a trigger refuses otherwise. */
export const StatementEntity = defineEntity({
  name: "Statement",
  tableName: "statement",
  properties: {
    id: p.uuid().primary(),
    caseId: p.uuid(),
    version: p.integer(),
    language: p.text(),
    authorId: p.text(),
    author: p.json<Statement["author"]>(),
    content: p.type(EncryptedJson).$type<StatementContent>(),
    agreement: p.json<PersonAgreement>().nullable(),
    writtenAt: p.datetime(),
    signedAt: p.datetime().nullable(),
    signedHash: p.text().nullable(),
  },
});
