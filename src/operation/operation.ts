import type { EntityManager } from "@mikro-orm/postgresql";
import type { Caller } from "../access/caller.ts";
import { type Permission, authorize } from "../access/permission.ts";
import { recordAuditEvent } from "../audit/audit.repository.ts";
import { type DisclosureRecord, emptyRecord } from "../disclosure/disclose.ts";
import type { Clock } from "../kernel/clock.ts";
import { PurposeRequired, Refused } from "../kernel/errors.ts";
import type { CaseId } from "../kernel/ids.ts";

/** What every operation stands on. */
export interface Room {
  clock: Clock;
  /** A fresh unit of work in the caller's name: the database shows it only rows within the caller's remit. */
  fork(caller: Caller): EntityManager;
}

/** What an operation sees while it runs inside its transaction. */
export interface Work {
  em: EntityManager;
  caller: Caller;
  clock: Clock;
  /** Says whom and what the operation touched, and what left; becomes the audit event. */
  trace(what: { caseId?: CaseId | undefined; subjectId?: string; disclosure?: DisclosureRecord }): void;
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
  return async (caller, input) => {
    try {
      authorize(caller, definition.permission, definition.touchesPerson);
      const prepared = (await definition.prepare?.(room, caller, input)) as Prepared;
      return await room.fork(caller).transactional(async (em) => {
        const traces: Traced[] = [];
        const output = await definition.run(
          { em, caller, clock: room.clock, trace: (what) => void traces.push(what) },
          input,
          prepared,
        );
        if (definition.touchesPerson) {
          await em.flush();
          for (const traced of traces.length > 0 ? traces : [{}]) {
            await write(em, room, definition.name, caller, "DONE", traced);
          }
        }
        return output;
      });
    } catch (error) {
      if (error instanceof Refused || error instanceof PurposeRequired) {
        await write(room.fork(caller), room, definition.name, caller, "REFUSED", {});
      }
      throw error;
    }
  };
}

type Traced = Parameters<Work["trace"]>[0];

async function write(
  em: EntityManager,
  room: Room,
  name: string,
  caller: Caller,
  outcome: "DONE" | "REFUSED",
  traced: Traced,
): Promise<void> {
  await recordAuditEvent(em, {
    at: room.clock.now(),
    operation: name,
    outcome,
    caller,
    caseId: traced.caseId ?? null,
    subjectId: traced.subjectId ?? null,
    disclosure: traced.disclosure ?? emptyRecord(),
  });
}
