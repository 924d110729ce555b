import { readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Command } from "commander";
import { StartupError } from "../kernel/errors.ts";

const FILE = resolve(import.meta.dirname, "../../schema/hub.graphql");

export function schemaCommand(): Command {
  return new Command("schema")
    .description("Print the published GraphQL schema to schema/hub.graphql")
    .option("--check", "write nothing; fail when the file is not what would be printed")
    .action(async ({ check = false }: { check?: boolean }) => {
      const { createSchema, printHubSchema } = await import("../graphql/schema.ts");
      const printed = printHubSchema(createSchema([]));
      if (!check) {
        await writeFile(FILE, printed);
        return;
      }
      const committed = await readFile(FILE, "utf8").catch(() => "");
      if (committed !== printed)
        throw new StartupError("schema/hub.graphql is out of date. Run: npm run nivel -- schema");
      process.stdout.write("schema/hub.graphql is what the code publishes.\n");
    });
}
