import { Argument, Command, Option } from "commander";
import { readConfig } from "../config.ts";
import { systemClock } from "../kernel/clock.ts";

export function manualCommand(): Command {
  return new Command("manual")
    .description("Print an area's manual from the directory of contacts")
    .addArgument(new Argument("<area>", "code of the wellbeing services county, e.g. 15"))
    .addOption(new Option("--language <language>").choices(["fi", "sv"]).default("fi"))
    .action(async (area: string, { language }: { language: "fi" | "sv" }) => {
      const { manualText } = await import("../contacts/manual.ts");
      const { loadDirectory } = await import("../contacts/contact.repository.ts");
      const { importDirectory } = await import("../contacts/contact.import.ts");
      const { withDatabase } = await import("./with-database.ts");
      const text = await withDatabase(readConfig(), async (database) => {
        await database.migrate();
        await importDirectory(database.fork(), systemClock);
        return manualText(area, language, await loadDirectory(database.fork()));
      });
      process.stdout.write(`${text}\n`);
    });
}
