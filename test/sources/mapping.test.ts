import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FACTS, type HolderFacts } from "../../src/cases/case.ts";
import { AUTHORITIES } from "../../src/kernel/authority.ts";
import { addDays } from "../../src/kernel/dates.ts";
import type { WorkerId } from "../../src/kernel/ids.ts";
import { DEMO_PERSON, HOMELESS_PERSON, PROTECTED_PERSON, SUPERVISED_PERSON } from "../../src/sandbox/population.ts";
import { createSources } from "../../src/sources/register.ts";
import { RunningSources, TODAY, clock, population, requestFor, withTrait } from "./running-sources.ts";

describe("the sources", () => {
  let sources: RunningSources;
  beforeAll(async () => {
    sources = await RunningSources.start();
  });
  afterAll(() => sources.close());
  beforeEach(() => sources.forget());

  describe("tell of the demo person", () => {
    it("what the prison service knows", async () => {
      const { asOf, facts, servedBy } = await sources.answer("RISE", DEMO_PERSON.hetu);
      expect(asOf?.toISOString()).toBe("2026-11-21T05:30:00.000Z");
      expect(servedBy).toEqual(["jyvaskylan-vankila"]);
      expect(facts).toEqual({
        person: {
          familyName: "Öhman-Šimić",
          givenNames: "Åsa Maria",
          hetu: DEMO_PERSON.hetu,
          birthDate: DEMO_PERSON.birthDate,
          motherTongue: "sv",
          serviceLanguage: "fi",
          needsInterpreter: false,
          citizenship: "FI",
          maritalStatus: "UNMARRIED",
          homeMunicipality: "179",
          streetAddress: "Mallikatu 1 A 2",
          postalCode: "40100",
          postOffice: "JYVÄSKYLÄ",
          addressProtected: false,
        },
        sentence: {
          sanction: "FIXED_TERM_IMPRISONMENT",
          enforcementStartOn: addDays(TODAY, -300),
          supervisedFreedomOn: addDays(TODAY, 46),
          conditionalReleaseOn: addDays(TODAY, 76),
          fullTermOn: addDays(TODAY, 300),
        },
        placement: {
          unit: "jyvaskylan-vankila",
          responsibleOfficer: {
            workerId: "demo-prison-worker" as WorkerId,
            name: "Maija Esimerkkilä",
            title: "Rikosseuraamustyöntekijä",
            phone: null,
            email: "maija.esimerkkila@rise.example",
          },
        },
        plan: {
          employmentContent: expect.any(String) as string,
          activity: expect.any(String) as string,
          workAbility: null,
        },
        economy: { allowance: "48.30", activityAllowance: "61.20", accountBalance: "32.75" },
        family: {
          dependants: [{ familyName: "Öhman-Šimić", givenNames: "Elsa", birthYear: 2020, livesWithPerson: false }],
        },
        matters: { held: [] },
      } satisfies HolderFacts);
    });

    it("what the prison health service knows: what is arranged, and no diagnosis", async () => {
      const { facts, servedBy } = await sources.answer("VTH", DEMO_PERSON.hetu);
      expect(servedBy).toEqual(["jyvaskylan-vankila"]);
      expect(facts).toMatchObject({
        person: { familyName: "Öhman-Šimić", givenNames: "Åsa Maria", hetu: DEMO_PERSON.hetu, birthDate: "1999-12-04" },
        health: {
          contacts: [
            { clinic: "jyvaskylan-vankila", matter: "Hoitajan seurantakäynnit", continuesAfterRelease: true },
            { clinic: "jyvaskylan-vankila", matter: "Suun terveydenhuollon käynti", continuesAfterRelease: false },
          ],
          substitutionTreatment: false,
        },
        matters: { held: [{ kind: "CONTINUED_CARE_REFERRAL", state: "IN_PROGRESS" }] },
      });
    });

    it("what the county knows", async () => {
      const { facts, servedBy } = await sources.answer("COUNTY", DEMO_PERSON.hetu);
      expect(servedBy).toEqual(["15"]);
      expect(facts).toMatchObject({
        person: { familyName: "Öhman-Šimić", homeMunicipality: "179", motherTongue: "sv", addressProtected: false },
        family: { dependants: [{ givenNames: "Elsa", birthYear: 2020 }] },
        social: {
          clientRelationships: [
            {
              countyCode: "15",
              service: "ADULT_SOCIAL_WORK",
              ownWorkerName: "Outi Mallisaari",
              ownWorkerPhone: "+358503119001",
            },
          ],
        },
        matters: { held: [] },
      });
    });

    it("what the employment services know", async () => {
      const { facts, servedBy } = await sources.answer("EMPLOYMENT", DEMO_PERSON.hetu);
      expect(servedBy).toEqual(["09"]);
      expect(facts?.employment).toEqual({
        jobSearchActive: false,
        jobSearchStartedOn: null,
        area: "09",
        contactPerson: "Timo Näytelampi",
      });
      // What a source does not say is absent, so that it contradicts nobody.
      expect(facts?.person).not.toHaveProperty("phone");
    });

    it("what Kela knows", async () => {
      const { facts, servedBy } = await sources.answer("KELA", DEMO_PERSON.hetu);
      expect(servedBy).toEqual(["KELA"]);
      expect(facts).toMatchObject({
        person: { familyName: "Öhman-Šimić", homeMunicipality: "179", serviceLanguage: "fi" },
        economy: { iban: "FI2112345600000785" },
        benefits: {
          benefits: [],
          basicAssistanceDecision: { from: "2026-11-01", until: "2026-11-30", granted: true },
          pendingApplications: [{ kind: "HOUSING_ALLOWANCE", state: "RECEIVED", receivedOn: addDays(TODAY, -9) }],
        },
      });
    });

    it("the same name, birth date, languages and home: nobody contradicts by accident", async () => {
      const people = await Promise.all(
        AUTHORITIES.map(async (authority) => (await sources.answer(authority, DEMO_PERSON.hetu)).facts?.person ?? {}),
      );
      for (const field of Object.keys(FACTS.person) as (keyof typeof FACTS.person)[]) {
        const words = new Set(people.flatMap((person) => (person[field] === undefined ? [] : [person[field]])));
        expect(words.size, field).toBeLessThanOrEqual(1);
      }
    });
  });

  describe("tell of others", () => {
    it("that there is no home municipality, which is another thing than not knowing", async () => {
      for (const authority of ["RISE", "COUNTY", "KELA"] as const) {
        const { facts } = await sources.answer(authority, HOMELESS_PERSON.hetu);
        expect(facts?.person?.homeMunicipality, authority).toBeNull();
      }
    });

    it("that an address is protected", async () => {
      for (const authority of ["RISE", "COUNTY"] as const) {
        const { facts } = await sources.answer(authority, PROTECTED_PERSON.hetu);
        expect(facts?.person?.addressProtected, authority).toBe(true);
      }
    });

    it("that a probation office serves, and that the prison health service does not know", async () => {
      expect((await sources.answer("RISE", SUPERVISED_PERSON.hetu)).servedBy).toEqual([
        "vali-suomen-yhdyskuntaseuraamustoimisto",
      ]);
      expect((await sources.answer("VTH", SUPERVISED_PERSON.hetu)).facts).toBeUndefined();
    });

    it("that there is substitution treatment", async () => {
      expect(
        (await sources.answer("VTH", withTrait("SUBSTITUTION_TREATMENT"))).facts?.health?.substitutionTreatment,
      ).toBe(true);
    });

    it("that both prison and office serve one in supervised probationary freedom", async () => {
      const { servedBy } = await sources.answer("RISE", withTrait("SUPERVISED_PROBATIONARY_FREEDOM"));
      expect(servedBy).toHaveLength(2);
    });

    it("nothing of a date that the prison service has lost, but null of one that does not exist", async () => {
      const { facts } = await sources.answer("RISE", withTrait("LOST_DATE"));
      expect(facts?.sentence).not.toHaveProperty("conditionalReleaseOn");
      expect((await sources.answer("RISE", withTrait("LIFE"))).facts?.sentence?.conditionalReleaseOn).toBeNull();
    });

    it("nothing that child protection wrote: its subject is the child", async () => {
      const { facts } = await sources.answer("COUNTY", withTrait("CHILD_PROTECTION_IN_FAMILY"));
      expect(facts?.social?.clientRelationships).toMatchObject([{ service: "ADULT_SOCIAL_WORK" }]);
      expect(facts?.matters?.held).toEqual([]);
      expect(JSON.stringify(facts)).not.toMatch(/child_protection|lastensuojelu/i);
    });

    it("different homes and names, where the authorities really disagree", async () => {
      const hetu = withTrait("AUTHORITIES_DISAGREE");
      const [rise, kela] = await Promise.all([sources.answer("RISE", hetu), sources.answer("KELA", hetu)]);
      expect(rise.facts?.person?.homeMunicipality).not.toBe(kela.facts?.person?.homeMunicipality);
      expect(rise.facts?.person?.familyName).not.toBe(kela.facts?.person?.familyName);
    });

    it("every person of the population without a malformed answer", async () => {
      const all = createSources(sources.config(), clock);
      for (const person of population) {
        const outcomes = await Promise.all(all.map((each) => each.ask(requestFor(person.hetu))));
        expect(outcomes.filter((outcome) => !outcome.ok)).toEqual([]);
      }
    });
  });
});
