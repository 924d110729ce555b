import type { EntityManager } from "@mikro-orm/postgresql";
import { beforeAll, describe, expect, it } from "vitest";
import { sessionOf } from "../../src/access/database-session.ts";
import { AUTHORITY_OF_ROLE } from "../../src/access/role.ts";
import type { WorkerId } from "../../src/kernel/ids.ts";
import { DEMO_CALLERS, DEMO_CALLER_NAMES, type DemoCallerName } from "../../src/sandbox/demo-callers.ts";
import { DEMO_PERSON } from "../../src/sandbox/population.ts";
import { freshPerson } from "../http/front.ts";
import { PERSONAL_TABLES } from "../persistence/personal-rows.ts";
import { onDay } from "../support/case-client.ts";
import { type TestHub, testHub } from "../support/hub.ts";
import { type HiddenCase, hideCase, isUnknownToDemo } from "./hidden-case.ts";

let hub: TestHub;
let hidden: HiddenCase;
beforeAll(async () => {
  hub = await testHub();
  // One of its own: the matrix plays every mutation on the shared one.
  hidden = await hideCase(hub.database, (await freshPerson(isUnknownToDemo)).person);
});

/** The database in the name of a demo caller, by whatever settings: what a resolver that forgets everything has. */
function as(name: DemoCallerName, more: Record<string, string> = {}): EntityManager {
  const { id, role, unit, socialDataRight, stewardOf } = DEMO_CALLERS[name];
  const caller = {
    id: id as WorkerId,
    role,
    name,
    unit,
    authority: AUTHORITY_OF_ROLE[role],
    client: "attack",
    socialDataRight,
    stewardOf,
    hetu: role === "PERSON" ? DEMO_PERSON.hetu : null,
    purpose: null,
  };
  return hub.database.forkFor({ ...sessionOf(caller, onDay, hub.database.vault), ...more });
}

const rowsOf = (em: EntityManager, table: string, column: string) =>
  em.execute<object[]>(`select 1 from ${table} where ${column} = ?`, [hidden.caseId]);

describe("whoever speaks to the database itself", () => {
  it("finds, by its owner's eyes, the hidden case in the tables: there is something to hide", async () => {
    const owner = hub.database.fork();
    for (const table of [
      "case_file",
      "case_remit",
      "consent",
      "permit",
      "statement",
      "document",
      "referral",
      "recorded_contact",
    ]) {
      expect((await rowsOf(owner, table, PERSONAL_TABLES[table]!)).length, table).toBeGreaterThan(0);
    }
  });

  it.each(DEMO_CALLER_NAMES)("as %s gets no row of another's case, in any table, and changes none", async (name) => {
    for (const [table, column] of Object.entries(PERSONAL_TABLES)) {
      expect(await rowsOf(as(name), table, column), table).toEqual([]);
      for (const sql of [
        `update ${table} set ${column} = ${column} where ${column} = ?`,
        `delete from ${table} where ${column} = ?`,
      ]) {
        const changed = await as(name)
          .execute<{ affectedRows?: number }>(sql, [hidden.caseId], "run")
          .catch((error: unknown) => (error as Error).message);
        if (typeof changed === "string") expect(changed).toMatch(/permission denied/);
        else expect(changed.affectedRows, sql).toBe(0);
      }
    }
  });

  it.each(DEMO_CALLER_NAMES)(
    "as %s neither changes nor removes an entry of the log, nor adds one in another's name",
    async (name) => {
      const add =
        "insert into audit_event (at, operation, outcome, caller_id, caller_role, client, disclosed, withheld) values (now(), 'x', 'DONE', 'somebody', 'KELA_OFFICER', 'x', '[]', '[]')";
      for (const sql of [
        "update audit_event set operation = 'x'",
        "delete from audit_event",
        "truncate audit_event",
        add,
        "drop table audit_event",
        "alter table audit_event disable trigger all",
        "delete from audit_head",
        "update audit_head set root = ''",
      ]) {
        await expect(as(name).execute(sql), sql).rejects.toThrow(/permission denied|must be owner|row-level security/);
      }
    },
  );

  it("does not get further by its own words: no role, no wall and no owner is to be put on", async () => {
    const worker = () => as("prison-worker");
    const [policy] = await hub.database
      .fork()
      .execute<{ name: string }[]>("select polname as name from pg_policy where polrelid = 'statement'::regclass");
    for (const sql of [
      "alter table statement disable row level security",
      `drop policy "${policy!.name}" on statement`,
      "create policy x on statement using (true)",
      "alter role nivel_app bypassrls",
      "grant all on audit_head to nivel_app",
      "create table stolen as select * from data_key",
      "copy statement to '/tmp/stolen'",
      "select pg_read_file('/etc/passwd')",
      "select lo_import('/etc/passwd')",
      "create function f() returns int language sql security definer as 'select 1'",
    ]) {
      await expect(worker().execute(sql), sql).rejects.toThrow(
        /permission denied|must be (owner|superuser)|only roles/i,
      );
    }
  });

  it("finds nothing with settings that mean everybody, or that are put together otherwise", async () => {
    for (const more of [
      { "nivel.unit": "%" },
      { "nivel.unit": "*" },
      { "nivel.unit": `' or '1'='1` },
      { "nivel.worker": hidden.caseId },
      { "nivel.role": "OWNER" },
      { "nivel.role": "" },
      { "nivel.person": "%" },
      { "nivel.person": `${"00".repeat(32)},` },
      { "nivel.on": "infinity" },
      { "nivel.on": "1900-01-01" },
    ] as Record<string, string>[]) {
      for (const [table, column] of Object.entries(PERSONAL_TABLES)) {
        const rows = await rowsOf(as("prison-worker", more), table, column).catch((error: unknown) => error);
        if (!(rows instanceof Error)) expect(rows, `${table} ${JSON.stringify(more)}`).toEqual([]);
      }
    }
  });
});
