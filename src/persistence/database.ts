import { mkdir } from "node:fs/promises";
import { MikroORM as PgliteOrm } from "@mikro-orm/pglite";
import { type EntityManager, MikroORM as PostgresOrm } from "@mikro-orm/postgresql";
import { Migrator } from "@mikro-orm/migrations";
import { StartupError } from "../kernel/errors.ts";
import { type Vault, holdVault, vaultOf } from "../kernel/vault.ts";
import { ENTITIES } from "./entities.ts";
import { checkHubLogin } from "./hub-login.ts";
import { MIGRATIONS } from "./migrations/index.ts";
import { type KeyKeeping, keyKeeping, loadKeys } from "./vault/key-keeping.ts";
import { Keyring } from "./vault/keyring.ts";
import { type KeysConfig, keyWrapperOf } from "./vault/keys-config.ts";

/** Where the rows are: the embedded PGlite in a folder (or in memory), or a PostgreSQL server. */
export type DatabaseConfig = (
  | { kind: "embedded"; folder: string }
  | { kind: "memory"; dump?: Blob | undefined }
  | { kind: "postgresql"; url: string; schema?: string | undefined; poolSize: number }
) & {
  /** Who holds the keys. A database in memory makes its own; any other without them neither reads nor writes a person. */
  keys?: KeysConfig;
  /** The hub logs in as a role that the row-level security binds, and changes no table. */
  production?: boolean;
};

export interface Database {
  /**
   * A unit of work in the name of the login: of the owner (development, commands) without row-level security; in
   * production the hub's own login, which sees no person without the settings of `forkFor`.
   */
  fork(): EntityManager;
  vault: Vault;
  keys: KeyKeeping;
  /** A unit of work under row-level security, with the settings of `sessionOf`. */
  forkFor(session: Readonly<Record<string, string>>): EntityManager;
  /** A unit of work of the sealing of the audit log, which may do nothing else. */
  forkSealer(): EntityManager;
  /** Applies what is pending; several processes may call it at once. */
  migrate(): Promise<string[]>;
  pending(): Promise<string[]>;
  isAlive(): Promise<boolean>;
  close(): Promise<void>;
}

/** Serialises migrations of several processes on one PostgreSQL. The number only has to be the same everywhere. */
const MIGRATION_LOCK = 4_210_417;

/** An operation's caller waits no longer (`NIVEL_OPERATION_TIMEOUT_MS`), so neither does the server work on. */
const STATEMENT_TIMEOUT = "30s";

/** @throws StartupError in one line when the database cannot be reached or opened, or its keys are not at hand. */
export async function openDatabase(config: DatabaseConfig): Promise<Database> {
  const orm = await connect(config);
  const keys: KeysConfig | undefined = config.keys ?? (config.kind === "memory" ? { kind: "ephemeral" } : undefined);
  const keyring = keys && new Keyring(keyWrapperOf(keys));
  try {
    if (config.production) await checkHubLogin(orm.em.fork());
    if (keyring) {
      holdVault(orm.em.getPlatform(), keyring);
      await loadKeys(orm.em.fork(), keyring);
    }
    return databaseOn(orm, keyring, config.kind === "postgresql");
  } catch (error) {
    await orm.close(true);
    throw error;
  }
}

async function connect(config: DatabaseConfig): Promise<PostgresOrm> {
  const shared = {
    entities: [...ENTITIES],
    extensions: [Migrator],
    migrations: { migrationsList: MIGRATIONS, snapshot: false, tableName: "nivel_migration", transactional: true },
    discovery: { warnWhenNoEntities: false },
    logger: () => undefined,
  };
  try {
    if (config.kind === "postgresql") {
      const orm = await PostgresOrm.init({
        ...shared,
        clientUrl: config.url,
        ...(config.schema ? { schema: config.schema } : {}),
        pool: { min: 0, max: config.poolSize },
        driverOptions: {
          connectionTimeoutMillis: 5000,
          ...(config.schema ? { options: `-c search_path=${config.schema}` } : {}),
        },
      });
      await orm.em.execute("select 1");
      return orm;
    }
    if (config.kind === "embedded") await mkdir(config.folder, { recursive: true });
    const orm = await PgliteOrm.init({
      ...shared,
      dbName: config.kind === "embedded" ? config.folder : "memory://",
    });
    await orm.em.execute("select 1");
    return orm as unknown as PostgresOrm;
  } catch (cause) {
    throw new StartupError(
      config.kind === "postgresql"
        ? `The PostgreSQL of DATABASE_URL cannot be reached (${reason(cause)}). Start it or correct the address.`
        : `The embedded database cannot be opened (${reason(cause)}). Check NIVEL_DATA_DIR.`,
    );
  }
}

function reason(cause: unknown): string {
  const error = cause as { code?: string; cause?: { code?: string }; errors?: { code?: string }[]; name?: string };
  return error.code ?? error.cause?.code ?? error.errors?.[0]?.code ?? error.name ?? "unknown";
}

function databaseOn(orm: PostgresOrm, keyring: Keyring | undefined, serverSide: boolean): Database {
  const fork = () => orm.em.fork();
  const up = async () => {
    const names = (await orm.migrator.up()).map((done) => done.name);
    // Also after a migration that was rolled back, whose keys are none.
    if (keyring) await loadKeys(fork(), keyring);
    return names;
  };
  const keys = keyKeeping(fork, keyring, serverSide);
  return {
    fork,
    get vault() {
      return vaultOf(orm.em.getPlatform());
    },
    keys,
    // Role and limit go along as settings, so that one statement makes the whole session of a transaction.
    forkFor: (variables) =>
      orm.em.fork({
        session: { variables: { ...variables, role: "nivel_app", statement_timeout: STATEMENT_TIMEOUT } },
      }),
    forkSealer: () => orm.em.fork({ session: { variables: { role: "nivel_sealer" } } }),
    migrate: async () => {
      if (!serverSide) return up();
      const holder = orm.em.fork();
      await holder.begin();
      try {
        await holder.execute(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
        return await up();
      } finally {
        await holder.rollback();
      }
    },
    pending: async () => (await orm.migrator.getPending()).map((one) => one.name),
    isAlive: async () => {
      try {
        await orm.em.fork().execute("select 1");
        return true;
      } catch {
        return false;
      }
    },
    close: async () => {
      keys.close();
      await orm.close(true);
    },
  };
}
