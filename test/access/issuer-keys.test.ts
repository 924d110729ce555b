import fastify from "fastify";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createAuthenticator } from "../../src/access/authenticate.ts";
import { fixedClock, systemClock } from "../../src/kernel/clock.ts";
import { Unauthenticated } from "../../src/kernel/errors.ts";
import { type OwnIssuer, nowSeconds, startOwnIssuer } from "./own-issuer.ts";

describe("the keys of the issuer", () => {
  let issuer: OwnIssuer;
  beforeAll(async () => {
    issuer = await startOwnIssuer();
  });
  afterAll(() => issuer.close());
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Moves the time that jose reads; the connections' own timers go on. */
  const pass = (seconds: number) => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
  };

  it("are asked anew for a key that is new, so that a rotation needs no restart", async () => {
    const authenticate = createAuthenticator(issuer.config, systemClock);
    await authenticate(`Bearer ${await issuer.token()}`);
    const second = await issuer.newKey("second");
    issuer.published.push(second.publicJwk);
    pass(31);
    expect((await authenticate(`Bearer ${await issuer.token({}, second)}`)).id).toBe("worker-1");
    expect((await authenticate(`Bearer ${await issuer.token()}`)).id).toBe("worker-1");
  });

  it("are asked for at most once in half a minute, however many unknown keys are tried", async () => {
    const authenticate = createAuthenticator(issuer.config, systemClock);
    await authenticate(`Bearer ${await issuer.token()}`);
    const before = issuer.asked();
    for (const kid of ["a", "b", "c", "d"]) {
      const foreign = await issuer.newKey(kid);
      await expect(authenticate(`Bearer ${await issuer.token({}, foreign)}`)).rejects.toThrow(Unauthenticated);
    }
    expect(issuer.asked() - before).toBe(0);
    pass(31);
    const foreign = await issuer.newKey("e");
    for (let tries = 0; tries < 3; tries += 1) {
      await expect(authenticate(`Bearer ${await issuer.token({}, foreign)}`)).rejects.toThrow(Unauthenticated);
    }
    expect(issuer.asked() - before).toBe(1);
  });

  it("that the issuer took back are refused within five minutes", async () => {
    const authenticate = createAuthenticator(issuer.config, systemClock);
    const lost = await issuer.newKey("lost");
    issuer.published.push(lost.publicJwk);
    await authenticate(`Bearer ${await issuer.token({}, lost)}`);
    issuer.published.pop();
    pass(5 * 60 + 1);
    await expect(authenticate(`Bearer ${await issuer.token({}, lost)}`)).rejects.toThrow(Unauthenticated);
    expect((await authenticate(`Bearer ${await issuer.token()}`)).id).toBe("worker-1");
  });

  it("are those it publishes: one in the token's own header, or at an address there, is not looked at", async () => {
    const foreign = await issuer.newKey("first");
    let visited = 0;
    const trap = fastify();
    trap.get("/*", () => {
      visited += 1;
      return { keys: [foreign.publicJwk] };
    });
    const address = await trap.listen({ host: "127.0.0.1", port: 0 });
    const authenticate = createAuthenticator(issuer.config, systemClock);
    for (const header of [
      { jwk: foreign.publicJwk },
      { jku: `${address}/jwks` },
      { x5u: `${address}/chain` },
      { kid: `${address}/jwks` },
      { kid: "../../etc/passwd" },
    ]) {
      const token = await issuer.token({}, foreign, header);
      await expect(authenticate(`Bearer ${token}`)).rejects.toThrow(Unauthenticated);
    }
    expect(visited).toBe(0);
    await trap.close();
  });

  it("sign no token whose critical header nobody here understands", async () => {
    const authenticate = createAuthenticator(issuer.config, systemClock);
    const [head = "", payload = "", signature = ""] = (await issuer.token()).split(".");
    const header = JSON.parse(Buffer.from(head, "base64url").toString()) as Record<string, unknown>;
    const critical = Buffer.from(JSON.stringify({ ...header, crit: ["exp"], exp: 1 })).toString("base64url");
    await expect(authenticate(`Bearer ${critical}.${payload}.${signature}`)).rejects.toThrow(Unauthenticated);
  });
});

describe("the times of an access token", () => {
  let issuer: OwnIssuer;
  beforeAll(async () => {
    issuer = await startOwnIssuer();
  });
  afterAll(() => issuer.close());

  const accepts = async (change: Record<string, number>): Promise<boolean> => {
    const clock = fixedClock(new Date(nowSeconds() * 1000));
    const authenticate = createAuthenticator(issuer.config, clock);
    const token = await issuer.token(change);
    return authenticate(`Bearer ${token}`).then(
      () => true,
      (error: unknown) => {
        expect(error).toBeInstanceOf(Unauthenticated);
        return false;
      },
    );
  };

  it("are judged with five seconds for a clock that is not quite right, and no more", async () => {
    const now = nowSeconds();
    expect(await accepts({ exp: now - 3 })).toBe(true);
    expect(await accepts({ exp: now - 8 })).toBe(false);
    expect(await accepts({ nbf: now + 3 })).toBe(true);
    expect(await accepts({ nbf: now + 8 })).toBe(false);
    expect(await accepts({ iat: now + 8 })).toBe(false);
  });

  it("let it live a working day at most, whatever its issuer says", async () => {
    const now = nowSeconds();
    expect(await accepts({ iat: now - 11 * 3600, exp: now + 3600 })).toBe(true);
    expect(await accepts({ iat: now - 13 * 3600, exp: now + 3600 })).toBe(false);
  });
});

describe("the ids in an access token", () => {
  it.each([
    ["sub", "010594Y9032"],
    ["sub", "FI010594Y9032"],
    ["client_id", "app-010594-9032"],
  ])("are opaque: %s is refused when it looks like an identity code, and is not repeated", async (claim, value) => {
    const issuer = await startOwnIssuer();
    const authenticate = createAuthenticator(issuer.config, systemClock);
    const error: unknown = await authenticate(`Bearer ${await issuer.token({ [claim]: value })}`).catch(
      (e: unknown) => e,
    );
    expect(error).toBeInstanceOf(Unauthenticated);
    expect((error as Error).message).not.toContain(value);
    await issuer.close();
  });
});
