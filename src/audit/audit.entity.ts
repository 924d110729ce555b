import { defineEntity, p } from "@mikro-orm/core";
import type { DisclosureRecord } from "../disclosure/disclose.ts";

/**
 * Append-only: the database refuses update and delete by a trigger. A column may be added (nullable, without a default)
 * but never renamed or dropped: the seals cover every column of a row that is not null.
 */
export const AuditEventEntity = defineEntity({
  name: "AuditEvent",
  tableName: "audit_event",
  properties: {
    id: p.bigint("string").primary().autoincrement(),
    at: p.datetime(),
    operation: p.text(),
    outcome: p.text(),
    reason: p.text().nullable(),
    callerId: p.text(),
    callerName: p.text().nullable(),
    callerRole: p.text(),
    callerAuthority: p.text().nullable(),
    callerUnit: p.text().nullable(),
    client: p.text(),
    requestId: p.uuid().nullable(),
    purpose: p.text().nullable(),
    caseId: p.uuid().nullable(),
    soughtId: p.uuid().nullable(),
    subjectId: p.text().nullable(),
    receiverAuthority: p.text().nullable(),
    receiverUnit: p.text().nullable(),
    disclosed: p.json<DisclosureRecord["left"]>(),
    withheld: p.json<DisclosureRecord["withheld"]>(),
  },
});

/** A signed seal over the entries after the previous head up to `lastId`; see head.ts. Append-only. */
export const AuditHeadEntity = defineEntity({
  name: "AuditHead",
  tableName: "audit_head",
  properties: {
    number: p.bigint("number").primary(),
    firstId: p.bigint("number"),
    lastId: p.bigint("number"),
    count: p.integer(),
    leaves: p.blob(),
    root: p.text(),
    previousHash: p.text(),
    sealedAt: p.datetime(),
    keyId: p.text(),
    hash: p.text(),
    signature: p.text(),
  },
});

/** That a head's entries were erased when their retention ended, with the entry that says so. Append-only. */
export const AuditErasureEntity = defineEntity({
  name: "AuditErasure",
  tableName: "audit_erasure",
  properties: {
    head: p.bigint("number").primary(),
    rule: p.text(),
    erasedAt: p.datetime(),
    eventId: p.bigint("number"),
    event: p.json<Record<string, unknown>>(),
  },
});
