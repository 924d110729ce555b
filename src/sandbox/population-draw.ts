import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type LocalDate, addDays, firstOfMonth, lastOfMonth, localDate } from "../kernel/dates.ts";
import { type Hetu, artificialHetu } from "../kernel/hetu.ts";
import { OFFICIAL_NAMES } from "./names.ts";
import {
  HOMES,
  PRISONS,
  PROBATION_OFFICES,
  STAY_IN_JYVASKYLA,
  type SyntheticHome,
  type SyntheticUnit,
} from "./population-places.ts";
import { PROFILES, type Profile, namesOf } from "./population-profiles.ts";
import type { Child, CountyService, KelaStory, Story } from "./population-story.ts";

interface Dice {
  /** Both ends included. */
  between(low: number, high: number): number;
  of<T>(items: readonly T[]): T;
  chance(percent: number): boolean;
}

/** Each person has dice of their own, so that a larger population does not change those who were in a smaller one. */
function diceFor(seed: number, index: number): Dice {
  const generator = xoroshiro128plus(scattered(Math.imul(seed + 1, 0x9e3779b1) ^ index));
  const between = (low: number, high: number) => uniformInt(generator, low, high);
  return {
    between,
    of: (items) => items[between(0, items.length - 1)]!,
    chance: (percent) => between(1, 100) <= percent,
  };
}

/** Neighbouring numbers made unlike each other (the finisher of MurmurHash3): the generator's first draws show its seed. */
function scattered(number: number): number {
  let mixed = Math.imul(number ^ (number >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

/** Numbers 900-999 run out per day of birth: the next free one is given, then the next day of the same year. */
function freeHetu(birthDate: LocalDate, first: number, taken: Set<Hetu>): { hetu: Hetu; birthDate: LocalDate } {
  for (let step = 0; step < 100; step += 1) {
    const hetu = artificialHetu(birthDate, 900 + ((first + step) % 100));
    if (!taken.has(hetu)) {
      taken.add(hetu);
      return { hetu, birthDate };
    }
  }
  const next = addDays(birthDate, 1);
  return freeHetu(
    next.slice(0, 4) === birthDate.slice(0, 4) ? next : localDate(`${next.slice(0, 4)}-01-01`),
    first,
    taken,
  );
}

/** Draws the persons from `from` on: the profiles in turn, the prisons and offices in turn, the rest by the dice. */
export function drawStories(seed: number, from: number, size: number, today: LocalDate, taken: Set<Hetu>): Story[] {
  let prisons = 0;
  let offices = 0;
  return Array.from({ length: Math.max(0, size - from) }, (_, position) => {
    const profile = PROFILES[position % PROFILES.length]!;
    const units: SyntheticUnit[] = [];
    if (!profile.outside) units.push(PRISONS[prisons++ % PRISONS.length]!);
    if (profile.outside || profile.alsoOffice) units.push(PROBATION_OFFICES[offices++ % PROBATION_OFFICES.length]!);
    const dice = diceFor(seed, from + position);
    const round = Math.floor(position / PROFILES.length);
    return drawStory({ profile, units, index: from + position, round, dice, today, taken });
  });
}

interface Draw {
  profile: Profile;
  units: SyntheticUnit[];
  index: number;
  /** How many times the profile was drawn before. */
  round: number;
  dice: Dice;
  today: LocalDate;
  taken: Set<Hetu>;
}

function drawStory({ profile, units, index, round, dice, today, taken }: Draw): Story {
  const has = (trait: Story["traits"][number]) => profile.traits.includes(trait);
  const names = namesOf(profile);
  // The rare names come in turn: each of them is there for its letters.
  const familyName = profile.names ? names.family[round % names.family.length]! : dice.of(names.family);
  const givenNames = profile.names ? names.given[round % names.given.length]! : dice.of(names.given);
  const birthYear = Number(today.slice(0, 4)) - profile.bornYearsAgo;
  const drawnBirthDate = addDays(localDate(`${birthYear}-01-01`), dice.between(0, 364));
  const { hetu, birthDate } = freeHetu(drawnBirthDate, dice.between(0, 99), taken);
  const swedish = profile.tongue === "sv";
  const drawnHome = dice.of(swedish ? HOMES.filter((place) => place.swedish) : HOMES);
  const home = has("NO_HOME_MUNICIPALITY") ? null : drawnHome;
  const county = (home ?? STAY_IN_JYVASKYLA).county;
  const jitter = dice.between(0, 10);
  const official = dice.of(OFFICIAL_NAMES);
  return {
    index,
    today,
    hetu,
    birthDate,
    familyName,
    givenNames,
    motherTongue: profile.tongue ?? "fi",
    serviceLanguage: swedish ? "sv" : has("NEEDS_INTERPRETER") ? "en" : "fi",
    needsInterpreter: has("NEEDS_INTERPRETER"),
    citizenship: profile.citizenship ?? "FI",
    married: dice.chance(20),
    home,
    street: home && dice.chance(70) ? `Mallikatu ${dice.between(4, 90)}` : null,
    addressProtected: has("PROTECTED_ADDRESS"),
    email: null,
    sanction: profile.sanction,
    timeline: profile.timeline(today, jitter),
    units,
    officer: { workerId: null, name: official, title: "Rikosseuraamustyöntekijä", email: mailOf(official) },
    children: drawChildren(profile.children ?? 0, familyName, dice, today),
    countyServices: (profile.services ?? []).map((service) => drawService(service, county, dice, today)),
    care: profile.outside
      ? null
      : (profile.care ?? []).map((kind) => ({
          kind,
          continuesAfterRelease: kind !== "DENTAL",
          since: addDays(today, -dice.between(5, 150)),
        })),
    jobSearchSince: has("UNKNOWN_TO_EMPLOYMENT") || has("UNDER_18") ? undefined : drawJobSearch(profile, dice, today),
    employmentContact: dice.chance(60) ? dice.of(OFFICIAL_NAMES) : null,
    kela: has("UNKNOWN_TO_KELA") ? undefined : drawKela(dice, today, profile),
    disagreement: has("AUTHORITIES_DISAGREE") ? drawDisagreement(home, dice) : {},
    traits: profile.traits,
  };
}

const mailOf = (official: string): string =>
  `${official.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll(" ", ".")}@rise.example`;

const drawChildren = (count: number, familyName: string, dice: Dice, today: LocalDate): Child[] =>
  Array.from({ length: count }, (_, position) => ({
    familyName,
    givenNames: ["Oliivia", "Viljo", "Seela"][position % 3]!,
    birthYear: Number(today.slice(0, 4)) - dice.between(1, 14),
    livesWithPerson: dice.chance(50),
  }));

const drawService = (
  service: CountyService["service"],
  county: string,
  dice: Dice,
  today: LocalDate,
): CountyService => ({
  county,
  service,
  since: addDays(today, -dice.between(30, 900)),
  worker: dice.chance(70) ? dice.of(OFFICIAL_NAMES) : null,
  workerPhone: null,
});

function drawJobSearch(profile: Profile, dice: Dice, today: LocalDate): LocalDate | null {
  // Most prisoners have none running; half of those outside have.
  return dice.chance(profile.outside ? 50 : 10) ? addDays(today, -dice.between(10, 300)) : null;
}

function drawKela(dice: Dice, today: LocalDate, profile: Profile): KelaStory {
  const month = firstOfMonth(today);
  return {
    iban: null,
    housingAllowance: profile.outside === true && dice.chance(40),
    decision: dice.chance(40)
      ? {
          decidedOn: addDays(month, -dice.between(1, 9)),
          from: month,
          until: lastOfMonth(today),
          granted: dice.chance(80),
        }
      : null,
    pending: dice.chance(25) ? [{ kind: "BASIC_ASSISTANCE", receivedOn: addDays(today, -dice.between(1, 12)) }] : [],
    noticeOn: profile.outside ? null : addDays(today, -2),
  };
}

function drawDisagreement(home: SyntheticHome | null, dice: Dice): Story["disagreement"] {
  const elsewhere = HOMES.filter((place) => place.municipality !== home?.municipality);
  return { kelaHome: dice.of(elsewhere), kelaFamilyName: "Entinen-Nimi" };
}
