import { Argument, Command, Option } from "commander";
import { readConfig } from "../config.ts";
import type { Directory } from "../contacts/directory.ts";
import { systemClock } from "../kernel/clock.ts";
import { readHolder } from "../persistence/data-folder.ts";

export function manualCommand(): Command {
  return new Command("manual")
    .description("Print an area's manual from the directory of contacts")
    .addArgument(new Argument("<area>", "code of the wellbeing services county, e.g. 15"))
    .addOption(new Option("--language <language>").choices(["fi", "sv"]).default("fi"))
    .action(async (area: string, { language }: { language: "fi" | "sv" }) => {
      const { manualText } = await import("../contacts/manual.ts");
      process.stdout.write(`${manualText(area, language, await currentDirectory())}\n`);
    });
}

/** The directory as its people keep it; as printed, while a running hub has the embedded database for itself. */
async function currentDirectory(): Promise<Directory> {
  const config = readConfig();
  if (config.database.kind === "embedded" && (await readHolder(config.dataFolder))) {
    const { printedDirectory } = await import("../contacts/directory.ts");
    process.stderr.write(
      "nivel: a running hub holds the database; this is the directory without what people changed.\n",
    );
    return printedDirectory();
  }
  const { loadDirectory } = await import("../contacts/contact.repository.ts");
  const { importDirectory } = await import("../contacts/contact.import.ts");
  const { withDatabase } = await import("./with-database.ts");
  return withDatabase(config, async (database) => {
    await database.migrate();
    await importDirectory(database.fork(), systemClock);
    return loadDirectory(database.fork());
  });
}
