import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PURPOSES, PURPOSES_OF_ROLE, type Purpose } from "../../src/access/purpose.ts";
import { CALLER_ROLES, type CallerRole } from "../../src/access/role.ts";
import type { Consent } from "../../src/disclosure/consent.ts";
import { NO_GROUNDS } from "../../src/disclosure/grounds.ts";
import { DATA_CATEGORIES, type DataCategory } from "../../src/disclosure/data-category.ts";
import { LEGAL_BASES } from "../../src/disclosure/legal-basis.ts";
import { type Verdict, decide } from "../../src/disclosure/policy.ts";
import { AUTHORITIES, type Authority } from "../../src/kernel/authority.ts";
import { addDays } from "../../src/kernel/dates.ts";
import { callerIn, consentOf, onDay } from "../support/decisions.ts";

/** The law as a table, written here a second time on purpose: role, holder, what is open without consent, basis. */
const OPEN: readonly [CallerRole, Authority, string, string][] = [
  ...(["PRISON_WORKER", "PROBATION_WORKER"] as const).flatMap((role): [CallerRole, Authority, string, string][] => [
    [
      role,
      "RISE",
      "IDENTIFICATION CONTACT FAMILY HOUSING ECONOMY ALLOWANCES SANCTION SENTENCE_DATES PLACEMENT OFFICER PLAN_EMPLOYMENT ACTIVITY WORK_ABILITY READINESS REFERRALS APPLICATION CONSENTS USE_LOG",
      "RISE_TASK",
    ],
    [role, "EMPLOYMENT", "EMPLOYMENT_SERVICES", "R1301_16_1_7"],
  ]),
  ["VTH_NURSE", "VTH", "IDENTIFICATION CONTACT HEALTH REFERRALS CONSENTS USE_LOG", "VTH_PATIENT_DATA"],
  ["VTH_NURSE", "RISE", "IDENTIFICATION SENTENCE_DATES PLACEMENT OFFICER", "RISE_TO_VTH"],
  [
    "COUNTY_WORKER",
    "COUNTY",
    "IDENTIFICATION CONTACT FAMILY HOUSING ECONOMY SOCIAL_SERVICES REFERRALS CONSENTS USE_LOG",
    "COUNTY_CLIENT_DATA",
  ],
  ["COUNTY_WORKER", "RISE", "APPLICATION", "RECEIVED_REFERRAL"],
  ["CHILD_PROTECTION_WORKER", "COUNTY", "IDENTIFICATION CONTACT FAMILY", "COUNTY_CLIENT_DATA"],
  [
    "EMPLOYMENT_CONTACT",
    "EMPLOYMENT",
    "IDENTIFICATION CONTACT EMPLOYMENT_SERVICES REFERRALS CONSENTS USE_LOG",
    "EMPLOYMENT_CLIENT_DATA",
  ],
  ["EMPLOYMENT_CONTACT", "RISE", "IDENTIFICATION SENTENCE_DATES PLAN_EMPLOYMENT ACTIVITY WORK_ABILITY", "R1301_28_TYO"],
  ["KELA_OFFICER", "KELA", "IDENTIFICATION CONTACT BENEFITS REFERRALS CONSENTS USE_LOG", "KELA_BENEFIT_DATA"],
  ["KELA_OFFICER", "RISE", "IDENTIFICATION SENTENCE_DATES PLACEMENT ALLOWANCES", "R1301_27_KELA"],
  [
    "PERSON",
    "RISE",
    "IDENTIFICATION CONTACT HOUSING ECONOMY ALLOWANCES SANCTION SENTENCE_DATES PLACEMENT OFFICER PLAN_EMPLOYMENT ACTIVITY WORK_ABILITY READINESS APPLICATION USE_LOG",
    "OWN_DATA",
  ],
  ["PERSON", "KELA", "BENEFITS USE_LOG", "OWN_DATA"],
  ["PERSON", "EMPLOYMENT", "EMPLOYMENT_SERVICES USE_LOG", "OWN_DATA"],
  ["PERSON", "VTH", "HEALTH", "OWN_DATA"],
  ["PERSON", "VTH", "USE_LOG", "LOG_EXTRACT"],
  ["PERSON", "COUNTY", "USE_LOG", "LOG_EXTRACT"],
];
const TABLE = new Map(
  OPEN.flatMap(([role, holder, categories, basis]) =>
    categories.split(" ").map((category) => [`${role} ${category} ${holder}`, basis] as const),
  ),
);

const verdictFor = (
  role: CallerRole,
  category: DataCategory,
  holder: Authority,
  consents: Consent[] = [],
  more: Parameters<typeof callerIn>[1] = {},
): Verdict => decide(callerIn(role, more), { ...NO_GROUNDS, consents }, onDay).on(category, holder);

const role = fc.constantFrom(...CALLER_ROLES);
const category = fc.constantFrom(...DATA_CATEGORIES);
const holder = fc.constantFrom(...AUTHORITIES);
const someConsent = fc
  .record({
    answer: fc.constantFrom("GIVEN" as const, "REFUSED" as const),
    disclosers: fc.subarray([...AUTHORITIES]),
    receiver: holder,
    receiverUnit: fc.constantFrom(null, "unit", "other"),
    categories: fc.subarray([...DATA_CATEGORIES]),
    purposes: fc.subarray([...PURPOSES]),
    givenOn: fc.integer({ min: -40, max: 5 }).map((days) => addDays(onDay, days)),
    validUntil: fc.integer({ min: -5, max: 40 }).map((days) => addDays(onDay, days)),
    withdrawnAt: fc.constantFrom(null, null, new Date("2026-01-01T00:00:00Z")),
  })
  .map(consentOf);

describe("what may leave without a consent", () => {
  it.each(CALLER_ROLES)("is for %s the law's lines and nothing else, each with its basis", (asking) => {
    for (const held of AUTHORITIES) {
      for (const kind of DATA_CATEGORIES) {
        const basis = TABLE.get(`${asking} ${kind} ${held}`);
        const verdict = verdictFor(asking, kind, held, [], { socialDataRight: true });
        const where = `${asking} ${kind} ${held}`;
        if (basis !== undefined) expect(verdict, where).toEqual({ allowed: true, basis, ground: null });
        else expect(verdict.allowed, where).toBe(false);
      }
    }
  });

  it("D2: county and Kela to Rise is no line at all", () => {
    expect([...TABLE.keys()].filter((line) => /^(PRISON|PROBATION)_WORKER .* (COUNTY|KELA|VTH)$/.test(line))).toEqual(
      [],
    );
  });

  it("D7: the person's own view opens no family data and nothing of the county's, which holds child protection", () => {
    for (const kind of DATA_CATEGORIES.filter((one) => one !== "USE_LOG"))
      expect(verdictFor("PERSON", kind, "COUNTY").allowed).toBe(false);
    for (const held of AUTHORITIES) expect(verdictFor("PERSON", "FAMILY", held).allowed).toBe(false);
  });

  it("D3: for a partner app there is no line and no consent", () => {
    fc.assert(
      fc.property(category, holder, fc.array(someConsent), (kind, held, consents) => {
        expect(verdictFor("PARTNER_APP", kind, held, consents)).toEqual({ allowed: false, reason: "NO_LEGAL_BASIS" });
      }),
    );
  });

  it("every basis that a verdict names has a citation and the day on which it was read", () => {
    for (const basis of new Set(TABLE.values())) {
      expect(LEGAL_BASES).toHaveProperty([basis, "citation"]);
      expect(LEGAL_BASES[basis as keyof typeof LEGAL_BASES].checkedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });
});

describe("what a consent opens", () => {
  it("denies by default: outside the table only a consent that covers exactly this opens anything", () => {
    fc.assert(
      fc.property(role, category, holder, fc.array(someConsent, { maxLength: 4 }), (asking, kind, held, consents) => {
        fc.pre(!TABLE.has(`${asking} ${kind} ${held}`));
        const caller = callerIn(asking, { socialDataRight: true });
        const verdict = decide(caller, { ...NO_GROUNDS, consents }, onDay).on(kind, held);
        if (!verdict.allowed) return;
        expect(verdict.basis).toBe("CONSENT");
        expect(
          consents.some(
            (consent) =>
              consent.answer === "GIVEN" &&
              consent.withdrawnAt === null &&
              consent.givenOn <= onDay &&
              onDay <= consent.validUntil &&
              consent.receiver === caller.authority &&
              (consent.receiverUnit ?? caller.unit) === caller.unit &&
              consent.purposes.includes(caller.purpose!) &&
              consent.disclosers.includes(held) &&
              consent.categories.includes(kind),
          ),
        ).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("D4: health never opens to Rise, nor anything else that the health service holds", () => {
    const receivers = ["PRISON_WORKER", "PROBATION_WORKER"] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...receivers),
        category,
        holder,
        fc.array(someConsent),
        (asking, kind, held, more) => {
          fc.pre(kind === "HEALTH" || held === "VTH");
          const consents = [consentOf({ receiver: "RISE" }), ...more];
          const verdict = verdictFor(asking, kind, held, consents, { socialDataRight: true });
          expect(verdict).toEqual({ allowed: false, reason: "NO_LEGAL_BASIS" });
        },
      ),
    );
  });

  it("D2: social data stays closed to a Rise worker without the right to it, whatever was consented to", () => {
    for (const asking of ["PRISON_WORKER", "PROBATION_WORKER"] as const) {
      const consents = [consentOf({ receiver: "RISE" })];
      const closed = { allowed: false, reason: "SOCIAL_DATA_RIGHT_MISSING" };
      for (const kind of DATA_CATEGORIES.filter((one) => !["HEALTH", "SANCTION", "USE_LOG"].includes(one))) {
        expect(verdictFor(asking, kind, "COUNTY", consents)).toEqual(closed);
        expect(verdictFor(asking, kind, "COUNTY", consents, { socialDataRight: true }).allowed).toBe(true);
      }
      expect(verdictFor(asking, "SOCIAL_SERVICES", "KELA", consents)).toEqual(closed);
    }
  });

  const changes: [string, Partial<Consent>][] = [
    ["refused", { answer: "REFUSED" }],
    ["withdrawn", { withdrawnAt: new Date("2026-11-01T00:00:00Z") }],
    ["not begun", { givenOn: addDays(onDay, 1) }],
    ["ended", { validUntil: addDays(onDay, -1) }],
    ["for another receiver", { receiver: "COUNTY" }],
    ["for another unit", { receiverUnit: "other" }],
    ["for another purpose", { purposes: ["ENFORCEMENT"] }],
    ["by another discloser", { disclosers: ["COUNTY"] }],
    ["of another category", { categories: ["HOUSING"] }],
  ];
  it.each(changes)("opens nothing when it is %s", (_, change) => {
    const good = consentOf({ receiver: "RISE", receiverUnit: "unit" });
    expect(verdictFor("PRISON_WORKER", "BENEFITS", "KELA", [good])).toEqual({
      allowed: true,
      basis: "CONSENT",
      ground: good.id,
    });
    expect(verdictFor("PRISON_WORKER", "BENEFITS", "KELA", [{ ...good, ...change }])).toEqual({
      allowed: false,
      reason: change.answer === "REFUSED" ? "CONSENT_REFUSED" : "CONSENT_MISSING",
    });
  });

  it("opens nothing for a caller who states no purpose", () => {
    const consents = [consentOf({ receiver: "RISE" })];
    expect(verdictFor("PRISON_WORKER", "BENEFITS", "KELA", consents, { purpose: null }).allowed).toBe(false);
  });

  it("closes nothing that the law opens", () => {
    fc.assert(
      fc.property(fc.constantFrom(...TABLE.keys()), fc.array(someConsent), (line, consents) => {
        const [asking, kind, held] = line.split(" ") as [CallerRole, DataCategory, Authority];
        expect(verdictFor(asking, kind, held, consents)).toEqual({
          allowed: true,
          basis: TABLE.get(line),
          ground: null,
        });
      }),
    );
  });
});

describe("purposes", () => {
  it("belong to one authority's task: no purpose of the county, Kela or health is Rise's", () => {
    const rise = new Set<Purpose>(PURPOSES_OF_ROLE.PRISON_WORKER);
    for (const asking of ["VTH_NURSE", "KELA_OFFICER", "EMPLOYMENT_CONTACT", "CHILD_PROTECTION_WORKER"] as const) {
      expect(PURPOSES_OF_ROLE[asking].filter((purpose) => rise.has(purpose))).toEqual([]);
    }
  });
});
