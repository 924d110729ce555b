import { Command } from "commander";
import { NivelError } from "../kernel/errors.ts";
import { auditCommand } from "./audit-command.ts";
import { clientsCommand } from "./clients-command.ts";
import { basesCommand } from "./bases-command.ts";
import { demoCommand } from "./demo-command.ts";
import { formsCommand } from "./forms-command.ts";
import { keysCommand } from "./keys-command.ts";
import { manualCommand } from "./manual-command.ts";
import { migrateCommand } from "./migrate-command.ts";
import { operationsCommand } from "./operations-command.ts";
import { retentionCommand } from "./retention-command.ts";
import { schemaCommand } from "./schema-command.ts";
import { seedCommand } from "./seed-command.ts";
import { serveCommand } from "./serve-command.ts";
import { tokenCommand } from "./token-command.ts";

/** Runs the operator's command line. What an operator can mend is one line on stderr and exit code 1. */
export async function runNivel(args: readonly string[]): Promise<void> {
  const program = new Command("nivel")
    .description("Nivel: the hub between prison, prison health, county, employment services and Kela.")
    .addHelpText(
      "after",
      "\nStart with:\n  npm start                               the hub, on the embedded database, with sandbox authorities\n" +
        "  npm run -s nivel -- token prison-worker   a token for it, in another terminal\n" +
        "\nEvery setting is an environment variable; the README lists them.",
    )
    .showHelpAfterError('(see "npm run nivel -- --help")');
  for (const command of [
    serveCommand(),
    migrateCommand(),
    keysCommand(),
    auditCommand(),
    clientsCommand(),
    seedCommand(),
    tokenCommand(),
    formsCommand(),
    schemaCommand(),
    retentionCommand(),
    operationsCommand(),
    manualCommand(),
    basesCommand(),
    demoCommand(),
  ]) {
    program.addCommand(command);
    for (const each of [command, ...command.commands]) each.copyInheritedSettings(program);
  }
  try {
    await program.parseAsync([...args], { from: "user" });
  } catch (error) {
    if (!(error instanceof NivelError)) throw error;
    process.stderr.write(`nivel: ${error.message}\n`);
    process.exitCode = 1;
  }
}
