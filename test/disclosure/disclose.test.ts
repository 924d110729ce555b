import fc from "fast-check";
import { NO_GROUNDS } from "../../src/disclosure/grounds.ts";
import { describe, expect, it } from "vitest";
import { type Fact, type FactPath, FACT_PATHS, factDefinition } from "../../src/cases/case.ts";
import { type Gathered, discloseFacts } from "../../src/cases/gather.ts";
import { type DisclosureTable, disclose, emptyRecord } from "../../src/disclosure/disclose.ts";
import { type Decision, decide } from "../../src/disclosure/policy.ts";
import { CALLER_ROLES } from "../../src/access/role.ts";
import { AUTHORITIES, type Authority } from "../../src/kernel/authority.ts";
import { type CaseId, newId } from "../../src/kernel/ids.ts";
import { callerIn, consentOf, onDay } from "../support/decisions.ts";

interface Sample {
  id: string;
  street: string;
  balance: string;
}
const table = {
  id: "PUBLIC",
  street: { category: "CONTACT", tellsPlace: true },
  balance: { category: "ECONOMY" },
} satisfies DisclosureTable<Sample>;
const sample: Sample = { id: "1", street: "Salattukuja 7", balance: "12.00" };

const decision = (open: Partial<Record<string, true>>): Decision => ({
  on: (category) =>
    open[category]
      ? { allowed: true, basis: "RISE_TASK", ground: null }
      : { allowed: false, reason: "CONSENT_MISSING" },
});

const everything = new Set(["sample.street", "sample.balance"]);

describe("disclosing a flat record", () => {
  it("neither returns nor writes down what the document does not select", () => {
    const record = emptyRecord();
    const open = decision({ ECONOMY: true, CONTACT: true });
    const selected = new Set(["sample.balance"]);
    const shown = disclose(table, "RISE", "sample", sample, { decision: open, selected, record });
    expect(shown).toEqual({ id: "1", street: null, balance: "12.00" });
    expect(record).toEqual({
      left: [{ path: "sample.balance", holder: "RISE", basis: "RISE_TASK" }],
      withheld: [],
    });
    const none = { decision: decision({}), selected: new Set<string>(), record: emptyRecord() };
    expect(disclose(table, "RISE", "sample", sample, none)).toEqual({ id: "1", street: null, balance: null });
    expect(none.record).toEqual(emptyRecord());
  });

  it("lets go what is open, nulls what is closed, and writes down both without a value", () => {
    const record = emptyRecord();
    const open = decision({ ECONOMY: true });
    const shown = disclose(table, "RISE", "sample", sample, { decision: open, selected: everything, record });
    expect(shown).toEqual({ id: "1", street: null, balance: "12.00" });
    expect(record).toEqual({
      left: [{ path: "sample.balance", holder: "RISE", basis: "RISE_TASK" }],
      withheld: [{ path: "sample.street", holder: "RISE", reason: "CONSENT_MISSING" }],
    });
  });

  it("drops a field that the table does not name", () => {
    const wider: Sample = Object.assign({ ...sample }, { secret: "x" });
    const judgement = { decision: decision({}), selected: everything, record: emptyRecord() };
    expect(disclose(table, "RISE", "sample", wider, judgement)).not.toHaveProperty("secret");
  });

  it("D6: closes what tells the place under a protected address, and only that", () => {
    const open = decision({ CONTACT: true, ECONOMY: true });
    const judgement = { decision: open, selected: everything, record: emptyRecord() };
    const closed = disclose(table, "RISE", "sample", sample, { ...judgement, placeClosed: true });
    expect(closed).toEqual({ ...sample, street: null });
    expect(disclose(table, "RISE", "sample", sample, { ...judgement, placeClosed: false })).toEqual(sample);
  });

  it("D1: what is closed anyway has the same reason under a protected address", () => {
    const [open, closed] = [false, true].map((placeProtected) => {
      const record = emptyRecord();
      const judgement = { decision: decision({}), selected: everything, record, placeClosed: placeProtected };
      disclose(table, "RISE", "sample", sample, judgement);
      return record;
    });
    expect(closed).toEqual(open);
  });
});

const path = fc.constantFrom(...FACT_PATHS);
const said = fc.record({
  path,
  holder: fc.constantFrom(...AUTHORITIES),
  value: fc.oneof(fc.string(), fc.constant(null), fc.boolean()),
});
const asked = fc.record({
  role: fc.constantFrom(...CALLER_ROLES),
  socialDataRight: fc.boolean(),
  consents: fc.array(
    fc.record({ receiver: fc.constantFrom(...AUTHORITIES), disclosers: fc.subarray([...AUTHORITIES]) }).map(consentOf),
    { maxLength: 2 },
  ),
  failed: fc.subarray([...AUTHORITIES]),
  words: fc.array(said, { maxLength: 30 }),
});
const at = new Date("2026-11-23T00:00:00Z");

function disclosed(
  ask: { words: { path: FactPath; holder: Authority; value: unknown }[]; failed: Authority[] },
  caller: ReturnType<typeof callerIn>,
  by: Decision,
) {
  const fact = ({ value, holder }: { value: unknown; holder: Authority }): Fact<unknown> => ({
    value,
    holder,
    origin: "SYSTEM",
    asOf: at,
    retrievedAt: at,
  });
  const known = ask.words.filter((word) => factDefinition(word.path).holders.includes(word.holder));
  const words = new Map<FactPath, Fact<unknown>[]>();
  for (const word of known) words.set(word.path, [...(words.get(word.path) ?? []), fact(word)]);
  const gathered: Gathered = { words, failed: new Set(ask.failed), issues: [], answers: new Map() };
  const row = { id: newId<CaseId>(), hetu: null, openedAt: at, phase: NO_GROUNDS.phase };
  return discloseFacts(gathered, row, new Map(), new Set(FACT_PATHS), caller, by);
}

describe("disclosing a case", () => {
  it("never returns a word whose verdict is closed, and says so field by field", () => {
    fc.assert(
      fc.property(asked, ({ role, socialDataRight, consents, ...ask }) => {
        const caller = callerIn(role, { socialDataRight });
        const by = decide(caller, { ...NO_GROUNDS, consents }, onDay);
        const { facts, record } = disclosed(ask, caller, by);
        const left = new Set(record.left.map((one) => `${one.path} ${one.holder}`));
        for (const one of FACT_PATHS) {
          const [group, field] = one.split(".") as [keyof typeof facts, string];
          const settled = (
            facts[group] as unknown as Record<string, { status: string; value: unknown; facts: Fact<unknown>[] }>
          )[field]!;
          for (const word of settled.facts) expect(left.has(`${one} ${word.holder}`)).toBe(true);
          if (settled.status === "WITHHELD") expect(settled).toEqual({ status: "WITHHELD", value: null, facts: [] });
        }
        for (const { path: closed, holder } of record.withheld) expect(left.has(`${closed} ${holder}`)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  it("D1: a verdict never depends on a value: other values leave the same record", () => {
    fc.assert(
      fc.property(asked, fc.string(), ({ role, socialDataRight, consents, ...ask }, other) => {
        const caller = callerIn(role, { socialDataRight });
        const by = decide(caller, { ...NO_GROUNDS, consents }, onDay);
        const isProtection = (word: { path: FactPath }) => word.path === "person.addressProtected";
        const words = ask.words.map((word) => (isProtection(word) ? word : { ...word, value: other }));
        expect(disclosed({ ...ask, words }, caller, by).record).toEqual(disclosed(ask, caller, by).record);
      }),
      { numRuns: 200 },
    );
  });
});
