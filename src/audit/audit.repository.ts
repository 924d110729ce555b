import type { EntityManager } from "@mikro-orm/postgresql";
import { asId } from "../kernel/ids.ts";
import type { AuditEvent } from "./audit-event.ts";
import { AuditEventEntity } from "./audit.entity.ts";

/** Writes the events in the caller's transaction: what is not on record has not happened. */
export async function recordAuditEvents(em: EntityManager, events: readonly AuditEvent[]): Promise<void> {
  await em.insertMany(AuditEventEntity, events.map(rowOf));
}

/** Writes one event. @returns its id */
export async function recordAuditEvent(em: EntityManager, event: AuditEvent): Promise<string> {
  return String(await em.insert(AuditEventEntity, rowOf(event)));
}

const rowOf = ({ caller, receiver, disclosure, ...event }: AuditEvent) => ({
  ...event,
  callerId: caller.id,
  callerName: caller.name,
  callerRole: caller.role,
  callerAuthority: caller.authority,
  callerUnit: caller.unit,
  client: caller.client,
  requestId: asId(caller.requestId ?? "") ?? null,
  purpose: caller.purpose,
  receiverAuthority: receiver?.authority ?? null,
  receiverUnit: receiver?.unit ?? null,
  disclosed: disclosure.left,
  withheld: disclosure.withheld,
});
