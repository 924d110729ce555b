import { randomUUID } from "node:crypto";
import type { AuditEvent } from "../../src/audit/audit-event.ts";
import { ephemeralKeys } from "../../src/audit/audit-key.ts";
import { recordAuditEvent } from "../../src/audit/audit.repository.ts";
import { startSealer } from "../../src/audit/sealer.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import type { CaseId } from "../../src/kernel/ids.ts";
import { type Database, type DatabaseConfig, openDatabase } from "../../src/persistence/database.ts";
import type { Row } from "./row.ts";

const WRITERS = 4;
const ROUNDS = 4;
const SECONDS = 2.5;

/** What a request with four fields writes. */
const event = (): AuditEvent => ({
  at: systemClock.now(),
  operation: "getCase",
  outcome: "DONE",
  reason: null,
  caller: {
    id: "w-1",
    name: "Worker",
    role: "PRISON_WORKER",
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
    left: ["sanction", "placement", "conditionalReleaseOn", "personalOfficer"].map((field) => ({
      path: `sentence.${field}`,
      holder: "RISE",
      basis: "RISE_TASK",
    })),
    withheld: [],
  },
});

/** Audited transactions with the seals, beside the same ones without; rounds alternate, so that both meet the same machine. */
export async function auditRows(): Promise<Row[]> {
  const url = process.env["DATABASE_URL"];
  const schema = `nivel_bench_${randomUUID().replaceAll("-", "")}`;
  const config: DatabaseConfig =
    url === undefined
      ? { kind: "memory" }
      : { kind: "postgresql", url, schema, poolSize: WRITERS + 2, keys: { kind: "ephemeral" } };
  const database = await openDatabase(config);
  try {
    await database.migrate();
    await writesPerSecond(database, 1);
    let sealed = 0;
    let plain = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      plain += await plainWrites(database);
      sealed += await sealedWrites(database);
    }
    return [
      {
        what: `audited writes, sealed every second (${url === undefined ? "PGlite" : "PostgreSQL"})`,
        unit: "1/s",
        figure: sealed / ROUNDS,
        peer: "the same writes without trigger and sealer",
        peerFigure: plain / ROUNDS,
        ratio: sealed / plain,
      },
    ];
  } finally {
    if (url !== undefined) await database.fork().execute(`drop schema if exists "${schema}" cascade`);
    await database.close();
  }
}

async function plainWrites(database: Database): Promise<number> {
  const trigger = (state: "disable" | "enable") =>
    database.fork().execute(`alter table audit_event ${state} trigger audit_event_wait_for_sealer`);
  await trigger("disable");
  const figure = await writesPerSecond(database, SECONDS);
  await trigger("enable");
  return figure;
}

async function sealedWrites(database: Database): Promise<number> {
  const keys = ephemeralKeys();
  const sealer = startSealer({
    fork: () => database.fork(),
    keys: async () => keys,
    clock: systemClock,
    sealSeconds: 1,
    anchorFile: undefined,
    failed: (error) => {
      throw error;
    },
  });
  // What the plain round left unsealed is not this round's to pay for.
  await sealer.seal();
  const figure = await writesPerSecond(database, SECONDS);
  await sealer.close();
  return figure;
}

async function writesPerSecond(database: Database, seconds: number): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let written = 0;
  const writer = async () => {
    while (performance.now() < end) {
      await database.fork().transactional((em) => recordAuditEvent(em, event()));
      written += 1;
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return (written * 1000) / (performance.now() - start);
}
