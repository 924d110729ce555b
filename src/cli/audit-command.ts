import { access, writeFile } from "node:fs/promises";
import { Command } from "commander";
import { headLine, readAnchors } from "../audit/anchor.ts";
import type { SealedHead } from "../audit/head.ts";
import type { LogReport } from "../audit/verify.ts";
import { type Config, readConfig } from "../config.ts";
import { NivelError, StartupError } from "../kernel/errors.ts";
import { systemClock } from "../kernel/clock.ts";
import type { Database } from "../persistence/database.ts";

/** Not "the log is wrong" but "nobody can tell": no key, no database, no file. */
const CANNOT_TELL = 2;

interface VerifyOptions {
  json?: boolean;
  heads?: string;
}

export function auditCommand(): Command {
  const audit = new Command("audit").description("The audit log: prove that nothing in it was changed, and its seals");
  audit
    .command("verify")
    .description("Recompute every seal of the log, and name every entry that is not what was sealed")
    .option("--json", "print the report as JSON")
    .option("--heads <file>", "heads exported or anchored earlier, one JSON line each (default: the anchor file)")
    .addHelpText(
      "after",
      "\nExit code: 0 the log is whole; 1 it is not; 2 it cannot be verified (no key, no database).",
    )
    .action(async (options: VerifyOptions) => {
      try {
        const report = await verify(readConfig(), options);
        process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : reportText(report));
        if (report.found > 0) process.exitCode = 1;
      } catch (error) {
        if (!(error instanceof NivelError)) throw error;
        process.stderr.write(`nivel: ${error.message}\n`);
        process.exitCode = CANNOT_TELL;
      }
    });
  audit
    .command("heads")
    .description(
      "Export the signed heads, which hold no personal data, to be kept where the hub's keepers cannot reach",
    )
    .requiredOption("--export <file>", "file to write, one JSON line a head")
    .action(async ({ export: file }: { export: string }) => {
      const { exportedHeads } = await import("../audit/verify.ts");
      const count = await inLog(readConfig(), (database) => exportTo(file, exportedHeads(database.fork())));
      process.stdout.write(`Exported ${count} heads.\n`);
    });
  audit
    .command("rotate-key")
    .description(
      "Add a new key to the key file, or make the file; running hubs sign with it from their next sealing on",
    )
    .action(async () => {
      const { addAuditKey } = await import("../audit/audit-key.ts");
      const { keyFile } = readConfig().audit;
      process.stdout.write(`The audit log is signed by key ${await addAuditKey(keyFile ?? "")} from now on.\n`);
    });
  audit
    .command("public-keys")
    .description("Print the public keys as a key file for an auditor, who can verify with it and not seal")
    .action(async () => {
      const { publicKeySet } = await import("../audit/audit-key.ts");
      process.stdout.write(await publicKeySet(readConfig().audit.keyFile ?? ""));
    });
  return audit;
}

async function verify(config: Config, { heads }: VerifyOptions): Promise<LogReport> {
  const { readAuditKeys } = await import("../audit/audit-key.ts");
  const { verifyLog } = await import("../audit/verify.ts");
  const { trusted } = await readAuditKeys(config.audit.keyFile ?? "");
  const anchorFile = heads ?? (await existing(config.audit.anchorFile));
  if (heads !== undefined && !(await existing(heads)))
    throw new StartupError("The file of --heads cannot be read. Name one that `audit heads --export` wrote.");
  return inLog(config, (database) =>
    verifyLog(database.fork(), {
      trusted,
      anchors: anchorFile === undefined ? undefined : readAnchors(anchorFile),
      now: systemClock.now(),
    }),
  );
}

async function inLog<T>(config: Config, use: (database: Database) => Promise<T>): Promise<T> {
  const { withMigratedDatabase } = await import("./with-database.ts");
  return withMigratedDatabase(config, use);
}

async function existing(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  return access(file).then(
    () => file,
    () => undefined,
  );
}

async function exportTo(file: string, heads: AsyncIterable<SealedHead>): Promise<number> {
  let count = 0;
  try {
    await writeFile(
      file,
      (async function* () {
        for await (const head of heads) {
          count += 1;
          yield headLine(head);
        }
      })(),
      { mode: 0o600 },
    );
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw new StartupError(`The file of --export cannot be written (${code ?? "?"}). Name another.`);
  }
  return count;
}

const MOST_SHOWN = 20;

function reportText(report: LogReport): string {
  const { heads, entries, erased, erasuresUnsealed, unsealed, oldestUnsealedAt, anchored, found, findings } = report;
  const lines = [
    `${entries} sealed entries in ${heads} heads, the last sealed at ${report.lastSealedAt ?? "no time yet"}.`,
    ...(erased > 0 ? [`${erased} entries were erased by retention.`] : []),
    ...(erasuresUnsealed > 0 ? [`${erasuresUnsealed} erasures wait for a head to seal them.`] : []),
    unsealed === 0
      ? "Every entry is sealed."
      : `${unsealed} entries are not sealed yet, the oldest of ${oldestUnsealedAt ?? "?"}.`,
    anchored === null
      ? "No anchored heads were at hand: that the tail was not cut, with its heads, is not proven (--heads <file>)."
      : `${anchored} anchored heads were compared.`,
    ...(found === 0 ? ["The log is whole."] : [`THE LOG IS NOT WHOLE: ${found} findings.`]),
    ...findings.slice(0, MOST_SHOWN).map(({ kind, message }) => `  ${kind}: ${message}`),
    ...(found > MOST_SHOWN ? [`  … and ${found - MOST_SHOWN} more; --json lists up to 1000.`] : []),
  ];
  return `${lines.join("\n")}\n`;
}
