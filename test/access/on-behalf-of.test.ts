import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Authenticate, createAuthenticator } from "../../src/access/authenticate.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { Unauthenticated } from "../../src/kernel/errors.ts";
import { fetchDemoToken, startIssuer } from "../../src/sandbox/issuer.ts";
import { type OwnIssuer, startOwnIssuer } from "./own-issuer.ts";

const PERSON = { sub: "person-1", nivel_role: "PERSON", nivel_unit: null, "urn:oid:1.2.246.21": "010594Y9032" };

describe("a partner app that serves a person", () => {
  let issuer: OwnIssuer;
  let authenticate: Authenticate;
  let app: string;

  beforeAll(async () => {
    issuer = await startOwnIssuer();
    authenticate = createAuthenticator(issuer.config, systemClock);
    app = await appToken("partner-1");
  });
  afterAll(() => issuer.close());

  const appToken = async (client: string) =>
    `Bearer ${await issuer.token({ sub: client, client_id: client, nivel_role: "PARTNER_APP", nivel_unit: null })}`;
  const userToken = async (change: Record<string, unknown>) => `Bearer ${await issuer.token({ ...PERSON, ...change })}`;

  const refused = async (...headers: Parameters<Authenticate>): Promise<string> => {
    const error: unknown = await authenticate(...headers).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Unauthenticated);
    return (error as Unauthenticated).message;
  };

  it("asks as the person, with exactly the person's rights (decision D3)", async () => {
    const alone = await authenticate(await userToken({ client_id: "partner-1" }));
    expect(await authenticate(app, await userToken({ client_id: "partner-1" }))).toEqual(alone);
    expect(alone).toMatchObject({ role: "PERSON", client: "partner-1", unit: null, stewardOf: [] });
  });

  it.each([
    ["RFC 8693's actor", { client_id: "exchange", act: { sub: "partner-1" } }],
    ["OIDC's authorised party", { client_id: "exchange", azp: "partner-1" }],
  ])("may be named by %s, and goes on record as the client", async (_, named) => {
    expect(await authenticate(app, await userToken(named))).toMatchObject({ id: "person-1", client: "partner-1" });
  });

  it.each([
    ["was issued to another app", { client_id: "partner-2" }],
    ["names another actor", { client_id: "partner-1", act: { sub: "partner-2" } }],
    ["names another authorised party", { client_id: "partner-1", azp: "partner-2" }],
  ])("is refused with a token that %s", async (_, stolen) => {
    expect(await refused(app, await userToken(stolen))).toMatch(/another app/);
  });

  it("is refused when its own token, or the person's, does not verify", async () => {
    const foreign = await issuer.newKey("foreign");
    const user = await userToken({ client_id: "partner-1" });
    await refused(app, `Bearer ${await issuer.token({ ...PERSON, client_id: "partner-1" }, foreign)}`);
    await refused(
      `Bearer ${await issuer.token({ sub: "partner-1", client_id: "partner-1", nivel_role: "PARTNER_APP" }, foreign)}`,
      user,
    );
    await refused(undefined, user);
    for (const broken of ["", "Bearer", "Bearer x", user.slice("Bearer ".length)]) await refused(app, broken);
  });

  it("serves no app, and no worker is served by a worker", async () => {
    expect(await refused(app, await appToken("partner-1"))).toMatch(/a person's token/);
    const worker = await userToken({ client_id: "partner-1" });
    expect(await refused(worker, worker)).toMatch(/app's own token/);
  });

  it("alone holds a token that says it is delegated, which opens nothing without the app", async () => {
    expect(await refused(await userToken({ act: { sub: "partner-1" } }))).toMatch(/beside the app's own/);
  });
});

describe("the development issuer's partner app", () => {
  it("serves the demo person and the demo workers by tokens of its own", async () => {
    const audience = "urn:nivel:test";
    const issuer = await startIssuer({ port: 0, host: "127.0.0.1", audience, demoPersonHetu: "010594Y9032" });
    const authenticate = createAuthenticator({ ...issuer, audience }, systemClock);
    const app = `Bearer ${await fetchDemoToken(issuer.tokenEndpoint, "partner-app")}`;
    for (const caller of ["person", "county-worker"] as const) {
      const alone = await fetchDemoToken(issuer.tokenEndpoint, caller);
      const served = await fetchDemoToken(issuer.tokenEndpoint, caller, { forPartner: true });
      const own = await authenticate(`Bearer ${alone}`);
      expect(await authenticate(app, `Bearer ${served}`)).toEqual({ ...own, client: "demo-partner-app" });
      await expect(authenticate(app, `Bearer ${alone}`)).rejects.toThrow(/another app/);
    }
    await issuer.close();
  });
});
