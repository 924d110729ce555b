import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type XroadTrust, createXroadGate, readXroadTrust } from "../../src/access/xroad-trust.ts";
import { Unauthenticated } from "../../src/kernel/errors.ts";
import { type TestHub, testHub } from "../support/hub.ts";
import { hubBeside } from "../support/second-hub.ts";

const SYSTEM = "FI-TEST/GOV/1234567-8/county-system";
const PRISON_SYSTEM = "FI-TEST/GOV/2345678-9/prison-system";
const TRUST: XroadTrust = {
  securityServers: ["127.0.0.1", "10.1.0.0/24"],
  clients: {
    [SYSTEM]: {
      name: "The county's system",
      authority: "COUNTY",
      roles: ["COUNTY_WORKER", "CHILD_PROTECTION_WORKER"],
      unit: "15",
      representedParties: { "GOV/7654321-0": { unit: "16" } },
    },
    [PRISON_SYSTEM]: {
      name: "The prison's system",
      authority: "RISE",
      roles: ["PRISON_WORKER"],
      unit: "jyvaskylan-vankila",
      representedParties: {},
    },
  },
};

const QUERY = JSON.stringify({ query: "{ cases(first: 100) { edges { node { id } } } }" });

describe("a request by X-Road", () => {
  let hub: TestHub;
  let url: string;
  let close: () => Promise<void>;

  beforeAll(async () => {
    hub = await testHub();
    ({ url, close } = await hubBeside(hub, { xroad: TRUST }));
  });
  afterAll(() => close());

  const inOrder = (change: Record<string, string | undefined> = {}) => ({
    "x-road-client": PRISON_SYSTEM,
    "x-road-userid": "virkailija-17",
    "x-road-id": randomUUID(),
    "nivel-purpose": "ENFORCEMENT",
    ...change,
  });

  const ask = async (headers: Record<string, string | undefined>, at = url) => {
    const sent = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const response = await fetch(`${at}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...Object.fromEntries(sent) },
      body: QUERY,
    });
    const body = (await response.json()) as {
      data?: { cases: { edges: { node: { id: string } }[] } };
      errors?: { message: string; extensions: Record<string, unknown> }[];
    };
    return { status: response.status, id: response.headers.get("nivel-request-id"), ...body };
  };

  it("from our security server speaks for the unit that is agreed, and for no other", async () => {
    const { token } = await hub.as("prison-worker", "ENFORCEMENT");
    const own = await ask({ authorization: `Bearer ${token}`, "nivel-purpose": "ENFORCEMENT" });
    const answer = await ask(inOrder());
    expect(answer.status).toBe(200);
    expect(answer.data!.cases.edges.length).toBeGreaterThan(0);
    expect(answer.data).toEqual(own.data);
  });

  it("keeps X-Road's own message id as its correlation id", async () => {
    const id = randomUUID();
    expect((await ask(inOrder({ "x-road-id": id }))).id).toBe(id);
    const refused = await ask(inOrder({ "x-road-id": id, "x-road-client": "FI-TEST/GOV/0/nobody" }));
    expect(refused).toMatchObject({ status: 401, id, errors: [{ extensions: { correlationId: id } }] });
  });

  it.each([
    ["of a system that is not agreed", { "x-road-client": "FI-TEST/GOV/9999999-9/other" }],
    ["of nobody", { "x-road-client": undefined }],
    ["of the prototype of all systems", { "x-road-client": "__proto__" }],
    ["without a worker", { "x-road-userid": undefined }],
    ["of a worker by identity code", { "x-road-userid": "010594Y9032" }],
    ["of a worker by identity code, as X-Road writes it", { "x-road-userid": "FI010594Y9032" }],
    ["of a worker by identity code without its separator", { "x-road-userid": "0105949032" }],
    ["of a worker by another country's code", { "x-road-userid": "EE38001085718" }],
    ["without a message id", { "x-road-id": undefined }],
    ["with a message id that is no UUID", { "x-road-id": "1" }],
    ["with a role that is not agreed", { "nivel-role": "VTH_NURSE" }],
    ["with a token of a person too", { authorization: "Bearer a.b.c" }],
    ["with a token on somebody's behalf", { "nivel-on-behalf-of": "Bearer a.b.c" }],
  ])("%s is refused", async (_, change) => {
    const { status, data, errors } = await ask(inOrder(change));
    expect(status).toBe(401);
    expect(data ?? null).toBeNull();
    expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    expect(JSON.stringify(errors)).not.toMatch(/9032|38001085718/);
  });

  it("names its worker's role when the system has several", async () => {
    const county = { "x-road-client": SYSTEM, "nivel-purpose": "SOCIAL_WELFARE" };
    expect((await ask(inOrder(county))).errors?.[0]?.message).toMatch(/nivel-role/);
    expect((await ask(inOrder({ ...county, "nivel-role": "COUNTY_WORKER" }))).status).toBe(200);
  });

  it("represents only whom it is agreed to represent", async () => {
    const county = { "x-road-client": SYSTEM, "nivel-purpose": "SOCIAL_WELFARE", "nivel-role": "COUNTY_WORKER" };
    const own = await ask(inOrder(county));
    const other = await ask(inOrder({ ...county, "x-road-represented-party": "GOV/7654321-0" }));
    expect(other.status).toBe(200);
    expect(other.data).not.toEqual(own.data);
    const refused = await ask(inOrder({ ...county, "x-road-represented-party": "GOV/0000000-0" }));
    expect(refused).toMatchObject({ status: 403, errors: [{ extensions: { code: "FORBIDDEN" } }] });
  });

  it("from elsewhere is refused, whatever a forwarding header says, and never taken for a request without them", async () => {
    const elsewhere = await hubBeside(hub, { xroad: { ...TRUST, securityServers: ["10.1.0.7"] } });
    const { token } = await hub.as("prison-worker", "ENFORCEMENT");
    for (const more of [
      {},
      { "x-forwarded-for": "10.1.0.7" },
      { forwarded: "for=10.1.0.7" },
      { authorization: `Bearer ${token}` },
    ]) {
      const id = randomUUID();
      const answer = await ask(inOrder({ "x-road-id": id, ...more }), elsewhere.url);
      expect(answer.status).toBe(401);
      expect(answer.id).not.toBe(id);
    }
    await elsewhere.close();
  });

  it("is refused by a hub that is told of no security server", async () => {
    expect((await ask(inOrder(), hub.url)).status).toBe(401);
    const { token } = await hub.as("prison-worker", "ENFORCEMENT");
    const one = { authorization: `Bearer ${token}`, "x-road-service": "x", "nivel-purpose": "ENFORCEMENT" };
    expect((await ask(one, hub.url)).status).toBe(401);
  });
});

describe("the addresses of the security servers", () => {
  const headers = { "x-road-client": PRISON_SYSTEM, "x-road-userid": "w", "x-road-id": randomUUID() };
  const gate = createXroadGate({ ...TRUST, securityServers: ["127.0.0.1", "10.1.0.0/24", "2001:db8::/64"] });

  it.each(["127.0.0.1", "::ffff:127.0.0.1", "10.1.0.255", "2001:db8::17"])("hold %s", (remoteAddress) => {
    expect(gate.callerOf({ headers, remoteAddress }).role).toBe("PRISON_WORKER");
  });

  it.each(["127.0.0.2", "10.1.1.0", "::1", "2001:db8:1::1", "", "localhost"])("do not hold %j", (remoteAddress) => {
    expect(() => gate.callerOf({ headers, remoteAddress })).toThrow(Unauthenticated);
    expect(gate.requestIdOf({ headers, remoteAddress })).toBeUndefined();
  });
});

describe("the file of NIVEL_XROAD_TRUST_FILE", () => {
  const read = async (content: string) => {
    const folder = await mkdtemp(join(tmpdir(), "nivel-trust-"));
    const file = join(folder, "trust.json");
    await writeFile(file, content);
    return readXroadTrust(file).finally(() => rm(folder, { recursive: true }));
  };
  const system = TRUST.clients[PRISON_SYSTEM]!;

  it("is read as it is documented", async () => {
    expect(await read(JSON.stringify(TRUST))).toEqual(TRUST);
  });

  it.each([
    ["no JSON", "{", /the whole/],
    ["no server", JSON.stringify({ ...TRUST, securityServers: [] }), /securityServers/],
    ["a name for an address", JSON.stringify({ ...TRUST, securityServers: ["proxy.example"] }), /securityServers > 0/],
    ["a client that is none", JSON.stringify({ ...TRUST, clients: { app: system } }), /clients/],
    [
      "a role of another authority",
      JSON.stringify({ ...TRUST, clients: { [SYSTEM]: { ...system, roles: ["VTH_NURSE"] } } }),
      /another authority/,
    ],
    [
      "a person",
      JSON.stringify({ ...TRUST, clients: { [SYSTEM]: { ...system, roles: ["PERSON"] } } }),
      /never comes by X-Road/,
    ],
    ["a word that means nothing", JSON.stringify({ ...TRUST, trustEverybody: true }), /trustEverybody/],
  ])("with %s stops the start in one line", async (_, content, told) => {
    const error: unknown = await read(content).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: "StartupError", message: expect.stringMatching(told) });
    expect((error as Error).message).not.toContain("\n");
  });

  it("that is not there stops the start too", async () => {
    await expect(readXroadTrust("/nowhere/trust.json")).rejects.toThrow(/NIVEL_XROAD_TRUST_FILE cannot be read/);
  });
});
