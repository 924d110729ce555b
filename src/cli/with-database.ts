import type { Config } from "../config.ts";
import { StartupError } from "../kernel/errors.ts";
import { holdDataFolder } from "../persistence/data-folder.ts";
import { type Database, openDatabase } from "../persistence/database.ts";

/**
 * Opens the configured database for one command, under the folder's lock when it is the embedded one, and with the
 * owner's login when there is one.
 */
export async function withDatabase<T>(config: Config, use: (database: Database) => Promise<T>): Promise<T> {
  const held = config.database.kind === "embedded" ? await holdDataFolder(config.dataFolder, {}) : undefined;
  try {
    const database = await openDatabase(asOwner(config));
    try {
      return await use(database);
    } finally {
      await database.close();
    }
  } finally {
    await held?.release();
  }
}

/** The same for a command that must not bring the database up to date by itself. */
export const withMigratedDatabase = <T>(config: Config, use: (database: Database) => Promise<T>): Promise<T> =>
  withDatabase(config, async (database) => {
    if ((await database.pending()).length > 0)
      throw new StartupError("The database is not up to date. Run: npm run nivel -- migrate");
    return use(database);
  });

function asOwner({ database, ownerDatabaseUrl }: Config): Config["database"] {
  const owned = { ...database, production: false };
  return owned.kind === "postgresql" && ownerDatabaseUrl !== undefined ? { ...owned, url: ownerDatabaseUrl } : owned;
}
