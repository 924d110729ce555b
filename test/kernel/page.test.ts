import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../../src/kernel/errors.ts";
import { checkPageSize, decodeCursor, encodeCursor, pageOf } from "../../src/kernel/page.ts";

describe("a page", () => {
  const rows = ["a", "b", "c"];
  const key = (row: string) => [row];

  it("is as many rows as asked, and tells from the one row more that there are others", () => {
    const page = pageOf(rows, 2, key);
    expect(page.items.map((item) => item.node)).toEqual(["a", "b"]);
    expect(page.hasNextPage).toBe(true);
    expect(pageOf(rows, 3, key).hasNextPage).toBe(false);
    expect(pageOf([], 3, key)).toEqual({ items: [], hasNextPage: false });
  });

  it("is found again by the cursor of its last row", () => {
    expect(decodeCursor(pageOf(rows, 2, key).items[1]?.cursor ?? "", 1)).toEqual(["b"]);
  });

  it("has cursors that survive any text, an address and a header", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { maxLength: 4 }), (parts) => {
        const cursor = encodeCursor(parts);
        expect(cursor).toMatch(/^[\w-]*$/);
        expect(decodeCursor(cursor, parts.length)).toEqual(parts);
      }),
    );
  });

  it("refuses every cursor that was not made by it, with one answer", () => {
    const made = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    for (const cursor of ["", "x", "%%%", made("text"), made(null), made({ 0: "a" }), made([1]), made(["a", "b"])]) {
      expect(() => decodeCursor(cursor, 1)).toThrow(InvalidInput);
    }
    fc.assert(
      fc.property(fc.string(), (cursor) => {
        expect(() => decodeCursor(cursor, 9)).toThrow(InvalidInput);
      }),
    );
  });

  it.each([0, -1, 101, 1.5, Number.NaN, Number.POSITIVE_INFINITY])("has never %d rows", (first) => {
    expect(() => checkPageSize(first)).toThrow(InvalidInput);
  });

  it.each([1, 100])("may have %d rows", (first) => {
    expect(checkPageSize(first)).toBe(first);
  });
});
