import { defineEntity, p } from "@mikro-orm/core";

export const ReferralEntity = defineEntity({
  name: "Referral",
  tableName: "referral",
  properties: {
    id: p.uuid().primary(),
    caseId: p.uuid(),
    kind: p.text(),
    documentId: p.uuid(),
    state: p.text(),
    senderUnit: p.text(),
    senderId: p.text(),
    senderName: p.text(),
    sentAt: p.datetime(),
    freeTextReviewed: p.boolean(),
    receiverUnit: p.text(),
    receivedAt: p.datetime().nullable(),
    ownWorkerName: p.text().nullable(),
    ownWorkerPhone: p.text().nullable(),
    answeredBy: p.text().nullable(),
    answeredAt: p.datetime().nullable(),
    version: p.integer(),
  },
});
