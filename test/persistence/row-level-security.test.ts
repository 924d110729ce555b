import { beforeAll, describe, expect, it } from "vitest";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { Caller } from "../../src/access/caller.ts";
import { sessionOf } from "../../src/access/database-session.ts";
import type { CallerRole } from "../../src/access/role.ts";
import { findCaseByHetu, insertCase, insertRecordedFact, insertRemits } from "../../src/cases/case.repository.ts";
import { endRemits, remitsOf } from "../../src/cases/remit.repository.ts";
import { addDays } from "../../src/kernel/dates.ts";
import { type CaseId, type WorkerId, newId } from "../../src/kernel/ids.ts";
import type { Database } from "../../src/persistence/database.ts";
import { callerIn, onDay } from "../support/decisions.ts";
import { testDatabase } from "../support/database.ts";
import { PERSONAL_TABLES, type PersonalRows, insertPersonalRows, remitOf } from "./personal-rows.ts";

/** Tables that hold no person; what the role may do there is its only wall. */
const OTHER_TABLES = [
  "area_readiness",
  "audit_erasure",
  "audit_head",
  "client",
  "client_spending",
  "contact_point",
  "contact_point_event",
  "data_key",
  "nivel_migration",
  "trusted_document",
];

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});

const forkOf = (caller: Caller, on = onDay): EntityManager => database.forkFor(sessionOf(caller, on, database.vault));
const caller = (role: CallerRole, unit: string | null, more: Partial<Caller> = {}): Caller =>
  callerIn(role, { unit, id: `worker-${role}` as WorkerId, ...more });

/** What a resolver that forgets everything gets: of each personal table, which of these cases have rows for it. */
async function seenIn(em: EntityManager, cases: readonly PersonalRows[]): Promise<Record<string, number[]>> {
  const seen: Record<string, number[]> = {};
  for (const [table, column] of Object.entries(PERSONAL_TABLES)) {
    const rows = await em.execute<{ id: string | null }[]>(`select ${column} as id from ${table}`);
    const ids = new Set(rows.map((row) => row.id));
    seen[table] = cases.flatMap(({ caseId }, index) => (ids.has(caseId) ? [index] : []));
  }
  return seen;
}

const inEveryTable = (indexes: number[]): Record<string, number[]> =>
  Object.fromEntries(Object.keys(PERSONAL_TABLES).map((table) => [table, indexes]));
const NONE = inEveryTable([]);

describe("the second wall", { timeout: 60_000 }, () => {
  let cases: PersonalRows[];
  beforeAll(async () => {
    cases = [
      await insertPersonalRows(database, [
        remitOf("PRISON_WORKER", "rls-prison"),
        remitOf("PROBATION_WORKER", "rls-office", { workerId: "worker-PROBATION_WORKER" as WorkerId }),
        remitOf("VTH_NURSE", "rls-clinic", { ground: "TREATMENT" }),
        remitOf("COUNTY_WORKER", "rls-county"),
        remitOf("EMPLOYMENT_CONTACT", "rls-area"),
        remitOf("KELA_OFFICER", "rls-kela"),
        remitOf("CHILD_PROTECTION_WORKER", "rls-child"),
      ]),
      await insertPersonalRows(database, [remitOf("PRISON_WORKER", "rls-other")]),
      await insertPersonalRows(database, [
        remitOf("PRISON_WORKER", "rls-prison", { until: addDays(onDay, -1) }),
        remitOf("COUNTY_WORKER", "rls-county", { since: addDays(onDay, 1) }),
      ]),
      await insertPersonalRows(database, [remitOf("COUNTY_WORKER", "rls-county", { ground: "CONSENT" })]),
    ];
  });

  it("knows every table: a new one is either personal, with a policy, or named here as holding no person", async () => {
    const tables = await database.fork().execute<{ name: string; secured: boolean; policies: number }[]>(
      `select c.relname as name, c.relrowsecurity as secured,
         (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
       from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') order by 1`,
    );
    expect(tables.map((table) => table.name)).toEqual([...Object.keys(PERSONAL_TABLES), ...OTHER_TABLES].sort());
    for (const { name, secured, policies } of tables) {
      if (name in PERSONAL_TABLES)
        expect({ name, secured, has: policies > 0 }).toEqual({ name, secured: true, has: true });
    }
  });

  it("shows each role exactly the rows of its own cases, in every table (decision D3)", async () => {
    const units: [CallerRole, string][] = [
      ["PRISON_WORKER", "rls-prison"],
      ["PROBATION_WORKER", "rls-office"],
      ["VTH_NURSE", "rls-clinic"],
      ["EMPLOYMENT_CONTACT", "rls-area"],
      ["KELA_OFFICER", "rls-kela"],
      ["CHILD_PROTECTION_WORKER", "rls-child"],
    ];
    for (const [role, unit] of units) {
      expect(await seenIn(forkOf(caller(role, unit)), cases), role).toEqual(inEveryTable([0]));
    }
    expect(await seenIn(forkOf(caller("COUNTY_WORKER", "rls-county")), cases)).toEqual(inEveryTable([0, 3]));
  });

  it("shows nothing to another unit, another role in the unit, another worker of an assignment, or an app", async () => {
    for (const stranger of [
      caller("PRISON_WORKER", "rls-none"),
      caller("VTH_NURSE", "rls-prison"),
      caller("PRISON_WORKER", "rls-office"),
      caller("PROBATION_WORKER", "rls-office", { id: "colleague" as WorkerId }),
      caller("CHILD_PROTECTION_WORKER", "rls-county"),
      caller("PARTNER_APP", null),
      caller("PERSON", null),
    ]) {
      expect(await seenIn(forkOf(stranger), cases), `${stranger.role} ${stranger.unit ?? ""}`).toEqual(NONE);
    }
  });

  it("shows a person their own case and no other, and of the remits none", async () => {
    const own = caller("PERSON", null, { hetu: cases[1]!.hetu });
    expect(await seenIn(forkOf(own), cases)).toEqual({ ...inEveryTable([1]), case_remit: [] });
  });

  it("shows of a case's remits only the caller's own: the others tell whose client the person is (decision D5)", async () => {
    const rows = await forkOf(caller("VTH_NURSE", "rls-clinic")).execute<{ role: string }[]>(
      "select role from case_remit",
    );
    expect(new Set(rows.map((row) => row.role))).toEqual(new Set(["VTH_NURSE"]));
  });

  it("shows nothing without settings, with empty ones, or with a role that is none", async () => {
    const incomplete: Record<string, string>[] = [
      {},
      { "nivel.role": "" },
      { "nivel.role": "OWNER", "nivel.unit": "rls-prison" },
    ];
    for (const settings of incomplete) {
      expect(await seenIn(database.forkFor(settings), cases)).toEqual(NONE);
    }
    const { "nivel.on": _, ...dayless } = sessionOf(caller("PRISON_WORKER", "rls-prison"), onDay, database.vault);
    expect(await seenIn(database.forkFor(dayless), cases)).toEqual(NONE);
  });

  it("holds for a bare raw read, inside a transaction, in a fork of it, and is gone afterwards", async () => {
    const stranger = forkOf(caller("PRISON_WORKER", "rls-none"));
    const count = async (em: EntityManager) => (await em.execute<object[]>("select 1 from case_file")).length;
    const who = async (em: EntityManager) =>
      (await em.execute<{ who: string }[]>("select current_user as who"))[0]!.who;
    expect([await who(stranger), await count(stranger)]).toEqual(["nivel_app", 0]);
    await stranger.transactional(async (em) => {
      expect([await who(em), await count(em)]).toEqual(["nivel_app", 0]);
      const inner = em.fork({ keepTransactionContext: true });
      expect([await who(inner), await count(inner)]).toEqual(["nivel_app", 0]);
    });
    expect(await who(database.fork())).not.toBe("nivel_app");
    expect(await count(database.fork())).toBeGreaterThan(0);
  });

  it("ends with the withdrawal of the consent on which a remit rests, and with the last day of enforcement", async () => {
    const one = await insertPersonalRows(database, [remitOf("COUNTY_WORKER", "rls-ends", { ground: "CONSENT" })]);
    const county = caller("COUNTY_WORKER", "rls-ends");
    expect(await seenIn(forkOf(county), [one])).toEqual(inEveryTable([0]));
    await database.fork().execute("update consent set withdrawn_at = now() where id = ?", [one.consentId]);
    expect(await seenIn(forkOf(county), [one])).toEqual(NONE);

    const two = await insertPersonalRows(database, [
      remitOf("PRISON_WORKER", "rls-ends"),
      remitOf("COUNTY_WORKER", "rls-ends-2"),
    ]);
    await database.fork().execute("update case_file set enforcement_ends_on = ? where id = ?", [onDay, two.caseId]);
    const seenOn = async (who: Caller, on: typeof onDay) => (await seenIn(forkOf(who, on), [two]))["case_file"];
    const prison = caller("PRISON_WORKER", "rls-ends");
    expect(await seenOn(prison, onDay)).toEqual([0]);
    expect(await seenOn(prison, addDays(onDay, 1))).toEqual([]);
    expect(await seenOn(caller("COUNTY_WORKER", "rls-ends-2"), addDays(onDay, 1))).toEqual([0]);
  });

  describe("for what is written", () => {
    const fact = (caseId: CaseId) =>
      ({
        caseId,
        path: "economy.debts",
        holder: "RISE",
        unit: "unit",
        value: true,
        confirmedOn: onDay,
        recordedBy: "worker" as WorkerId,
        recordedAt: new Date("2026-11-23T10:00:00Z"),
      }) as never;

    it("refuses a row of a case that the caller does not know, in every table that can be added to", async () => {
      const em = () => forkOf(caller("PRISON_WORKER", "rls-none"));
      await expect(insertRecordedFact(em(), fact(cases[0]!.caseId))).rejects.toThrow(/row-level security/);
      const remit = {
        ...remitOf("PRISON_WORKER", "rls-none"),
        workerId: null,
        ground: "UNIT",
        since: onDay,
        until: null,
      };
      await expect(insertRemits(em(), [{ ...remit, caseId: cases[0]!.caseId } as never])).rejects.toThrow(
        /row-level security/,
      );
      await insertRecordedFact(forkOf(caller("PRISON_WORKER", "rls-prison")), fact(cases[0]!.caseId));
    });

    it("changes no row of another's case, and moves none into it", async () => {
      const strange = forkOf(caller("PRISON_WORKER", "rls-other"));
      for (const set of [
        "case_file set opened_by = 'x'",
        "consent set answer = 'REFUSED'",
        "referral set state = 'X'",
      ]) {
        const changed = await strange.execute<object[]>(`update ${set} returning id`);
        expect(changed).toHaveLength(1);
      }
      await expect(strange.execute("update statement set case_id = ?", [cases[0]!.caseId])).rejects.toThrow(
        /row-level security/,
      );
    });

    it("gives no right to delete a person's row, but for a document that was not sent", async () => {
      const em = () => forkOf(caller("PRISON_WORKER", "rls-prison"));
      for (const table of Object.keys(PERSONAL_TABLES).filter((name) => name !== "document")) {
        await expect(em().execute(`delete from ${table}`), table).rejects.toThrow(/permission denied/);
      }
      for (const table of [...Object.keys(PERSONAL_TABLES), ...OTHER_TABLES]) {
        await expect(em().execute(`truncate ${table} cascade`), table).rejects.toThrow(/permission denied/);
      }
      const sent = await insertPersonalRows(database, [remitOf("PRISON_WORKER", "rls-sent")]);
      await database.fork().execute("delete from referral where case_id = ?", [sent.caseId]);
      await database.fork().execute("update document set sent_at = now() where case_id = ?", [sent.caseId]);
      const worker = forkOf(caller("PRISON_WORKER", "rls-sent"));
      expect(await worker.execute("delete from document returning id")).toEqual([]);
      await database.fork().execute("update document set sent_at = null where case_id = ?", [sent.caseId]);
      expect(await worker.execute("delete from document returning id")).toHaveLength(1);
    });

    it("lets the audit log be added to in the own name alone, never updated, deleted or emptied", async () => {
      const em = () => forkOf(caller("PRISON_WORKER", "rls-prison"));
      const add = (id: string, role: string) =>
        em().execute(
          `insert into audit_event (at, operation, outcome, caller_id, caller_role, client, disclosed, withheld)
           values (now(), 'x', 'DONE', ?, ?, 'test', '[]', '[]')`,
          [id, role],
        );
      await add("worker-PRISON_WORKER", "PRISON_WORKER");
      await expect(add("somebody", "PRISON_WORKER")).rejects.toThrow(/row-level security/);
      await expect(add("worker-PRISON_WORKER", "KELA_OFFICER")).rejects.toThrow(/row-level security/);
      for (const sql of ["update audit_event set operation = 'y'", "delete from audit_event", "truncate audit_event"]) {
        await expect(em().execute(sql), sql).rejects.toThrow(/permission denied/);
      }
      for (const sql of [
        "select * from audit_head",
        "select * from audit_erasure",
        "update data_key set state = 'RETIRED'",
      ]) {
        await expect(em().execute(sql), sql).rejects.toThrow(/permission denied/);
      }
    });

    it("gives the sealer the log to read and heads to add, and no person", async () => {
      const sealer = database.forkSealer();
      expect((await sealer.execute<object[]>("select 1 from audit_event limit 1")).length).toBe(1);
      await sealer.execute("select 1 from audit_head");
      for (const sql of [
        "select 1 from case_file",
        "select 1 from statement",
        "select 1 from data_key",
        "insert into audit_event (at) values (now())",
        "update audit_head set count = 0",
        "delete from audit_event",
      ]) {
        await expect(sealer.execute(sql), sql).rejects.toThrow(/permission denied/);
      }
    });
  });

  describe("where an operation has to cross it", () => {
    it("opens a case by its identity code for one transaction, and not to one who knows only its id", async () => {
      const opener = caller("KELA_OFFICER", "rls-opener");
      const [one] = cases as [PersonalRows];
      await forkOf(opener).transactional(async (em) => {
        expect(await findCaseByHetu(em, one.hetu)).toMatchObject({ id: one.caseId });
        expect(await seenIn(em, cases)).toEqual({ ...inEveryTable([0]), case_remit: [] });
      });
      expect(await seenIn(forkOf(opener), cases)).toEqual(NONE);
      await expect(forkOf(opener).execute("select nivel_begin_case(?)", [one.caseId])).rejects.toThrow("not begun");
      await forkOf(opener).transactional(async (em) => {
        await em.execute("select nivel_keep_case(?)", [one.caseId]);
        expect(await seenIn(em, cases)).toEqual(NONE);
      });
    });

    it("begins a case of the opener's own, with a remit for oneself or for another", async () => {
      const opener = caller("PRISON_WORKER", "rls-begins");
      const id = newId<CaseId>();
      const row = { id, hetu: null, openedAt: new Date("2026-11-23T10:00:00Z") };
      await expect(forkOf(opener).transactional((em) => insertCase(em, row, "somebody else"))).rejects.toThrow(
        /row-level security/,
      );
      await forkOf(opener).transactional(async (em) => {
        await insertCase(em, row, opener.id);
        await insertRemits(em, [
          {
            caseId: id,
            role: "PRISON_WORKER",
            unit: "rls-begins",
            workerId: null,
            ground: "UNIT",
            since: onDay,
            until: null,
          },
          {
            caseId: id,
            role: "COUNTY_WORKER",
            unit: "rls-new",
            workerId: null,
            ground: "UNIT",
            since: onDay,
            until: null,
          },
        ] as never);
      });
      const seen = async (who: Caller) => (await forkOf(who).execute<object[]>("select id from case_file")).length;
      expect(await seen(opener)).toBe(1);
      expect(await seen(caller("COUNTY_WORKER", "rls-new"))).toBe(1);
    });

    it("tells the remits of a known case by name of function, and ends them; of another case none", async () => {
      const known = await insertPersonalRows(database, [
        remitOf("PRISON_WORKER", "rls-moves"),
        remitOf("COUNTY_WORKER", "rls-stays"),
      ]);
      const worker = caller("PRISON_WORKER", "rls-moves");
      const remits = await remitsOf(forkOf(worker), known.caseId, onDay);
      expect(remits.map((remit) => remit.role).sort()).toEqual(["COUNTY_WORKER", "PRISON_WORKER"]);
      const stranger = caller("PRISON_WORKER", "rls-none");
      expect(await remitsOf(forkOf(stranger), known.caseId, onDay)).toEqual([]);
      await endRemits(forkOf(stranger), remits, onDay);
      expect(await remitsOf(forkOf(worker), known.caseId, onDay)).toHaveLength(2);
      await endRemits(
        forkOf(worker),
        remits.filter((remit) => remit.unit === "rls-moves"),
        onDay,
      );
      expect(await seenIn(forkOf(worker), [known])).toEqual(NONE);
      expect(await seenIn(forkOf(caller("COUNTY_WORKER", "rls-stays")), [known])).toEqual(inEveryTable([0]));
    });
  });
});
