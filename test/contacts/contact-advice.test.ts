import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PHASES, type Phase, SITUATIONS, type Situation, isOfficeTime } from "../../src/contacts/contact.ts";
import { type AdviceQuery, adviseContacts } from "../../src/contacts/contact-advice.ts";
import type { ContactStep } from "../../src/contacts/contact-answer.ts";
import { printedDirectory } from "../../src/contacts/directory.ts";
import { localDate } from "../../src/kernel/dates.ts";

const directory = printedDirectory();
const MONDAY_MORNING = new Date("2026-11-23T09:00:00+02:00");
const MONDAY_NIGHT = new Date("2026-11-23T23:00:00+02:00");
const CRISIS_NUMBER = "+358142660149";
const EXECUTIVE_ASSISTANCE_NUMBER = "+358142663478";

const ask = (query: Partial<AdviceQuery> & { situation: Situation }) =>
  adviseContacts({
    place: { status: "KNOWN", code: "179" },
    prisonUnit: "jyvaskylan-vankila",
    phase: "ENFORCEMENT",
    urgent: false,
    now: MONDAY_MORNING,
    directory,
    ...query,
  });
const stepOf = (code: string, query: Partial<AdviceQuery> & { situation: Situation }): ContactStep =>
  ask(query).steps.find((step) => step.code === code)!;
const values = (step: ContactStep) => step.contacts.map((contact) => contact.value);
const roles = (step: ContactStep) => step.contacts.map((contact) => contact.role);

describe("whom to contact in Central Finland", () => {
  it("answers with channel, instruction in three languages, what to include, and the citation", () => {
    const step = stepOf("P2", { situation: "NO_CLIENT_RELATIONSHIP", phase: "PREPARATION" });
    expect(values(step).slice(0, 2)).toEqual(["+358503119001", "+358503118824"]);
    expect(step.contacts[0]).toMatchObject({ role: "NAMED_CHANNEL", displayValue: "050 311 9001" });
    expect(Object.keys(step.instruction)).toEqual(["fi", "sv", "en"]);
    expect(step.include[0]!.code).toBe("OFFICER_CONTACT");
    expect(step.citation).toMatchObject({ evidence: "DOCUMENT" });
    expect(step.receiver).toMatchObject({ code: "county-15", basis: "HOME_MUNICIPALITY", certain: true });
  });

  it("D26: says of what is only printed that nobody has confirmed it", () => {
    const step = stepOf("P2", { situation: "NO_CLIENT_RELATIONSHIP", phase: "PREPARATION" });
    expect(step.verification).toBe("PRINTED_UNDATED");
    expect(step.missing).toHaveLength(1);
  });

  it("offers the registry after the named channel, and never its e-mail address", () => {
    const step = stepOf("P2", { situation: "NO_CLIENT_RELATIONSHIP", phase: "PREPARATION" });
    const registry = step.contacts.at(-1)!;
    expect(registry).toMatchObject({ role: "REGISTRY", system: "REGISTRY", value: null, displayValue: null });
    expect(registry.how!.fi).toContain("turvapostilla");
  });

  it("makes the registry itself the channel of a written request", () => {
    const step = stepOf("P6", { situation: "INFORMATION_REQUEST" });
    expect(step.contacts[0]).toMatchObject({ role: "NAMED_CHANNEL", system: "REGISTRY", value: null });
  });

  it("D23: the executive-assistance number serves that situation only, in any phase and at any hour", () => {
    for (const situation of SITUATIONS) {
      for (const phase of PHASES) {
        for (const now of [MONDAY_MORNING, MONDAY_NIGHT]) {
          const offered = ask({ situation, phase, now, urgent: true }).steps.flatMap(values);
          expect(offered.includes(EXECUTIVE_ASSISTANCE_NUMBER)).toBe(situation === "EXECUTIVE_ASSISTANCE");
        }
      }
    }
  });

  it("shows the crisis service only for urgent need or out of office hours, last and marked as such", () => {
    const day = stepOf("P2", { situation: "NO_CLIENT_RELATIONSHIP", phase: "PREPARATION" });
    expect(values(day)).not.toContain(CRISIS_NUMBER);
    for (const query of [{ now: MONDAY_NIGHT }, { urgent: true }]) {
      const step = stepOf("P2", { situation: "NO_CLIENT_RELATIONSHIP", phase: "PREPARATION", ...query });
      const crisis = step.contacts.find((contact) => contact.value === CRISIS_NUMBER)!;
      expect(crisis.role).toBe("CRISIS_SERVICE");
      expect(crisis.onlyFor!.sv).toContain("Endast");
      expect(roles(step).indexOf("CRISIS_SERVICE")).toBeGreaterThan(roles(step).lastIndexOf("REGISTRY"));
    }
  });

  it("makes the crisis service the channel of a crisis, with 112 after it", () => {
    const step = stepOf("K1", { situation: "CRISIS" });
    expect(step.contacts[0]).toMatchObject({ role: "CRISIS_SERVICE", value: CRISIS_NUMBER });
    expect(step.contacts.at(-1)).toMatchObject({ role: "EMERGENCY_NUMBER", value: "112", shortNumber: true });
    expect(step.verification).toBe("PRINTED_UNDATED");
  });

  it("D23: offers no number for a substitution treatment unit, since none is printed for it", () => {
    const step = stepOf("P19", { situation: "OPIOID_TREATMENT_TRANSFER", phase: "RELEASE" });
    expect(step.contacts).toEqual([]);
    expect(step.verification).toBe("UNVERIFIED");
    expect(step.missing).toHaveLength(1);
  });
});

describe("a plain e-mail address in the directory", () => {
  const registry = directory.contactPoints.find((one) => one.key === "hyvaks-registry")!;
  const withPoint = (system: "EMAIL" | "REGISTRY") =>
    ask({
      situation: "NO_CLIENT_RELATIONSHIP",
      directory: {
        ...directory,
        contactPoints: [{ ...registry, system, verifiedOn: localDate("2026-11-01") }],
      },
    });

  it("is not offered at all, even when a steward has verified it", () => {
    expect(withPoint("EMAIL").steps.flatMap((step) => step.contacts)).toEqual([]);
    expect(withPoint("EMAIL").steps[0]!.verification).toBe("UNVERIFIED");
  });

  it("is offered as a registry without its value", () => {
    for (const step of withPoint("REGISTRY").steps) {
      expect(step.contacts).toMatchObject([{ role: "REGISTRY", value: null }]);
    }
  });
});

describe("whom to contact where nothing is verified", () => {
  it("says so, says what is missing and where to look it up, and invents no number", () => {
    const step = stepOf("P2", {
      situation: "NO_CLIENT_RELATIONSHIP",
      phase: "PREPARATION",
      place: { status: "KNOWN", code: "564" },
    });
    expect(step).toMatchObject({ receiverStatus: "FOUND", contacts: [], verification: "UNVERIFIED" });
    expect(step.missing[0]!.fi).toContain("Pohjois-Pohjanmaan hyvinvointialue");
    expect(step.lookUp[0]!.url).toContain("/Organization/businesscode/3221326-2");
  });

  it("tells NURRI only of Oulu, and the employment area's contact person everywhere", () => {
    const codes = (code: string) =>
      ask({ situation: "EMPLOYMENT_UNDER_30", place: { status: "KNOWN", code } }).steps.map((step) => step.code);
    expect(codes("564")).toEqual(["A2", "A3"]);
    expect(codes("179")).toEqual(["A3"]);
  });

  it("D30: names the Roma project in South Ostrobothnia until its last day, 31.3.2028", () => {
    const codes = (now: string, code: string) =>
      ask({ situation: "ROMA_EMPLOYMENT", place: { status: "KNOWN", code }, now: new Date(now) }).steps.map(
        (step) => step.code,
      );
    expect(codes("2028-03-31T12:00:00+03:00", "743")).toEqual(["D30-roma", "D30-roma-employment"]);
    expect(codes("2028-04-01T12:00:00+03:00", "743")).toEqual(["D30-roma-employment"]);
    expect(codes("2026-11-23T12:00:00+02:00", "179")).toEqual(["D30-roma-employment"]);
  });

  it("names a TYM network where one is known, its inferred area marked", () => {
    const steps = ask({ situation: "EMPLOYMENT_TYM", place: { status: "KNOWN", code: "564" } }).steps;
    expect(steps[1]).toMatchObject({ code: "C2-network", receiver: { code: "tym-oulun-seutu", certain: false } });
  });

  it("sends a Suomenlinna prisoner's health matters to Helsinki prison's clinic", () => {
    const step = stepOf("P5", {
      situation: "SUBSTITUTION_TREATMENT",
      phase: "PREPARATION",
      prisonUnit: "suomenlinnan-vankila",
    });
    expect(step.receiver!.code).toBe("vth-helsingin-vankila");
  });

  it("answers a steward's verified number in another area as verified", () => {
    const point = {
      ...directory.contactPoints.find((one) => one.key === "hyvaks-social-services-1")!,
      organisation: "county-19",
      areaServed: [{ kind: "COUNTY" as const, code: "19" }],
      verifiedOn: localDate("2026-11-01"),
    };
    const step = stepOf("P2", {
      situation: "NO_CLIENT_RELATIONSHIP",
      phase: "PREPARATION",
      place: { status: "KNOWN", code: "564" },
      directory: { ...directory, contactPoints: [point] },
    });
    expect(step).toMatchObject({ verification: "VERIFIED", missing: [] });
  });
});

describe("whom to contact for somebody without a home municipality, or of Åland", () => {
  const none = { place: { status: "NONE" as const } };

  it("D15: assistance is applied for from the county of the prison's municipality", () => {
    const step = stepOf("P9", { situation: "SUPPLEMENTARY_ASSISTANCE", ...none });
    expect(step.receiver).toMatchObject({ code: "county-15", basis: "PRISON_MUNICIPALITY", certain: true });
  });

  it("D15: for other matters that county is an assumption, marked unverified", () => {
    const step = stepOf("P16", { situation: "SHORT_SENTENCE", ...none });
    expect(step.receiver).toMatchObject({ code: "county-15", certain: false });
    expect(step.verification).toBe("UNVERIFIED");
  });

  it("D15: employment follows where the person mainly stays, and after release that must be asked", () => {
    const inside = stepOf("B2", { situation: "EMPLOYMENT_GENERAL", ...none });
    expect(inside.receiver).toMatchObject({ code: "employment-area-09", basis: "MAIN_STAY", certain: false });
    const outside = stepOf("B2", { situation: "EMPLOYMENT_GENERAL", phase: "AFTER_RELEASE", ...none });
    expect(outside).toMatchObject({ receiverStatus: "MAIN_STAY_NOT_KNOWN", receiver: null, contacts: [] });
  });

  it("D15: without a prison there is no receiver", () => {
    const step = stepOf("P9", { situation: "SUPPLEMENTARY_ASSISTANCE", prisonUnit: null, ...none });
    expect(step).toMatchObject({ receiverStatus: "PRISON_NOT_KNOWN", receiver: null });
  });

  it("D16: Åland's rules are unknown, and one writes in Swedish", () => {
    const step = stepOf("P16", { situation: "SHORT_SENTENCE", place: { status: "KNOWN", code: "478" } });
    expect(step.receiver).toMatchObject({ code: "county-91", certain: false, writeIn: "sv" });
    expect(step.verification).toBe("UNVERIFIED");
  });

  it("D15: employment of an Ålander follows where the person mainly stays", () => {
    const step = stepOf("B2", { situation: "EMPLOYMENT_GENERAL", place: { status: "KNOWN", code: "478" } });
    expect(step.receiver).toMatchObject({ code: "employment-area-09", basis: "MAIN_STAY" });
  });
});

describe("every answer", () => {
  const municipalities = [...directory.reference.municipalities.keys()];
  const held = new Set(directory.contactPoints.map((point) => point.value));
  const heldDigits = new Set(
    directory.contactPoints
      .filter((point) => point.system === "PHONE")
      .map((point) => point.value.replace("+358", "0")),
  );
  const crisis = new Set(directory.contactPoints.filter((point) => point.urgentOnly).map((point) => point.value));

  /** Anything in a text that could be dialled: seven digits or more, spaces aside. */
  const numbersIn = (text: string): string[] =>
    [...text.matchAll(/(?<![\d./-])(?:\+358|0)[\d ]{6,}\d/g)].map(([number]) =>
      number.replace(/ /g, "").replace("+358", "0"),
    );

  const check = (code: string, situation: Situation, phase: Phase, now: Date, urgent: boolean) => {
    const answer = ask({ place: { status: "KNOWN", code }, situation, phase, now, urgent });
    const json = JSON.stringify(answer);
    if (/[\w.]+@[\w.]+/.test(json)) throw new Error(`plain e-mail: ${code} ${situation} ${phase}`);
    for (const number of numbersIn(json)) {
      if (!heldDigits.has(number)) throw new Error(`invented number ${number}: ${code} ${situation} ${phase}`);
    }
    for (const step of answer.steps) {
      if (!step.include.some((item) => item.code === "OFFICER_CONTACT")) throw new Error(`${step.code}: no officer`);
      for (const { value } of step.contacts) {
        if (value !== null && !held.has(value)) throw new Error(`invented value: ${code} ${situation} ${phase}`);
        const allowed = situation === "CRISIS" || urgent || !isOfficeTime(now);
        if (value !== null && crisis.has(value) && !allowed) throw new Error(`crisis: ${code} ${situation} ${phase}`);
      }
    }
  };

  it("for every municipality, situation and phase: no invented number, no crisis number in office hours, no plain e-mail", () => {
    for (const code of municipalities) {
      for (const situation of SITUATIONS) {
        for (const phase of PHASES) check(code, situation, phase, MONDAY_MORNING, false);
      }
    }
  });

  it("holds at any moment, urgent or not", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...municipalities),
        fc.constantFrom(...SITUATIONS),
        fc.constantFrom(...PHASES),
        fc.date({ min: new Date("2026-01-01"), max: new Date("2030-01-01"), noInvalidDate: true }),
        fc.boolean(),
        (code, situation, phase, now, urgent) => {
          check(code, situation, phase, now, urgent);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
