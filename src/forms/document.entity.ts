import { defineEntity, p } from "@mikro-orm/core";
import { EncryptedBytes, EncryptedJson } from "../kernel/encrypted.ts";
import type { FreeTextNotice } from "../statements/free-text.ts";

export const DocumentEntity = defineEntity({
  name: "Document",
  tableName: "document",
  properties: {
    id: p.uuid().primary(),
    caseId: p.uuid(),
    form: p.text(),
    edition: p.text(),
    language: p.text(),
    statementId: p.uuid().nullable(),
    receiverCounty: p.text().nullable(),
    tellsPlace: p.boolean(),
    fileName: p.text(),
    sha256: p.text(),
    bytes: p.type(EncryptedBytes).$type<Uint8Array>().lazy(),
    notices: p.type(EncryptedJson).$type<FreeTextNotice[]>(),
    grounds: p.json<string[]>(),
    createdBy: p.text(),
    createdAt: p.datetime(),
    sentAt: p.datetime().nullable(),
  },
});
