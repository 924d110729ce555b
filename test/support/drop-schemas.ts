import { randomBytes } from "node:crypto";
import { openDatabase } from "../../src/persistence/database.ts";

/** Names this run's schemas, so that two runs on one PostgreSQL leave each other's alone. */
const run = randomBytes(4).toString("hex");
process.env["NIVEL_TEST_RUN"] = run;

/** Once after the whole run: PostgreSQL is left as it was. */
export async function teardown(): Promise<void> {
  const url = process.env["DATABASE_URL"];
  if (url === undefined) return;
  const database = await openDatabase({ kind: "postgresql", url, poolSize: 2 });
  const em = database.fork();
  const left = await em.execute<{ name: string }[]>(
    "select nspname as name from pg_namespace where nspname like ? order by 1",
    [`nivel\\_test\\_${run}\\_%`],
  );
  for (const { name } of left) await em.execute(`drop schema if exists "${name}" cascade`);
  await database.close();
}
