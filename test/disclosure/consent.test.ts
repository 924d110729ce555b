import { describe, expect, it } from "vitest";
import { type Consent, isConsentOpenTo, partiesToTell, takesBack, takesFrom } from "../../src/disclosure/consent.ts";
import { type CasePhase, NO_GROUNDS } from "../../src/disclosure/grounds.ts";
import { decide } from "../../src/disclosure/policy.ts";
import type { WorkerId } from "../../src/kernel/ids.ts";
import { addDays } from "../../src/kernel/dates.ts";
import { callerIn, consentOf, onDay } from "../support/decisions.ts";

const worker = callerIn("PRISON_WORKER");
const kelaToRise = (more: Partial<Consent> = {}) =>
  consentOf({ disclosers: ["KELA"], categories: ["BENEFITS"], ...more });
const benefits = (consents: Consent[], phase: CasePhase = NO_GROUNDS.phase, caller = worker) =>
  decide(caller, { ...NO_GROUNDS, consents, phase }, onDay).on("BENEFITS", "KELA");
const refusal = (more: Partial<Consent> = {}) => kelaToRise({ answer: "REFUSED", ...more });

describe("consent, refusal and absence", () => {
  it("are three things: a refusal is told to a caller to whom it exists", () => {
    expect(benefits([])).toEqual({ allowed: false, reason: "CONSENT_MISSING" });
    expect(benefits([refusal()])).toEqual({ allowed: false, reason: "CONSENT_REFUSED" });
    expect(benefits([kelaToRise()]).allowed).toBe(true);
  });

  it("D1: a refusal that does not exist for the caller is told as a missing consent", () => {
    // It tells of social services too, and was recorded elsewhere (decision D2).
    const hidden = refusal({ recordedByAuthority: "KELA", categories: ["BENEFITS", "SOCIAL_SERVICES"] });
    expect(benefits([hidden])).toEqual({ allowed: false, reason: "CONSENT_MISSING" });
    const social = callerIn("PRISON_WORKER", { socialDataRight: true });
    expect(benefits([hidden], undefined, social)).toEqual({ allowed: false, reason: "CONSENT_REFUSED" });
  });
});

describe("the newest word", () => {
  const earlier = kelaToRise({ givenOn: addDays(onDay, -10) });
  const later = (answer: Consent["answer"]) => kelaToRise({ answer, givenOn: addDays(onDay, -5) });

  it("wins: a later refusal closes an earlier consent, a later consent opens again", () => {
    expect(benefits([earlier, later("REFUSED")]).allowed).toBe(false);
    expect(benefits([{ ...earlier, answer: "REFUSED" }, later("GIVEN")]).allowed).toBe(true);
  });

  it("of one day is the one recorded later, and of one instant the refusal", () => {
    const at = (hour: string) => new Date(`2026-11-13T${hour}:00:00Z`);
    const given = { ...earlier, recordedAt: at("10") };
    const refused = { ...earlier, answer: "REFUSED" as const };
    expect(benefits([given, { ...refused, recordedAt: at("09") }]).allowed).toBe(true);
    expect(benefits([given, { ...refused, recordedAt: at("11") }]).allowed).toBe(false);
    expect(benefits([{ ...refused, recordedAt: at("10") }, given]).allowed).toBe(false);
  });

  it("closes only what it names", () => {
    const wide = kelaToRise({ categories: ["BENEFITS", "ECONOMY"], givenOn: addDays(onDay, -10) });
    const decision = decide(worker, { ...NO_GROUNDS, consents: [wide, later("REFUSED")] }, onDay);
    expect(decision.on("BENEFITS", "KELA").allowed).toBe(false);
    expect(decision.on("ECONOMY", "KELA").allowed).toBe(true);
  });

  it("of refusal has no end of its own, and falls with its withdrawal", () => {
    const ended = refusal({ givenOn: addDays(onDay, -5), validUntil: addDays(onDay, -1) });
    expect(benefits([earlier, ended]).allowed).toBe(false);
    expect(benefits([earlier, { ...ended, withdrawnAt: new Date("2026-11-20T00:00:00Z") }]).allowed).toBe(true);
  });

  it("takes back all of an earlier consent, or a part", () => {
    const wide = kelaToRise({ categories: ["BENEFITS", "ECONOMY"] });
    expect(takesBack(refusal(), kelaToRise())).toBe(true);
    expect(takesBack(refusal(), wide)).toBe(false);
    expect(takesFrom(refusal(), wide)).toBe(true);
    expect(takesFrom(refusal({ receiver: "COUNTY" }), wide)).toBe(false);
    expect(takesFrom(refusal({ categories: ["HOUSING"] }), wide)).toBe(false);
  });
});

describe("how long and how a consent opens", () => {
  const phase = (releasedOn: string | null, enforcementEndsOn: string | null) =>
    ({ releasedOn, enforcementEndsOn }) as CasePhase;

  it("ends with its event, the day itself included, and with its last day at the latest", () => {
    const untilRelease = kelaToRise({ endsWith: "RELEASE" });
    expect(benefits([untilRelease], phase(null, null)).allowed).toBe(true);
    expect(benefits([untilRelease], phase(onDay, null)).allowed).toBe(true);
    expect(benefits([untilRelease], phase(addDays(onDay, -1), null)).allowed).toBe(false);
    const untilEnd = kelaToRise({ endsWith: "END_OF_ENFORCEMENT" });
    expect(benefits([untilEnd], phase(addDays(onDay, -9), onDay)).allowed).toBe(true);
    expect(benefits([untilEnd], phase(addDays(onDay, -9), addDays(onDay, -1))).allowed).toBe(false);
    const ended = { ...untilEnd, validUntil: addDays(onDay, -1) };
    expect(benefits([ended], phase(null, addDays(onDay, 30))).allowed).toBe(false);
    expect(benefits([kelaToRise()], phase(addDays(onDay, -9), addDays(onDay, -9))).allowed).toBe(true);
  });

  it("opens through the hub only what may be disclosed electronically", () => {
    expect(benefits([kelaToRise({ methods: ["SPOKEN", "PAPER"] })]).allowed).toBe(false);
    expect(benefits([kelaToRise({ methods: ["SPOKEN", "ELECTRONIC"] })]).allowed).toBe(true);
    expect(benefits([kelaToRise({ methods: null })]).allowed).toBe(true);
  });
});

describe("for whom a consent exists", () => {
  const county = (unit: string) => callerIn("COUNTY_WORKER", { unit });
  const byCounty = (more: Partial<Consent>) =>
    consentOf({
      recordedByAuthority: "COUNTY",
      recordedByUnit: "15",
      disclosers: ["COUNTY"],
      receiver: "RISE",
      ...more,
    });

  it("D7: what a neighbouring county recorded does not exist for this one", () => {
    expect(isConsentOpenTo(byCounty({}), county("15"))).toBe(true);
    expect(isConsentOpenTo(byCounty({}), county("16"))).toBe(false);
    expect(isConsentOpenTo(byCounty({ recordedByUnit: null }), county("15"))).toBe(false);
    const named = byCounty({ receiver: "COUNTY", receiverUnit: "16" });
    expect(isConsentOpenTo(named, county("16"))).toBe(true);
  });

  it("Rise has one register: what one prison recorded exists for another", () => {
    const recorded = consentOf({ recordedByUnit: "vanaja", disclosers: ["KELA"], categories: ["BENEFITS"] });
    expect(isConsentOpenTo(recorded, callerIn("PRISON_WORKER", { unit: "other" }))).toBe(true);
  });
});

describe("a withdrawal", () => {
  it("names every other party of the consent once", () => {
    const consent = consentOf({
      disclosers: ["KELA", "COUNTY"],
      receiver: "RISE",
      recordedBy: "w" as WorkerId,
      recordedByAuthority: "RISE",
    });
    expect(partiesToTell(consent, { authority: "RISE", unit: "unit" })).toEqual(["KELA", "COUNTY"]);
    expect(partiesToTell(consent, { authority: "KELA", unit: null })).toEqual(["COUNTY", "RISE"]);
  });

  it("tells a county's neighbour, which is an authority of its own", () => {
    const consent = consentOf({
      disclosers: ["RISE"],
      receiver: "COUNTY",
      recordedByAuthority: "COUNTY",
      recordedByUnit: "15",
    });
    expect(partiesToTell(consent, { authority: "COUNTY", unit: "16" })).toEqual(["RISE", "COUNTY"]);
  });
});
