import { defineEntity, p } from "@mikro-orm/core";
import type { Authority } from "../kernel/authority.ts";
import type { Purpose } from "../access/purpose.ts";
import type { DataCategory } from "./data-category.ts";

export const ConsentEntity = defineEntity({
  name: "Consent",
  tableName: "consent",
  properties: {
    id: p.uuid().primary(),
    caseId: p.uuid(),
    answer: p.text(),
    disclosers: p.json<Authority[]>(),
    receiver: p.text(),
    receiverUnit: p.text().nullable(),
    categories: p.json<DataCategory[]>(),
    purposes: p.json<Purpose[]>(),
    informedIn: p.text(),
    givenOn: p.date(),
    validUntil: p.date(),
    recordedBy: p.text(),
    recordedByAuthority: p.text(),
    recordedAt: p.datetime(),
    withdrawnAt: p.datetime().nullable(),
  },
});
