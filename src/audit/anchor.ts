import { createReadStream } from "node:fs";
import { appendFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { SEALED_HEAD, type SealedHead } from "./head.ts";
import { canonicalText } from "./leaf.ts";

/** One line of an anchor file: a head, or undefined where the line is none. */
export interface AnchorLine {
  line: number;
  head: SealedHead | undefined;
}

/** The same line for the same head, wherever it is written. */
export const headLine = (head: SealedHead): string => `${canonicalText(head)}\n`;

/**
 * Appends heads to a file outside the database, one JSON line each. Whoever cuts the log's tail with its heads must then
 * cut this too; keep it, or copies of it, where the hub's keepers cannot.
 */
export async function anchorHeads(file: string, heads: readonly SealedHead[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await appendFile(file, heads.map(headLine).join(""), { mode: 0o600 });
}

export async function* readAnchors(file: string): AsyncGenerator<AnchorLine> {
  let line = 0;
  for await (const text of createInterface({ input: createReadStream(file) })) {
    line += 1;
    if (text.trim() !== "") yield { line, head: parsed(text) };
  }
}

function parsed(text: string): SealedHead | undefined {
  try {
    return SEALED_HEAD.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
