import { createHmac, generateKeyPairSync, randomUUID } from "node:crypto";
import fastify from "fastify";
import { SignJWT, exportJWK } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeClient, registerMissing } from "../../src/access/client.repository.ts";
import type { XroadTrust } from "../../src/access/xroad-trust.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { DEMO_PERSON } from "../../src/sandbox/population.ts";
import { type OwnIssuer, nowSeconds, startOwnIssuer } from "../access/own-issuer.ts";
import { caseIdOf } from "../support/case-client.ts";
import { type TestHub, testHub } from "../support/hub.ts";
import { hubBeside } from "../support/second-hub.ts";
import { type Answer, attack, bodyOf, requestsSent } from "./attacker.ts";

const id = caseIdOf(DEMO_PERSON);
const QUESTION = JSON.stringify({ query: "query ($id: ID!) { case(id: $id) { id } }", variables: { id } });

const SYSTEM = "FI-TEST/GOV/1234567-8/prison-system";
const trusting = (securityServers: string[]): XroadTrust => ({
  securityServers,
  clients: {
    [SYSTEM]: {
      name: "The prison's system",
      authority: "RISE",
      roles: ["PRISON_WORKER"],
      unit: "jyvaskylan-vankila",
      representedParties: {},
    },
  },
});

let hub: TestHub;
let issuer: OwnIssuer;
let own: Awaited<ReturnType<typeof hubBeside>>;
/** Believes the X-Road headers of a security server elsewhere; the attacker is on this machine. */
let guarded: typeof own;
let believing: typeof own;
let before: number;
beforeAll(async () => {
  before = requestsSent();
  hub = await testHub();
  issuer = await startOwnIssuer();
  own = await hubBeside(hub, { issuer: issuer.config });
  guarded = await hubBeside(hub, { issuer: issuer.config, xroad: trusting(["10.1.0.0/24"]) });
  believing = await hubBeside(hub, { issuer: issuer.config, xroad: trusting(["127.0.0.1"]) });
});
afterAll(async () => {
  await Promise.all([own.close(), guarded.close(), believing.close()]);
  await issuer.close();
  console.info(`Tokens: ${requestsSent() - before} requests.`);
});

type Headers = Record<string, string | string[]>;
const ask = (headers: Headers, at = own.url): Promise<Answer> =>
  attack(`${at}/graphql`, {
    method: "POST",
    headers: { "nivel-purpose": "RELEASE_PLANNING", "content-type": "application/json", ...headers },
    body: QUESTION,
  });
const withToken = (token: string, at = own.url) => ask({ authorization: `Bearer ${token}` }, at);
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const payloadOf = async () => (await issuer.token()).split(".")[1]!;

/** One sentence for all that does not verify, so that no attempt teaches the next one. */
const expectRefused = (answer: Answer, message: RegExp = /^Send a valid access token/) => {
  expect(answer.status).toBe(401);
  expect(bodyOf(answer)).toMatchObject({ errors: [{ message: expect.stringMatching(message) as string }] });
  expect(bodyOf(answer).data ?? null).toBeNull();
};

/** The header and the payload, signed by HMAC with what everybody can read. */
async function hmac(algorithm: "HS256" | "HS512", secret: string | Buffer): Promise<string> {
  const signed = `${encoded({ alg: algorithm, typ: "at+jwt", kid: "first" })}.${await payloadOf()}`;
  return `${signed}.${createHmac(algorithm === "HS256" ? "sha256" : "sha512", secret)
    .update(signed)
    .digest("base64url")}`;
}

describe("a forged token", () => {
  it("and a right one differ: the right one is served", async () => {
    expect(bodyOf(await withToken(await issuer.token())).data).toEqual({ case: { id } });
  });

  it.each(["none", "None", "NONE", "nOnE", ""])("without a signature, alg %j, is refused", async (alg) => {
    const head = encoded({ alg, typ: "at+jwt", kid: "first" });
    const signature = (await issuer.token()).split(".")[2]!;
    expectRefused(await withToken(`${head}.${await payloadOf()}.`));
    expectRefused(await withToken(`${head}.${await payloadOf()}.${signature}`));
  });

  it("signed by HMAC with the public key, in any of its forms, is refused", async () => {
    const jwk = issuer.published[0]!;
    const { createPublicKey } = await import("node:crypto");
    const key = createPublicKey({ key: jwk as never, format: "jwk" });
    const secrets = [
      JSON.stringify(jwk),
      jwk.x!,
      Buffer.from(jwk.x!, "base64url"),
      key.export({ type: "spki", format: "pem" }),
      key.export({ type: "spki", format: "der" }),
      "",
    ];
    for (const secret of secrets) {
      expectRefused(await withToken(await hmac("HS256", secret)));
      expectRefused(await withToken(await hmac("HS512", secret)));
    }
  });

  it("by another key under the issuer's kid, another kid, or a kid that is a path or a query, is refused", async () => {
    const stranger = await issuer.newKey("first");
    expectRefused(await withToken(await issuer.token({}, stranger)));
    for (const kid of ["second", "../../etc/passwd", "' or '1'='1", "__proto__", "x".repeat(2000)]) {
      expectRefused(await withToken(await issuer.token({}, stranger, { kid })));
    }
    const { kid: _, ...kidless } = { kid: "first", alg: "ES256", typ: "at+jwt" };
    const [, payload] = (await issuer.token()).split(".") as [string, string];
    expectRefused(await withToken(`${encoded(kidless)}.${payload}.${(await issuer.token()).split(".")[2]!}`));
  });

  it("that brings its key, or says where it is, is refused, and nobody asks there", async () => {
    const stranger = await issuer.newKey("first");
    let asked = 0;
    const elsewhere = fastify();
    elsewhere.all("/*", () => {
      asked += 1;
      return { keys: [stranger.publicJwk] };
    });
    const address = await elsewhere.listen({ host: "127.0.0.1", port: 0 });
    for (const header of [
      { jwk: stranger.publicJwk },
      { jku: `${address}/jwks` },
      { x5u: `${address}/cert` },
      { x5c: ["MIIB"] },
      { jku: "file:///etc/passwd" },
      { jku: issuer.config.jwksUri },
    ] as Record<string, unknown>[]) {
      expectRefused(await withToken(await issuer.token({}, stranger, header as never)));
    }
    expect(asked).toBe(0);
    await elsewhere.close();
  });

  it("of another kind of key or a changed part is refused", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    expect(await exportJWK(publicKey)).toBeDefined();
    const other = await new SignJWT({ client_id: "an-app" })
      .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt", kid: "first" })
      .sign(privateKey);
    expectRefused(await withToken(other));
    const [header, payload, signature] = (await issuer.token()).split(".") as [string, string, string];
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
    expectRefused(await withToken(`${header}.${encoded({ ...claims, nivel_role: "VTH_NURSE" })}.${signature}`));
    expectRefused(await withToken(`${header}.${payload}.${signature.slice(0, -4)}AAAA`));
    expectRefused(await withToken(`${header}.${payload}.${Buffer.alloc(64).toString("base64url")}`));
  });
});

describe("a token that is not for now, or not for the hub", () => {
  it.each<[string, Record<string, unknown>, RegExp?]>([
    ["that has expired", { iat: nowSeconds() - 900, exp: nowSeconds() - 60 }, /has expired/],
    ["that is not yet valid", { nbf: nowSeconds() + 600 }],
    ["issued in the future", { iat: nowSeconds() + 600, exp: nowSeconds() + 1200 }],
    ["older than a working day", { iat: nowSeconds() - 13 * 3600, exp: nowSeconds() + 600 }, /./],
    ["without an end", { exp: undefined }],
    ["for another audience", { aud: "urn:other" }],
    ["for no audience", { aud: undefined }],
    ["of another issuer", { iss: "https://evil.example" }],
    ["of an issuer whose name begins alike", { iss: "https://own.issuer.example.evil.example" }],
    ["of no issuer", { iss: undefined }],
  ])("%s is refused", async (_, change, message) => {
    expectRefused(await withToken(await issuer.token(change)), message);
  });

  it.each(["JWT", "id+jwt", "logout+jwt", undefined])("of the type %s is refused", async (typ) => {
    expectRefused(await withToken(await issuer.token({}, undefined, { typ: typ! })));
  });

  it.each<[string, Record<string, unknown>]>([
    ["an unknown role", { nivel_role: "ADMIN" }],
    ["several roles", { nivel_role: ["PRISON_WORKER", "VTH_NURSE"] }],
    ["an identity code for its subject", { sub: "010190-999K" }],
    ["a person without strong identification", { nivel_role: "PERSON" }],
    ["no client", { client_id: undefined }],
    ["a unit that is no text", { nivel_unit: { $ne: null } }],
  ])("with %s is refused", async (_, change) => {
    expectRefused(await withToken(await issuer.token(change)), /lacks a claim|does not tell/);
  });

  it("of a role that is another's sees what that role and unit may, whatever its sub, name or client say", async () => {
    const change = { nivel_role: "KELA_OFFICER", nivel_unit: "jyvaskylan-vankila", sub: "demo-prison-worker" };
    expect((await withToken(await issuer.token(change))).status).toBe(200);
    const answer = bodyOf(await withToken(await issuer.token(change)));
    expect(answer.data?.["case"] ?? null).toBeNull();
    expect(answer.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
  });

  it("of huge size, or of another shape, is refused without being read", async () => {
    expectRefused(await withToken(`${"a".repeat(9000)}.${"b".repeat(9000)}.${"c".repeat(9000)}`));
    // The connection may be closed before the rest of it is written.
    const huge = await withToken("a".repeat(100_000)).catch((closed: unknown) => closed);
    if (!(huge instanceof Error)) expect((huge as Answer).status).toBe(431);
    for (const authorization of [
      "Bearer",
      "Bearer ",
      "bearer a.b.c.d.e",
      "Basic YTpi",
      "Bearer ..",
      "Bearer a.b.c, Bearer d.e.f",
    ])
      expectRefused(await ask({ authorization }));
  });

  it("in the address or the body is not looked at", async () => {
    const token = await issuer.token();
    const answer = await attack(`${own.url}/graphql?access_token=${token}`, {
      method: "POST",
      headers: { "content-type": "application/json", "nivel-purpose": "RELEASE_PLANNING" },
      body: QUESTION,
    });
    expectRefused(answer);
    expectRefused(await ask({ cookie: `token=${token}; authorization=Bearer ${token}` }));
  });
});

describe("an app", () => {
  const through = (client: string, more: Record<string, unknown> = {}) =>
    issuer.token({ client_id: client, sub: client, nivel_role: "PARTNER_APP", nivel_unit: null, name: "App", ...more });

  it("does not serve a user by a token that was issued to another app", async () => {
    const app = await through("app-one");
    const foreign = await issuer.token({ client_id: "app-two" });
    expectRefused(
      await ask({ authorization: `Bearer ${app}`, "nivel-on-behalf-of": `Bearer ${foreign}` }),
      /another app/,
    );
    const its = await issuer.token({ client_id: "app-one" });
    expect(bodyOf(await ask({ authorization: `Bearer ${app}`, "nivel-on-behalf-of": `Bearer ${its}` })).data).toEqual({
      case: { id },
    });
  });

  it("serves no app, serves not itself, and no worker serves a worker", async () => {
    const [app, worker] = [await through("app-one"), await issuer.token({ client_id: "app-one" })];
    for (const [authorization, onBehalf] of [
      [app, app],
      [worker, worker],
      [worker, app],
    ] as const) {
      expectRefused(
        await ask({ authorization: `Bearer ${authorization}`, "nivel-on-behalf-of": `Bearer ${onBehalf}` }),
        /./,
      );
    }
    expectRefused(await ask({ authorization: `Bearer ${app}`, "nivel-on-behalf-of": "" }), /./);
  });

  it("sends two user tokens at once: none is chosen", async () => {
    const app = await through("app-one");
    const its = `Bearer ${await issuer.token({ client_id: "app-one" })}`;
    const answer = await ask({ authorization: `Bearer ${app}`, "nivel-on-behalf-of": [its, its] });
    expectRefused(answer, /./);
  });

  it("that is suspended cannot replay what it holds, nor may another token of it be used", async () => {
    const client = `suspended-${randomUUID().slice(0, 8)}`;
    const em = () => hub.database.fork();
    await registerMissing(em(), [
      {
        id: client,
        name: client,
        registeredAt: systemClock.now(),
        suspendedAt: null,
        mayIntrospect: false,
        onlyTrusted: null,
        partner: false,
        pointsPerMinute: null,
      },
    ]);
    const token = await issuer.token({ client_id: client });
    expect((await withToken(token)).status).toBe(200);
    await changeClient(em(), client, { suspendedAt: systemClock.now() });
    await expect.poll(async () => (await withToken(token)).status, { timeout: 10_000, interval: 300 }).toBe(401);
    expectRefused(await withToken(await issuer.token({ client_id: client })), /./);
  });
});

describe("X-Road headers", () => {
  const xroad = (more: Headers = {}): Headers => ({
    "x-road-client": SYSTEM,
    "x-road-userid": "virkailija-17",
    "x-road-id": randomUUID(),
    ...more,
  });

  it("from the security server are believed: what follows is refused for its own fault", async () => {
    expect(bodyOf(await ask(xroad(), believing.url)).data).toEqual({ case: { id } });
  });

  it.each<[string, Headers]>([
    ["alone", {}],
    ["with a forwarded address", { "x-forwarded-for": "10.1.0.7" }],
    ["with every forwarding header", { forwarded: "for=10.1.0.7", "x-real-ip": "10.1.0.7", "client-ip": "10.1.0.7" }],
  ])("from an address that is no security server's, %s, are refused", async (_, more) => {
    expectRefused(await ask(xroad(more), guarded.url), /security server only/);
    expectRefused(await ask(xroad(more), own.url), /./);
  });

  it("beside a token, or beside a user's token, are refused: one identity at a time", async () => {
    const token = `Bearer ${await issuer.token()}`;
    for (const at of [believing.url, guarded.url, own.url]) {
      expectRefused(await ask(xroad({ authorization: token }), at), /./);
      expectRefused(await ask(xroad({ "nivel-on-behalf-of": token }), at), /./);
      // One of them is enough to be such a request: it is not taken for one by token.
      expectRefused(await ask({ "x-road-client": SYSTEM, authorization: token }, at), /./);
      expectRefused(await ask({ "x-road-userid": "x", authorization: token }, at), /./);
    }
  });

  it.each<[string, Headers]>([
    ["of an unknown system", { "x-road-client": "FI-TEST/GOV/0/nobody" }],
    ["of the prototype of all things", { "x-road-client": "__proto__" }],
    ["of two systems at once", { "x-road-client": [SYSTEM, "FI-TEST/GOV/0/nobody"] }],
    ["of a role that is not agreed", { "nivel-role": "VTH_NURSE" }],
    ["with an identity code for its worker", { "x-road-userid": "010190-999K" }],
    ["with two workers", { "x-road-userid": ["a", "b"] }],
    ["with no message id", { "x-road-id": "1" }],
  ])("%s are refused", async (_, more) => {
    expectRefused(await ask(xroad(more), believing.url), /./);
  });
});

describe("two tokens at once", () => {
  it("are refused, since what stands before the hub may have looked at the other", async () => {
    const tokens = [`Bearer ${await issuer.token()}`, `Bearer ${await issuer.token({ sub: "worker-2" })}`];
    expectRefused(await ask({ authorization: tokens }), /./);
    expectRefused(await ask({ authorization: [tokens[0]!, tokens[0]!] }), /./);
  });
});
