import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { anchorHeads } from "../../src/audit/anchor.ts";
import { ensureAuditKeys, readAuditKeys } from "../../src/audit/audit-key.ts";
import { recordAuditEvents } from "../../src/audit/audit.repository.ts";
import { sealEntries } from "../../src/audit/seal.ts";
import { readConfig } from "../../src/config.ts";
import { withDatabase } from "../../src/cli/with-database.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import type { Database } from "../../src/persistence/database.ts";
import { someEvent } from "../audit/sealed-log.ts";
import { nivel, temporaryFolder } from "./nivel-process.ts";

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  expect((await nivel(["migrate"], env())).code).toBe(0);
});
afterAll(() => remove());

const env = () => ({ NIVEL_DATA_DIR: join(folder, "data") });
const config = () => readConfig(env());
const inDatabase = <T>(use: (database: Database) => Promise<T>) => withDatabase(config(), use);
const verify = (...more: string[]) => nivel(["audit", "verify", ...more], env());
const report = async (...more: string[]) => JSON.parse((await verify("--json", ...more)).stdout) as { found: number };

async function writeAndSeal(count: number): Promise<void> {
  const { keyFile, anchorFile } = config().audit;
  await ensureAuditKeys(keyFile!);
  const { signing } = await readAuditKeys(keyFile!);
  await inDatabase(async (database) => {
    await recordAuditEvents(
      database.fork(),
      Array.from({ length: count }, () => someEvent()),
    );
    await anchorHeads(anchorFile!, await sealEntries(() => database.fork(), signing!, systemClock));
  });
}

describe("audit verify", { timeout: 300_000 }, () => {
  it("cannot tell without a key (exit code 2), and says so in one line", async () => {
    const ended = await verify();
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toMatch(/^nivel: .*key file cannot be read \(ENOENT\).*NIVEL_AUDIT_KEY_FILE.*\n$/);
  });

  it("finds a whole log whole (0), a changed byte by the entry (1), and a cut tail by the anchored heads (1)", async () => {
    await writeAndSeal(3);
    await writeAndSeal(2);
    const whole = await verify();
    expect(whole).toMatchObject({ code: 0, stderr: "" });
    expect(whole.stdout).toMatch(
      /^5 sealed entries in 2 heads, the last sealed at 20\S+Z\.\nEvery entry is sealed\.\n/,
    );
    expect(whole.stdout).toContain("2 anchored heads were compared.\nThe log is whole.\n");

    const exported = join(folder, "heads.jsonl");
    const out = await nivel(["audit", "heads", "--export", exported], env());
    expect(out).toMatchObject({ code: 0, stdout: "Exported 2 heads.\n" });
    expect(await readFile(exported, "utf8")).toBe(await readFile(config().audit.anchorFile!, "utf8"));
    expect((await stat(config().audit.anchorFile!)).mode & 0o777).toBe(0o600);

    await inDatabase(async (database) => {
      const em = database.fork();
      await em.execute("alter table audit_event disable trigger user");
      await em.execute("update audit_event set caller_id = 'w-2' where id = 2");
    });
    const changed = await verify();
    expect(changed).toMatchObject({ code: 1, stderr: "" });
    expect(changed.stdout).toContain(
      "THE LOG IS NOT WHOLE: 1 findings.\n  ENTRY_CHANGED: Entry 2 is not what head 1 sealed.\n",
    );

    await inDatabase(async (database) => {
      const em = database.fork();
      await em.execute("update audit_event set caller_id = 'w-1' where id = 2");
      await em.execute("delete from audit_event where id > 3");
      await em.execute("alter table audit_head disable trigger user");
      await em.execute("delete from audit_head where number = 2");
    });
    const cut = await report("--heads", exported);
    expect(cut).toMatchObject({ found: 1, findings: [{ kind: "HEAD_MISSING", head: 2 }] });
    expect((await verify("--heads", join(folder, "none"))).code).toBe(2);
  });

  it("says in one line that a running process holds the embedded database", async () => {
    await inDatabase(async () => {
      const held = await verify();
      expect(held).toMatchObject({ code: 2, stdout: "" });
      expect(held.stderr).toMatch(/^nivel: [^\n]+\n$/);
    });
  });

  it("gives an auditor the public keys alone, which are enough to verify", async () => {
    const file = join(folder, "public.json");
    const printed = await nivel(["audit", "public-keys"], env());
    expect(printed.stdout).not.toContain('"d"');
    await writeFile(file, printed.stdout);
    const byAuditor = await nivel(["audit", "verify"], { ...env(), NIVEL_AUDIT_KEY_FILE: file });
    expect(byAuditor.stdout).not.toContain("HEAD_KEY_UNKNOWN");
    expect(byAuditor.code).toBe(1);
  });

  it("adds a key by rotate-key, and makes the first where there is none", async () => {
    const fresh = { ...env(), NIVEL_AUDIT_KEY_FILE: join(folder, "fresh", "key.json") };
    expect((await nivel(["audit", "rotate-key"], fresh)).code).toBe(0);
    expect((await readAuditKeys(fresh.NIVEL_AUDIT_KEY_FILE)).trusted.size).toBe(1);
    const before = (await readAuditKeys(config().audit.keyFile!)).signing!.id;
    const rotated = await nivel(["audit", "rotate-key"], env());
    const { signing, trusted } = await readAuditKeys(config().audit.keyFile!);
    expect(rotated).toMatchObject({ code: 0, stdout: expect.stringContaining(signing!.id) });
    expect(signing!.id).not.toBe(before);
    expect([...trusted.keys()]).toEqual([before, signing!.id]);
  });
});
