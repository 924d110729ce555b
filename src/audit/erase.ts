import type { EntityManager } from "@mikro-orm/postgresql";
import { emptyRecord } from "../disclosure/disclose.ts";
import type { Clock } from "../kernel/clock.ts";
import { InvalidInput } from "../kernel/errors.ts";
import { HUB_CALLER } from "./audit-event.ts";
import { recordAuditEvent } from "./audit.repository.ts";

/** Use and disclosure logs are kept for 12 years from the event: act 703/2023, appendix. */
export const LOG_RETENTION_YEARS = 12;
export const ERASURE_OPERATION = "eraseAuditLog";
/** What the entry of an erasure names as its subject. */
export const erasedSubject = (head: number): string => `head:${head}`;

export interface Erasable {
  heads: number;
  entries: number;
}

/** The end of the retention of what was written at `at`. */
export function retentionEnd(at: Date): Date {
  const end = new Date(at);
  end.setUTCFullYear(end.getUTCFullYear() + LOG_RETENTION_YEARS);
  return end;
}

const ERASABLE = `from audit_head h where h.sealed_at < ? and not exists (select 1 from audit_erasure e where e.head = h.number)`;

/** What `eraseSealedBefore` would erase. */
export async function erasableBefore(em: EntityManager, before: Date): Promise<Erasable> {
  const [row] = await em.execute<{ heads: number; entries: number }[]>(
    `select count(*)::int as heads, coalesce(sum(h.count), 0)::int as entries ${ERASABLE}`,
    [before],
  );
  return row!;
}

/**
 * Erases every whole group of entries that was sealed before the moment (itself excluded). Heads stay, and each erasure
 * is an entry that a later head seals, so that `audit verify` can tell it from a removal. One transaction.
 * @param rule code of the retention rule, which goes on record
 * @throws InvalidInput when the moment is less than 12 years ago
 */
export function eraseSealedBefore(
  em: EntityManager,
  before: Date,
  { rule, clock }: { rule: string; clock: Clock },
): Promise<Erasable> {
  const now = clock.now();
  if (retentionEnd(before) > now)
    throw new InvalidInput(`The audit log is kept for ${LOG_RETENTION_YEARS} years; name an earlier moment.`);
  return em.transactional(async (inside) => {
    await inside.execute("set local timezone to 'UTC'");
    const heads = await inside.execute<{ number: string; first: string; last: string; count: number }[]>(
      `select h.number::text as number, h.first_id::text as first, h.last_id::text as last, h.count ${ERASABLE} order by h.number`,
      [before],
    );
    for (const { number, first, last } of heads) {
      const eventId = await recordAuditEvent(inside, {
        at: now,
        operation: ERASURE_OPERATION,
        outcome: "DONE",
        reason: null,
        caller: HUB_CALLER,
        caseId: null,
        soughtId: null,
        subjectId: erasedSubject(Number(number)),
        receiver: null,
        disclosure: emptyRecord(),
      });
      await inside.execute(
        `insert into audit_erasure (head, rule, erased_at, event_id, event)
          select ?, ?, ?, e.id, to_jsonb(e) - 'id' from audit_event e where e.id = ?`,
        [number, rule, now, eventId],
      );
      await inside.execute("delete from audit_event where id between ? and ?", [first, last]);
    }
    return { heads: heads.length, entries: heads.reduce((sum, head) => sum + head.count, 0) };
  });
}
