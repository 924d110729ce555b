import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../src/kernel/clock.ts";
import { localDate } from "../../src/kernel/dates.ts";
import { SANDBOX_SERVICES } from "../../src/sandbox/authorities/providers.ts";
import { type RunningAuthorities, startAuthorities } from "../../src/sandbox/authorities/start.ts";
import { DEMO_PERSON, createPopulation } from "../../src/sandbox/population.ts";

const clock = fixedClock("2026-11-22T10:00:00Z");
const population = createPopulation({ seed: 1, size: 10, today: localDate("2026-11-22") });
const ANY_PORT = { RISE: 0, VTH: 0, COUNTY: 0, EMPLOYMENT: 0, KELA: 0 };
const CLIENT = "FI-TEST/GOV/9000000-0/nivel";

describe("the sandbox authorities behind X-Road", () => {
  let authorities: RunningAuthorities;
  beforeAll(async () => {
    authorities = await startAuthorities({ population, host: "127.0.0.1", ports: ANY_PORT, clock });
  });
  afterAll(() => authorities.close());

  const lookUp = (headers: Record<string, string>, path = `${SANDBOX_SERVICES.RISE}/henkilo/haku`) =>
    fetch(`${authorities.urls.RISE}/r1/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify({ henkilotunnus: DEMO_PERSON.hetu, tietoryhmat: ["sijoitus"] }),
    });

  it("answer with X-Road's response headers, the request's id among them", async () => {
    const answer = await lookUp({ "X-Road-Client": CLIENT, "X-Road-Id": "fa2e18a5-c2cb-4d09-b994-f57727f7c3fb" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("X-Road-Client")).toBe(CLIENT);
    expect(answer.headers.get("X-Road-Service")).toBe(SANDBOX_SERVICES.RISE);
    expect(answer.headers.get("X-Road-Id")).toBe("fa2e18a5-c2cb-4d09-b994-f57727f7c3fb");
    expect(answer.headers.get("X-Road-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(Buffer.from(answer.headers.get("X-Road-Request-Hash")!, "base64")).toHaveLength(
      createHash("sha512").digest().length,
    );
    expect(answer.headers.get("X-Road-Error")).toBeNull();
  });

  it("send only the parts that were asked for", async () => {
    const body = (await (await lookUp({ "X-Road-Client": CLIENT })).json()) as object;
    expect(Object.keys(body).sort()).toEqual(["henkilotunnus", "paivitetty", "palvelevatYksikot", "sijoitus"]);
  });

  it.each<Record<string, string>>([{}, { "X-Road-Client": "nonsense" }])(
    "refuse a request without a client identifier: %o",
    async (headers) => {
      const answer = await lookUp(headers);
      expect(answer.status).toBe(400);
      expect(answer.headers.get("X-Road-Error")).toBe("Client.BadRequest");
      expect(answer.headers.get("Content-Type")).toBe("application/json;charset=utf-8");
      expect(await answer.json()).toEqual({
        type: "Client.BadRequest",
        message: expect.stringContaining("X-Road Message Protocol for REST") as string,
        detail: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      });
    },
  );

  it("deny access as a security server does, and do not know another's service", async () => {
    const denied = await lookUp({ "X-Road-Client": CLIENT, "Nivel-Sandbox": "rise=refuse" });
    expect(denied.status).toBe(500);
    expect(denied.headers.get("X-Road-Error")).toBe("Server.ServerProxy.AccessDenied");
    const other = await lookUp({ "X-Road-Client": CLIENT }, "FI-TEST/GOV/1/sub/service/henkilo/haku");
    expect(other.headers.get("X-Road-Error")).toBe("Server.ServerProxy.UnknownService");
  });

  it("pass the provider's own error without X-Road-Error", async () => {
    const answer = await lookUp({ "X-Road-Client": CLIENT }, `${SANDBOX_SERVICES.RISE}/no/such/path`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get("X-Road-Error")).toBeNull();
    expect(answer.headers.get("X-Road-Request-Id")).not.toBeNull();
  });

  it("hold a fault until it is taken away, and refuse one that they do not have", async () => {
    const tell = (fault: unknown) =>
      fetch(`${authorities.urls.RISE}/sandbox/fault`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ fault }),
      });
    expect((await tell("down")).status).toBe(204);
    await expect(lookUp({ "X-Road-Client": CLIENT })).rejects.toThrow();
    expect((await tell(null)).status).toBe(204);
    expect((await lookUp({ "X-Road-Client": CLIENT })).status).toBe(200);
    expect((await tell("explode")).status).toBe(400);
  });
});

describe("the prison health service's FHIR server", () => {
  let authorities: RunningAuthorities;
  beforeAll(async () => {
    authorities = await startAuthorities({ population, host: "127.0.0.1", ports: ANY_PORT, clock });
  });
  afterAll(() => authorities.close());

  const search = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${authorities.urls.VTH}/Patient/_search`, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
      body,
    });
  const identifier = new URLSearchParams({ identifier: `urn:oid:1.2.246.21|${DEMO_PERSON.hetu}` }).toString();

  it("finds a patient by identifier in the body", async () => {
    const answer = await search(identifier);
    expect(answer.headers.get("Content-Type")).toContain("application/fhir+json");
    expect(await answer.json()).toMatchObject({
      resourceType: "Bundle",
      type: "searchset",
      total: 1,
      entry: [{ resource: { resourceType: "Patient", birthDate: DEMO_PERSON.birthDate } }],
    });
  });

  it("tells errors as an OperationOutcome", async () => {
    const denied = await search(identifier, { "Nivel-Sandbox": "vth=refuse" });
    expect(denied.status).toBe(403);
    expect(await denied.json()).toMatchObject({ resourceType: "OperationOutcome", issue: [{ code: "forbidden" }] });
    expect((await search("name=anything")).status).toBe(400);
    expect((await fetch(`${authorities.urls.VTH}/Patient`)).status).toBe(405);
  });
});

describe("starting the authorities", () => {
  it("fails with the listener's own error when a port is taken, and leaves none of them running", async () => {
    const squatter = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => squatter.once("listening", resolve));
    const { port } = squatter.address() as AddressInfo;
    try {
      await expect(
        startAuthorities({ population, host: "127.0.0.1", ports: { ...ANY_PORT, KELA: port }, clock }),
      ).rejects.toMatchObject({ code: "EADDRINUSE", port });
    } finally {
      squatter.close();
    }
  });

  it("stops at once, also while a slow answer is pending", async () => {
    const authorities = await startAuthorities({ population, host: "127.0.0.1", ports: ANY_PORT, clock });
    const pending = fetch(`${authorities.urls.KELA}/r1/${SANDBOX_SERVICES.KELA}/etuudet/kysely`, {
      method: "POST",
      headers: { "X-Road-Client": CLIENT, "Nivel-Sandbox": "kela=slow" },
      body: "{}",
    }).catch(() => undefined);
    while (authorities.requests.KELA === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const before = performance.now();
    await authorities.close();
    await pending;
    expect(performance.now() - before).toBeLessThan(2000);
  });
});
