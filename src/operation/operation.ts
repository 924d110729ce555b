import type { EntityManager } from "@mikro-orm/postgresql";
import type { Caller } from "../access/caller.ts";
import { type Permission, authorize } from "../access/permission.ts";
import type { AuditEvent, Receiver } from "../audit/audit-event.ts";
import { recordAuditEvents } from "../audit/audit.repository.ts";
import { type DisclosureRecord, emptyRecord } from "../disclosure/disclose.ts";
import type { Clock } from "../kernel/clock.ts";
import { PurposeRequired, Refused } from "../kernel/errors.ts";
import { type CaseId, asId } from "../kernel/ids.ts";

/** What every operation stands on. */
export interface Room {
  clock: Clock;
  /** A fresh unit of work in the caller's name: the database shows it only rows within the caller's remit. */
  fork(caller: Caller): EntityManager;
  /** Told when a refusal could not be put on record; the refusal itself stands. */
  auditFailed?(error: unknown): void;
}

/** Reads before an operation's own transaction, in one of their own: statement by statement each would be one. */
export const readIn = <T>(room: Room, caller: Caller, read: (em: EntityManager) => Promise<T>): Promise<T> =>
  room.fork(caller).transactional(read);

/** What an operation sees while it runs inside its transaction. */
export interface Work {
  em: EntityManager;
  caller: Caller;
  clock: Clock;
  /** Says whom and what the operation touched, what left, and to whom it was sent; becomes the audit event. */
  trace(what: Traced): void;
}

export interface Traced {
  caseId?: CaseId | undefined;
  subjectId?: string;
  disclosure?: DisclosureRecord;
  /** Only where the operation sends something. */
  receiver?: Receiver;
}

interface OperationDefinition<Input, Prepared, Output> {
  name: string;
  permission: Permission;
  /** Whether a person's data is read or written; then a purpose is demanded and the trace is kept. */
  touchesPerson: boolean;
  /**
   * Slow work before the transaction, such as asking the sources. It must ask only what the caller may get; its
   * result is judged again inside the transaction.
   */
  prepare?(room: Room, caller: Caller, input: Input): Promise<Prepared>;
  run(work: Work, input: Input, prepared: Prepared): Promise<Output>;
}

export type Operation<Input, Output> = (caller: Caller, input: Input) => Promise<Output>;

/**
 * The one way to do anything: authorise, prepare, then in one transaction run, audit, commit. The answer exists only
 * when its trace is committed. A refusal is on record too.
 */
export function operation<Input, Output, Prepared = undefined>(
  room: Room,
  definition: OperationDefinition<Input, Prepared, Output>,
): Operation<Input, Output> {
  const { name, permission, touchesPerson } = definition;
  return async (caller, input) => {
    const event = (outcome: AuditEvent["outcome"], reason: string | null, traced: Traced = {}): AuditEvent => ({
      at: room.clock.now(),
      operation: name,
      outcome,
      reason,
      // The person is no user of the log's law, and their name is the case's own.
      caller: caller.role === "PERSON" ? { ...caller, name: null } : caller,
      caseId: traced.caseId ?? null,
      soughtId: traced.caseId ? null : soughtId(input),
      subjectId: traced.subjectId ?? null,
      receiver: traced.receiver ?? null,
      disclosure: traced.disclosure ?? emptyRecord(),
    });
    try {
      authorize(caller, permission, touchesPerson);
      const prepared = (await definition.prepare?.(room, caller, input)) as Prepared;
      return await room.fork(caller).transactional(async (em) => {
        const traces: Traced[] = [];
        const trace = (what: Traced) => void traces.push(what);
        const output = await definition.run({ em, caller, clock: room.clock, trace }, input, prepared);
        if (touchesPerson) {
          await em.flush();
          const reason = reasonOf(output);
          await recordAuditEvents(
            em,
            (traces.length > 0 ? traces : [{}]).map((traced) => event("DONE", reason, traced)),
          );
        }
        return output;
      });
    } catch (error) {
      if (error instanceof Refused || error instanceof PurposeRequired) {
        await room
          .fork(caller)
          .transactional((em) => recordAuditEvents(em, [event("REFUSED", error.code)]))
          .catch((auditError: unknown) => room.auditFailed?.(auditError));
      }
      throw error;
    }
  };
}

/** The id that was asked for, where no case came of it: "who tried to look at X" can then be answered. */
function soughtId(input: unknown): string | null {
  const ids = Object.entries(input ?? {}).flatMap(([name, value]: [string, unknown]) =>
    /^id$|Id$/.test(name) && typeof value === "string" ? (asId(value) ?? []) : [],
  );
  return ids[0] ?? null;
}

/** Code of what kept a change from being made. */
const reasonOf = (output: unknown): string | null =>
  (output as { userErrors?: { code: string }[] } | null | undefined)?.userErrors?.[0]?.code ?? null;
