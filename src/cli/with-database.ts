import type { Config } from "../config.ts";
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

function asOwner({ database, ownerDatabaseUrl }: Config): Config["database"] {
  const owned = { ...database, production: false };
  return owned.kind === "postgresql" && ownerDatabaseUrl !== undefined ? { ...owned, url: ownerDatabaseUrl } : owned;
}
