import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Ended, nivel, temporaryFolder } from "./nivel-process.ts";

const APP = "partner-of-the-county";
const LINE = /^sha256:[0-9a-f]{64} {2}\w+( {2}[\w-]+)?$/;

/** One story on one database: each test goes on where the one before it stopped. */
describe("nivel operations", { timeout: 120_000 }, () => {
  let env: NodeJS.ProcessEnv;
  let folder: string;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    const temporary = await temporaryFolder();
    ({ folder, remove } = temporary);
    env = { NIVEL_DATA_DIR: join(folder, "data") };
    await nivel(["migrate"], env);
  });
  afterAll(() => remove());

  const operations = (...args: string[]): Promise<Ended> => nivel(["operations", ...args], env);
  const file = async (text: string): Promise<string> => {
    const path = join(folder, "operations.graphql");
    await writeFile(path, text);
    return path;
  };
  const TWO = `query Areas { counties { ...Named } employmentAreas { code } }
    query Area($name: String!) { municipality(codeOrName: $name) { code } }
    fragment Named on County { code fi }`;

  it("registers for a registered client only", async () => {
    const refused = await operations("register", "--client", APP, await file(TWO));
    expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/^nivel: No such client/) });
    await nivel(["clients", "register", APP, "--name", "Partner"], env);
    const { code, stdout } = await operations("register", "--client", APP, await file(TWO));
    expect(code).toBe(0);
    expect(stdout.trim().split("\n")).toHaveLength(2);
    for (const line of stdout.trim().split("\n")) expect(line).toMatch(LINE);
    // Once more changes nothing.
    expect((await operations("register", "--client", APP, await file(TWO))).stdout).toBe(stdout);
  });

  it("lists the hub's own and each client's, and takes one back", async () => {
    const all = (await operations("list")).stdout.trim().split("\n");
    expect(all.filter((line) => line.endsWith(APP))).toHaveLength(2);
    expect(all.length).toBeGreaterThan(10);
    const [first] = (await operations("list", "--client", APP)).stdout.split("  ");
    expect((await operations("remove", "--client", APP, first!)).code).toBe(0);
    expect((await operations("list", "--client", APP)).stdout.trim().split("\n")).toHaveLength(1);
    expect(await operations("remove", "--client", APP, first!)).toMatchObject({ code: 1, stdout: "" });
  });

  it.each([
    ["is no GraphQL", "{"],
    ["does not fit the schema", "query A { nothing }"],
    ["has no name", "{ counties { code } }"],
    ["is too large", `query A { counties { ${Array.from({ length: 70 }, (_, n) => `a${n}: code`).join(" ")} } }`],
  ])("refuses a document that %s, in one line", async (_, text) => {
    const { code, stdout, stderr } = await operations("register", "--client", APP, await file(text));
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(/^nivel: [^\n]+\n$/);
  });
});
