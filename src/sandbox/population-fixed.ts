import { type LocalDate, addDays, firstOfMonth, lastOfMonth, localDate } from "../kernel/dates.ts";
import { artificialHetu } from "../kernel/hetu.ts";
import { DEMO_CALLERS } from "./demo-callers.ts";
import { PRISONS, PROBATION_OFFICES, homeIn } from "./population-places.ts";
import type { Story } from "./population-story.ts";

const fixed = (index: number, bornOn: string, individual: number, familyName: string, givenNames: string) => {
  const birthDate = localDate(bornOn);
  return { index, birthDate, hetu: artificialHetu(birthDate, individual), familyName, givenNames } as const;
};

/** Person 0: the one whom the demo, the README and the tests follow. */
export const DEMO_PERSON = fixed(0, "1999-12-04", 918, "Öhman-Šimić", "Åsa Maria");
/** Person 1: protected address (turvakielto), in the same prison. */
export const PROTECTED_PERSON = fixed(1, "1988-03-21", 931, "Salokoivu", "Minna Kaarina");
/** Person 2: no home municipality, in the same prison. */
export const HOMELESS_PERSON = fixed(2, "1979-09-15", 945, "Irtolehti", "Kari Tapio");
/** Person 3: does community service under a probation office. */
export const SUPERVISED_PERSON = fixed(3, "1993-06-30", 957, "Valvanne", "Joonas Eemeli");

/** Printed in the Central Finland manual as the number of its social services; an organisation's, nobody's own. */
const HYVAKS_SOCIAL_SERVICES = "+358503119001";

const JYVASKYLA = PRISONS.find((unit) => unit.code === "jyvaskylan-vankila")!;
const MID_FINLAND_OFFICE = PROBATION_OFFICES.find((unit) => unit.code.startsWith("vali-suomen"))!;

const officer = (caller: "prison-worker" | "probation-worker", title: string, email: string): Story["officer"] => ({
  workerId: DEMO_CALLERS[caller].id,
  name: DEMO_CALLERS[caller].name,
  title,
  email,
});

const PRISON_OFFICER = officer("prison-worker", "Rikosseuraamustyöntekijä", "maija.esimerkkila@rise.example");
const PROBATION_OFFICER = officer("probation-worker", "Rikosseuraamustyöntekijä", "petri.koevaara@rise.example");

/** The persons who are the same whatever the seed. Only their dates follow today. */
export function fixedStories(today: LocalDate): readonly Story[] {
  return [demoStory(today), protectedStory(today), homelessStory(today), supervisedStory(today)];
}

function baseStory(
  today: LocalDate,
): Omit<Story, "index" | "hetu" | "birthDate" | "familyName" | "givenNames" | "traits"> {
  return {
    today,
    motherTongue: "fi",
    serviceLanguage: "fi",
    needsInterpreter: false,
    citizenship: "FI",
    married: false,
    home: homeIn("179"),
    street: null,
    addressProtected: false,
    email: null,
    sanction: "FIXED_TERM",
    timeline: {
      startedOn: addDays(today, -300),
      supervisedFreedomOn: addDays(today, 60),
      conditionalReleaseOn: addDays(today, 100),
      fullTermOn: addDays(today, 300),
    },
    units: [JYVASKYLA],
    officer: PRISON_OFFICER,
    children: [],
    countyServices: [],
    care: [],
    jobSearchSince: null,
    employmentContact: DEMO_CALLERS["employment-contact"].name,
    kela: { iban: null, housingAllowance: false, decision: null, pending: [], noticeOn: null },
    disagreement: {},
  };
}

function demoStory(today: LocalDate): Story {
  return {
    ...baseStory(today),
    ...DEMO_PERSON,
    motherTongue: "sv",
    street: "Mallikatu 1 A 2",
    timeline: {
      startedOn: addDays(today, -300),
      supervisedFreedomOn: addDays(today, 46),
      conditionalReleaseOn: addDays(today, 76),
      fullTermOn: addDays(today, 300),
    },
    children: [{ familyName: "Öhman-Šimić", givenNames: "Elsa", birthYear: 2020, livesWithPerson: false }],
    countyServices: [
      {
        county: "15",
        service: "ADULT",
        since: addDays(today, -500),
        worker: DEMO_CALLERS["county-worker"].name,
        workerPhone: HYVAKS_SOCIAL_SERVICES,
      },
    ],
    care: [
      { kind: "FOLLOW_UP", continuesAfterRelease: true, since: addDays(today, -120) },
      { kind: "DENTAL", continuesAfterRelease: false, since: addDays(today, -40) },
    ],
    kela: {
      iban: "FI2112345600000785",
      housingAllowance: false,
      decision: {
        decidedOn: addDays(firstOfMonth(today), -6),
        from: firstOfMonth(today),
        until: lastOfMonth(today),
        granted: true,
      },
      pending: [{ kind: "HOUSING_ALLOWANCE", receivedOn: addDays(today, -9) }],
      noticeOn: addDays(today, -299),
    },
    traits: ["UNDER_29", "UNDER_30", "PARENT", "SWEDISH_SPEAKER", "SOUTH_SLAVIC_NAME"],
  };
}

function protectedStory(today: LocalDate): Story {
  return {
    ...baseStory(today),
    ...PROTECTED_PERSON,
    // Another municipality than the prison's, so that a leak of the place can be told from the place of the prison.
    home: homeIn("297"),
    street: "Salattukuja 7",
    addressProtected: true,
    children: [{ familyName: "Salokoivu", givenNames: "Onerva", birthYear: 2016, livesWithPerson: true }],
    countyServices: [
      { county: "13", service: "ADULT", since: addDays(today, -200), worker: "Tuulia Suojanperä", workerPhone: null },
    ],
    employmentContact: "Aarre Kuopionlahti",
    traits: ["PROTECTED_ADDRESS", "PARENT"],
  };
}

function homelessStory(today: LocalDate): Story {
  return {
    ...baseStory(today),
    ...HOMELESS_PERSON,
    home: null,
    timeline: {
      startedOn: addDays(today, -20),
      supervisedFreedomOn: null,
      conditionalReleaseOn: addDays(today, 35),
      fullTermOn: addDays(today, 70),
    },
    care: [{ kind: "SUBSTITUTION", continuesAfterRelease: true, since: addDays(today, -18) }],
    traits: ["NO_HOME_MUNICIPALITY", "SHORT_SENTENCE", "SUBSTITUTION_TREATMENT"],
  };
}

function supervisedStory(today: LocalDate): Story {
  return {
    ...baseStory(today),
    ...SUPERVISED_PERSON,
    street: "Mallikatu 3",
    sanction: "COMMUNITY_SERVICE",
    timeline: {
      startedOn: addDays(today, -25),
      supervisedFreedomOn: null,
      conditionalReleaseOn: null,
      fullTermOn: addDays(today, 160),
    },
    units: [MID_FINLAND_OFFICE],
    officer: PROBATION_OFFICER,
    care: null,
    jobSearchSince: addDays(today, -60),
    traits: ["COMMUNITY_SERVICE"],
  };
}
