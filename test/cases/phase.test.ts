import { describe, expect, it } from "vitest";
import { hasEnded, phaseBy, phaseWhenServedByNobody } from "../../src/cases/phase.ts";
import { settlementOf } from "../../src/cases/remit.ts";
import type { RemitRow } from "../../src/cases/remit.repository.ts";
import type { HolderAnswer } from "../../src/cases/case.source.ts";
import { NO_GROUNDS } from "../../src/disclosure/grounds.ts";
import type { Authority } from "../../src/kernel/authority.ts";
import { localDate } from "../../src/kernel/dates.ts";
import type { WorkerId } from "../../src/kernel/ids.ts";
import { callerIn, onDay } from "../support/decisions.ts";

const { phase: NOT_SAID } = NO_GROUNDS;
const door = (text: string) => localDate(text);

describe("how far enforcement has come", () => {
  it("D13, D17: release is the earliest door, and enforcement goes on to the full term", () => {
    const sentence = {
      sanction: "FIXED_TERM_IMPRISONMENT" as const,
      supervisedFreedomOn: door("2026-12-22"),
      conditionalReleaseOn: door("2027-06-22"),
      fullTermOn: door("2028-01-10"),
    };
    expect(phaseBy(sentence, NOT_SAID)).toEqual({ releasedOn: "2026-12-22", enforcementEndsOn: "2028-01-10" });
    expect(phaseBy({ ...sentence, supervisedFreedomOn: null }, NOT_SAID).releasedOn).toBe("2027-06-22");
  });

  it.each(["REMAND", "LIFE_IMPRISONMENT"] as const)(
    "D17: %s has no full term, whatever date a system tells",
    (sanction) => {
      const phase = phaseBy({ sanction, fullTermOn: door("2020-01-01") }, NOT_SAID);
      expect(phase.enforcementEndsOn).toBeNull();
    },
  );

  it("D17: a date that the system has lost stays as it was; one that it says does not exist is gone", () => {
    const before = { releasedOn: door("2027-06-22"), enforcementEndsOn: door("2028-01-10") };
    expect(phaseBy({ sanction: "FIXED_TERM_IMPRISONMENT" }, before)).toEqual(before);
    expect(phaseBy(undefined, before)).toEqual(before);
    expect(phaseBy({ conditionalReleaseOn: null, fullTermOn: null }, before)).toEqual(NOT_SAID);
  });

  it("D13: the last day is included", () => {
    expect(hasEnded({ releasedOn: null, enforcementEndsOn: onDay }, onDay)).toBe(false);
    expect(hasEnded({ releasedOn: null, enforcementEndsOn: door("2026-11-22") }, onDay)).toBe(true);
    expect(hasEnded(NOT_SAID, onDay)).toBe(false);
  });

  it("D13: whom no unit serves is not enforced any more, since yesterday at the latest", () => {
    const later = { releasedOn: door("2027-06-22"), enforcementEndsOn: door("2028-01-10") };
    expect(phaseWhenServedByNobody(later, onDay)).toEqual({
      releasedOn: "2026-11-22",
      enforcementEndsOn: "2026-11-22",
    });
    const over = { releasedOn: door("2025-06-22"), enforcementEndsOn: door("2026-01-10") };
    expect(phaseWhenServedByNobody(over, onDay)).toEqual(over);
  });
});

const A = "jyvaskylan-vankila";
const B = "kuopion-vankila";
const OFFICE = "vali-suomen-yhdyskuntaseuraamustoimisto";
const OTHER_OFFICE = "ita-suomen-yhdyskuntaseuraamustoimisto";

const remit = (more: Partial<RemitRow>): RemitRow => ({
  id: `${more.role}/${more.unit}/${more.ground}`,
  role: "PRISON_WORKER",
  unit: A,
  workerId: null,
  ground: "UNIT",
  since: door("2026-01-01"),
  until: null,
  ...more,
});
const assigned = (unit: string) =>
  remit({ role: "PROBATION_WORKER", unit, workerId: "p" as WorkerId, ground: "ASSIGNMENT" });

const said = (authority: Authority, servedBy: string[], facts: HolderAnswer["facts"] = {}) =>
  new Map<Authority, HolderAnswer>([[authority, { asOf: null, facts, servedBy }]]);

const settled = (remits: RemitRow[], answers: Map<Authority, HolderAnswer>, caller = callerIn("PRISON_WORKER")) => {
  const { begins, ends, phase } = settlementOf(NOT_SAID, remits, answers, caller, onDay);
  return { begins: begins.map((one) => one.unit), ends: ends.map((one) => one.id), phase };
};

describe("what a system's answer does to remits", () => {
  it("D3: a move to another prison moves the unit's remit, and no assignment", () => {
    const kept = [remit({ ground: "ASSIGNMENT", workerId: "w" as WorkerId }), assigned(OFFICE)];
    expect(settled([remit({}), ...kept], said("RISE", [B]))).toMatchObject({ begins: [B], ends: [remit({}).id] });
  });

  it("D13: after the prison door the office alone serves the person, and the prison leaves", () => {
    const office = assigned(OFFICE);
    expect(settled([remit({}), office], said("RISE", [OFFICE]))).toMatchObject({ begins: [], ends: [remit({}).id] });
    expect(settled([remit({}), office], said("RISE", [A, OFFICE]))).toMatchObject({ begins: [], ends: [] });
  });

  it("D3: an assignment lasts until another office serves the person", () => {
    expect(settled([assigned(OFFICE)], said("RISE", [A]))).toMatchObject({ ends: [] });
    expect(settled([assigned(OFFICE)], said("RISE", [OTHER_OFFICE]))).toMatchObject({ ends: [assigned(OFFICE).id] });
  });

  it("D13: when no unit serves the person enforcement has ended, whoever asked", () => {
    const county = callerIn("COUNTY_WORKER");
    expect(settled([remit({})], said("RISE", []), county).phase).toMatchObject({ enforcementEndsOn: "2026-11-22" });
  });

  it.each([
    ["VTH_NURSE", "VTH", "TREATMENT"],
    ["COUNTY_WORKER", "COUNTY", "CLIENT_RELATIONSHIP"],
    ["EMPLOYMENT_CONTACT", "EMPLOYMENT", "CLIENT_RELATIONSHIP"],
    ["KELA_OFFICER", "KELA", "KELA_MATTER"],
  ] as const)("D3: a %s's remit ends when %s no longer serves the person by its unit", (role, authority, ground) => {
    const own = remit({ role, unit: "unit", ground });
    const others = [
      remit({ role, unit: "another", ground }),
      remit({ role, unit: "unit", ground: "RECEIVED_REFERRAL" }),
      remit({ role, unit: "unit", ground: "CONSENT" }),
      remit({}),
    ];
    const caller = callerIn(role);
    expect(settled([own, ...others], said(authority, ["another"]), caller)).toMatchObject({
      begins: [],
      ends: [own.id],
    });
    expect(settled([own, ...others], said(authority, ["unit"]), caller)).toMatchObject({ begins: [], ends: [] });
    // Another authority's question is not the moment of use, and a source that did not answer says nothing.
    expect(settled([own], said(authority, []), callerIn("PRISON_WORKER")).ends).toEqual([]);
    expect(settled([own], new Map(), caller).ends).toEqual([]);
  });
});
