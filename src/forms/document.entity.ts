import { defineEntity, p } from "@mikro-orm/core";
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
    fileName: p.text(),
    sha256: p.text(),
    bytes: p.blob().lazy(),
    notices: p.json<FreeTextNotice[]>(),
    createdBy: p.text(),
    createdAt: p.datetime(),
    sentAt: p.datetime().nullable(),
  },
});
