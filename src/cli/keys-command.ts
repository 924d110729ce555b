import { Presets, SingleBar } from "cli-progress";
import { Command } from "commander";
import { readConfig } from "../config.ts";
import { StartupError } from "../kernel/errors.ts";

export function keysCommand(): Command {
  const keys = new Command("keys").description("The keys that seal what the database holds of persons");
  keys
    .command("status")
    .description("List the data keys, what wraps them, and how many values each has made")
    .option("--json", "print as JSON")
    .action(async ({ json = false }: { json?: boolean }) => {
      const { withDatabase } = await import("./with-database.ts");
      const rows = await withDatabase(readConfig(), (database) => database.keys.status());
      if (json) process.stdout.write(`${JSON.stringify(rows)}\n`);
      else
        for (const { id, kind, state, wrappingKey, createdAt, values } of rows)
          process.stdout.write(
            `${id}  ${kind.padEnd(7)}  ${state.padEnd(9)}  ${createdAt.toISOString()}  ${values} values  wrapped by ${wrappingKey}\n`,
          );
    });
  keys
    .command("rotate")
    .description("Make new data keys and seal every row anew, while hubs on PostgreSQL go on; safe to repeat")
    .option("--json", "print the result as JSON")
    .action(async ({ json = false }: { json?: boolean }) => {
      const { withDatabase } = await import("./with-database.ts");
      const bar = new SingleBar({ format: "sealing anew: {value} rows", noTTYOutput: false }, Presets.shades_classic);
      const rows = await withDatabase(readConfig(), async (database) => {
        bar.start(0, 0);
        try {
          return await database.keys.rotate((done) => {
            bar.update(done);
          });
        } finally {
          bar.stop();
        }
      });
      process.stdout.write(json ? `${JSON.stringify({ rows })}\n` : `Sealed ${rows} rows with new keys.\n`);
    });
  keys
    .command("rewrap")
    .description("Wrap the data keys by the current key of the key file or key service; no row changes")
    .option("--json", "print the result as JSON")
    .action(async ({ json = false }: { json?: boolean }) => {
      const { withDatabase } = await import("./with-database.ts");
      const count = await withDatabase(readConfig(), (database) => database.keys.rewrap());
      process.stdout.write(json ? `${JSON.stringify({ rewrapped: count })}\n` : `Wrapped ${count} data keys anew.\n`);
    });
  keys
    .command("add")
    .description("Add a key to the key file and make it the current one, then wrap by it with: keys rewrap")
    .action(async () => {
      const { addFileKey } = await import("../persistence/vault/key-file.ts");
      const where = readConfig().database.keys;
      if (where?.kind !== "file")
        throw new StartupError("The keys are kept by a key management service. Rotate its key there.");
      process.stdout.write(`Data keys are wrapped by key ${await addFileKey(where.path)} from now on.\n`);
    });
  return keys;
}
