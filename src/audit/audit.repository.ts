import type { EntityManager } from "@mikro-orm/postgresql";
import type { AuditEvent } from "./audit-event.ts";
import { AuditEventEntity } from "./audit.entity.ts";

/** Writes the event in the caller's transaction: what is not on record has not happened. */
export async function recordAuditEvent(em: EntityManager, event: AuditEvent): Promise<void> {
  await em.insert(AuditEventEntity, {
    at: event.at,
    operation: event.operation,
    outcome: event.outcome,
    callerId: event.caller.id,
    callerRole: event.caller.role,
    callerAuthority: event.caller.authority,
    callerUnit: event.caller.unit,
    client: event.caller.client,
    purpose: event.caller.purpose,
    caseId: event.caseId,
    subjectId: event.subjectId,
    disclosed: event.disclosure.left,
    withheld: event.disclosure.withheld,
  });
}
