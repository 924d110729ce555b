import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FactGroup } from "../../src/cases/case.ts";
import { fixedClock } from "../../src/kernel/clock.ts";
import type { Hetu } from "../../src/kernel/hetu.ts";
import { DEMO_PERSON, PROTECTED_PERSON } from "../../src/sandbox/population.ts";
import { type SourceFaultReport, createSources } from "../../src/sources/register.ts";

/** A system that answers whatever a test says. */
describe("a source whose system", () => {
  let respond: (request: IncomingMessage, response: ServerResponse, body: string) => void;
  let seen: { headers: IncomingMessage["headers"]; url: string; body: string }[];
  let reports: SourceFaultReport[];
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        seen.push({ headers: request.headers, url: request.url!, body });
        respond(request, response, body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(() => {
    seen = [];
    reports = [];
  });

  const build = (authority: "RISE" | "VTH" | "EMPLOYMENT" = "RISE", breaker = { failures: 5, openForMs: 10_000 }) =>
    createSources(
      {
        xroadClient: "FI-TEST/GOV/9000000-0/ni vel",
        timeoutMs: 1000,
        forwardSandboxHeader: false,
        authorities: { [authority]: { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } },
        breaker,
        report: (fault) => reports.push(fault),
      },
      fixedClock("2026-11-22T10:00:00Z"),
    )[0]!;
  const ask = (source = build(), groups: FactGroup[] = ["placement"], signal = AbortSignal.timeout(5000)) =>
    source.ask({ hetu: DEMO_PERSON.hetu, groups, workerId: "demo-prison-worker", issue: "case-17", signal });

  const xroad = (request: IncomingMessage, response: ServerResponse, status: number, body: string, headers = {}) =>
    response
      .writeHead(status, {
        "X-Road-Id": request.headers["x-road-id"],
        "X-Road-Request-Hash": `${"A".repeat(86)}==`,
        "Content-Type": "application/json",
        ...headers,
      })
      .end(body);
  const rise = (hetu: Hetu, more = {}) =>
    JSON.stringify({
      henkilotunnus: hetu,
      paivitetty: "2026-11-21T05:30:00Z",
      palvelevatYksikot: ["jyvaskylan-vankila"],
      ...more,
    });

  it("speaks X-Road is asked with its headers, and the identity code stands in the body alone", async () => {
    respond = (request, response) => xroad(request, response, 200, rise(DEMO_PERSON.hetu));
    expect(await ask()).toMatchObject({ ok: true, value: { servedBy: ["jyvaskylan-vankila"] } });
    const [{ headers, url, body }] = seen as [(typeof seen)[number]];
    expect(headers).toMatchObject({
      "x-road-client": "FI-TEST/GOV/9000000-0/ni%20vel",
      "x-road-userid": "FIdemo-prison-worker",
      "x-road-issue": "case-17",
    });
    expect(headers["x-road-id"]).toMatch(/^[0-9a-f-]{36}$/);
    expect(JSON.stringify([headers, url])).not.toContain(DEMO_PERSON.hetu);
    expect(body).toContain(DEMO_PERSON.hetu);
  });

  it("speaks FHIR is asked by POST, without an identity code in the address", async () => {
    respond = (_request, response) =>
      response.writeHead(200).end(JSON.stringify({ resourceType: "Bundle", type: "searchset", total: 0 }));
    expect(await ask(build("VTH"))).toMatchObject({ ok: true, value: { facts: undefined } });
    expect(seen[0]!.url).toBe("/Patient/_search");
  });

  it.each([
    ["answers about another person", () => rise(PROTECTED_PERSON.hetu)],
    ["leaves out what it must say", () => JSON.stringify({ henkilotunnus: DEMO_PERSON.hetu })],
    ["has a code that nobody knows", () => rise(DEMO_PERSON.hetu, { seuraamus: { laji: "KARKOTUS" } })],
    [
      "has a date that does not exist",
      () => rise(DEMO_PERSON.hetu, { seuraamus: { laji: "TUTKINTAVANKEUS", taysiaikaPvm: "31.2.2027" } }),
    ],
    ["sends more than a person's data can be", () => rise(DEMO_PERSON.hetu, { pad: "x".repeat(1_100_000) })],
  ])("%s is malformed, and the report holds no value", async (_what, body) => {
    respond = (request, response) => xroad(request, response, 200, body());
    expect(await ask()).toMatchObject({ ok: false, issue: { kind: "MALFORMED", retriedAt: null } });
    expect(JSON.stringify(reports)).not.toMatch(/KARKOTUS|31\.2\.2027|xxx/);
    expect(JSON.stringify(reports)).not.toContain(PROTECTED_PERSON.hetu);
  });

  it("names the malformed field to the operator", async () => {
    respond = (request, response) =>
      xroad(request, response, 200, rise(DEMO_PERSON.hetu, { seuraamus: { laji: "KARKOTUS" } }));
    await ask();
    expect(reports).toEqual([{ source: "RISE", kind: "MALFORMED", detail: "wire: seuraamus.laji", issue: "case-17" }]);
  });

  it.each([
    ["is another message's answer", { "X-Road-Id": "00000000-0000-0000-0000-000000000000" }],
    ["has no request hash", { "X-Road-Request-Hash": "x" }],
  ])("%s is malformed", async (_what, headers) => {
    respond = (request, response) => xroad(request, response, 200, rise(DEMO_PERSON.hetu), headers);
    expect(await ask()).toMatchObject({ ok: false, issue: { kind: "MALFORMED" } });
  });

  it("answers 404 without saying that the person is not known does not lose the person", async () => {
    respond = (request, response) => xroad(request, response, 404, "<html>Not Found</html>");
    expect(await ask()).toMatchObject({ ok: false, issue: { kind: "MALFORMED" } });
    expect(await ask(build("EMPLOYMENT"), ["employment"])).toMatchObject({ ok: false, issue: { kind: "MALFORMED" } });
  });

  it("redirects is not followed with an identity code", async () => {
    respond = (_request, response) => response.writeHead(307, { Location: "/elsewhere" }).end();
    expect(await ask()).toMatchObject({ ok: false, issue: { kind: "MALFORMED" } });
    expect(seen).toHaveLength(1);
  });

  it.each([
    [400, "Client.BadRequest", "REFUSED", 1],
    [500, "Server.ServerProxy.AccessDenied", "REFUSED", 1],
    [500, "Server.ServerProxy.NetworkError", "UNAVAILABLE", 2],
    [500, "Server.ClientProxy.OutdatedGlobalConf", "UNAVAILABLE", 2],
  ] as const)("fails with %i %s is %s, after %i question(s)", async (status, type, kind, questions) => {
    respond = (_request, response) =>
      response
        .writeHead(status, { "X-Road-Error": type })
        .end(JSON.stringify({ type, message: "10.1.2.3", detail: "x" }));
    expect(await ask()).toMatchObject({ ok: false, issue: { kind } });
    expect(seen).toHaveLength(questions);
    expect(reports).toMatchObject([{ detail: `X-Road ${type}` }]);
  });

  it.each([
    [503, "UNAVAILABLE"],
    [429, "UNAVAILABLE"],
    [401, "REFUSED"],
    [403, "REFUSED"],
  ] as const)("gives its own error %i is %s", async (status, kind) => {
    respond = (request, response) => xroad(request, response, status, "{}");
    expect(await ask()).toMatchObject({ ok: false, issue: { kind } });
  });

  it("fails once and then answers costs nothing", async () => {
    respond = (request, response) =>
      xroad(request, response, seen.length === 1 ? 503 : 200, seen.length === 1 ? "{}" : rise(DEMO_PERSON.hetu));
    expect(await ask()).toMatchObject({ ok: true });
    expect(seen).toHaveLength(2);
  });

  it("fails once and then hangs is cut at the one limit of both questions", async () => {
    respond = (request, response) => {
      if (seen.length === 1) xroad(request, response, 503, "{}");
    };
    const before = performance.now();
    expect(await ask()).toMatchObject({
      ok: false,
      issue: { kind: "TIMED_OUT", retriedAt: new Date("2026-11-22T10:00:00Z") },
    });
    expect(performance.now() - before).toBeLessThan(1600);
  });

  it("keeps failing is left alone for a while, and then tried again", async () => {
    const source = build("RISE", { failures: 2, openForMs: 300 });
    respond = (request, response) => xroad(request, response, 503, "{}");
    await ask(source);
    await ask(source);
    expect(seen).toHaveLength(4);
    expect(await ask(source)).toMatchObject({ ok: false, issue: { kind: "UNAVAILABLE", retriedAt: null } });
    expect(seen).toHaveLength(4);
    expect(reports.at(-1)).toMatchObject({ detail: "circuit open" });

    respond = (request, response) => xroad(request, response, 200, rise(DEMO_PERSON.hetu));
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(await ask(source)).toMatchObject({ ok: true });
    expect(await ask(source)).toMatchObject({ ok: true });
  });

  it("refuses, or is not waited for by the caller, is not left alone for that", async () => {
    const source = build("RISE", { failures: 1, openForMs: 60_000 });
    respond = (request, response) => xroad(request, response, 403, "{}");
    await ask(source);
    respond = () => undefined;
    await ask(source, ["placement"], AbortSignal.timeout(30));
    respond = (request, response) => xroad(request, response, 200, rise(DEMO_PERSON.hetu));
    expect(await ask(source)).toMatchObject({ ok: true });
  });
});
