import { defineEntity, p } from "@mikro-orm/core";
import { EncryptedText } from "../kernel/encrypted.ts";
import type { DataCategory } from "./data-category.ts";

export const PermitEntity = defineEntity({
  name: "Permit",
  tableName: "permit",
  properties: {
    id: p.uuid().primary(),
    caseId: p.uuid(),
    basis: p.text(),
    state: p.text(),
    holder: p.text(),
    holderUnit: p.text().nullable(),
    receiver: p.text(),
    receiverUnit: p.text(),
    requested: p.json<DataCategory[]>(),
    categories: p.json<DataCategory[]>(),
    purpose: p.text(),
    from: p.date(),
    until: p.date(),
    reason: p.type(EncryptedText).$type<string>().nullable(),
    requestedBy: p.text(),
    requestedByName: p.text(),
    requestedAt: p.datetime(),
    answeredBy: p.text().nullable(),
    answeredAt: p.datetime().nullable(),
    answer: p.type(EncryptedText).$type<string>().nullable(),
  },
});

/** A statutory notification as it was made, or tried. */
export const NotificationEntity = defineEntity({
  name: "Notification",
  tableName: "notification",
  properties: {
    id: p.uuid().primary(),
    basis: p.text(),
    /** Null for a child: nothing of it is kept in the parent's case (decision D7). */
    caseId: p.uuid().nullable(),
    permitId: p.uuid().nullable(),
    receiverUnit: p.text().nullable(),
    reason: p.type(EncryptedText).$type<string>(),
    madeBy: p.text(),
    madeByName: p.text(),
    madeByAuthority: p.text(),
    madeByUnit: p.text().nullable(),
    madeAt: p.datetime(),
  },
});
