import { resolve } from "node:path";
import { z } from "zod";
import { AUTHORITIES, type Authority } from "./kernel/authority.ts";
import type { IssuerConfig } from "./access/authenticate.ts";
import { StartupError } from "./kernel/errors.ts";
import type { DatabaseConfig } from "./persistence/database.ts";
import type { SourcesConfig } from "./sources/register.ts";

/** Where the hub's parts are. Frozen; this file is the only reader of the environment. */
export interface Config {
  production: boolean;
  host: string;
  port: number;
  dataFolder: string;
  formsFolder: string;
  database: DatabaseConfig;
  /** Undefined in development: the sandbox runs its own issuer. */
  issuer: IssuerConfig | undefined;
  sources: SourcesConfig;
  /** How many persons the sandbox makes up, and from which seed. */
  sandbox: { seed: number; size: number };
  logLevel: string;
}

const flagless = (variable: string) => z.string({ error: `${variable} is missing` }).min(1, `${variable} is empty`);
const url = (variable: string) => z.url({ protocol: /^https?$/, error: `${variable} must be an http(s) address` });
const whole = (variable: string, fallback: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `${variable} must be a whole number`)
    .transform(Number)
    .refine((value) => value <= max, `${variable} must be at most ${max}`)
    .default(fallback);

const urlVariable = (authority: Authority) => `NIVEL_${authority}_URL`;
const serviceVariable = (authority: Authority) => `NIVEL_${authority}_SERVICE`;

/** Beside the hub's own port, development takes the next ones: the issuer's and the five authorities'. */
const SANDBOX_PORTS = 1 + AUTHORITIES.length;
const MAX_PORT = 65_535;

const environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().optional(),
  PORT: whole("PORT", 4000, MAX_PORT),
  NIVEL_DATA_DIR: z.string().min(1).default(".nivel"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "DATABASE_URL must begin with postgres://")
    .optional(),
  NIVEL_DATABASE_POOL: whole("NIVEL_DATABASE_POOL", 10, 1000),
  NIVEL_SOURCE_TIMEOUT_MS: whole("NIVEL_SOURCE_TIMEOUT_MS", 3000, 60_000),
  NIVEL_SANDBOX_SEED: whole("NIVEL_SANDBOX_SEED", 1, 1_000_000),
  NIVEL_SANDBOX_SIZE: whole("NIVEL_SANDBOX_SIZE", 200, 10_000),
  NIVEL_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).optional(),
  ...Object.fromEntries(
    AUTHORITIES.map((authority) => [urlVariable(authority), url(urlVariable(authority)).optional()]),
  ),
  ...Object.fromEntries(AUTHORITIES.map((authority) => [serviceVariable(authority), z.string().optional()])),
});

/** What production must be told, since nothing there has a default that could be right. */
const productionOnly = z.object({
  DATABASE_URL: flagless("DATABASE_URL"),
  NIVEL_ISSUER: url("NIVEL_ISSUER"),
  NIVEL_JWKS_URL: url("NIVEL_JWKS_URL"),
  NIVEL_AUDIENCE: flagless("NIVEL_AUDIENCE"),
  NIVEL_XROAD_CLIENT: flagless("NIVEL_XROAD_CLIENT"),
});

/** @throws StartupError naming every variable that is missing or wrong, never its value */
export function readConfig(
  env: NodeJS.ProcessEnv = process.env,
  overrides: { sandboxSeed?: number; sandboxSize?: number } = {},
): Config {
  const production = env["NODE_ENV"] === "production";
  const read = parseWith(environment, env);
  const strict = production ? parseWith(productionOnly, env) : undefined;
  if (!production && read.PORT > MAX_PORT - SANDBOX_PORTS) {
    throw new StartupError(
      `PORT must be at most ${MAX_PORT - SANDBOX_PORTS} in development: the sandbox takes the next ${SANDBOX_PORTS} ports.`,
    );
  }
  const values = read as typeof read & Record<string, string | undefined>;
  const config: Config = {
    production,
    host: read.HOST ?? (production ? "0.0.0.0" : "127.0.0.1"),
    port: read.PORT,
    dataFolder: resolve(read.NIVEL_DATA_DIR),
    formsFolder: resolve(import.meta.dirname, "../forms"),
    database:
      read.DATABASE_URL === undefined
        ? { kind: "embedded", folder: resolve(read.NIVEL_DATA_DIR, "database") }
        : { kind: "postgresql", url: read.DATABASE_URL, poolSize: read.NIVEL_DATABASE_POOL },
    issuer: strict && { issuer: strict.NIVEL_ISSUER, audience: strict.NIVEL_AUDIENCE, jwksUri: strict.NIVEL_JWKS_URL },
    sources: {
      xroadClient: strict?.NIVEL_XROAD_CLIENT ?? "FI-TEST/GOV/0000000-0/nivel",
      timeoutMs: read.NIVEL_SOURCE_TIMEOUT_MS,
      forwardSandboxHeader: !production,
      authorities: Object.fromEntries(
        AUTHORITIES.flatMap((authority) => {
          const address = values[urlVariable(authority)];
          const service = values[serviceVariable(authority)];
          return address === undefined ? [] : [[authority, { url: address, ...(service ? { service } : {}) }]];
        }),
      ),
    },
    sandbox: {
      seed: overrides.sandboxSeed ?? read.NIVEL_SANDBOX_SEED,
      size: overrides.sandboxSize ?? read.NIVEL_SANDBOX_SIZE,
    },
    logLevel: read.NIVEL_LOG ?? (production ? "info" : "warn"),
  };
  return Object.freeze(config);
}

function parseWith<T extends z.ZodType>(schema: T, env: NodeJS.ProcessEnv): z.infer<T> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) =>
    issue.message.includes(String(issue.path[0])) ? issue.message : `${String(issue.path[0])}: ${issue.message}`,
  );
  throw new StartupError(`The configuration is incomplete: ${wrong.join("; ")}. The README lists every variable.`);
}
