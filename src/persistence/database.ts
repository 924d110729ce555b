import { mkdir } from "node:fs/promises";
import { MikroORM as PgliteOrm } from "@mikro-orm/pglite";
import { type EntityManager, MikroORM as PostgresOrm } from "@mikro-orm/postgresql";
import { Migrator } from "@mikro-orm/migrations";
import { StartupError } from "../kernel/errors.ts";
import { ENTITIES } from "./entities.ts";
import { MIGRATIONS } from "./migrations/index.ts";

/** Where the rows are: the embedded PGlite in a folder (or in memory), or a PostgreSQL server. */
export type DatabaseConfig =
  | { kind: "embedded"; folder: string }
  | { kind: "memory"; dump?: Blob | undefined }
  | { kind: "postgresql"; url: string; schema?: string | undefined; poolSize: number };

export interface Database {
  /** A unit of work of the hub itself: commands, imports. No row-level security. */
  fork(): EntityManager;
  /** A unit of work under row-level security, with the settings of `sessionOf`. */
  forkFor(session: Readonly<Record<string, string>>): EntityManager;
  /** Applies what is pending; several processes may call it at once. */
  migrate(): Promise<string[]>;
  pending(): Promise<string[]>;
  isAlive(): Promise<boolean>;
  close(): Promise<void>;
}

/** Serialises migrations of several processes on one PostgreSQL. The number only has to be the same everywhere. */
const MIGRATION_LOCK = 4_210_417;

/** @throws StartupError in one line when the database cannot be reached or opened. */
export async function openDatabase(config: DatabaseConfig): Promise<Database> {
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
      return databaseOn(orm, true);
    }
    if (config.kind === "embedded") await mkdir(config.folder, { recursive: true });
    const orm = await PgliteOrm.init({
      ...shared,
      dbName: config.kind === "embedded" ? config.folder : "memory://",
    });
    await orm.em.execute("select 1");
    return databaseOn(orm as unknown as PostgresOrm, false);
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

function databaseOn(orm: PostgresOrm, serverSide: boolean): Database {
  return {
    fork: () => orm.em.fork(),
    forkFor: (variables) => orm.em.fork({ session: { variables: { ...variables } } }),
    migrate: async () => {
      if (!serverSide) return (await orm.migrator.up()).map((done) => done.name);
      const holder = orm.em.fork();
      await holder.begin();
      try {
        await holder.execute(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
        return (await orm.migrator.up()).map((done) => done.name);
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
    close: () => orm.close(true),
  };
}
