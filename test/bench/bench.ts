/** `npm run bench [-- --json]`: what the hub costs, each figure beside a peer or a floor of the same run. */
import "reflect-metadata";
import { auditRows } from "./audit.bench.ts";
import { hiddenRows } from "./hidden.bench.ts";
import { pdfRows } from "./pdf.bench.ts";
import { queryRows } from "./query.bench.ts";
import type { Row } from "./row.ts";
import { startRows } from "./start.bench.ts";

const rows: Row[] = [
  ...(await startRows()),
  ...(await queryRows()),
  ...(await pdfRows()),
  ...(await auditRows()),
  ...(await hiddenRows()),
];
process.stdout.write(process.argv.includes("--json") ? `${JSON.stringify({ rows })}\n` : table(rows));
process.exit(0);

function table(all: readonly Row[]): string {
  const cells = all.map(({ what, unit, figure, peer, peerFigure, ratio }) => [
    what,
    `${rounded(figure)} ${unit}`,
    `${rounded(peerFigure)} ${unit}`,
    `${ratio.toPrecision(2)} x`,
    peer,
  ]);
  const lines = [["", "figure", "peer", "ratio", "the peer"], ...cells];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join("  ")
          .trimEnd()}\n`,
    )
    .join("");
}

function rounded(figure: number): string {
  return figure < 100 ? figure.toPrecision(3) : String(Math.round(figure));
}
