import { randomUUID } from "node:crypto";
import type { AnchorLine } from "../../src/audit/anchor.ts";
import type { AuditEvent } from "../../src/audit/audit-event.ts";
import { type AuditKeys, ephemeralKeys } from "../../src/audit/audit-key.ts";
import { recordAuditEvents } from "../../src/audit/audit.repository.ts";
import type { SealedHead } from "../../src/audit/head.ts";
import { sealEntries } from "../../src/audit/seal.ts";
import { type LogReport, verifyLog } from "../../src/audit/verify.ts";
import { fixedClock } from "../../src/kernel/clock.ts";
import type { CaseId } from "../../src/kernel/ids.ts";
import { type Database, openDatabase } from "../../src/persistence/database.ts";
import { testDatabaseConfig } from "../support/database.ts";

const TABLES = ["audit_event", "audit_head", "audit_erasure"];

/** A log on a database of its own, with its key, and with the powers of a superuser over it. */
export interface SealedLog {
  database: Database;
  clock: ReturnType<typeof fixedClock>;
  keys: AuditKeys;
  write(...events: Partial<AuditEvent>[]): Promise<void>;
  /** @returns the heads of this sealing */
  seal(by?: AuditKeys): Promise<SealedHead[]>;
  verify(anchors?: readonly SealedHead[], trusted?: AuditKeys): Promise<LogReport>;
  /** Runs the statements with every trigger of the log switched off, as a superuser can. */
  tamper(...statements: string[]): Promise<void>;
  /** Tampers, verifies, and takes the row back to what it was. @returns what was found, short */
  foundAfter(table: "audit_event" | "audit_head", change: string, row: string): Promise<string[]>;
  /** An empty log again, its ids from 1. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

export const someEvent = (event: Partial<AuditEvent> = {}): AuditEvent => ({
  at: new Date("2026-11-22T06:00:00.000Z"),
  operation: "getCase",
  outcome: "DONE",
  reason: null,
  caller: {
    id: "w-1",
    role: "PRISON_WORKER",
    name: "Worker One",
    authority: "RISE",
    unit: "jyvaskylan-vankila",
    client: "app",
    purpose: "RELEASE_PLANNING",
  },
  caseId: randomUUID() as CaseId,
  soughtId: null,
  subjectId: null,
  receiver: null,
  disclosure: {
    left: [{ path: "sentence.sanction", holder: "RISE", basis: "RISE_TASK" }],
    withheld: [{ path: "health.contacts", holder: "VTH", reason: "NO_LEGAL_BASIS" }],
  },
  ...event,
});

export async function openLog(): Promise<SealedLog> {
  const database = await openDatabase(testDatabaseConfig());
  await database.migrate();
  const keys = ephemeralKeys();
  const clock = fixedClock("2026-11-22T06:00:00Z");
  const fork = () => database.fork();
  const tamper = async (...statements: string[]) => {
    await fork().transactional(async (em) => {
      for (const table of TABLES) await em.execute(`alter table ${table} disable trigger user`);
      for (const statement of statements) await em.execute(statement);
      for (const table of TABLES) await em.execute(`alter table ${table} enable trigger user`);
    });
  };
  return {
    database,
    clock,
    keys,
    write: (...events) =>
      recordAuditEvents(
        fork(),
        events.map((event) => someEvent({ at: clock.now(), ...event })),
      ),
    seal: async (by = keys) => sealEntries(() => database.forkSealer(), by.signing!, clock),
    verify: (anchors, { trusted } = keys) =>
      verifyLog(fork(), { trusted, anchors: anchors && linesOf(anchors), now: clock.now() }),
    tamper,
    foundAfter: async (table, change, row) => {
      const key = table === "audit_event" ? "id" : "number";
      await tamper(`create table kept as select * from ${table}`, `update ${table} set ${change} where ${row}`);
      const report = await verifyLog(fork(), { trusted: keys.trusted, now: clock.now() });
      const columns = await fork().execute<{ name: string }[]>(
        `select attname as name from pg_attribute where attrelid = '${table}'::regclass and attnum > 0
          and not attisdropped and attname <> '${key}'`,
      );
      const back = columns.map(({ name }) => `${name} = k.${name}`).join(", ");
      await tamper(`update ${table} t set ${back} from kept k where k.${key} = t.${key}`, "drop table kept");
      return found(report);
    },
    reset: () =>
      tamper(
        "truncate audit_erasure, audit_head, audit_event",
        "alter table audit_event alter column id restart with 1",
      ),
    close: () => database.close(),
  };
}

async function* linesOf(heads: readonly SealedHead[]): AsyncGenerator<AnchorLine> {
  for (const [index, head] of heads.entries()) yield { line: index + 1, head };
}

/** What was found, short. */
export const found = ({ findings }: LogReport): string[] =>
  findings.map(({ kind, entry, head }) => `${kind} ${entry === undefined ? `head ${head ?? "?"}` : entry}`);
