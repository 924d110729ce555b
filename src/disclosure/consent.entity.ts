import { defineEntity, p } from "@mikro-orm/core";
import type { Authority } from "../kernel/authority.ts";
import { EncryptedJson } from "../kernel/encrypted.ts";
import type { Purpose } from "../access/purpose.ts";
import type { DisclosureMethod, Representative } from "./consent.ts";
import type { DataCategory } from "./data-category.ts";

export const ConsentEntity = defineEntity({
  name: "Consent",
  tableName: "consent",
  properties: {
    id: p.uuid().primary(),
    caseId: p.uuid(),
    answer: p.text(),
    representative: p.type(EncryptedJson).$type<Representative>().nullable(),
    form: p.text().nullable(),
    disclosers: p.json<Authority[]>(),
    receiver: p.text(),
    receiverUnit: p.text().nullable(),
    categories: p.json<DataCategory[]>(),
    purposes: p.json<Purpose[]>(),
    methods: p.json<DisclosureMethod[]>().nullable(),
    informedIn: p.text(),
    interpreterUsed: p.boolean().nullable(),
    rightToRefuseExplained: p.boolean().nullable(),
    givenOn: p.date(),
    validUntil: p.date(),
    endsWith: p.text().nullable(),
    recordedBy: p.text(),
    recordedByAuthority: p.text(),
    recordedByUnit: p.text().nullable(),
    recordedAt: p.datetime(),
    withdrawnAt: p.datetime().nullable(),
    withdrawnBy: p.text().nullable(),
    withdrawnByAuthority: p.text().nullable(),
    withdrawalTold: p.json<Authority[]>(),
  },
});
