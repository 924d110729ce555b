import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Fact, type FactDefinition, type SettledFact, earliestRelease, settle } from "../../src/cases/case.ts";
import { AUTHORITIES } from "../../src/kernel/authority.ts";
import { type LocalDate, localDate } from "../../src/kernel/dates.ts";

const text: FactDefinition<string> = { kind: "text", holders: [], enterable: true };
const records: FactDefinition<string[]> = { kind: "records", holders: [], enterable: false };
const at = new Date("2026-11-23T09:00:00Z");

const word = <T>(value: T | null, holder: Fact<T>["holder"] = "RISE"): Fact<T> => ({
  value,
  holder,
  origin: "SYSTEM",
  asOf: at,
  retrievedAt: at,
});
const words = fc.array(
  fc.record({ value: fc.option(fc.constantFrom("a", "b")), holder: fc.constantFrom(...AUTHORITIES) }),
);

describe("settling what the holders said", () => {
  it("D15: nobody said anything: unknown when all answered, failed when one who could know did not", () => {
    expect(settle(text, [], false)).toEqual({ status: "UNKNOWN", value: null, facts: [] });
    expect(settle(text, [], true)).toEqual({ status: "FAILED", value: null, facts: [] });
  });

  it("D15: somebody said that there is none", () => {
    expect(settle(text, [word(null)], false).status).toBe("NONE");
    expect(settle(text, [word(null), word(null, "KELA")], true).status).toBe("NONE");
  });

  it("a value against none is a conflict", () => {
    expect(settle(text, [word("a"), word<string>(null, "KELA")], false)).toMatchObject({
      status: "CONFLICT",
      value: null,
    });
  });

  it("a list that all hold empty is none; one that somebody fills is known", () => {
    expect(settle(records, [word([]), word<string[]>(null, "KELA")], false)).toMatchObject({
      status: "NONE",
      value: [],
    });
    expect(settle(records, [word(["a"]), word(["b"], "KELA")], false)).toMatchObject({
      status: "KNOWN",
      value: ["a", "b"],
    });
  });

  it("resolves nothing silently: a value is shown only when it is every word, and every word is kept", () => {
    fc.assert(
      fc.property(words, fc.boolean(), (said, failed) => {
        const facts = said.map(({ value, holder }) => word(value, holder));
        const settled = settle(text, facts, failed);
        expect(settled.facts).toEqual(facts);
        if (settled.value !== null) expect(facts.every((fact) => fact.value === settled.value)).toBe(true);
        expect(settled.status === "KNOWN").toBe(settled.value !== null);
        expect(settled.status === "CONFLICT").toBe(new Set(facts.map((fact) => fact.value)).size > 1);
      }),
    );
  });
});

describe("the earliest planned door", () => {
  const known = (day: string): SettledFact<LocalDate> =>
    settle(text as FactDefinition<LocalDate>, [word(localDate(day))], false);
  const disputed = (...days: string[]): SettledFact<LocalDate> =>
    settle(
      text as FactDefinition<LocalDate>,
      days.map((day) => word(localDate(day))),
      false,
    );

  it("D17: is the earliest of those that are known", () => {
    expect(earliestRelease({ conditionalReleaseOn: known("2027-05-01"), fullTermOn: known("2028-05-01") })).toBe(
      "2027-05-01",
    );
    expect(earliestRelease({ supervisedFreedomOn: known("2029-01-01"), fullTermOn: known("2028-05-01") })).toBe(
      "2028-05-01",
    );
    expect(earliestRelease({})).toBeNull();
  });

  it("D17: is not told while holders disagree on a door that may come first", () => {
    const conditionalReleaseOn = disputed("2027-05-01", "2027-09-01");
    expect(earliestRelease({ conditionalReleaseOn, fullTermOn: known("2028-05-01") })).toBeNull();
    expect(earliestRelease({ conditionalReleaseOn, supervisedFreedomOn: known("2027-06-01") })).toBeNull();
    expect(earliestRelease({ conditionalReleaseOn })).toBeNull();
  });

  it("D17: is told when every disputed door comes later", () => {
    const conditionalReleaseOn = disputed("2027-05-01", "2027-09-01");
    expect(earliestRelease({ conditionalReleaseOn, supervisedFreedomOn: known("2027-02-01") })).toBe("2027-02-01");
  });
});
