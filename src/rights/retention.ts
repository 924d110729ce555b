import type { EntityManager } from "@mikro-orm/postgresql";
import { HUB_CALLER } from "../audit/audit-event.ts";
import { recordAuditEvents } from "../audit/audit.repository.ts";
import { erasableBefore, eraseSealedBefore } from "../audit/erase.ts";
import { emptyRecord } from "../disclosure/disclose.ts";
import type { Clock } from "../kernel/clock.ts";
import { type LocalDate, addMonths, startOfDay, today } from "../kernel/dates.ts";
import type { CaseId } from "../kernel/ids.ts";
import { LOG_RULE, RETENTION_RULES, type RetentionRule } from "./retention-rule.ts";

/** What one rule finds due. Counts and an age, never a value. */
export interface RetentionFinding {
  code: string;
  table: string;
  what: string;
  citation: string;
  /** Rows whose time has ended; of the log, its entries in whole sealed groups. */
  due: number;
  /** Rows that the rule is about. */
  rows: number;
  /** The day of the oldest event among those due; null when none is. */
  oldest: LocalDate | null;
}

export interface RetentionParts {
  /** A unit of work in the hub's own name, without row-level security. */
  fork: () => EntityManager;
  clock: Clock;
}

const BATCH = 100;

/** The day before which the event must have been for the time to have ended; undefined: it never ends. */
const cutOff = (clock: Clock, months: number | null): LocalDate | undefined =>
  months === null ? undefined : addMonths(today(clock), -months);

/** The log goes by whole groups that were sealed before this moment. */
const logCutOff = (clock: Clock): Date => startOfDay(cutOff(clock, LOG_RULE.months)!);

const isDue = (rule: RetentionRule): string =>
  `(${rule.about}) and (${rule.event}) < ?::date and not (${rule.neededBy ?? "false"})`;

/** What would be erased now. Changes nothing. */
export async function planRetention({ fork, clock }: RetentionParts): Promise<RetentionFinding[]> {
  const em = fork();
  const findings: RetentionFinding[] = [];
  for (const rule of RETENTION_RULES) {
    const before = cutOff(clock, rule.months);
    const [rows] = await em.execute<{ count: number }[]>(
      `select count(*)::int as count from ${rule.table} t where ${rule.about}`,
    );
    const [due] = before
      ? await em.execute<{ count: number; oldest: LocalDate | null }[]>(
          `select count(*)::int as count, min(${rule.event})::text as oldest from ${rule.table} t where ${isDue(rule)}`,
          [before],
        )
      : [];
    findings.push({
      ...of(rule),
      due: due?.count ?? 0,
      rows: rows!.count,
      oldest: due?.oldest ?? null,
    });
  }
  const log = await erasableBefore(em, logCutOff(clock));
  const [entries] = await em.execute<{ count: number }[]>("select count(*)::int as count from audit_event");
  return [...findings, { ...of(LOG_RULE), due: log.entries, rows: entries!.count, oldest: null }];
}

/**
 * Erases what is due, in small transactions, each with its entries in the log: it may be stopped at any moment and run
 * again, and a second run finds nothing.
 * @returns how many rows each rule erased
 */
export async function applyRetention({ fork, clock }: RetentionParts): Promise<RetentionFinding[]> {
  const before = await planRetention({ fork, clock });
  const erased = new Map<string, number>();
  for (const rule of RETENTION_RULES) {
    for (;;) {
      const count = await eraseBatch(fork(), rule, clock);
      erased.set(rule.code, (erased.get(rule.code) ?? 0) + count);
      if (count < BATCH) break;
    }
  }
  const log = await eraseSealedBefore(fork(), logCutOff(clock), { rule: LOG_RULE.code, clock });
  erased.set(LOG_RULE.code, log.entries);
  return before.map((finding) => ({ ...finding, due: erased.get(finding.code) ?? 0 }));
}

/** One batch in one transaction: rows and their entries in the log go together or not at all. */
async function eraseBatch(em: EntityManager, rule: RetentionRule, clock: Clock): Promise<number> {
  const before = cutOff(clock, rule.months);
  if (!before) return 0;
  return em.transactional(async (inside) => {
    // Lets the lock of signed statements through, for this transaction alone; only the table's owner is let.
    await inside.execute("select set_config('nivel.retention', 'on', true)");
    const caseColumn = rule.table === "case_file" ? "id" : "case_id";
    const rows = await inside.execute<{ id: string; case_id: string | null }[]>(
      `select t.id, t.${caseColumn} as case_id from ${rule.table} t where ${isDue(rule)} order by t.id limit ${BATCH} for update`,
      [before],
    );
    if (rows.length === 0) return 0;
    const ids = rows.map((row) => row.id);
    const marks = ids.map(() => "?").join(", ");
    // What only says who might know of the case goes with it.
    if (rule.table === "case_file") await inside.execute(`delete from case_remit where case_id in (${marks})`, ids);
    await inside.execute(`delete from ${rule.table} where id in (${marks})`, ids);
    await recordAuditEvents(
      inside,
      rows.map((row) => ({
        at: clock.now(),
        operation: RETENTION_OPERATION,
        outcome: "DONE",
        reason: null,
        caller: HUB_CALLER,
        caseId: row.case_id as CaseId | null,
        soughtId: null,
        subjectId: `${rule.code}:${row.id}`,
        receiver: null,
        disclosure: emptyRecord(),
      })),
    );
    return rows.length;
  });
}

/** The name under which an erasure is on record; its subject is the rule's code and the row's id. */
export const RETENTION_OPERATION = "retention";

const of = ({ code, table, what, citation }: Pick<RetentionRule, "code" | "table" | "what" | "citation">) => ({
  code,
  table,
  what,
  citation,
});
