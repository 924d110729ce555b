import { join } from "node:path";
import { Presets, SingleBar } from "cli-progress";
import { Command } from "commander";
import { readConfig } from "../config.ts";
import { systemClock } from "../kernel/clock.ts";
import { StartupError } from "../kernel/errors.ts";
import { wholeNumber } from "./whole-number.ts";

export function seedCommand(): Command {
  return new Command("seed")
    .description("Open a case for each made-up person of the sandbox; development only, safe to repeat")
    .option("--seed <number>", "seed of the population", wholeNumber(1_000_000))
    .option("--size <number>", "how many persons", wholeNumber(10_000))
    .option("--json", "print the result as JSON")
    .action(async (options: { seed?: number; size?: number; json?: boolean }) => {
      const { importDirectory } = await import("../contacts/contact.import.ts");
      const { populationOf } = await import("../sandbox/sandbox.ts");
      const { seedCases } = await import("./seed.ts");
      const { withDatabase } = await import("./with-database.ts");
      const config = readConfig();
      if (config.production)
        throw new StartupError("Production has no made-up persons. Unset NODE_ENV to seed a development database.");
      const { seed = config.sandbox.seed, size = config.sandbox.size } = options;
      const opened = await withDatabase(config, async (database) => {
        await database.migrate();
        await importDirectory(database.fork(), systemClock);
        const stateFolder = join(config.dataFolder, "sandbox");
        const population = await populationOf({ seed, size, stateFolder, clock: systemClock });
        const bar = new SingleBar(
          { format: "seeding {bar} {value}/{total}", noTTYOutput: false },
          Presets.shades_classic,
        );
        bar.start(population.length, 0);
        const count = await seedCases(database, population, systemClock, (done) => {
          bar.update(done);
        });
        bar.stop();
        return count;
      });
      process.stdout.write(options.json ? `${JSON.stringify({ opened })}\n` : `Opened ${opened} cases.\n`);
    });
}
