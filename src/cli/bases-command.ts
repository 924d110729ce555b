import { Command } from "commander";

export function basesCommand(): Command {
  return new Command("bases")
    .description("List the legal bases under which the hub discloses, and those under which nothing passes through it")
    .option("--json", "print as JSON")
    .action(async ({ json = false }: { json?: boolean }) => {
      const { LEGAL_BASES, LEGAL_BASIS_CODES } = await import("../disclosure/legal-basis.ts");
      const bases = LEGAL_BASIS_CODES.map((code) => ({ code, ...LEGAL_BASES[code] }));
      if (json) {
        process.stdout.write(`${JSON.stringify(bases)}\n`);
        return;
      }
      for (const { code, citation, text, kind, validFrom, evidence, opens, closed } of bases) {
        process.stdout.write(`${code}  ${citation}  ${text.en}\n`);
        process.stdout.write(`  ${kind}, in force since ${validFrom ?? "(not looked up)"}, ${evidence}\n`);
        if (closed !== null) process.stdout.write(`  Closed: ${closed.en}\n`);
        for (const { senders, receivers, categories, purposes } of opens) {
          const list = (names: readonly string[]) => (names.length > 0 ? names.join(" ") : "(not in the hub)");
          process.stdout.write(
            `  ${list(senders)} -> ${list(receivers)}: ${categories.join(" ")} [${purposes.join(" ")}]\n`,
          );
        }
      }
    });
}
