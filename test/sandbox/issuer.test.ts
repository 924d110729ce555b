import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createAuthenticator } from "../../src/access/authenticate.ts";
import { AUTHORITY_OF_ROLE } from "../../src/access/role.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { DEMO_CALLERS, DEMO_CALLER_NAMES, type DemoCallerName } from "../../src/sandbox/demo-callers.ts";
import { type RunningIssuer, fetchDemoToken, startIssuer } from "../../src/sandbox/issuer.ts";

const AUDIENCE = "urn:nivel:test";
const HETU = "010594Y9032";
const START = { port: 0, host: "127.0.0.1", audience: AUDIENCE } as const;

describe("the development issuer", () => {
  let running: RunningIssuer;
  beforeAll(async () => {
    running = await startIssuer({ ...START, demoPersonHetu: HETU });
  });
  afterAll(() => running.close());

  it.each(DEMO_CALLER_NAMES)("gives %s a token that the hub accepts", async (name) => {
    const token = await fetchDemoToken(running.tokenEndpoint, name);
    const authenticate = createAuthenticator({ ...running, audience: AUDIENCE }, systemClock);
    const demo = DEMO_CALLERS[name];
    expect(await authenticate(`Bearer ${token}`)).toEqual({
      id: demo.id,
      role: demo.role,
      name: demo.name,
      authority: AUTHORITY_OF_ROLE[demo.role],
      unit: demo.unit,
      client: name === "partner-app" ? "demo-partner-app" : "nivel-demo-app",
      socialDataRight: demo.socialDataRight,
      stewardOf: demo.stewardOf,
      hetu: name === "person" ? HETU : null,
    });
  });

  it("signs access tokens of RFC 9068 with ES256, good for eight hours", async () => {
    const token = await fetchDemoToken(running.tokenEndpoint, "prison-worker");
    expect(decodeProtectedHeader(token)).toMatchObject({ typ: "at+jwt", alg: "ES256" });
    const { exp = 0, iat = 0 } = decodeJwt(token);
    expect(exp - iat).toBe(8 * 60 * 60);
  });

  it("publishes the public half of its key only", async () => {
    const { keys } = (await (await fetch(running.jwksUri)).json()) as { keys: Record<string, unknown>[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty("d");
  });

  it("says whom it knows when it is asked for somebody else", async () => {
    await expect(fetchDemoToken(running.tokenEndpoint, "minister" as DemoCallerName)).rejects.toThrow(
      /"caller" must be one of prison-worker, .*person/,
    );
  });

  it("has no demo person unless it was told who that is", async () => {
    const without = await startIssuer(START);
    await expect(fetchDemoToken(without.tokenEndpoint, "person")).rejects.toThrow("started without a demo person");
    await without.close();
  });

  it("lets the worker's app neither be the partner nor use its grant", async () => {
    const post = (body: Record<string, string>) =>
      fetch(running.tokenEndpoint, { method: "POST", body: new URLSearchParams(body) });
    expect((await post({ grant_type: "client_credentials", client_id: "nivel-demo-app" })).status).toBe(400);
    expect(
      (await post({ grant_type: "client_credentials", client_id: "demo-partner-app", client_secret: "guess" })).status,
    ).toBe(401);
  });

  it("keeps its key in the state folder, readable by its owner alone, so that tokens outlive a restart", async () => {
    const stateFolder = await mkdtemp(join(tmpdir(), "nivel-issuer-"));
    const first = await startIssuer({ ...START, stateFolder });
    const token = await fetchDemoToken(first.tokenEndpoint, "county-worker");
    await first.close();
    const second = await startIssuer({ ...START, stateFolder, port: Number(new URL(first.issuer).port) });
    const authenticate = createAuthenticator({ ...second, audience: AUDIENCE }, systemClock);
    expect((await authenticate(`Bearer ${token}`)).role).toBe("COUNTY_WORKER");
    await second.close();
    const file = join(stateFolder, "issuer-key.json");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, "utf8"))).toHaveProperty("d");
    await rm(stateFolder, { recursive: true });
  });

  it("rejects with the system's own error when its port is taken", async () => {
    await expect(startIssuer({ ...START, port: Number(new URL(running.issuer).port) })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
  });

  it("prints nothing, neither at its start nor for any answer", async () => {
    const spies = (["log", "info", "warn", "error"] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation(() => undefined),
    );
    const quiet = await startIssuer(START);
    await fetchDemoToken(quiet.tokenEndpoint, "vth-nurse");
    await fetchDemoToken(quiet.tokenEndpoint, "partner-app");
    for (const path of ["/.well-known/openid-configuration", "/auth?client_id=nivel-demo-app", "/nowhere"]) {
      await fetch(`${quiet.issuer}${path}`);
    }
    await quiet.close();
    for (const spy of spies) expect(spy).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});
