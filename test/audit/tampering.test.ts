import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ephemeralKeys } from "../../src/audit/audit-key.ts";
import { type SealedHead, headHash, signHead } from "../../src/audit/head.ts";
import { type SealedLog, found, openLog } from "./sealed-log.ts";

let log: SealedLog;
let heads: SealedHead[];
beforeAll(async () => {
  log = await openLog();
});
afterAll(() => log.close());
/** Three heads: entries 1 to 4, 5 to 8, and 9 to 12, of which 6 and 10 were rolled back. */
beforeEach(async () => {
  await log.reset();
  heads = [];
  for (const rolledBackAfter of [4, 1, 1]) {
    for (let written = 1; written <= (rolledBackAfter === 4 ? 4 : 3); written += 1) {
      await log.write({ operation: `operation-${written}` });
      if (written === rolledBackAfter && rolledBackAfter !== 4) await rollBackOne();
    }
    heads.push(...(await log.seal()));
  }
});

async function rollBackOne(): Promise<void> {
  const em = log.database.fork();
  await em.begin();
  await em.execute(
    `insert into audit_event (at, operation, outcome, caller_id, caller_role, client, disclosed, withheld)
      values (now(), 'x', 'DONE', 'x', 'x', 'x', '[]', '[]')`,
  );
  await em.rollback();
}

const insertAs = (id: number, select = "at, operation, outcome, caller_id, caller_role, client, disclosed, withheld") =>
  `insert into audit_event (id, at, operation, outcome, caller_id, caller_role, client, disclosed, withheld)
    overriding system value select ${id}, ${select} from audit_event where id = 1`;

describe("a log that nobody touched", () => {
  it("is whole, and rolled-back ids are no error", async () => {
    expect(heads.map(({ firstId, lastId, count }) => [firstId, lastId, count])).toEqual([
      [1, 4, 4],
      [5, 8, 3],
      [9, 12, 3],
    ]);
    await log.write({});
    expect(await log.verify(heads)).toMatchObject({
      found: 0,
      heads: 3,
      entries: 10,
      erased: 0,
      unsealed: 1,
      oldestUnsealedAt: "2026-11-22T06:00:00.000Z",
      lastSealedAt: "2026-11-22T06:00:00.000Z",
      lastHead: { number: 3, hash: heads[2]!.hash },
      anchored: 3,
    });
    expect((await log.verify()).anchored).toBeNull();
  });

  it("stays whole when a later migration adds a column", async () => {
    await log.tamper("alter table audit_event add column later text");
    try {
      expect((await log.verify()).found).toBe(0);
      await log.tamper("update audit_event set later = 'x' where id = 2");
      expect(found(await log.verify())).toEqual(["ENTRY_CHANGED 2"]);
    } finally {
      await log.tamper("alter table audit_event drop column later");
    }
  });

  it("cannot be changed by anybody who leaves its triggers alone", async () => {
    for (const table of ["audit_event", "audit_head", "audit_erasure"]) {
      await log.tamper(
        `insert into audit_erasure (head, rule, erased_at, event_id, event) values (1, 'x', now(), 1, '{}')
          on conflict do nothing`,
      );
      const column = table === "audit_event" ? "client = 'x'" : table === "audit_head" ? "root = 'x'" : "rule = 'y'";
      const which = table === "audit_event" ? " where id > 4" : "";
      for (const statement of [
        `update ${table} set ${column}`,
        `delete from ${table}${which}`,
        `truncate ${table} cascade`,
      ])
        await expect(log.database.fork().execute(statement), statement).rejects.toThrow("append-only");
    }
  });
});

describe("whoever is superuser and switches the triggers off", () => {
  const CHANGES: readonly (readonly [string, string])[] = [
    ["at", "at + interval '1 microsecond'"],
    ["operation", "operation || '.'"],
    ["outcome", "'REFUSED'"],
    ["reason", "'X'"],
    ["caller_id", "'w-2'"],
    ["caller_name", "'Worker Two'"],
    ["caller_role", "'KELA_OFFICER'"],
    ["caller_authority", "'KELA'"],
    ["caller_unit", "null"],
    ["client", "''"],
    ["request_id", "'00000000-0000-4000-8000-000000000000'"],
    ["purpose", "'BENEFITS'"],
    ["case_id", "'00000000-0000-4000-8000-000000000000'"],
    ["sought_id", "'00000000-0000-4000-8000-000000000000'"],
    ["subject_id", "'x'"],
    ["receiver_authority", "'KELA'"],
    ["receiver_unit", "'x'"],
    ["disclosed", "'[]'"],
    ["disclosed", `jsonb_set(disclosed, '{0,ground}', 'null')`],
    ["withheld", `jsonb_set(withheld, '{0,holder}', '"KELA"')`],
  ];
  it("and changes any column of an entry is found, and the entry named", async () => {
    for (const [column, value] of CHANGES) {
      const said = await log.foundAfter("audit_event", `${column} = ${value}`, "id = 7");
      expect(said, `${column} = ${value}`).toEqual(["ENTRY_CHANGED 7"]);
    }
    expect((await log.verify()).found).toBe(0);
    await log.tamper("update audit_event set client = 'x' where id = 7");
    expect((await log.verify()).findings).toEqual([
      { kind: "ENTRY_CHANGED", entry: 7, head: 2, message: "Entry 7 is not what head 2 sealed." },
    ]);
  });

  it("and changes a column that this list does not name is impossible: it names all", async () => {
    const columns = await log.database.fork().execute<{ name: string }[]>(
      `select attname as name from pg_attribute where attrelid = 'audit_event'::regclass and attnum > 0
        and not attisdropped and attname <> 'id'`,
    );
    const named = new Set(CHANGES.map(([column]) => column));
    expect(columns.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([]);
  });

  it("and removes an entry is found", async () => {
    await log.tamper("delete from audit_event where id = 5");
    expect(found(await log.verify())).toEqual(["ENTRY_REMOVED 5"]);
  });

  it("and truncates the entries is found, entry by entry", async () => {
    await log.tamper("truncate audit_event");
    const report = await log.verify();
    expect(found(report)).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 11, 12].map((id) => `ENTRY_REMOVED ${id}`));
    expect(report).toMatchObject({ entries: 0, found: 10 });
  });

  it("and truncates the heads with them is found by the anchored ones", async () => {
    await log.tamper("truncate audit_erasure, audit_head, audit_event");
    expect((await log.verify()).found).toBe(0);
    const report = await log.verify(heads);
    expect(found(report)).toEqual(["HEAD_MISSING head 1", "HEAD_MISSING head 2", "HEAD_MISSING head 3"]);
    expect(report.findings[0]!.message).toBe("Head 1 was anchored outside and is gone: entries 1 to 4.");
  });

  it("and cuts the tail with its head is found by the anchored ones, also once new heads have grown", async () => {
    await log.tamper("delete from audit_head where number = 3", "delete from audit_event where id > 8");
    expect((await log.verify()).found).toBe(0);
    expect(found(await log.verify(heads))).toEqual(["HEAD_MISSING head 3"]);
    await log.write({});
    await log.seal();
    expect((await log.verify()).found).toBe(0);
    expect(found(await log.verify(heads))).toEqual(["HEAD_NOT_AS_ANCHORED head 3"]);
  });

  it("and swaps two entries is found, and both are named with what they were", async () => {
    await log.tamper(
      `with a as (select * from audit_event where id = 5), b as (select * from audit_event where id = 8)
        update audit_event e set operation = case e.id when 5 then b.operation else a.operation end,
          case_id = case e.id when 5 then b.case_id else a.case_id end from a, b where e.id in (5, 8)`,
    );
    expect(found(await log.verify())).toEqual(["ENTRY_REORDERED 5", "ENTRY_REORDERED 8"]);
  });

  it("and moves an entry to a free id is found at both", async () => {
    await log.tamper(
      "alter table audit_event alter column id drop identity",
      "update audit_event set id = 6 where id = 7",
      "alter table audit_event alter column id add generated always as identity (start with 13)",
    );
    expect(found(await log.verify())).toEqual(["ENTRY_REORDERED 6", "ENTRY_REMOVED 7"]);
  });

  it.each([6, 10, 0, -5])("and inserts an entry at the unused id %i is found", async (id) => {
    await log.tamper(insertAs(id, "at, 'getCases', outcome, caller_id, caller_role, client, disclosed, withheld"));
    expect(found(await log.verify())).toEqual([`ENTRY_INSERTED ${id}`]);
  });

  it("and changes any column of a head is found", async () => {
    for (const change of [
      "root = repeat('0', 64)",
      "sealed_at = sealed_at + interval '1 millisecond'",
      "count = 2",
      "last_id = 7",
      "hash = repeat('0', 64)",
      "signature = 'AAAA'",
      "previous_hash = repeat('0', 64)",
      "count = 2, leaves = substring(leaves from 1 for 80)",
      "key_id = 'x'",
    ]) {
      const said = await log.foundAfter("audit_head", change, "number = 2");
      expect(said, change).toContain(change.startsWith("key") ? "HEAD_KEY_UNKNOWN head 2" : "HEAD_CHANGED head 2");
    }
    expect((await log.verify()).found).toBe(0);
  });

  it("and changes only a head's list of entries harms no entry", async () => {
    await log.tamper("update audit_head set leaves = set_byte(leaves, 50, 1 - get_byte(leaves, 50)) where number = 2");
    expect(found(await log.verify())).toEqual(["HEAD_CHANGED head 2"]);
    await log.tamper("update audit_head set leaves = 'x' where number = 2");
    expect(found(await log.verify())).toEqual(["HEAD_CHANGED head 2"]);
  });

  it("and removes a head in the middle is found, and its entries are named", async () => {
    await log.tamper("delete from audit_head where number = 2");
    const report = await log.verify();
    expect(found(report)).toEqual(["HEAD_MISSING head 2"]);
    expect(report.findings[0]!.message).toBe("Head 2 is missing. Unproven: entries 5 to 8.");
  });

  it("and seals a changed log anew with another key is found", async () => {
    const forger = ephemeralKeys();
    await log.tamper("delete from audit_event where id = 1", "truncate audit_erasure, audit_head");
    const forged = await log.seal(forger);
    expect(found(await log.verify())).toEqual(["HEAD_KEY_UNKNOWN head 1"]);
    expect(found(await log.verify(heads)).slice(1)).toEqual([
      "HEAD_NOT_AS_ANCHORED head 1",
      "HEAD_MISSING head 2",
      "HEAD_MISSING head 3",
    ]);
    // Under the trusted key's name the signature is no better.
    const named = { ...forged[0]!, keyId: log.keys.signing!.id };
    await log.tamper(`update audit_head set key_id = '${named.keyId}', hash = '${headHash(named)}'`);
    expect(found(await log.verify())).toEqual(["HEAD_CHANGED head 1"]);
  });

  it("and breaks the chain with a stolen key is found by the head after it", async () => {
    const { keyId: _, hash: __, signature: ___, ...statement } = heads[1]!;
    const root = createHash("sha256").update("x").digest("hex");
    const forged = signHead({ ...statement, root }, log.keys.signing!);
    await log.tamper(
      `update audit_head set root = '${root}', hash = '${forged.hash}', signature = '${forged.signature}' where number = 2`,
    );
    expect(found(await log.verify())).toEqual(["HEAD_CHANGED head 2", "CHAIN_BROKEN head 3"]);
  });

  it("and writes lines of their own into the anchored heads is found", async () => {
    const { keyId: _, hash: __, signature: ___, ...statement } = heads[2]!;
    const forged = signHead({ ...statement, number: 4 }, ephemeralKeys().signing!);
    const report = await log.verify([...heads, forged]);
    expect(report.findings).toMatchObject([{ kind: "ANCHOR_INVALID", message: expect.stringContaining("Line 4") }]);
  });
});
