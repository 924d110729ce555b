import { Argument, Command } from "commander";
import { readConfig } from "../config.ts";
import { StartupError } from "../kernel/errors.ts";
import { DEMO_CALLER_NAMES, type DemoCallerName } from "../sandbox/demo-callers.ts";

export function tokenCommand(): Command {
  return new Command("token")
    .description("Print an access token of a demo caller, alone on one line; the development hub must be running")
    .addArgument(new Argument("<caller>", "who asks").choices(DEMO_CALLER_NAMES))
    .option("--for-partner", "for the demo partner app to send in nivel-on-behalf-of, beside its own token")
    .action(async (caller: DemoCallerName, { forPartner = false }: { forPartner?: boolean }) => {
      const config = readConfig();
      if (config.production)
        throw new StartupError("Production has no demo callers: fetch tokens from its own issuer.");
      const { readHolder } = await import("../persistence/data-folder.ts");
      const { fetchDemoToken } = await import("../sandbox/issuer.ts");
      const holder = await readHolder(config.dataFolder);
      // On PostgreSQL nobody holds the folder; the issuer stands on the port after the hub's.
      const endpoint = holder?.urls?.["tokenEndpoint"] ?? `http://127.0.0.1:${config.port + 1}/token`;
      try {
        process.stdout.write(`${await fetchDemoToken(endpoint, caller, { forPartner })}\n`);
      } catch {
        throw new StartupError("No development hub answers. Start it with: npm start");
      }
    });
}
