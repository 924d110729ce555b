import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, nivel, temporaryFolder } from "./nivel-process.ts";

const APP = "partner-of-the-county";

/** One story on one database: each test goes on where the one before it stopped. */
describe("nivel clients", { timeout: 120_000 }, () => {
  let env: NodeJS.ProcessEnv;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    const temporary = await temporaryFolder();
    remove = temporary.remove;
    env = { NIVEL_DATA_DIR: join(temporary.folder, "data") };
  });
  afterAll(() => remove());

  const clients = (...args: string[]): Promise<Ended> => nivel(["clients", ...args], env);

  it("asks for a database that is up to date", async () => {
    expect(await clients("list")).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^nivel: .*nivel migrate\n$/),
    });
    expect((await nivel(["migrate"], env)).code).toBe(0);
  });

  it("registers an application once, with what it may", async () => {
    const register = () => clients("register", APP, "--name", "Partner", "--partner", "--points", "5000", "--json");
    const done = `${JSON.stringify({ id: APP, done: "registered" })}\n`;
    expect(await register()).toEqual({ code: 0, stdout: done, stderr: "" });
    expect(await register()).toMatchObject({ code: 1, stderr: expect.stringMatching(/registered already/) });
  });

  it("suspends it, and lets it ask for the schema", async () => {
    expect((await clients("suspend", APP)).stdout).toBe(`${APP}: suspend\n`);
    await clients("allow-introspection", APP);
    const [listed] = JSON.parse((await clients("list", "--json")).stdout) as Record<string, unknown>[];
    expect(listed).toMatchObject({ id: APP, name: "Partner", partner: true, pointsPerMinute: 5000, onlyTrusted: null });
    expect(listed).toMatchObject({ mayIntrospect: true, suspendedAt: expect.any(String) });
    await clients("resume", APP);
    expect((await clients("list")).stdout).toBe(`${APP}  Partner  may speak, partner, introspects, 5000 points/min\n`);
  });

  it.each([
    [["suspend", "nobody-010594Y9032"]],
    [["register", "010594Y9032", "--name", "x"]],
    [["register", "two words", "--name", "x"]],
    [["register", "app", "--name", "x", "--points", "0"]],
    [["register", "app", "--name", "x", "--only-trusted", "--any-operation"]],
  ])("refuses %j in one line that repeats no id", async (args) => {
    const { code, stdout, stderr } = await clients(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^nivel: [^\n]+\n$/);
    expect(stderr).not.toContain("9032");
  });
});
