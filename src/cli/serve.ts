import { join } from "node:path";
import type { IssuerConfig } from "../access/authenticate.ts";
import { readXroadTrust } from "../access/xroad-trust.ts";
import { openAuditKeys } from "../audit/audit-key.ts";
import type { Config } from "../config.ts";
import { importDirectory } from "../contacts/contact.import.ts";
import { type HubParts, cannotStart, createHub } from "../hub.ts";
import { AUTHORITIES } from "../kernel/authority.ts";
import type { Clock } from "../kernel/clock.ts";
import { StartupError } from "../kernel/errors.ts";
import { type HeldDataFolder, holdDataFolder } from "../persistence/data-folder.ts";
import { type Database, openDatabase } from "../persistence/database.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { createSources } from "../sources/register.ts";
import { DEFAULT_QUERY } from "./default-query.ts";

export interface RunningHub {
  url: string;
  database: Database;
  /** Only in development. */
  sandbox: Sandbox | undefined;
  /** Finishes the requests in flight, closes the database cleanly, frees the data folder. */
  stop(): Promise<void>;
}

/** The audience of development's tokens. */
export const DEVELOPMENT_AUDIENCE = "urn:nivel:hub";

/**
 * Starts a hub by its configuration: data folder, database, migrations, directory, and in development the sandbox with
 * its seeded persons. What was opened is closed again when a later step fails.
 * @throws StartupError with one line for the operator
 */
export async function startHub(config: Config, clock: Clock): Promise<RunningHub> {
  const closers: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const folder = await takeFolder(config, closers);
    const database = await openDatabase(config.database);
    closers.push(() => database.close());
    // In production the owner of the tables has done it: the hub's own login could not.
    if (!config.production) await database.migrate();
    await importDirectory(database.fork(), clock);

    const sandbox = config.production ? undefined : await startDevelopment(config, database, clock);
    if (sandbox) closers.push(() => sandbox.close());

    const hub = await createHub({
      database,
      sources: createSources(sourcesOf(config, sandbox), clock),
      issuer: issuerOf(config, sandbox),
      clock,
      formsFolder: config.formsFolder,
      audit: await auditOf(config),
      production: config.production,
      logLevel: config.logLevel,
      logFile: config.logFile,
      clients: config.clients,
      requests: config.requests,
      xroad: config.xroadTrustFile === undefined ? undefined : await readXroadTrust(config.xroadTrustFile),
      defaultQuery: DEFAULT_QUERY,
    });
    closers.push(() => hub.close());
    const url = await hub.listen(config);
    await folder?.update({
      urls: { graphql: `${url}/graphql`, ...(sandbox ? { tokenEndpoint: sandbox.issuer.tokenEndpoint } : {}) },
    });
    return { url, database, sandbox, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A database in memory takes its log with it, and the keys of it too. */
async function auditOf({ audit, database }: Config): Promise<HubParts["audit"]> {
  const inMemory = database.kind === "memory";
  const { sealSeconds } = audit;
  return {
    sealSeconds,
    keys: await openAuditKeys(inMemory ? { ...audit, keyFile: undefined } : audit),
    anchorFile: inMemory ? undefined : audit.anchorFile,
  };
}

async function takeFolder(config: Config, closers: (() => Promise<void>)[]): Promise<HeldDataFolder | undefined> {
  // On PostgreSQL several processes serve side by side; only the embedded database needs the folder for itself.
  if (config.database.kind !== "embedded") return undefined;
  const held = await holdDataFolder(config.dataFolder, {});
  closers.push(() => held.release());
  return held;
}

async function startDevelopment(config: Config, database: Database, clock: Clock): Promise<Sandbox> {
  const { startSandbox } = await import("../sandbox/sandbox.ts");
  const { seedCases } = await import("./seed.ts");
  const { seedClients } = await import("./seed-clients.ts");
  const firstPort = config.port === 0 ? 0 : config.port + 1;
  try {
    const sandbox = await startSandbox({
      ...config.sandbox,
      firstPort,
      audience: DEVELOPMENT_AUDIENCE,
      stateFolder: config.database.kind === "memory" ? undefined : join(config.dataFolder, "sandbox"),
      clock,
    });
    await seedCases(database, sandbox.population, clock);
    await seedClients(database, clock);
    return sandbox;
  } catch (error) {
    throw cannotStart(error, (error as { port?: number }).port ?? firstPort);
  }
}

function sourcesOf(config: Config, sandbox: Sandbox | undefined): Config["sources"] {
  if (!sandbox) return config.sources;
  const urls = sandbox.authorities.urls;
  const authorities = Object.fromEntries(
    AUTHORITIES.map((authority) => [authority, config.sources.authorities[authority] ?? { url: urls[authority] }]),
  );
  return { ...config.sources, authorities };
}

function issuerOf(config: Config, sandbox: Sandbox | undefined): IssuerConfig {
  if (config.issuer) return config.issuer;
  if (!sandbox) throw new StartupError("No issuer of access tokens is configured.");
  const { issuer, jwksUri } = sandbox.issuer;
  return { issuer, jwksUri, audience: DEVELOPMENT_AUDIENCE };
}
