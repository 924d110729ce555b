import { randomBytes } from "node:crypto";
import { type Database, type DatabaseConfig, openDatabase } from "../../src/persistence/database.ts";

/** PostgreSQL when DATABASE_URL is set, the embedded database otherwise: the same tests run on both. */
export function testDatabaseConfig(): DatabaseConfig {
  const url = process.env["DATABASE_URL"];
  if (url === undefined) return { kind: "memory" };
  const run = process.env["NIVEL_TEST_RUN"] ?? "alone";
  const schema = `nivel_test_${run}_${randomBytes(6).toString("hex")}`;
  return { kind: "postgresql", url, schema, poolSize: 5, keys: { kind: "ephemeral" } };
}

let shared: Promise<Database> | undefined;

/** One migrated database per test worker; tests make their own rows and never count others'. */
export function testDatabase(): Promise<Database> {
  shared ??= (async () => {
    const database = await openDatabase(testDatabaseConfig());
    await database.migrate();
    return database;
  })();
  return shared;
}
