import { Command } from "commander";
import { readConfig } from "../config.ts";
import { systemClock } from "../kernel/clock.ts";

export function retentionCommand(): Command {
  return new Command("retention")
    .description("Say what has been kept for as long as the law wants; with --apply erase it, on record")
    .option("--apply", "erase; without it nothing is changed")
    .option("--json", "print the result as JSON")
    .action(async ({ apply = false, json = false }: { apply?: boolean; json?: boolean }) => {
      const { applyRetention, planRetention } = await import("../rights/retention.ts");
      const { NOT_HELD } = await import("../rights/retention-rule.ts");
      const { withMigratedDatabase } = await import("./with-database.ts");
      const findings = await withMigratedDatabase(readConfig(), (database) => {
        const parts = { fork: () => database.fork(), clock: systemClock };
        return apply ? applyRetention(parts) : planRetention(parts);
      });
      if (json) {
        process.stdout.write(`${JSON.stringify({ applied: apply, rules: findings })}\n`);
        return;
      }
      for (const { code, citation, due, rows, oldest } of findings) {
        const age = oldest === null ? "" : `, oldest ${oldest}`;
        process.stdout.write(`${code.padEnd(28)}${apply ? "erased" : "due"} ${due} of ${rows}${age}  (${citation})\n`);
      }
      for (const { what, keep, citation } of NOT_HELD)
        process.stdout.write(`${"(not held by the hub)".padEnd(28)}${what}: ${keep}  (${citation})\n`);
      if (!apply)
        process.stdout.write("Nothing was changed. To erase what is due: npm run nivel -- retention --apply\n");
    });
}
