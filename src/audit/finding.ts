/** What `audit verify` can find wrong with the log. */
export type FindingKind =
  | "ENTRY_CHANGED"
  | "ENTRY_REMOVED"
  | "ENTRY_INSERTED"
  | "ENTRY_REORDERED"
  | "HEAD_CHANGED"
  | "HEAD_MISSING"
  | "HEAD_KEY_UNKNOWN"
  | "HEAD_NOT_AS_ANCHORED"
  | "CHAIN_BROKEN"
  | "ANCHOR_INVALID"
  | "ERASURE_UNPROVEN"
  | "ERASURE_TOO_EARLY";

export interface Finding {
  kind: FindingKind;
  /** Id of the entry. */
  entry?: number;
  /** Number of the head. */
  head?: number;
  /** One sentence for the operator; ids and numbers only. */
  message: string;
}

/** More are counted, not kept: a log of which every entry was changed must not fill the memory. */
const MOST_KEPT = 1000;

export class Findings {
  readonly kept: Finding[] = [];
  count = 0;

  add(kind: FindingKind, where: Pick<Finding, "entry" | "head">, message: string): void {
    this.count += 1;
    if (this.kept.length < MOST_KEPT) this.kept.push({ kind, ...where, message });
  }

  addAll({ kept, count }: Findings): void {
    this.count += count;
    this.kept.push(...kept.slice(0, MOST_KEPT - this.kept.length));
  }
}

/** "entry 5" or "entries 5 to 9". */
export const entriesText = (firstId: number, lastId: number): string =>
  firstId >= lastId ? `entry ${lastId}` : `entries ${firstId} to ${lastId}`;
