import { createHmac, createPublicKey, generateKeyPairSync } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type JWK, SignJWT, type JWTPayload, importJWK } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Authenticate, createAuthenticator } from "../../src/access/authenticate.ts";
import { fixedClock, systemClock } from "../../src/kernel/clock.ts";
import { Unauthenticated, Unavailable } from "../../src/kernel/errors.ts";
import { type RunningIssuer, fetchDemoToken, startIssuer } from "../../src/sandbox/issuer.ts";

const AUDIENCE = "urn:nivel:test";
const HETU_CLAIM = "urn:oid:1.2.246.21";

describe("who asks is proven by an access token", () => {
  let folder: string;
  let running: RunningIssuer;
  let authenticate: Authenticate;
  let jwk: JWK;
  let good: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "nivel-auth-"));
    running = await startIssuer({ port: 0, host: "127.0.0.1", audience: AUDIENCE, stateFolder: folder });
    authenticate = createAuthenticator({ ...running, audience: AUDIENCE }, systemClock);
    jwk = JSON.parse(await readFile(join(folder, "issuer-key.json"), "utf8")) as JWK;
    good = await fetchDemoToken(running.tokenEndpoint, "prison-social-worker");
  });
  afterAll(async () => {
    await running.close();
    await rm(folder, { recursive: true });
  });

  const refused = async (authorization: string | undefined, by = authenticate): Promise<string> => {
    const error: unknown = await by(authorization).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Unauthenticated);
    return (error as Unauthenticated).message;
  };

  /** A token as the issuer itself would sign it, with whatever a test wants changed. */
  const signed = async (
    payload: JWTPayload,
    { typ = "at+jwt", key = jwk, alg = "ES256" }: { typ?: string; key?: JWK; alg?: string } = {},
  ): Promise<string> =>
    new SignJWT(payload).setProtectedHeader({ alg, typ }).sign(await importJWK({ ...key, alg }, alg));
  const seconds = () => Math.floor(systemClock.now().getTime() / 1000);
  const claims = (change: JWTPayload = {}): JWTPayload => ({
    iss: running.issuer,
    aud: AUDIENCE,
    sub: "worker-1",
    client_id: "an-app",
    name: "A Worker",
    nivel_role: "KELA_OFFICER",
    iat: seconds(),
    exp: seconds() + 60,
    ...change,
  });

  it("makes a caller of a right token", async () => {
    expect(await authenticate(`Bearer ${good}`)).toMatchObject({
      id: "demo-prison-social-worker",
      role: "PRISON_WORKER",
      authority: "RISE",
      unit: "jyvaskylan-vankila",
      socialDataRight: true,
      hetu: null,
    });
  });

  it("grants no right that the token does not state", async () => {
    expect(await authenticate(`Bearer ${await signed(claims())}`)).toEqual({
      id: "worker-1",
      role: "KELA_OFFICER",
      name: "A Worker",
      authority: "KELA",
      unit: null,
      client: "an-app",
      socialDataRight: false,
      stewardOf: [],
      hetu: null,
    });
  });

  it.each([undefined, "", "Bearer", "Bearer x", "Basic dXNlcjpwYXNz", "Bearer a.b.c", "Bearer a.b.c.d.e"])(
    "refuses the header %j",
    async (authorization) => {
      expect(await refused(authorization)).toMatch(/Authorization: Bearer/);
    },
  );

  it("refuses a changed payload, a changed signature and a foreign key", async () => {
    const [header = "", payload = "", signature = ""] = good.split(".");
    const raised = JSON.parse(Buffer.from(payload, "base64url").toString()) as JWTPayload;
    const forged = Buffer.from(JSON.stringify({ ...raised, nivel_role: "VTH_NURSE" })).toString("base64url");
    await refused(`Bearer ${header}.${forged}.${signature}`);
    await refused(`Bearer ${header}.${payload}.${signature.startsWith("A") ? "B" : "A"}${signature.slice(1)}`);
    const foreign = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ format: "jwk" }) as JWK;
    await refused(`Bearer ${await signed(claims(), { key: foreign })}`);
  });

  it("refuses an expired token and says so", async () => {
    const tomorrow = fixedClock(new Date(systemClock.now().getTime() + 24 * 60 * 60 * 1000));
    const later = createAuthenticator({ ...running, audience: AUDIENCE }, tomorrow);
    expect(await refused(`Bearer ${good}`, later)).toMatch(/expired/);
  });

  it("refuses a token for another audience, of another issuer, or that is no access token", async () => {
    await refused(`Bearer ${good}`, createAuthenticator({ ...running, audience: "urn:other" }, systemClock));
    await refused(`Bearer ${await signed(claims({ aud: "urn:other" }))}`);
    await refused(`Bearer ${await signed(claims({ iss: "http://127.0.0.1:1" }))}`);
    await refused(`Bearer ${await signed(claims(), { typ: "JWT" })}`);
  });

  it("refuses a token that is not yet valid", async () => {
    await refused(`Bearer ${await signed(claims({ nbf: seconds() + 600 }))}`);
  });

  it("refuses a token without a signature", async () => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    await refused(`Bearer ${part({ alg: "none", typ: "at+jwt" })}.${part(claims())}.`);
    await refused(`Bearer ${part({ alg: "none", typ: "at+jwt" })}.${part(claims())}.AA`);
  });

  it("refuses HS256 with the public key as its secret", async () => {
    const pem = createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" });
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const body = `${part({ alg: "HS256", typ: "at+jwt" })}.${part(claims())}`;
    await refused(`Bearer ${body}.${createHmac("sha256", pem).update(body).digest("base64url")}`);
  });

  it.each(["sub", "client_id", "name", "nivel_role", "iat", "exp", "aud", "iss"])(
    "refuses a token without %s",
    async (claim) => {
      await refused(`Bearer ${await signed(claims({ [claim]: undefined }))}`);
    },
  );

  it("refuses a role it does not know", async () => {
    await refused(`Bearer ${await signed(claims({ nivel_role: "ADMIN" }))}`);
  });

  it.each([undefined, "", "010190-999K", "010594Y9033"])("refuses a person identified as %j", async (hetu) => {
    const message = await refused(`Bearer ${await signed(claims({ nivel_role: "PERSON", [HETU_CLAIM]: hetu }))}`);
    expect(message).toMatch(/strong identification/);
    if (hetu) expect(message).not.toContain(hetu);
  });

  it("takes no identity code from a worker's token", async () => {
    const token = await signed(claims({ [HETU_CLAIM]: "010594Y9032" }));
    expect((await authenticate(`Bearer ${token}`)).hetu).toBeNull();
  });

  it("lets nobody in while the issuer cannot be asked for its keys, and blames no token for it", async () => {
    const deaf = createAuthenticator(
      { ...running, audience: AUDIENCE, jwksUri: "http://127.0.0.1:9/jwks" },
      systemClock,
    );
    await expect(deaf(`Bearer ${good}`)).rejects.toThrow(Unavailable);
  });
});
