import { randomUUID } from "node:crypto";
import { Writable } from "node:stream";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterEach, describe, expect, it } from "vitest";
import { createServer } from "../../src/http/server.ts";
import { NotFound, Refused, TooManyRequests, Unauthenticated, Unavailable } from "../../src/kernel/errors.ts";
import { secretsIn } from "../support/secrets.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HETU = "010594Y9032";

let app: FastifyInstance;
let lines: Record<string, unknown>[];
afterEach(() => app.close());

function edge(production = false, requestIdOf: () => string | undefined = () => undefined): FastifyInstance {
  lines = [];
  const write = (chunk: Buffer, _: unknown, done: () => void) => {
    lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
    done();
  };
  app = createServer({ logger: pino({ level: "debug" }, new Writable({ write })), production, requestIdOf });
  app.get("/things/:id", async (request) => {
    request.client = "an-app";
    return { thing: true };
  });
  return app;
}

const failing = (error: Error): FastifyInstance => {
  edge().get("/fails", async () => {
    throw error;
  });
  return app;
};

describe("every answer", () => {
  it("lets no other site frame it, run it, sniff at it or learn whence its reader came", async () => {
    const { headers } = await edge().inject("/things/1");
    expect(headers).toMatchObject({
      "content-security-policy": expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      "x-frame-options": "DENY",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "no-store",
    });
    for (const name of ["x-powered-by", "server", "access-control-allow-origin"])
      expect(headers).not.toHaveProperty(name);
  });

  it("of production demands HTTPS from then on; of development, on this machine, does not", async () => {
    expect((await edge(true).inject("/things/1")).headers["strict-transport-security"]).toMatch(/max-age=63072000/);
    await app.close();
    expect((await edge().inject("/things/1")).headers).not.toHaveProperty("strict-transport-security");
  });

  it("gives no other origin leave to read it, asked beforehand or not", async () => {
    const asked = await edge().inject({
      method: "OPTIONS",
      url: "/things/1",
      headers: { origin: "https://evil.example", "access-control-request-method": "GET" },
    });
    expect(asked.statusCode).toBe(404);
    const read = await app.inject({ url: "/things/1", headers: { origin: "https://evil.example" } });
    for (const { headers } of [asked, read]) {
      expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
    }
  });

  it("carries an id of the request: the hub's own, or that of a sender who is believed, never the caller's", async () => {
    const mine = { "nivel-request-id": randomUUID(), "x-request-id": randomUUID(), "request-id": randomUUID() };
    const { headers } = await edge().inject({ url: "/things/1", headers: mine });
    expect(headers["nivel-request-id"]).toMatch(UUID);
    expect(Object.values(mine)).not.toContain(headers["nivel-request-id"]);
    await app.close();
    const theirs = randomUUID();
    expect((await edge(false, () => theirs).inject("/things/1")).headers["nivel-request-id"]).toBe(theirs);
  });

  it("too large to be meant is replaced whole", async () => {
    edge().get("/huge", async () => "x".repeat(17 * 1024 * 1024));
    const answer = await app.inject("/huge");
    expect(answer.statusCode).toBe(500);
    expect(answer.json()).toMatchObject({
      code: "ANSWER_TOO_LARGE",
      correlationId: answer.headers["nivel-request-id"],
    });
    expect(answer.body.length).toBeLessThan(300);
  });
});

describe("a connection", () => {
  it("is held by no slow sender, and kept by none that is idle", () => {
    const { server } = edge();
    for (const limit of ["headersTimeout", "requestTimeout", "keepAliveTimeout"] as const) {
      expect(server[limit], limit).toBeGreaterThan(0);
      expect(server[limit], limit).toBeLessThanOrEqual(30_000);
    }
  });
});

describe("an answer that is no success", () => {
  it.each([
    [new Unauthenticated("Who?"), 401, "UNAUTHENTICATED"],
    [new Refused("No."), 403, "FORBIDDEN"],
    [new NotFound("Nothing."), 404, "NOT_FOUND"],
    [new TooManyRequests("Later.", 17), 429, "RATE_LIMITED"],
    [new Unavailable("Not now."), 503, "UNAVAILABLE"],
  ])("of %s is a coded problem with the correlation id", async (error, status, code) => {
    const answer = await failing(error).inject("/fails");
    expect(answer.statusCode).toBe(status);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    const correlationId = answer.headers["nivel-request-id"];
    expect(answer.json()).toEqual({ status, code, title: error.message, correlationId });
    expect(answer.headers["retry-after"]).toBe(status === 429 ? "17" : undefined);
  });

  it("of a bug tells nothing but the id by which the log tells where it was, and not what it said", async () => {
    const answer = await failing(new TypeError(`insert into person values ('${HETU}')`)).inject("/fails");
    const correlationId = answer.headers["nivel-request-id"];
    expect(answer.json()).toEqual({
      status: 500,
      code: "INTERNAL_SERVER_ERROR",
      title: expect.stringMatching(/correlation id/),
      correlationId,
    });
    const bug = lines.find(({ msg }) => msg === "bug");
    expect(bug).toMatchObject({ correlationId, bug: { name: "TypeError" } });
    expect(JSON.stringify(bug)).toContain("edge.test.ts");
    expect(JSON.stringify(lines)).not.toMatch(/insert into|9032/);
  });
});

describe("the log", () => {
  it("holds one line a request: id, client, route, status, milliseconds, and nothing else of it", async () => {
    const answer = await edge().inject({
      url: `/things/${HETU}?name=${HETU}`,
      headers: { authorization: `Bearer ${HETU}`, "user-agent": HETU, "nivel-purpose": HETU },
    });
    expect(lines).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        pid: expect.any(Number),
        hostname: expect.any(String),
        requestId: answer.headers["nivel-request-id"],
        client: "an-app",
        method: "GET",
        route: "/things/:id",
        status: 200,
        ms: expect.any(Number),
        msg: "request",
      },
    ]);
  });

  it("names no route that there is not, since the address is the caller's own text", async () => {
    await edge().inject(`/${HETU}`);
    expect(lines).toMatchObject([{ route: null, client: null, status: 404 }]);
    expect(JSON.stringify(lines)).not.toContain(HETU);
  });
});

describe("the search for secrets in the log of the whole suite", () => {
  it.each([
    ["an identity code", `{"msg":"${HETU}"}`],
    ["an identity code", `"FI${HETU}"`],
    ["an identity code", "path /x%20010594-9032"],
    ["an access token's scheme", '"authorization":"Bearer abc"'],
    ["a JWT", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIi"],
    ["a private key", "-----BEGIN PRIVATE KEY-----"],
    ["a private key", '{"kty":"EC","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}'],
    ["a password in an address", "postgres://hub:secret@db/nivel"],
  ])("finds %s", (kind, text) => {
    expect(secretsIn(text)).toContain(kind);
  });

  it("takes no id and no digest for one", () => {
    expect(secretsIn("12123456-1234-4234-8234-123456789012")).toEqual([]);
    expect(secretsIn("sha256 aa010594a9032bcdef0123456789abcdef010594a9032bcdef0123456789abcd")).toEqual([]);
    expect(secretsIn('{"time":1795400000000,"url":"postgres://127.0.0.1:5432/nivel"}')).toEqual([]);
  });
});
