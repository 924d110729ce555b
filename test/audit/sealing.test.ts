import fc from "fast-check";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addAuditKey, ensureAuditKeys, openAuditKeys, readAuditKeys } from "../../src/audit/audit-key.ts";
import { type AnchorLine, readAnchors } from "../../src/audit/anchor.ts";
import { erasableBefore, eraseSealedBefore } from "../../src/audit/erase.ts";
import { decodeLeaves, encodeLeaves, merkleRoot } from "../../src/audit/leaf.ts";
import { MOST_ENTRIES, sealEntries } from "../../src/audit/seal.ts";
import { startSealer } from "../../src/audit/sealer.ts";
import { verifyLog } from "../../src/audit/verify.ts";
import { StartupError } from "../../src/kernel/errors.ts";
import { type SealedLog, found, openLog, someEvent } from "./sealed-log.ts";
import { recordAuditEvent } from "../../src/audit/audit.repository.ts";

const onServer = process.env["DATABASE_URL"] !== undefined;

let log: SealedLog;
let folder: string;
beforeAll(async () => {
  log = await openLog();
  folder = await mkdtemp(join(tmpdir(), "nivel-audit-"));
});
beforeEach(() => log.reset());
afterAll(async () => {
  await log.close();
  await rm(folder, { recursive: true });
});

const fork = () => log.database.fork();

describe("a sealing", () => {
  it("does nothing without new entries, and chains each head to the one before", async () => {
    expect(await log.seal()).toEqual([]);
    await log.write({}, {});
    const [first] = await log.seal();
    expect(await log.seal()).toEqual([]);
    await log.write({});
    const [second] = await log.seal();
    expect([first!.number, first!.firstId, first!.lastId, first!.count]).toEqual([1, 1, 2, 2]);
    expect([second!.number, second!.firstId, second!.lastId]).toEqual([2, 3, 3]);
    expect(second!.previousHash).toBe(first!.hash);
  });

  it("makes several heads of many entries, none larger than a page", async () => {
    await log.write(...Array.from({ length: MOST_ENTRIES + 3 }, () => ({})));
    expect((await log.seal()).map(({ count }) => count)).toEqual([MOST_ENTRIES, 3]);
    expect(await log.verify()).toMatchObject({ found: 0, entries: MOST_ENTRIES + 3, heads: 2 });
  });

  it("by two sealers at once seals each entry once", async () => {
    for (let round = 0; round < 5; round += 1) {
      await log.write({}, {});
      await Promise.all([log.seal(), log.seal(), log.seal()]);
      await log.seal();
      expect(await log.verify()).toMatchObject({ found: 0, unsealed: 0, entries: 2 * (round + 1) });
    }
  });

  it.runIf(onServer)("waits for a writer whose ids are drawn, and gives way to it when it takes long", async () => {
    await log.write({});
    const slow = fork();
    await slow.begin();
    await recordAuditEvent(slow, someEvent());
    const [later] = await Promise.all([recordAuditEvent(fork(), someEvent()), log.seal()]);
    expect(later).toBe("3");
    expect(await log.verify()).toMatchObject({ heads: 0, unsealed: 2 });
    await slow.commit();
    expect((await log.seal()).map(({ lastId, count }) => [lastId, count])).toEqual([[3, 3]]);
    expect(await log.verify()).toMatchObject({ found: 0, entries: 3 });
  });

  it("leaves no entry out while writers come, commit and roll back", { timeout: 60_000 }, async () => {
    let writing = true;
    let kept = 0;
    const writer = async (seed: number) => {
      for (let round = 0; round < 30; round += 1) {
        const em = fork();
        await em.begin();
        await recordAuditEvent(em, someEvent({ operation: `w${seed}` }));
        await new Promise((wait) => setTimeout(wait, (seed * 7 + round * 3) % 11));
        if ((seed + round) % 4 === 0) await em.rollback();
        else {
          await em.commit();
          kept += 1;
        }
      }
    };
    const sealer = async () => {
      while (writing) {
        await log.seal();
        await new Promise((wait) => setTimeout(wait, 5));
      }
    };
    const sealing = [sealer(), sealer()];
    // PGlite has one connection: there a transaction that waits keeps all others out.
    if (onServer) await Promise.all([writer(1), writer(2), writer(3)]);
    else for (const seed of [1, 2, 3]) await writer(seed);
    writing = false;
    await Promise.all(sealing);
    await log.seal();
    const report = await log.verify();
    expect(report).toMatchObject({ found: 0, unsealed: 0, entries: kept });
    expect(report.heads).toBeGreaterThan(1);
  });
});

describe("the tree over the entries", () => {
  it("is that of RFC 9162: it tells order, number and content apart, and its leaves are read back", () => {
    const leaf = fc.record({
      id: fc.integer({ min: -5, max: 2 ** 50 }),
      hash: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes)),
    });
    fc.assert(
      fc.property(fc.uniqueArray(leaf, { minLength: 2, maxLength: 20, selector: ({ id }) => id }), (leaves) => {
        expect(decodeLeaves(encodeLeaves(leaves))).toEqual(leaves);
        const root = merkleRoot(leaves);
        expect(merkleRoot(leaves.slice(1))).not.toBe(root);
        expect(merkleRoot(leaves.toReversed())).not.toBe(root);
      }),
    );
  });
});

describe("random logs and random tampering", () => {
  const COLUMNS = ["operation", "caller_id", "client", "purpose", "caller_unit"];
  const tampering = fc.oneof(
    fc.record({ kind: fc.constant("change" as const), at: fc.nat(), column: fc.constantFrom(...COLUMNS) }),
    fc.record({ kind: fc.constant("remove" as const), at: fc.nat() }),
    fc.record({ kind: fc.constant("swap" as const), at: fc.nat(), with: fc.nat() }),
    fc.record({ kind: fc.constant("cut" as const), at: fc.nat() }),
  );

  it(
    "are told apart: none is found in a whole log, and each tampered entry is named",
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
          tampering,
          async (groups, act) => {
            await log.reset();
            const heads = [];
            for (const size of groups) {
              await log.write(...Array.from({ length: size }, (_, index) => ({ operation: `o${index}` })));
              heads.push(...(await log.seal()));
            }
            const count = groups.reduce((sum, size) => sum + size, 0);
            const id = (act.at % count) + 1;
            expect(await log.verify(heads)).toMatchObject({ found: 0, entries: count });
            if (act.kind === "change") {
              await log.tamper(`update audit_event set ${act.column} = 'tampered' where id = ${id}`);
              expect(found(await log.verify(heads))).toEqual([`ENTRY_CHANGED ${id}`]);
            } else if (act.kind === "remove") {
              await log.tamper(`delete from audit_event where id = ${id}`);
              expect(found(await log.verify(heads))).toEqual([`ENTRY_REMOVED ${id}`]);
            } else if (act.kind === "swap") {
              const other = (act.with % count) + 1;
              const taken = ["operation", "case_id"]
                .map((column) => `${column} = (select ${column} from audit_event where id = ${id + other} - e.id)`)
                .join(", ");
              await log.tamper(`update audit_event e set ${taken} where id in (${id}, ${other})`);
              const named = (await log.verify(heads)).findings.map(({ entry }) => entry);
              expect(named).toEqual(id === other ? [] : [id, other].sort((a, b) => a - b));
            } else {
              const from = heads.find(({ lastId }) => lastId >= id)!.number;
              await log.tamper(
                `delete from audit_event where id >= (select first_id from audit_head where number = ${from})`,
                `delete from audit_head where number >= ${from}`,
              );
              const gone = heads.slice(from - 1).map(({ number }) => `HEAD_MISSING head ${number}`);
              expect(found(await log.verify(heads))).toEqual(gone);
            }
          },
        ),
        { numRuns: 25 },
      );
    },
  );
});

describe("the end of retention (act 703/2023, appendix: 12 years from the event)", () => {
  const erase = (before: string) =>
    eraseSealedBefore(fork(), new Date(before), { rule: "LOG_12_YEARS", clock: log.clock });

  beforeEach(async () => {
    for (const at of ["2010-01-01T00:00:00Z", "2011-01-01T00:00:00Z", "2026-01-01T00:00:00Z"]) {
      log.clock.set(at);
      await log.write({}, {});
      await log.seal();
    }
  });

  it("erases whole groups, keeps their heads, and verifies as erased and not as removed", async () => {
    expect(await erasableBefore(fork(), new Date("2011-01-01T00:00:00Z"))).toEqual({ heads: 1, entries: 2 });
    expect(await erase("2011-01-01T00:00:00Z")).toEqual({ heads: 1, entries: 2 });
    expect(await log.verify()).toMatchObject({ found: 0, erasuresUnsealed: 1, erased: 2, entries: 4, heads: 3 });
    await log.seal();
    expect(await log.verify()).toMatchObject({ found: 0, erasuresUnsealed: 0, erased: 2, entries: 5, unsealed: 0 });
    expect(await erase("2011-01-01T00:00:00Z")).toEqual({ heads: 0, entries: 0 });
  });

  it("still proves an erasure when the entry that tells of it is erased in its turn", async () => {
    await erase("2011-01-01T00:00:00Z");
    await log.seal();
    log.clock.set("2040-01-01T00:00:00Z");
    expect(await erase("2027-01-01T00:00:00Z")).toMatchObject({ heads: 3 });
    await log.seal();
    expect(await log.verify()).toMatchObject({ found: 0, erased: 7, entries: 3 });
  });

  it("is refused before the 12 years are over", async () => {
    await expect(async () => erase("2014-01-01T00:00:01Z")).rejects.toThrow("12 years");
  });

  it("cannot be pretended: a record without a sealed entry, a foreign entry, or too early is a removal", async () => {
    const pretend = (head: number, event: string) =>
      log.tamper(
        `insert into audit_erasure (head, rule, erased_at, event_id, event)
          select ${head}, 'LOG_12_YEARS', now(), e.id, ${event} from audit_event e where id = 6`,
        `delete from audit_event where id between (select first_id from audit_head where number = ${head})
          and (select last_id from audit_head where number = ${head})`,
      );
    await pretend(1, "to_jsonb(e) - 'id'");
    expect(found(await log.verify())).toEqual(["ERASURE_UNPROVEN head 1"]);
    await pretend(2, `to_jsonb(e) - 'id' || '{"operation": "eraseAuditLog", "subject_id": "head:2"}'`);
    expect(found(await log.verify())).toEqual(["ERASURE_UNPROVEN head 1", "ERASURE_UNPROVEN head 2"]);

    await log.reset();
    await log.write({}, {});
    await log.seal();
    await log.write({ operation: "eraseAuditLog", subjectId: "head:1" });
    const record = `insert into audit_erasure (head, rule, erased_at, event_id, event)
      select 1, 'LOG_12_YEARS', now(), e.id, to_jsonb(e) - 'id' from audit_event e where id = 3`;
    await fork().transactional(async (em) => {
      await em.execute("set local timezone to 'UTC'");
      await em.execute(record);
      // The database itself would let the entries go now; the seals do not.
      await em.execute("delete from audit_event where id <= 2");
    });
    expect(found(await log.verify())).toEqual(["ERASURE_TOO_EARLY head 1"]);
    await log.seal();
    expect(found(await log.verify())).toEqual(["ERASURE_TOO_EARLY head 1"]);
  });
});

describe("the keys", () => {
  it("are made once, for the owner alone, and the newest signs without a restart", async () => {
    const file = join(folder, "made", "keys.json");
    const config = { keyFile: file, makeKey: true, anchorFile: undefined, sealSeconds: 0 };
    await Promise.all([ensureAuditKeys(file), ensureAuditKeys(file)]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const keys = await openAuditKeys(config);
    const first = await keys();
    await log.write({});
    const heads = await log.seal(first);
    const added = await addAuditKey(file);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    await log.write({});
    heads.push(...(await log.seal(await keys())));
    expect(heads.map(({ keyId }) => keyId)).toEqual([first.signing!.id, added]);
    expect((await log.verify(heads, await readAuditKeys(file))).found).toBe(0);
    expect(found(await log.verify(undefined, first))).toEqual(["HEAD_KEY_UNKNOWN head 2"]);
  });

  it("that are public are enough to verify, and not to seal", async () => {
    const file = join(folder, "both.json");
    await ensureAuditKeys(file);
    const { keys } = JSON.parse(await readFile(file, "utf8")) as { keys: { d?: string }[] };
    await log.write({});
    await log.seal(await readAuditKeys(file));
    for (const key of keys) delete key.d;
    await writeFile(file, JSON.stringify({ keys }));
    expect((await log.verify(undefined, await readAuditKeys(file))).found).toBe(0);
    const config = { keyFile: file, makeKey: false, anchorFile: undefined, sealSeconds: 0 };
    await expect(openAuditKeys(config)).rejects.toThrow("public keys only");
  });

  it("of a file that is missing or holds something else stop the start in one line, which repeats nothing", async () => {
    const file = join(folder, "wrong.json");
    await expect(readAuditKeys(join(folder, "none.json"))).rejects.toThrow(StartupError);
    for (const text of [
      "",
      "{}",
      '{"keys":[]}',
      '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"secret","d":"secret"}]}',
    ]) {
      await writeFile(file, text);
      const error = await readAuditKeys(file).catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(StartupError);
      expect((error as Error).message).not.toMatch(/secret|\n/);
    }
  });
});

describe("the sealer of a running hub", () => {
  const anchors = async (file: string): Promise<AnchorLine[]> => {
    const lines: AnchorLine[] = [];
    for await (const line of readAnchors(file)) lines.push(line);
    return lines;
  };
  const parts = (anchorFile: string, failed: (error: unknown) => void) => ({
    fork: () => log.database.forkSealer(),
    keys: async () => log.keys,
    clock: log.clock,
    anchorFile,
    failed,
  });

  it("seals by itself, anchors each head outside, and seals the rest when it stops", async () => {
    const file = join(folder, "anchors.jsonl");
    const failures: unknown[] = [];
    const sealer = startSealer({ ...parts(file, (error) => failures.push(error)), sealSeconds: 0.05 });
    await log.write({});
    await expect.poll(async () => (await log.verify()).heads).toBe(1);
    await log.write({});
    await sealer.close();
    expect((await log.verify()).unsealed).toBe(0);
    const lines = await anchors(file);
    expect(lines.map(({ head }) => head?.number)).toEqual(lines.map((_, index) => index + 1));
    const report = await verifyLog(fork(), {
      trusted: log.keys.trusted,
      anchors: readAnchors(file),
      now: log.clock.now(),
    });
    expect(report).toMatchObject({ found: 0, anchored: lines.length });
    expect(failures).toEqual([]);
  });

  it("tells of a failure and goes on", async () => {
    const failures: unknown[] = [];
    const sealer = startSealer({
      ...parts(join(folder, "x.jsonl"), (error) => failures.push(error)),
      keys: async () => {
        throw new Error("no key");
      },
      sealSeconds: 0,
    });
    await log.write({});
    await sealer.close();
    expect(failures).toHaveLength(1);
    expect(await sealEntries(fork, log.keys.signing!, log.clock)).toHaveLength(1);
  });
});
