import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import { CasesOfUnitDocument, FormsDocument } from "../../src/cli/operations.generated.ts";
import { type Database, openDatabase } from "../../src/persistence/database.ts";
import { type RunningIssuer, fetchDemoToken, startIssuer } from "../../src/sandbox/issuer.ts";
import { sendText } from "../support/hub.ts";
import { type Served, freePorts, serve, temporaryFolder } from "./nivel-process.ts";

const SERVER = process.env["DATABASE_URL"];
const AUDIENCE = "urn:nivel:production-test";

describe.runIf(SERVER !== undefined)("a hub in production, on PostgreSQL", { timeout: 60_000 }, () => {
  const name = `nivel_production_${randomBytes(6).toString("hex")}`;
  let keeper: Database;
  let issuer: RunningIssuer;
  let hub: Served;
  let app: AppClient;
  let remove: () => Promise<void>;

  beforeAll(async () => {
    keeper = await openDatabase({ kind: "postgresql", url: SERVER!, poolSize: 1 });
    await keeper.fork().execute(`create database ${name}`);
    issuer = await startIssuer({ port: 0, host: "127.0.0.1", audience: AUDIENCE });
    const temporary = await temporaryFolder();
    remove = temporary.remove;
    const url = new URL(SERVER!);
    url.pathname = name;
    hub = await serve({
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(await freePorts()),
      NIVEL_DATA_DIR: `${temporary.folder}/data`,
      DATABASE_URL: url.href,
      NIVEL_ISSUER: issuer.issuer,
      NIVEL_JWKS_URL: issuer.jwksUri,
      NIVEL_AUDIENCE: AUDIENCE,
      NIVEL_XROAD_CLIENT: "FI/GOV/1234567-8/nivel",
    });
    app = { url: hub.url, token: await fetchDemoToken(issuer.tokenEndpoint, "prison-worker"), purpose: "ENFORCEMENT" };
  }, 60_000);
  afterAll(async () => {
    await keeper.fork().execute(`drop database ${name} with (force)`);
    await issuer.close();
    await keeper.close();
    await remove();
    hub.child.kill("SIGKILL");
  });

  it("answers a caller of its own issuer, and has no person that nobody opened a case for", async () => {
    expect((await ask(app, FormsDocument, {})).forms).toHaveLength(2);
    expect((await ask(app, CasesOfUnitDocument, { first: 100 })).cases.edges).toEqual([]);
  });

  it("greets with its address alone: no token, no page, no curl", () => {
    expect(hub.stdout()).toBe(`Nivel answers at ${hub.url}/graphql\n`);
  });

  it("has no development page and no sandbox beside it", async () => {
    for (const path of ["/graphiql", "/graphiql/graphiql.min.js", "/sandbox/fault"]) {
      expect((await fetch(`${hub.url}${path}`)).status, path).toBe(404);
    }
    const next = new URL(hub.url);
    for (const more of [1, 2, 3, 4, 5, 6]) {
      const port = String(Number(next.port) + more);
      await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
    }
  });

  it("tells nobody its schema, neither by introspection nor by a helpful error", async () => {
    const introspection = await sendText(app, "{ __schema { types { name } } }");
    const guess = await sendText(app, "{ form { code } }");
    for (const { data, errors } of [introspection, guess]) {
      expect(data ?? null).toBeNull();
      expect(errors).toHaveLength(1);
      expect(JSON.stringify(errors)).not.toMatch(/Did you mean|forms|stack/);
    }
  });

  it("ends with 0 on SIGTERM", async () => {
    const { code, stderr } = await hub.terminate();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});
