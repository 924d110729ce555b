import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { createHub } from "../../src/hub.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { type Database, openDatabase } from "../../src/persistence/database.ts";
import { UNLIMITED, testLog } from "../support/front-settings.ts";
import { testHub } from "../support/hub.ts";

const SECURITY = { "cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer" };

const headersOf = (response: Response) => Object.fromEntries(response.headers);

/** Sends bytes as they are, since fetch mends a crooked request. */
function raw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let answer = "";
    socket.on("data", (chunk) => (answer += chunk.toString()));
    socket.on("end", () => resolve(answer));
    socket.on("error", reject);
  });
}

describe("every answer of the hub", () => {
  it.each([
    ["/health/live", 200],
    ["/health/ready", 200],
    ["/no/such/page", 404],
    ["/documents/1", 401],
    ["/graphql", 401],
  ])("of %s is kept by no cache and not sniffed at", async (path, status) => {
    const { url } = await testHub();
    const response = await fetch(`${url}${path}`);
    expect(response.status).toBe(path === "/graphql" ? response.status : status);
    expect(headersOf(response)).toMatchObject(SECURITY);
    expect(response.headers.has("x-powered-by")).toBe(false);
  });

  it("to an unknown path or method is one problem without a detail", async () => {
    const { url } = await testHub();
    for (const [path, method] of [
      ["/no/such/page", "GET"],
      ["/graphql", "DELETE"],
      ["/health/live", "POST"],
      ["/documents/1", "PUT"],
    ] as const) {
      const response = await fetch(`${url}${path}`, { method });
      expect(response.status, path).toBe(404);
      expect(response.headers.get("content-type")).toContain("application/problem+json");
      expect(await response.json()).toEqual({
        status: 404,
        code: "NOT_FOUND",
        title: "There is nothing at this address.",
        correlationId: response.headers.get("nivel-request-id"),
      });
    }
  });

  it("to a path that is no path is a problem too, which repeats nothing of it", async () => {
    const { url } = await testHub();
    const answer = await raw(url, "GET /documents/%E0%A4%A HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer.toLowerCase()).toContain("cache-control: no-store");
    expect(answer).toContain("application/problem+json");
    expect(answer).not.toContain("%E0");
  });

  it("to a body beyond the limit is 413, before it is read", async () => {
    const { url, as } = await testHub();
    const { token } = await as("prison-worker", "ENFORCEMENT");
    const query = `{ forms { code } } # ${"x".repeat(300_000)}`;
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
    });
    expect(response.status).toBe(413);
    expect(headersOf(response)).toMatchObject(SECURITY);
    expect(await response.json()).toMatchObject({ status: 413, title: "The request cannot be read." });
  });

  it.each([
    ["broken JSON", "application/json", '{"query": '],
    ["no JSON", "text/plain", "{ forms { code } }"],
    ["a list of operations", "application/json", '[{"query":"{ forms { code } }"}]'],
  ])("to %s is 4xx and no stack", async (_, type, body) => {
    const { url, as } = await testHub();
    const { token } = await as("prison-worker", "ENFORCEMENT");
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": type, authorization: `Bearer ${token}` },
      body,
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(headersOf(response)).toMatchObject(SECURITY);
    expect(await response.text()).not.toMatch(/\bat .*\.ts|node_modules/);
  });
});

describe("the health of the hub", () => {
  it("is live and ready, and tells no more", async () => {
    const { url } = await testHub();
    expect(await (await fetch(`${url}/health/live`)).json()).toEqual({ status: "live" });
    expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({ status: "ready" });
  });

  it("is live but not ready once the database is gone", async () => {
    const [database, lose] = await losableDatabase();
    const hub = await createHub({
      database,
      sources: [],
      issuer: { issuer: "https://issuer.example", audience: "x", jwksUri: "https://issuer.example/jwks" },
      clock: systemClock,
      formsFolder: "forms",
      production: true,
      clients: UNLIMITED,
      ...testLog(),
    });
    const url = await hub.listen({ host: "127.0.0.1", port: 0 });
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    await lose();
    const ready = await fetch(`${url}/health/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toEqual({ status: "not ready" });
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    await hub.close();
  });
});

/** A database of its own that is dropped under the hub; the embedded one, which cannot be, says that it is dead. */
async function losableDatabase(): Promise<[Database, () => Promise<void>]> {
  const server = process.env["DATABASE_URL"];
  const { database: shared } = await testHub();
  if (server === undefined) {
    let alive = true;
    const lose = async () => {
      alive = false;
    };
    return [{ ...shared, isAlive: async () => alive && (await shared.isAlive()) }, lose];
  }
  const name = `nivel_lost_${randomBytes(6).toString("hex")}`;
  await shared.fork().execute(`create database ${name}`);
  const url = new URL(server);
  url.pathname = name;
  const lose = async () => {
    await shared.fork().execute(`drop database ${name} with (force)`);
  };
  return [await openDatabase({ kind: "postgresql", url: url.href, poolSize: 2 }), lose];
}
