import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeClient, registerClient } from "../../src/access/client.repository.ts";
import type { Client } from "../../src/access/client.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { fetchDemoToken } from "../../src/sandbox/issuer.ts";
import { type OwnIssuer, startOwnIssuer } from "../access/own-issuer.ts";
import { type TestHub, testHub } from "../support/hub.ts";
import { hubBeside } from "../support/second-hub.ts";

interface Answer {
  status: number;
  retryAfter: string | null;
  data?: unknown;
  errors?: { extensions: { code: string; correlationId: string } }[];
}

const FORMS = "{ forms { code } }";

async function ask(url: string, headers: Record<string, string>, query = FORMS): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  const body = (await response.json()) as Omit<Answer, "status">;
  return { ...body, status: response.status, retryAfter: response.headers.get("retry-after") };
}

const download = async (url: string, headers: Record<string, string>) => {
  const response = await fetch(`${url}/documents/${randomUUID()}`, { headers });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
};

describe("a client of the hub", () => {
  let hub: TestHub;
  let issuer: OwnIssuer;
  beforeAll(async () => {
    [hub, issuer] = await Promise.all([testHub(), startOwnIssuer()]);
  });
  afterAll(() => issuer.close());

  async function registered(more: Partial<Client> = {}): Promise<{ id: string; bearer: Record<string, string> }> {
    const id = `app-${randomUUID()}`;
    await registerClient(hub.database.fork(), {
      id,
      name: "An app",
      registeredAt: systemClock.now(),
      suspendedAt: null,
      mayIntrospect: false,
      onlyTrusted: null,
      partner: false,
      pointsPerMinute: null,
      ...more,
    });
    return { id, bearer: await bearerOf(id) };
  }
  const bearerOf = async (client: string) => ({
    authorization: `Bearer ${await issuer.token({ client_id: client })}`,
    "nivel-purpose": "ENFORCEMENT",
  });

  it("that is suspended is refused with tokens that are still valid, by every process within seconds", async () => {
    const fronts = await Promise.all([1, 2].map(() => hubBeside(hub, { issuer: issuer.config })));
    const { id, bearer } = await registered();
    for (const { url } of fronts) expect((await ask(url, bearer)).status).toBe(200);
    await changeClient(hub.database.fork(), id, { suspendedAt: systemClock.now() });
    await delay(2100);
    for (const { url } of fronts) {
      expect(await ask(url, bearer)).toMatchObject({
        status: 401,
        errors: [{ extensions: { code: "UNAUTHENTICATED" } }],
      });
      expect((await download(url, bearer)).status).toBe(401);
    }
    await changeClient(hub.database.fork(), id, { suspendedAt: null });
    await delay(2100);
    for (const { url } of fronts) expect((await ask(url, bearer)).status).toBe(200);
    await Promise.all(fronts.map(({ close }) => close()));
  });

  it("that nobody registered is refused where only registered ones may speak", async () => {
    const { url, close } = await hubBeside(hub, { issuer: issuer.config, clients: { registeredOnly: true } });
    expect((await ask(url, await bearerOf(`app-${randomUUID()}`))).status).toBe(401);
    expect((await ask(url, (await registered()).bearer)).status).toBe(200);
    await close();
  });

  it("that has spent its points is told when to come again, by every process, and others go on", async () => {
    const fronts = await Promise.all([1, 2].map(() => hubBeside(hub, { issuer: issuer.config })));
    const { bearer } = await registered({ pointsPerMinute: 120 });
    const statuses: number[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      const { status, headers, body } = await download(fronts[turn % 2]!.url, bearer);
      statuses.push(status);
      if (status !== 429) continue;
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
      expect(body).toMatchObject({ code: "RATE_LIMITED", correlationId: headers.get("nivel-request-id") });
    }
    // Fifty points a download; there is no such document, which costs as much as one that there is.
    expect(statuses).toEqual([404, 404, 429, 429, 429, 429]);
    expect((await download(fronts[0]!.url, (await registered()).bearer)).status).toBe(404);
    await Promise.all(fronts.map(({ close }) => close()));
  });

  it("whose GraphQL requests cost more than is left is told so with 429", async () => {
    const { url, close } = await hubBeside(hub, { issuer: issuer.config });
    const { bearer } = await registered({ pointsPerMinute: 1 });
    const answers = [await ask(url, bearer), await ask(url, bearer), await ask(url, bearer)];
    expect(answers.at(-1)).toMatchObject({
      status: 429,
      retryAfter: expect.stringMatching(/^\d+$/),
      errors: [{ extensions: { code: "RATE_LIMITED", correlationId: expect.any(String) } }],
    });
    await close();
  });

  it("that fails to prove itself too often is told to wait, and D12: shuts out nobody else behind that address", async () => {
    const { url, close } = await hubBeside(hub, { issuer: issuer.config, clients: { failuresPerMinute: 3 } });
    const { bearer } = await registered();
    const garbage = { authorization: "Bearer a.b.c" };
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await ask(url, garbage)).status).toBe(401);
    expect(await ask(url, garbage)).toMatchObject({ status: 429, retryAfter: expect.stringMatching(/^\d+$/) });
    expect((await download(url, garbage)).status).toBe(429);
    expect((await ask(url, bearer)).status).toBe(200);
    expect((await download(url, bearer)).status).toBe(404);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    await close();
  });
});

describe("the demo's partner app", () => {
  it("sees the person's own case with the person, and nobody's without (decision D3)", async () => {
    const hub = await testHub();
    const { tokenEndpoint } = hub.sandbox.issuer;
    const own = "{ cases(first: 5) { edges { node { id } } } }";
    const purpose = { "nivel-purpose": "OWN_DATA" };
    const app = { authorization: `Bearer ${await fetchDemoToken(tokenEndpoint, "partner-app")}`, ...purpose };
    const served = await fetchDemoToken(tokenEndpoint, "person", { forPartner: true });
    const person = await hub.as("person", "OWN_DATA");

    const alone = await ask(hub.url, { authorization: `Bearer ${person.token}`, ...purpose }, own);
    const together = await ask(hub.url, { ...app, "nivel-on-behalf-of": `Bearer ${served}` }, own);
    expect(together.data).toEqual(alone.data);
    expect(alone.errors).toBeUndefined();

    expect((await ask(hub.url, app, own)).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    const stolen = await ask(hub.url, { authorization: `Bearer ${served}`, ...purpose }, own);
    expect(stolen).toMatchObject({ status: 401, errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    const foreign = await ask(hub.url, { ...app, "nivel-on-behalf-of": `Bearer ${person.token}` }, own);
    expect(foreign.status).toBe(401);
  });
});
