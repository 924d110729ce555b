import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ask } from "../../src/cli/graphql-client.ts";
import { CasesOfUnitDocument, StatementsOfCaseDocument } from "../../src/cli/operations.generated.ts";
import { signedStatement } from "../statements/signed.ts";
import { type Served, freePorts, nivel, serve, temporaryFolder } from "./nivel-process.ts";
import { nodesOf } from "../support/nodes.ts";

const run = promisify(execFile);

/** One story on one data folder: each test goes on where the one before it stopped. */
describe("a hub in a process of its own", { timeout: 120_000 }, () => {
  let folder: string;
  let remove: () => Promise<void>;
  let env: Record<string, string>;
  let hub: Served;
  let token: string;
  let caseIds: string[];

  const app = () => ({ url: hub.url, token, purpose: "SOCIAL_ASSISTANCE" as const });
  const casesOfUnit = async () =>
    (await ask(app(), CasesOfUnitDocument, { first: 100 })).cases.edges.map(({ node }) => node.id);

  beforeAll(async () => {
    ({ folder, remove } = await temporaryFolder());
    const port = String(await freePorts());
    env = { PORT: port, NIVEL_DATA_DIR: join(folder, "data"), NIVEL_SANDBOX_SIZE: "12" };
    hub = await serve(env);
  }, 120_000);
  afterAll(async () => {
    await remove();
    hub.child.kill("SIGKILL");
  });

  it("greets with the addresses, a token, and nothing on stderr", () => {
    const said = hub.stdout();
    expect(said).toContain(`GraphQL    ${hub.url}/graphql`);
    token = /\n([\w-]+\.[\w-]+\.[\w-]+)\n/.exec(said)![1]!;
    expect(said).toMatch(new RegExp(`GraphiQL +${hub.url}/graphiql#\\S*token=${token}\n`));
    expect(hub.stderr()).toBe("");
  });

  it("greets with one line of shell that really makes the application PDF", async () => {
    const line = hub
      .stdout()
      .split("\n")
      .find((one) => one.startsWith("curl "))!;
    await run("bash", ["-c", line], { cwd: folder });
    const pdf = await readFile(join(folder, "application.pdf"));
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.length).toBeGreaterThan(10_000);
  });

  it("is asked for another caller's token, which is printed alone", async () => {
    const { code, stdout, stderr } = await nivel(["token", "county-worker"], env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
  });

  it("keeps a second process off its folder, which is told who holds it and where it answers", async () => {
    const second = { ...env, PORT: String(await freePorts()) };
    for (const { code, stdout, stderr } of await Promise.all([nivel(["serve"], second), nivel(["seed"], second)])) {
      expect(code).toBe(1);
      expect(stdout).toBe("");
      expect(stderr).toMatch(/^nivel: The data folder is held by process \d+ since .*\n$/);
      expect(stderr).toContain(`answers at ${hub.url}/graphql`);
    }
    expect((await fetch(`${hub.url}/health/ready`)).status).toBe(200);
  });

  it("finishes what is in flight on SIGTERM, takes nothing new, and ends with 0", async () => {
    caseIds = await casesOfUnit();
    await signedStatement(app(), caseIds[0]!);
    const slow = fetch(`${hub.url}/graphql`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "nivel-purpose": "RELEASE_PLANNING",
        "nivel-sandbox": "rise=slow",
        "content-type": "application/json",
      },
      body: JSON.stringify({
        query: `{ case(id: "${caseIds[0]!}") { id person { familyName { status } } sourceIssues { source kind } } }`,
      }),
    });
    await delay(500);
    const ended = hub.terminate();
    await delay(300);
    await expect(fetch(`${hub.url}/health/live`)).rejects.toThrow();
    const answer = await slow;
    expect(answer.status).toBe(200);
    // Kept open, it would keep the process too, until the drain's own limit of ten seconds.
    expect(answer.headers.get("connection")).toBe("close");
    expect(await answer.json()).toMatchObject({
      data: {
        case: {
          id: caseIds[0],
          person: { familyName: { status: "FAILED" } },
          sourceIssues: [{ source: "RISE", kind: "TIMED_OUT" }],
        },
      },
    });
    const { code, stderr } = await ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  it("leaves a folder that the next process opens: nobody has to be seeded again", async () => {
    const { code, stdout, stderr } = await nivel(["seed", "--json"], env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({ opened: 0 });
  });

  it("starts again with the same population, the same rows and the same key", async () => {
    hub = await serve(env);
    expect(await casesOfUnit()).toEqual(caseIds);
    const statements = nodesOf((await ask(app(), StatementsOfCaseDocument, { caseId: caseIds[0]! })).statements);
    expect(statements).toMatchObject([{ version: 1, signedHash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });

  it("ends with 0 on Ctrl-C too", async () => {
    hub.child.kill("SIGINT");
    const { code, stderr } = await hub.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});
