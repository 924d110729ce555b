import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.ts";
import { StartupError } from "../../src/kernel/errors.ts";

const refusal = (env: NodeJS.ProcessEnv): string => {
  try {
    readConfig(env);
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    return (error as StartupError).message;
  }
  throw new Error("was accepted");
};

const PRODUCTION = {
  NODE_ENV: "production",
  DATABASE_URL: "postgres://hub@db/nivel",
  NIVEL_AUDIT_KEY_FILE: "/run/secrets/audit-key.json",
  NIVEL_KEY_FILE: "/run/secrets/keys.json",
  NIVEL_ISSUER: "https://issuer.example",
  NIVEL_JWKS_URL: "https://issuer.example/jwks",
  NIVEL_AUDIENCE: "nivel",
  NIVEL_XROAD_CLIENT: "FI/GOV/1/nivel",
};

describe("the configuration", () => {
  it("of an empty environment is development on the embedded database, for this machine alone", () => {
    const config = readConfig({});
    expect(config).toMatchObject({ production: false, host: "127.0.0.1", port: 4000, database: { kind: "embedded" } });
    expect(Object.isFrozen(config)).toBe(true);
  });

  it.each(["abc", "-1", "", " 4000", "4000.5", "0x10", "70000", "65530"])("refuses PORT %j by its name", (PORT) => {
    expect(refusal({ PORT })).toMatch(/^[^\n]*PORT[^\n]*$/);
  });

  it("leaves room above the port for the sandbox's in development, and needs none in production", () => {
    expect(readConfig({ PORT: "65529" }).port).toBe(65_529);
    expect(readConfig({ ...PRODUCTION, PORT: "65535" }).port).toBe(65_535);
  });

  it.each(Object.keys(PRODUCTION).filter((name) => name !== "NODE_ENV"))("of production needs %s", (name) => {
    expect(refusal({ ...PRODUCTION, [name]: undefined })).toContain(name);
    expect(refusal({ ...PRODUCTION, [name]: "" })).toContain(name);
  });

  it("of production knows no sandbox header, and no address that nobody told it", () => {
    const { sources, issuer } = readConfig({ ...PRODUCTION, NIVEL_KELA_URL: "https://kela.example" });
    expect(sources).toMatchObject({
      forwardSandboxHeader: false,
      authorities: { KELA: { url: "https://kela.example" } },
    });
    expect(Object.keys(sources.authorities)).toEqual(["KELA"]);
    expect(issuer?.issuer).toBe("https://issuer.example");
  });

  it("of production lets registered clients alone speak, of development any; both can be told otherwise", () => {
    expect(readConfig({}).clients).toEqual({ registeredOnly: false, pointsPerMinute: 60_000, failuresPerMinute: 300 });
    expect(readConfig(PRODUCTION).clients.registeredOnly).toBe(true);
    expect(readConfig({ ...PRODUCTION, NIVEL_REGISTERED_CLIENTS_ONLY: "false" }).clients.registeredOnly).toBe(false);
    expect(readConfig({ NIVEL_REGISTERED_CLIENTS_ONLY: "true" }).clients.registeredOnly).toBe(true);
    expect(refusal({ NIVEL_REGISTERED_CLIENTS_ONLY: "yes" })).toContain("NIVEL_REGISTERED_CLIENTS_ONLY");
  });

  it.each(["0", "-1", "many", "1000000001"])("refuses an allowance of %s points by its name", (points) => {
    expect(refusal({ NIVEL_RATE_POINTS_PER_MINUTE: points })).toContain("NIVEL_RATE_POINTS_PER_MINUTE");
  });

  it("names everything that is wrong at once, and repeats no value", () => {
    const told = refusal({ PORT: "x", NIVEL_KELA_URL: "ftp://secret.example", DATABASE_URL: "mysql://secret" });
    for (const name of ["PORT", "NIVEL_KELA_URL", "DATABASE_URL"]) expect(told).toContain(name);
    expect(told).not.toContain("secret");
  });
});
