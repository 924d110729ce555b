import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PURPOSES } from "../../src/access/purpose.ts";
import { CALLER_ROLES } from "../../src/access/role.ts";
import type { Consent } from "../../src/disclosure/consent.ts";
import { DATA_CATEGORIES } from "../../src/disclosure/data-category.ts";
import { type Grounds, NO_GROUNDS } from "../../src/disclosure/grounds.ts";
import {
  LEGAL_BASES,
  LEGAL_BASIS_CODES,
  type LegalBasis,
  type LegalBasisCode,
  type Opening,
} from "../../src/disclosure/legal-basis.ts";
import { PERMIT_STATES, type Permit, isAnsweredBy, isPermitOpenTo } from "../../src/disclosure/permit.ts";
import { type Verdict, decide } from "../../src/disclosure/policy.ts";
import { AUTHORITIES } from "../../src/kernel/authority.ts";
import { addDays } from "../../src/kernel/dates.ts";
import { newId } from "../../src/kernel/ids.ts";
import { callerIn, consentOf, onDay } from "../support/decisions.ts";

const permitOf = (more: Partial<Permit>): Permit => ({
  id: newId(),
  caseId: newId(),
  basis: "R1301_16_2_3",
  state: "GRANTED",
  holder: "COUNTY",
  holderUnit: "15",
  receiver: "RISE",
  receiverUnit: "unit",
  categories: ["SOCIAL_SERVICES"],
  purpose: "RELEASE_PLANNING",
  from: addDays(onDay, -1),
  until: addDays(onDay, 1),
  ...more,
});
const worker = callerIn("PRISON_WORKER", { socialDataRight: true, purpose: "RELEASE_PLANNING" });
const social = (permit: Permit, caller = worker): Verdict =>
  decide(caller, { ...NO_GROUNDS, permits: [permit] }, onDay).on("SOCIAL_SERVICES", "COUNTY");

describe("a granted request", () => {
  it("opens what was granted, on its basis and by its id", () => {
    const permit = permitOf({});
    expect(social(permit)).toEqual({ allowed: true, basis: "R1301_16_2_3", ground: permit.id, registers: ["15"] });
  });

  const changes: [string, Partial<Permit>][] = [
    ["while it is only requested", { state: "REQUESTED" }],
    ["when declined", { state: "DECLINED" }],
    ["when ended", { state: "ENDED" }],
    ["before it", { from: addDays(onDay, 1) }],
    ["after it", { until: addDays(onDay, -1) }],
    ["to another unit", { receiverUnit: "other" }],
    ["to another authority", { receiver: "KELA" }],
    ["for another purpose", { purpose: "ENFORCEMENT" }],
    ["of another category", { categories: ["WORK_ABILITY"] }],
    ["of another holder", { holder: "EMPLOYMENT" }],
    ["under a section that does not name it", { basis: "ATL_64" }],
    ["under a closed section", { basis: "LSL_25" }],
  ];
  it.each(changes)("opens nothing %s", (_, change) => {
    expect(social(permitOf(change)).allowed).toBe(false);
  });

  it("D2: still needs the right to social data", () => {
    const caller = callerIn("PRISON_WORKER", { purpose: "RELEASE_PLANNING" });
    expect(social(permitOf({}), caller)).toEqual({ allowed: false, reason: "SOCIAL_DATA_RIGHT_MISSING" });
  });

  it("D4: never carries health to Rise, whatever is written in it", () => {
    const permits = [
      permitOf({ categories: [...DATA_CATEGORIES] }),
      permitOf({ holder: "VTH", categories: ["HEALTH"] }),
    ];
    const decision = decide(worker, { ...NO_GROUNDS, permits }, onDay);
    for (const holder of AUTHORITIES) expect(decision.on("HEALTH", holder).allowed).toBe(false);
  });
});

describe("a request that waits for its answer", () => {
  const asked = callerIn("COUNTY_WORKER", { unit: "15" });
  const waiting = permitOf({ state: "REQUESTED", categories: [] });

  it("tells the asked county who the person is, on the request's own basis, and nothing else", () => {
    const decision = decide(asked, { ...NO_GROUNDS, permits: [waiting] }, onDay);
    expect(decision.on("IDENTIFICATION", "RISE")).toEqual({
      allowed: true,
      basis: "R1301_16_2_3",
      ground: waiting.id,
    });
    const open = DATA_CATEGORIES.filter((category) => decision.on(category, "RISE").allowed);
    expect(open).toEqual(["IDENTIFICATION", "APPLICATION"]);
    const before = decide(asked, NO_GROUNDS, onDay);
    expect(DATA_CATEGORIES.filter((category) => before.on(category, "RISE").allowed)).toEqual(["APPLICATION"]);
  });

  it.each([
    ["declined", { ...waiting, state: "DECLINED" as const }],
    ["over", { ...waiting, until: addDays(onDay, -1) }],
    ["another county's", { ...waiting, holderUnit: "16" }],
  ])("tells nothing when it is %s", (_, permit) => {
    expect(decide(asked, { ...NO_GROUNDS, permits: [permit] }, onDay).on("IDENTIFICATION", "RISE").allowed).toBe(false);
  });

  it("D2: exists in Rise only for those who may handle social data", () => {
    expect(isPermitOpenTo(waiting, worker)).toBe(true);
    expect(isPermitOpenTo(waiting, { ...worker, socialDataRight: false })).toBe(false);
    const byCounty = permitOf({
      basis: "ATL_64",
      holder: "RISE",
      holderUnit: null,
      receiver: "COUNTY",
      receiverUnit: "15",
    });
    expect(isAnsweredBy(byCounty, worker)).toBe(true);
    expect(isAnsweredBy(byCounty, { ...worker, socialDataRight: false })).toBe(false);
    expect(isAnsweredBy(waiting, asked)).toBe(true);
    expect(isAnsweredBy(waiting, { ...asked, unit: "16" })).toBe(false);
  });
});

describe("whoever asks for whatever, whenever", () => {
  const NEEDING_A_PERMIT = LEGAL_BASIS_CODES.filter((code) =>
    ["REQUEST", "NOTIFICATION"].includes(LEGAL_BASES[code].kind),
  );
  const day = fc.integer({ min: -2000, max: 40 }).map((days) => addDays(onDay, days));
  const near = fc.integer({ min: -40, max: 40 }).map((days) => addDays(onDay, days));
  const authority = fc.constantFrom(...AUTHORITIES);
  const consent: fc.Arbitrary<Consent> = fc
    .record({
      answer: fc.constantFrom("GIVEN" as const, "REFUSED" as const),
      disclosers: fc.subarray([...AUTHORITIES]),
      receiver: authority,
      categories: fc.subarray([...DATA_CATEGORIES]),
      purposes: fc.subarray([...PURPOSES]),
      givenOn: near,
      validUntil: near,
      recordedByAuthority: authority,
      endsWith: fc.constantFrom(null, "RELEASE" as const, "END_OF_ENFORCEMENT" as const),
    })
    .map(consentOf);
  const permit: fc.Arbitrary<Permit> = fc
    .record({
      basis: fc.oneof(fc.constantFrom(...LEGAL_BASIS_CODES), fc.constantFrom(...NEEDING_A_PERMIT)),
      state: fc.constantFrom(...PERMIT_STATES),
      holder: authority,
      holderUnit: fc.constantFrom(null, "unit", "15"),
      receiver: authority,
      receiverUnit: fc.constantFrom("unit", "other"),
      categories: fc.subarray([...DATA_CATEGORIES]),
      purpose: fc.constantFrom(...PURPOSES),
      from: near,
      until: near,
    })
    .map(permitOf);
  const anything = fc.record({
    basis: fc.constantFrom(...LEGAL_BASIS_CODES),
    role: fc.constantFrom(...CALLER_ROLES),
    purpose: fc.constantFrom(null, ...PURPOSES),
    holder: authority,
    category: fc.constantFrom(...DATA_CATEGORIES),
  });
  /** What some section names, so that what opens is tried as often as what does not. */
  const named = fc
    .constantFrom(...LEGAL_BASIS_CODES)
    .chain((basis) => fc.record({ basis: fc.constant(basis), opening: fc.constantFrom(...LEGAL_BASES[basis].opens) }))
    .filter(({ opening }) => Object.values(opening).every((list) => list.length > 0))
    .chain(({ basis, opening }: { basis: LegalBasisCode; opening: Opening }) =>
      fc.record({
        basis: fc.constant(basis),
        role: fc.constantFrom(...opening.receivers),
        purpose: fc.constantFrom(...opening.purposes),
        holder: fc.constantFrom(...opening.senders),
        category: fc.constantFrom(...opening.categories),
      }),
    );
  const question = fc.record({
    asked: fc.oneof(anything, named),
    socialDataRight: fc.boolean(),
    on: fc.oneof(day, near),
    consents: fc.array(consent, { maxLength: 3 }),
    permits: fc.array(permit, { maxLength: 3 }),
    /** The grounds are made for the question, but for their state. */
    aimed: fc.boolean(),
    phase: fc.record({ releasedOn: fc.option(near), enforcementEndsOn: fc.option(near) }),
  });

  it("is allowed only what a basis in force, a granted permit or a living consent names, and says which", () => {
    const opened = new Map<string, number>();
    fc.assert(
      fc.property(question, ({ asked, socialDataRight, on, aimed, ...rest }) => {
        const { basis, role, purpose, holder, category } = asked;
        const caller = callerIn(role, { purpose, socialDataRight });
        const receiver = caller.authority;
        const grounds: Grounds =
          aimed && receiver && purpose
            ? {
                ...rest,
                permits: rest.permits.map(({ id, caseId, state }) =>
                  permitOf({
                    id,
                    caseId,
                    state,
                    basis,
                    holder,
                    receiver,
                    purpose,
                    categories: [category],
                    from: on,
                    until: on,
                  }),
                ),
                consents: rest.consents.map((one) => ({ ...one, receiver, disclosers: [...one.disclosers, holder] })),
              }
            : rest;
        const verdict = decide(caller, grounds, on).on(category, holder);
        if (!verdict.allowed) return;
        const { kind, closed, validFrom, validTo, opens }: LegalBasis = LEGAL_BASES[verdict.basis];
        opened.set(kind, (opened.get(kind) ?? 0) + 1);
        expect(closed).toBeNull();
        expect((validFrom ?? on) <= on && on <= (validTo ?? on)).toBe(true);
        const isNamed = opens.some(
          (opening) =>
            opening.senders.includes(holder) &&
            opening.receivers.includes(role) &&
            opening.categories.includes(category) &&
            purpose !== null &&
            opening.purposes.includes(purpose),
        );
        if (kind === "LAW") {
          expect(isNamed).toBe(true);
          expect(verdict.ground).toBeNull();
          return;
        }
        if (kind === "CONSENT") {
          expect(isNamed).toBe(true);
          const { answer, disclosers, receiver, categories, purposes, givenOn, validUntil } = grounds.consents.find(
            (one) => one.id === verdict.ground,
          )!;
          expect({ answer, receiver }).toEqual({ answer: "GIVEN", receiver: caller.authority });
          expect(disclosers.includes(holder) && categories.includes(category) && purposes.includes(purpose!)).toBe(
            true,
          );
          expect(givenOn <= on && on <= validUntil).toBe(true);
          return;
        }
        const by = grounds.permits.find((one) => one.id === verdict.ground)!;
        expect(by.from <= on && on <= by.until).toBe(true);
        if (by.receiver === "RISE" && by.holder === caller.authority) {
          expect([category, holder]).toEqual(["IDENTIFICATION", "RISE"]);
          return;
        }
        expect(isNamed).toBe(true);
        expect(by).toMatchObject({
          state: "GRANTED",
          holder,
          receiver: caller.authority,
          receiverUnit: "unit",
          purpose,
        });
        expect(by.categories).toContain(category);
      }),
      { numRuns: 8000 },
    );
    expect([...opened.keys()].sort()).toEqual(["CONSENT", "LAW", "NOTIFICATION", "REQUEST"]);
  });
});
