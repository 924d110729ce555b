import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, nivel, temporaryFolder } from "./nivel-process.ts";

const COMMANDS = [
  ...["serve", "migrate", "audit", "bases", "clients", "keys", "operations", "retention", "seed", "token", "forms"],
  ...["schema", "manual", "demo"],
];
const SCRIPT = "/usr/bin/script";

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterAll(() => remove());

const done = ({ code, stderr }: Ended) => ({ code, stderr });
const DONE = { code: 0, stderr: "" };
const at = (name: string) => ({ NIVEL_DATA_DIR: join(folder, name), NIVEL_SANDBOX_SIZE: "8" });

/** What a person at a terminal is shown, where this machine can play one: a progress bar is for them alone. */
async function atTerminal(command: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (!existsSync(SCRIPT)) return undefined;
  const whole = { PATH: process.env["PATH"], HOME: process.env["HOME"], TERM: "xterm", ...env };
  const line = `${resolve("node_modules/.bin/tsx")} src/cli/nivel.ts ${command}`;
  return (await promisify(execFile)(SCRIPT, ["-qec", line, "/dev/null"], { env: whole })).stdout;
}

describe.concurrent("the operator's commands", { timeout: 120_000 }, () => {
  it("teach themselves: the list of commands, and how to begin", async () => {
    const help = await nivel(["--help"]);
    expect(done(help)).toEqual(DONE);
    for (const command of COMMANDS) expect(help.stdout).toMatch(new RegExp(`^  ${command}\\b`, "m"));
    expect(help.stdout).toContain("npm start");
    expect((await nivel([])).stderr).toContain("Usage: nivel");
  });

  it("teach themselves one by one", async () => {
    const helps = await Promise.all([...COMMANDS, "forms list"].map((one) => nivel([...one.split(" "), "--help"])));
    for (const help of helps) {
      expect(done(help)).toEqual(DONE);
      expect(help.stdout).toMatch(/^Usage: nivel \w+/);
      expect(help.stdout.split("\n")[2]!.length).toBeGreaterThan(20);
    }
  });

  it("make a database, seed it once, and print an area's manual from it", async () => {
    const migrated = await nivel(["migrate", "--json"], at("fresh"));
    expect(done(migrated)).toEqual(DONE);
    expect((JSON.parse(migrated.stdout) as { applied: string[] }).applied.length).toBeGreaterThan(3);

    const shown = await atTerminal("seed", at("fresh"));
    if (shown !== undefined) {
      expect(shown).toContain("seeding");
      expect(shown).toContain("8/8");
      expect(shown).toContain("Opened 8 cases.");
    }
    const seeded = await nivel(["seed", "--json"], at("fresh"));
    expect(done(seeded)).toEqual(DONE);
    expect(JSON.parse(seeded.stdout)).toEqual({ opened: shown === undefined ? 8 : 0 });

    const manual = await nivel(["manual", "15"], at("fresh"));
    expect(done(manual)).toEqual(DONE);
    expect(manual.stdout).toContain("Keski-Suomen hyvinvointialue");
    const nowhere = await nivel(["manual", "99"], at("fresh"));
    expect(nowhere).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^nivel: There is no such area.*\n$/),
    });
  });

  it("say what retention would erase, change nothing by that, not even the schema, and erase with --apply", async () => {
    const early = await nivel(["retention"], at("kept"));
    expect(early).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^nivel: .*migrate\n$/) });
    await nivel(["seed"], at("kept"));
    const planned = await nivel(["retention"], at("kept"));
    expect(done(planned)).toEqual(DONE);
    expect(planned.stdout).toMatch(/^REMIT_12Y +due 0 of \d+ /m);
    expect(planned.stdout).toContain("Nothing was changed.");
    const applied = await nivel(["retention", "--apply", "--json"], at("kept"));
    expect(done(applied)).toEqual(DONE);
    expect(JSON.parse(applied.stdout)).toMatchObject({ applied: true });
  });

  it("list the forms, which are what their definitions draw", async () => {
    const list = await nivel(["forms", "list", "--json"]);
    expect(done(list)).toEqual(DONE);
    expect(JSON.parse(list.stdout)).toMatchObject([
      { code: "taydentava-toimeentulotuki", languages: ["fi", "sv"], model: true },
      { code: "vankilan-tyontekijan-lausunto", languages: ["fi", "sv"], model: true },
    ]);
  });

  it("check that the published schema is what the code publishes", async () => {
    expect(done(await nivel(["schema", "--check"]))).toEqual(DONE);
  });

  it("play the demo through, leave its PDFs, and end", async () => {
    const out = join(folder, "out");
    const { code, stdout, stderr } = await nivel(["demo", "--out", out]);
    expect({ code, stderr }).toEqual(DONE);
    expect((await readdir(out)).sort()).toEqual(["countys-copy.pdf", "hakemus.fi.pdf", "hakemus.sv.pdf"]);
    for (const name of await readdir(out)) {
      expect((await readFile(join(out, name))).subarray(0, 5).toString()).toBe("%PDF-");
    }
    const copies = await Promise.all(["countys-copy.pdf", "hakemus.fi.pdf"].map((name) => readFile(join(out, name))));
    expect(Buffer.compare(copies[0]!, copies[1]!)).toBe(0);
    expect(stdout).toContain("OWN_WORKER Outi Mallisaari");
    expect(stdout).not.toMatch(/^\s*! /m);
    expect(stdout).toContain("social worker now sees client relationships: WITHHELD");
  });
});
