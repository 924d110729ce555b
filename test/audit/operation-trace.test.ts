import type { EntityManager } from "@mikro-orm/postgresql";
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Caller } from "../../src/access/caller.ts";
import { AuditEventEntity } from "../../src/audit/audit.entity.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { Refused } from "../../src/kernel/errors.ts";
import { type CaseId, type WorkerId, newId } from "../../src/kernel/ids.ts";
import { type Room, type Work, operation } from "../../src/operation/operation.ts";
import { userError } from "../../src/operation/user-error.ts";
import type { Database } from "../../src/persistence/database.ts";
import { testDatabase } from "../support/database.ts";

interface Asked {
  id: string;
  text?: string;
}

let database: Database;
let room: Room;
beforeAll(async () => {
  database = await testDatabase();
  room = { clock: systemClock, fork: () => database.fork() };
});

const nurse: Caller = {
  id: "nurse-1" as WorkerId,
  role: "VTH_NURSE",
  name: "Nina Esimerkki",
  authority: "VTH",
  unit: "vth-jyvaskyla",
  client: "app",
  socialDataRight: false,
  stewardOf: [],
  hetu: null,
  purpose: "HEALTH_CARE",
  requestId: "0b6e4f3a-7a1e-4f1c-9d8e-2b1f5a6c7d8e",
};

/** Runs an operation as a caller of its own, and reads what is on record of it. */
async function traced(
  run: (work: Work, input: Asked) => Promise<unknown>,
  caller: Partial<Caller> = {},
  input: Asked = { id: newId<CaseId>() },
  inRoom: Room = room,
) {
  const client = `app-${randomUUID()}`;
  const tried = operation(inRoom, { name: "tried", permission: "READ_CASE", touchesPerson: true, run });
  const outcome = await tried({ ...nurse, ...caller, client }, input).catch((error: unknown) => error);
  const rows = await database.fork().find(AuditEventEntity, { client }, { orderBy: { id: "asc" } });
  return { outcome, rows };
}

describe("an entry (act 703/2023 section 10)", () => {
  it("names the user and their id, the request, and to whom something was sent", async () => {
    const caseId = newId<CaseId>();
    const { rows } = await traced(async ({ trace }) => {
      trace({ caseId, subjectId: "d-1", receiver: { authority: "COUNTY", unit: "15" } });
    });
    expect(rows).toMatchObject([
      {
        callerId: "nurse-1",
        callerName: "Nina Esimerkki",
        requestId: nurse.requestId,
        caseId,
        soughtId: null,
        reason: null,
        subjectId: "d-1",
        receiverAuthority: "COUNTY",
        receiverUnit: "15",
      },
    ]);
  });

  it("of the person's own look holds no name: it is the case's", async () => {
    const { rows } = await traced(async () => null, { role: "PERSON", purpose: "OWN_DATA", name: "Oma Nimi" });
    expect(rows).toMatchObject([{ callerRole: "PERSON", callerName: null }]);
  });

  it("has a request id only when it is one, whatever the front lets through", async () => {
    expect((await traced(async () => null, { requestId: "Virtanen" })).rows).toMatchObject([{ requestId: null }]);
  });

  it("is one a trace, in the order of the traces", async () => {
    const { rows } = await traced(async ({ trace }) => {
      for (const subjectId of ["a", "b", "c"]) trace({ subjectId });
    });
    expect(rows.map(({ subjectId }) => subjectId)).toEqual(["a", "b", "c"]);
  });
});

describe("what was tried and not given", () => {
  it("D3: is on record by the id that was sought, where nothing was found within the remit", async () => {
    const id = newId<CaseId>();
    const { rows, outcome } = await traced(async () => null, {}, { id: id.toUpperCase() });
    expect(outcome).toBeNull();
    expect(rows).toMatchObject([{ outcome: "DONE", caseId: null, soughtId: id, reason: null }]);
  });

  it("is never more than an id: a submitted text that is none is not on record", async () => {
    const { rows } = await traced(async () => null, {}, { id: "131052-308T", text: newId<CaseId>() });
    expect(rows).toMatchObject([{ soughtId: null }]);
  });

  it("has the code of what kept a change from being made", async () => {
    const refused = { userErrors: [userError("CASE_NOT_FOUND", "There is no such case within your remit.")] };
    const { rows } = await traced(async () => refused);
    expect(rows).toMatchObject([{ outcome: "DONE", reason: "CASE_NOT_FOUND" }]);
  });

  it("has the code of a refusal and what was sought", async () => {
    const id = newId<CaseId>();
    const foreign = await traced(async () => null, { purpose: "BENEFITS" }, { id });
    expect(foreign.outcome).toBeInstanceOf(Refused);
    expect(foreign.rows).toMatchObject([
      { outcome: "REFUSED", reason: "FORBIDDEN", purpose: "BENEFITS", soughtId: id },
    ]);
    const silent = await traced(async () => null, { purpose: null }, { id });
    expect(silent.rows).toMatchObject([
      { outcome: "REFUSED", reason: "PURPOSE_REQUIRED", purpose: null, soughtId: id },
    ]);
  });

  it("stays refused when the log cannot be written, and the hub's keepers are told", async () => {
    const told: unknown[] = [];
    const full: Room = {
      clock: systemClock,
      fork: () =>
        ({ transactional: async () => Promise.reject(new Error("the log is full")) }) as unknown as EntityManager,
      auditFailed: (error) => told.push(error),
    };
    const { outcome } = await traced(async () => null, { purpose: "BENEFITS" }, undefined, full);
    expect(outcome).toBeInstanceOf(Refused);
    expect(told).toMatchObject([{ message: "the log is full" }]);
  });
});
