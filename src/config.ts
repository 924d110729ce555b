import { resolve } from "node:path";
import { z } from "zod";
import { AUTHORITIES, type Authority } from "./kernel/authority.ts";
import type { IssuerConfig } from "./access/authenticate.ts";
import type { AuditLogConfig } from "./audit/audit-key.ts";
import type { ClientsConfig } from "./access/identify.ts";
import type { RequestLimits } from "./graphql/server.ts";
import { StartupError } from "./kernel/errors.ts";
import type { DatabaseConfig } from "./persistence/database.ts";
import type { KeysConfig } from "./persistence/vault/keys-config.ts";
import type { SourcesConfig } from "./sources/register.ts";

/** Where the hub's parts are. Frozen; this file is the only reader of the environment. */
export interface Config {
  production: boolean;
  host: string;
  port: number;
  dataFolder: string;
  formsFolder: string;
  database: DatabaseConfig;
  /** The owner's login, which only an operator's commands need: migrate, keys and such. The hub has its own. */
  ownerDatabaseUrl: string | undefined;
  audit: AuditLogConfig;
  /** Undefined in development: the sandbox runs its own issuer. */
  issuer: IssuerConfig | undefined;
  sources: SourcesConfig;
  /** How many persons the sandbox makes up, and from which seed. */
  sandbox: { seed: number; size: number };
  logLevel: string;
  /** Where the log goes; undefined: to the standard output. */
  logFile: string | undefined;
  clients: ClientsConfig;
  requests: RequestLimits;
  /** Says whose X-Road headers are believed; undefined: nobody's. */
  xroadTrustFile: string | undefined;
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
/** What the database's integer column holds, with room for what is counted beyond the limit. */
const MAX_POINTS = 1_000_000_000;

const environment = z.object({
  NODE_ENV: z.string().optional(),
  HOST: z.string().optional(),
  PORT: whole("PORT", 4000, MAX_PORT),
  NIVEL_DATA_DIR: z.string().min(1).default(".nivel"),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "DATABASE_URL must begin with postgres://")
    .optional(),
  NIVEL_OWNER_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "NIVEL_OWNER_DATABASE_URL must begin with postgres://")
    .optional(),
  NIVEL_KEY_FILE: z.string().min(1, "NIVEL_KEY_FILE is empty").optional(),
  NIVEL_VAULT_URL: url("NIVEL_VAULT_URL").optional(),
  NIVEL_VAULT_KEY: z.string().min(1).default("nivel"),
  NIVEL_VAULT_TOKEN_FILE: z.string().min(1, "NIVEL_VAULT_TOKEN_FILE is empty").optional(),
  NIVEL_DATABASE_POOL: whole("NIVEL_DATABASE_POOL", 10, 1000),
  NIVEL_AUDIT_KEY_FILE: z.string().min(1, "NIVEL_AUDIT_KEY_FILE is empty").optional(),
  NIVEL_AUDIT_ANCHOR_FILE: z.string().min(1, "NIVEL_AUDIT_ANCHOR_FILE is empty").optional(),
  NIVEL_AUDIT_SEAL_SECONDS: whole("NIVEL_AUDIT_SEAL_SECONDS", 5, 3600),
  NIVEL_SOURCE_TIMEOUT_MS: whole("NIVEL_SOURCE_TIMEOUT_MS", 3000, 60_000),
  NIVEL_SANDBOX_SEED: whole("NIVEL_SANDBOX_SEED", 1, 1_000_000),
  NIVEL_SANDBOX_SIZE: whole("NIVEL_SANDBOX_SIZE", 200, 10_000),
  NIVEL_LOG_FILE: z.string().min(1).optional(),
  NIVEL_RATE_POINTS_PER_MINUTE: whole("NIVEL_RATE_POINTS_PER_MINUTE", 60_000, MAX_POINTS).refine(
    (points) => points > 0,
    "NIVEL_RATE_POINTS_PER_MINUTE must be above 0",
  ),
  NIVEL_FAILURES_PER_MINUTE: whole("NIVEL_FAILURES_PER_MINUTE", 300, 1_000_000),
  NIVEL_REGISTERED_CLIENTS_ONLY: z
    .enum(["true", "false"], { error: "NIVEL_REGISTERED_CLIENTS_ONLY must be true or false" })
    .optional(),
  NIVEL_TRUSTED_ONLY: z.enum(["true", "false"], { error: "NIVEL_TRUSTED_ONLY must be true or false" }).optional(),
  NIVEL_MAX_PRICE: whole("NIVEL_MAX_PRICE", 3000, MAX_POINTS),
  NIVEL_MAX_ANSWER_BYTES: whole("NIVEL_MAX_ANSWER_BYTES", 2_000_000, 16_000_000),
  NIVEL_OPERATION_TIMEOUT_MS: whole("NIVEL_OPERATION_TIMEOUT_MS", 15_000, 60_000),
  NIVEL_XROAD_TRUST_FILE: z.string().min(1).optional(),
  NIVEL_LOG: z.enum(["debug", "info", "warn", "error", "silent"]).optional(),
  ...Object.fromEntries(
    AUTHORITIES.map((authority) => [urlVariable(authority), url(urlVariable(authority)).optional()]),
  ),
  ...Object.fromEntries(AUTHORITIES.map((authority) => [serviceVariable(authority), z.string().optional()])),
});

/** What production must be told, since nothing there has a default that could be right. */
const productionOnly = z.object({
  DATABASE_URL: flagless("DATABASE_URL"),
  NIVEL_AUDIT_KEY_FILE: flagless("NIVEL_AUDIT_KEY_FILE"),
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
    database: {
      ...(read.DATABASE_URL === undefined
        ? { kind: "embedded", folder: resolve(read.NIVEL_DATA_DIR, "database") }
        : { kind: "postgresql", url: read.DATABASE_URL, poolSize: read.NIVEL_DATABASE_POOL }),
      keys: keysOf(read, production),
      production,
    },
    ownerDatabaseUrl: read.NIVEL_OWNER_DATABASE_URL,
    audit: auditOf(read, production),
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
    logFile: read.NIVEL_LOG_FILE,
    clients: {
      registeredOnly: (read.NIVEL_REGISTERED_CLIENTS_ONLY ?? String(production)) === "true",
      pointsPerMinute: read.NIVEL_RATE_POINTS_PER_MINUTE,
      failuresPerMinute: read.NIVEL_FAILURES_PER_MINUTE,
    },
    requests: {
      trustedOnly: (read.NIVEL_TRUSTED_ONLY ?? String(production)) === "true",
      maximumPrice: read.NIVEL_MAX_PRICE,
      responseBytes: read.NIVEL_MAX_ANSWER_BYTES,
      operationTimeoutMs: read.NIVEL_OPERATION_TIMEOUT_MS,
    },
    xroadTrustFile: read.NIVEL_XROAD_TRUST_FILE,
  };
  return Object.freeze(config);
}

/** Where the keys are that the database's own are wrapped by. Only development makes itself a key file. */
function keysOf(
  read: Pick<
    z.infer<typeof environment>,
    "NIVEL_DATA_DIR" | "NIVEL_KEY_FILE" | "NIVEL_VAULT_URL" | "NIVEL_VAULT_KEY"
  > & {
    NIVEL_VAULT_TOKEN_FILE?: string | undefined;
  },
  production: boolean,
): KeysConfig {
  const { NIVEL_KEY_FILE: file, NIVEL_VAULT_URL: address, NIVEL_VAULT_TOKEN_FILE: tokenFile } = read;
  if (address !== undefined) {
    if (file !== undefined) throw new StartupError("Set NIVEL_KEY_FILE or NIVEL_VAULT_URL, not both.");
    if (tokenFile === undefined)
      throw new StartupError(
        "The configuration is incomplete: NIVEL_VAULT_TOKEN_FILE is missing beside NIVEL_VAULT_URL.",
      );
    return { kind: "transit", url: address, key: read.NIVEL_VAULT_KEY, tokenFile: resolve(tokenFile) };
  }
  if (file !== undefined) return { kind: "file", path: resolve(file), create: false };
  if (production)
    throw new StartupError("The configuration is incomplete: NIVEL_KEY_FILE or NIVEL_VAULT_URL is missing.");
  return { kind: "file", path: resolve(read.NIVEL_DATA_DIR, "keys.json"), create: true };
}

/** Production's key is made by its keepers; only the embedded database's heads have an anchor file unasked. */
function auditOf(
  read: Pick<z.infer<typeof environment>, "NIVEL_DATA_DIR" | "NIVEL_AUDIT_SEAL_SECONDS"> & {
    DATABASE_URL?: string | undefined;
    NIVEL_AUDIT_KEY_FILE?: string | undefined;
    NIVEL_AUDIT_ANCHOR_FILE?: string | undefined;
  },
  production: boolean,
): AuditLogConfig {
  const inFolder = (name: string) => resolve(read.NIVEL_DATA_DIR, name);
  const anchorFile = read.NIVEL_AUDIT_ANCHOR_FILE;
  const embeddedAnchor = read.DATABASE_URL === undefined ? inFolder("audit-heads.jsonl") : undefined;
  return {
    keyFile: read.NIVEL_AUDIT_KEY_FILE === undefined ? inFolder("audit-key.json") : resolve(read.NIVEL_AUDIT_KEY_FILE),
    makeKey: !production && read.NIVEL_AUDIT_KEY_FILE === undefined,
    anchorFile: anchorFile === undefined ? embeddedAnchor : resolve(anchorFile),
    sealSeconds: read.NIVEL_AUDIT_SEAL_SECONDS,
  };
}

function parseWith<T extends z.ZodType>(schema: T, env: NodeJS.ProcessEnv): z.infer<T> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) =>
    issue.message.includes(String(issue.path[0])) ? issue.message : `${String(issue.path[0])}: ${issue.message}`,
  );
  throw new StartupError(`The configuration is incomplete: ${wrong.join("; ")}. The README lists every variable.`);
}
