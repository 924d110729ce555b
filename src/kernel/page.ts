import { InvalidInput } from "./errors.ts";

/** A forward page request: at most `first` items after the cursor `after` (exclusive). */
export interface PageRequest {
  first: number;
  after?: string | undefined;
}

export interface Page<T> {
  items: { cursor: string; node: T }[];
  hasNextPage: boolean;
}

export const MAX_PAGE_SIZE = 100;

/** @throws InvalidInput when `first` is not within 1-100. */
export function checkPageSize(first: number): number {
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE_SIZE) {
    throw new InvalidInput(`"first" must be between 1 and ${MAX_PAGE_SIZE}.`);
  }
  return first;
}

/** Cursors hold the sort key of the row, so that a page stays where it was when rows come and go before it. */
export const encodeCursor = (key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString("base64url");

/** @throws InvalidInput when the cursor was not made by `encodeCursor` with as many parts. */
export function decodeCursor(cursor: string, parts: number): string[] {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (Array.isArray(key) && key.length === parts && key.every((part) => typeof part === "string")) return key;
  } catch {
    // falls through to the one answer for every bad cursor
  }
  throw new InvalidInput('"after" must be a cursor that an earlier page returned.');
}

/** Makes a page of `first` items out of up to `first + 1` rows that were read. */
export function pageOf<T>(rows: readonly T[], first: number, key: (row: T) => readonly string[]): Page<T> {
  return {
    items: rows.slice(0, first).map((node) => ({ cursor: encodeCursor(key(node)), node })),
    hasNextPage: rows.length > first,
  };
}

/**
 * Cuts a page out of a whole short list.
 * @throws InvalidInput when `after` is not the cursor of one of its rows
 */
export function pageOfAll<T>(rows: readonly T[], { first, after }: PageRequest, id: (row: T) => string): Page<T> {
  const last = after === undefined ? -1 : rows.findIndex((row) => id(row) === decodeCursor(after, 1)[0]);
  if (after !== undefined && last === -1)
    throw new InvalidInput('"after" must be a cursor that an earlier page returned.');
  return pageOf(rows.slice(last + 1, last + 2 + first), first, (row) => [id(row)]);
}
