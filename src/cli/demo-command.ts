import { Command } from "commander";
import { resolve } from "node:path";

export function demoCommand(): Command {
  return new Command("demo")
    .description("Play the whole story over real HTTP against a hub of its own; leaves the PDFs in out/")
    .option("--out <folder>", "where the PDFs go", "out")
    .action(async ({ out }: { out: string }) => {
      const { playDemo } = await import("./demo.ts");
      await playDemo(resolve(out), (line) => process.stdout.write(`${line}\n`));
      // A process that had an open PGlite may not exit by itself.
      process.exit(0);
    });
}
