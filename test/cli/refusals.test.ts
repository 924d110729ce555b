import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePorts, nivel, temporaryFolder } from "./nivel-process.ts";

let folder: string;
let remove: () => Promise<void>;
let file: string;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  file = join(folder, "a-file");
  await writeFile(file, "not a folder");
});
afterAll(() => remove());

/** What an operator can mend is one line on stderr, nothing on stdout, no stack, and a code that a script sees. */
async function expectRefusal(args: string[], env: NodeJS.ProcessEnv, ...tells: (string | RegExp)[]): Promise<void> {
  const { code, stdout, stderr } = await nivel(args, env);
  expect(code, stderr).toBe(1);
  expect(stdout).toBe("");
  expect(stderr.trimEnd().split("\n"), stderr).toHaveLength(1);
  expect(stderr).toMatch(/^nivel: .*\n$/);
  expect(stderr).not.toMatch(/\.ts:|node_modules|Error:/);
  for (const told of tells) expect(stderr).toMatch(told);
}

const DEAD_DATABASE = "postgres://worker:secret-word@127.0.0.1:1/nivel";

describe("an address that the hub cannot take is told in one line", { timeout: 90_000 }, () => {
  // One folder, since most of a first start is the making of its database.
  const env = () => ({ NIVEL_DATA_DIR: join(folder, "data"), NIVEL_SANDBOX_SIZE: "4" });

  it("a port that is taken, by its number", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as AddressInfo;
    await expectRefusal(["serve"], { ...env(), PORT: String(port) }, `Port ${String(port)} is taken`, "PORT");
    holder.close();
  });

  it("one of the sandbox's ports that is taken, by its own number", async () => {
    const first = await freePorts();
    const holder = createServer().listen(first + 3, "127.0.0.1");
    await once(holder, "listening");
    await expectRefusal(["serve"], { ...env(), PORT: String(first) }, `Port ${String(first + 3)} is taken`);
    holder.close();
  });

  it("an address that is not this machine's", async () => {
    await expectRefusal(["serve"], { ...env(), HOST: "203.0.113.7", PORT: "0" }, "HOST");
  });
});

describe.concurrent("what keeps the hub from starting is told in one line", { timeout: 90_000 }, () => {
  it("a PORT that is none", async () => {
    await expectRefusal(["serve"], { PORT: "abc", NIVEL_DATA_DIR: join(folder, "bad-port") }, "PORT");
  });

  it.each([
    ["a file in place of the folder", (at: string) => at],
    ["a path under a file", (at: string) => join(at, "below")],
  ])("a data folder that cannot be written: %s", async (_, place) => {
    const env = { PORT: "0", NIVEL_DATA_DIR: place(file) };
    await expectRefusal(["serve"], env, "cannot be written", "NIVEL_DATA_DIR");
  });

  it("an unreachable database, without its password", async () => {
    const env = { PORT: "0", DATABASE_URL: DEAD_DATABASE, NIVEL_DATA_DIR: join(folder, "db") };
    await expectRefusal(["serve"], env, "DATABASE_URL", "ECONNREFUSED", /^(?!.*secret-word)/);
  });

  it("a DATABASE_URL of another kind of database", async () => {
    await expectRefusal(
      ["migrate"],
      { DATABASE_URL: "mysql://x:secret-word@h/d" },
      "postgres://",
      /^(?!.*secret-word)/,
    );
  });

  it("production without configuration, naming every variable that is missing", async () => {
    await expectRefusal(
      ["serve"],
      { NODE_ENV: "production", NIVEL_DATA_DIR: join(folder, "production") },
      "DATABASE_URL",
      "NIVEL_ISSUER",
      "NIVEL_JWKS_URL",
      "NIVEL_AUDIENCE",
      "NIVEL_XROAD_CLIENT",
    );
  });

  it("made-up persons and demo tokens in production", async () => {
    const production = {
      NODE_ENV: "production",
      DATABASE_URL: DEAD_DATABASE,
      NIVEL_ISSUER: "https://issuer.example",
      NIVEL_JWKS_URL: "https://issuer.example/jwks",
      NIVEL_AUDIENCE: "nivel",
      NIVEL_XROAD_CLIENT: "FI/GOV/1/nivel",
      NIVEL_AUDIT_KEY_FILE: "/run/secrets/audit-key.json",
      NIVEL_KEY_FILE: "/run/secrets/keys.json",
    };
    await expectRefusal(["seed"], production, "made-up");
    await expectRefusal(["token", "prison-worker"], production, "demo callers");
  });

  it("a token while no hub runs", async () => {
    const env = { NIVEL_DATA_DIR: join(folder, "no-hub"), PORT: String(await freePorts()) };
    await expectRefusal(["token", "prison-worker"], env, "npm start");
  });

  it.each([
    [["seed", "--size", "many"], "--size"],
    [["seed", "--seed=-1"], "--seed"],
    [["serve", "--size", "1.5"], "--size"],
    [["token", "minister"], "prison-worker"],
    [["migrat"], "migrate"],
  ])("a word that it does not know, with the way to the help: %j", async (args, tells) => {
    const { code, stdout, stderr } = await nivel(args, { NIVEL_DATA_DIR: join(folder, "words"), PORT: "0" });
    expect(code, stderr).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(tells);
    expect(stderr).toContain("--help");
    expect(stderr).not.toMatch(/\.ts:|node_modules/);
  });
});
