import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaseId, StatementId, WorkerId } from "../../src/kernel/ids.ts";
import { type Statement, statementHash } from "../../src/statements/statement.ts";

type Signed = Omit<Statement, "signedHash">;

const instant = fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true });
const text = fc.string({ unit: "grapheme", maxLength: 40 });

const signed: fc.Arbitrary<Signed> = fc.record({
  id: fc.uuid().map((id) => id as StatementId),
  caseId: fc.uuid().map((id) => id as CaseId),
  version: fc.integer({ min: 1, max: 1000 }),
  language: fc.constantFrom("fi", "sv", "en"),
  author: fc.record({
    workerId: text.map((id) => id as WorkerId),
    name: text,
    title: text,
    phone: fc.option(text),
    email: fc.option(text),
  }),
  content: fc.record({
    need: text,
    arrangedByPrison: text,
    housingOnRelease: text,
    linkToSentencePlan: text,
    preparedTogether: fc.boolean(),
  }),
  agreement: fc.option(fc.record({ hasRead: fc.boolean(), agreesToAttach: fc.boolean() })),
  writtenAt: instant,
  signedAt: fc.option(instant),
});

/** Every part that a reader of the signed statement sees, by its path. */
const PATHS = [
  "id",
  "caseId",
  "version",
  "language",
  "author.workerId",
  "author.name",
  "author.title",
  "author.phone",
  "author.email",
  "content.need",
  "content.arrangedByPrison",
  "content.housingOnRelease",
  "content.linkToSentencePlan",
  "content.preparedTogether",
  "agreement",
  "writtenAt",
  "signedAt",
] as const;

function withPart(into: Signed, from: Signed, path: (typeof PATHS)[number]): Signed {
  const [group, field] = path.split(".") as [keyof Signed, string | undefined];
  if (field === undefined) return { ...into, [group]: from[group] };
  const taken = (from[group] as unknown as Record<string, unknown>)[field];
  return { ...into, [group]: { ...(into[group] as object), [field]: taken } };
}

describe("the hash of a signed statement", () => {
  it.each(PATHS)("changes when %s changes, and with nothing else", (path) => {
    fc.assert(
      fc.property(signed, signed, (one, other) => {
        const changed = withPart(one, other, path);
        const differs = JSON.stringify(changed) !== JSON.stringify(one);
        expect(statementHash(changed) !== statementHash(one)).toBe(differs);
      }),
      { numRuns: 50 },
    );
  });

  it("cannot be kept by moving text from one field to the next", () => {
    fc.assert(
      fc.property(signed, fc.string({ minLength: 1 }), (one, moved) => {
        const { need, arrangedByPrison } = one.content;
        const before = { ...one, content: { ...one.content, need: need + moved } };
        const after = { ...one, content: { ...one.content, arrangedByPrison: moved + arrangedByPrison } };
        expect(statementHash(before)).not.toBe(statementHash(after));
      }),
    );
  });

  it("is 64 hexadecimal digits", () => {
    fc.assert(fc.property(signed, (one) => /^[0-9a-f]{64}$/.test(statementHash(one))));
  });
});
