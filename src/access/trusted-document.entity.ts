import { defineEntity, p } from "@mikro-orm/core";

/** Operations registered for one client application. Names and texts of operations, nothing of any person. */
export const TrustedDocumentEntity = defineEntity({
  name: "TrustedDocument",
  tableName: "trusted_document",
  properties: {
    client: p.text().primary(),
    hash: p.text().primary(),
    name: p.text(),
    text: p.text(),
    registeredAt: p.datetime(),
  },
});
