import { defineEntity, p } from "@mikro-orm/core";
import type { DisclosureRecord } from "../disclosure/disclose.ts";

/** Append-only: the database refuses update and delete by a trigger. */
export const AuditEventEntity = defineEntity({
  name: "AuditEvent",
  tableName: "audit_event",
  properties: {
    id: p.bigint("string").primary().autoincrement(),
    at: p.datetime(),
    operation: p.text(),
    outcome: p.text(),
    callerId: p.text(),
    callerRole: p.text(),
    callerAuthority: p.text().nullable(),
    callerUnit: p.text().nullable(),
    client: p.text(),
    purpose: p.text().nullable(),
    caseId: p.uuid().nullable(),
    subjectId: p.text().nullable(),
    disclosed: p.json<DisclosureRecord["left"]>(),
    withheld: p.json<DisclosureRecord["withheld"]>(),
  },
});
