import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import { CasesOfUnitDocument, FormsDocument } from "../../src/cli/operations.generated.ts";
import { ensureAuditKeys } from "../../src/audit/audit-key.ts";
import { type Database, openDatabase } from "../../src/persistence/database.ts";
import { type RunningIssuer, fetchDemoToken, startIssuer } from "../../src/sandbox/issuer.ts";
import { sendText } from "../support/hub.ts";
import { type Served, freePorts, nivel, serve, temporaryFolder } from "./nivel-process.ts";

const SERVER = process.env["DATABASE_URL"];
const AUDIENCE = "urn:nivel:production-test";

describe.runIf(SERVER !== undefined)("a hub in production, on PostgreSQL", { timeout: 60_000 }, () => {
  const name = `nivel_production_${randomBytes(6).toString("hex")}`;
  let keeper: Database;
  let issuer: RunningIssuer;
  let hub: Served;
  let app: AppClient;
  let remove: () => Promise<void>;
  /** As the hub logs in; its keepers have the owner's login besides. */
  let environment: NodeJS.ProcessEnv;
  /** What the operator was told before all was ready. */
  const refusals: string[] = [];

  beforeAll(async () => {
    keeper = await openDatabase({ kind: "postgresql", url: SERVER!, poolSize: 1 });
    await keeper.fork().execute(`create database ${name}`);
    issuer = await startIssuer({ port: 0, host: "127.0.0.1", audience: AUDIENCE });
    const temporary = await temporaryFolder();
    remove = temporary.remove;
    const url = new URL(SERVER!);
    url.pathname = name;
    const auditKeyFile = `${temporary.folder}/audit-key.json`;
    await ensureAuditKeys(auditKeyFile);
    const login = new URL(url);
    login.username = name;
    login.password = name;
    await keeper.fork().execute(`create role ${name} login password '${name}'`);
    environment = {
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(await freePorts()),
      NIVEL_DATA_DIR: `${temporary.folder}/data`,
      DATABASE_URL: login.href,
      NIVEL_KEY_FILE: `${temporary.folder}/keys.json`,
      NIVEL_REGISTERED_CLIENTS_ONLY: "false",
      NIVEL_AUDIT_KEY_FILE: auditKeyFile,
      NIVEL_ISSUER: issuer.issuer,
      NIVEL_JWKS_URL: issuer.jwksUri,
      NIVEL_AUDIENCE: AUDIENCE,
      NIVEL_XROAD_CLIENT: "FI/GOV/1234567-8/nivel",
    };
    const owner = { ...environment, NIVEL_OWNER_DATABASE_URL: url.href };
    expect(await nivel(["keys", "add"], owner)).toMatchObject({ code: 0 });
    refusals.push((await nivel(["serve"], environment)).stderr);
    expect(await nivel(["migrate"], owner)).toMatchObject({ code: 0, stderr: "" });
    refusals.push((await nivel(["serve"], environment)).stderr);
    refusals.push((await nivel(["serve"], { ...environment, DATABASE_URL: url.href })).stderr);
    await keeper.fork().execute(`grant nivel_app, nivel_sealer to ${name}`);
    hub = await serve(environment);
    app = { url: hub.url, token: await fetchDemoToken(issuer.tokenEndpoint, "prison-worker"), purpose: "ENFORCEMENT" };
  }, 300_000);
  afterAll(async () => {
    await keeper.fork().execute(`drop database ${name} with (force)`);
    await keeper.fork().execute(`drop role ${name}`);
    await issuer.close();
    await keeper.close();
    await remove();
    hub.child.kill("SIGKILL");
  });

  it("answers a caller of its own issuer, and has no person that nobody opened a case for", async () => {
    expect((await ask(app, FormsDocument, {})).forms).toHaveLength(2);
    expect((await ask(app, CasesOfUnitDocument, { first: 100 })).cases.edges).toEqual([]);
  });

  it("tells its operator in one line what is still to do, and logs in as nobody who could pull the walls down", () => {
    const [empty, withoutRights, superuser] = refusals;
    expect(empty).toMatch(/^nivel: The database is empty\. Run: NIVEL_OWNER_DATABASE_URL=.* nivel -- migrate\n$/);
    expect(withoutRights).toMatch(/^nivel: The login .* lacks its rights\..* grant nivel_app, nivel_sealer to .*\n$/);
    expect(superuser).toMatch(/^nivel: In production the hub does not log in as "\w+", a superuser: .*\n$/);
  });

  it("has no right to change a table or the log, and sees no person by its own login", async () => {
    const login = await openDatabase({ kind: "postgresql", url: environment["DATABASE_URL"]!, poolSize: 1 });
    const em = login.fork();
    for (const sql of [
      "alter table case_file disable row level security",
      "create table x (id int)",
      "drop policy case_file_known on case_file",
      "update audit_event set client = ''",
      "delete from audit_event",
      "truncate audit_event",
    ]) {
      await expect(em.execute(sql), sql).rejects.toThrow(/must be owner|permission denied/);
    }
    expect(await em.execute("select 1 from case_file")).toEqual([]);
    await login.close();
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
