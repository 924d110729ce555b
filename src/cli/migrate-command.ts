import { Command } from "commander";
import { readConfig } from "../config.ts";
import { systemClock } from "../kernel/clock.ts";

export function migrateCommand(): Command {
  return new Command("migrate")
    .description("Bring the database up to date, and import the directory of contacts; safe to repeat")
    .option("--json", "print the result as JSON")
    .option("--pending", "only list what would be applied")
    .action(async ({ json = false, pending = false }: { json?: boolean; pending?: boolean }) => {
      const { importDirectory } = await import("../contacts/contact.import.ts");
      const { withDatabase } = await import("./with-database.ts");
      const names = await withDatabase(readConfig(), async (database) => {
        if (pending) return database.pending();
        const applied = await database.migrate();
        await importDirectory(database.fork(), systemClock);
        return applied;
      });
      const key = pending ? "pending" : "applied";
      if (json) process.stdout.write(`${JSON.stringify({ [key]: names })}\n`);
      else process.stdout.write(names.length === 0 ? "The database is up to date.\n" : `${key}: ${names.join(", ")}\n`);
    });
}
