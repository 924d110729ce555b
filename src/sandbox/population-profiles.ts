import { type LocalDate, addDays } from "../kernel/dates.ts";
import {
  ARABIC_NAMES,
  CYRILLIC_NAMES,
  FINNISH_NAMES,
  type NameStock,
  SAMI_NAMES,
  SOUTH_SLAVIC_NAMES,
  SWEDISH_NAMES,
} from "./names.ts";
import type { Care, CountyService, Sanction, Timeline, Tongue, Trait } from "./population-story.ts";

/** A kind of person that the population must hold. Everything not said is drawn. */
export interface Profile {
  traits: readonly Trait[];
  sanction: Sanction;
  timeline: (today: LocalDate, jitter: number) => Timeline;
  /** Years between the calendar years of birth and of today: the age does not leave its class within a year. */
  bornYearsAgo: number;
  names?: NameStock;
  tongue?: Tongue;
  citizenship?: "SE" | "RU" | "IQ" | "HR";
  /** Placed in a prison and already served by a probation office too. */
  alsoOffice?: boolean;
  /** Not in prison: placed at a probation office. */
  outside?: boolean;
  children?: number;
  services?: readonly CountyService["service"][];
  care?: readonly Care["kind"][];
}

const dates = (
  today: LocalDate,
  [started, supervised, conditional, full]: [number, number | null, number | null | undefined, number | null],
): Timeline => ({
  startedOn: addDays(today, started),
  supervisedFreedomOn: supervised === null ? null : addDays(today, supervised),
  conditionalReleaseOn: conditional === null || conditional === undefined ? conditional : addDays(today, conditional),
  fullTermOn: full === null ? null : addDays(today, full),
});

const REMAND: Profile["timeline"] = (today, jitter) => dates(today, [-10 - jitter, null, null, null]);
const SHORT: Profile["timeline"] = (today, jitter) => dates(today, [-3, null, 12 + jitter, 40 + 2 * jitter]);
const SOON: Profile["timeline"] = (today, jitter) => dates(today, [-420, 30 + jitter, 75 + jitter, 400 + jitter]);
const LONG: Profile["timeline"] = (today, jitter) => dates(today, [-800, 420 + jitter, 600 + jitter, 1400 + jitter]);
const LOST: Profile["timeline"] = (today, jitter) => dates(today, [-200, null, undefined, 500 + jitter]);
const LIFE: Profile["timeline"] = (today, jitter) => dates(today, [-3000 - jitter, null, null, null]);
const FINE: Profile["timeline"] = (today, jitter) => dates(today, [-4, null, null, 12 + jitter]);
const WHOLE_TERM: Profile["timeline"] = (today, jitter) => dates(today, [-1900, null, null, 90 + jitter]);
const FREE_NOW: Profile["timeline"] = (today, jitter) => dates(today, [-600, -5 - jitter, 60 + jitter, 500]);
const OUTSIDE: Profile["timeline"] = (today, jitter) => dates(today, [-30 - jitter, null, null, 150 + jitter]);
const SUPERVISED: Profile["timeline"] = (today, jitter) => dates(today, [-500, null, -20 - jitter, 340 - jitter]);

const inside = (
  traits: readonly Trait[],
  sanction: Sanction,
  timeline: Profile["timeline"],
  more: Partial<Profile> = {},
): Profile => ({
  traits,
  sanction,
  timeline,
  bornYearsAgo: 38,
  ...more,
});
const outside = (traits: readonly Trait[], sanction: Sanction, more: Partial<Profile> = {}): Profile =>
  inside(traits, sanction, sanction === "RELEASE_SUPERVISION" ? SUPERVISED : OUTSIDE, { outside: true, ...more });

export const PROFILES: readonly Profile[] = [
  inside(["REMAND"], "REMAND", REMAND, { bornYearsAgo: 33 }),
  inside(["SHORT_SENTENCE"], "FIXED_TERM", SHORT, { bornYearsAgo: 41, services: ["SUBSTANCE"] }),
  inside(["LONG_SENTENCE"], "FIXED_TERM", LONG, { bornYearsAgo: 46 }),
  outside(["COMMUNITY_SERVICE"], "COMMUNITY_SERVICE", { bornYearsAgo: 36 }),
  inside(["LIFE"], "LIFE", LIFE, { bornYearsAgo: 52, care: ["FOLLOW_UP"] }),
  inside(["FINE_CONVERSION"], "FINE_CONVERSION", FINE, { bornYearsAgo: 48, services: ["HOUSING", "SUBSTANCE"] }),
  inside(["COMBINATION"], "COMBINATION", WHOLE_TERM, { bornYearsAgo: 44 }),
  outside(["MONITORING_SENTENCE", "PARENT", "CHILD_PROTECTION_IN_FAMILY"], "MONITORING", {
    children: 2,
    services: ["ADULT", "CHILD_PROTECTION"],
  }),
  inside(["SUPERVISED_PROBATIONARY_FREEDOM"], "FIXED_TERM", FREE_NOW, {
    alsoOffice: true,
    bornYearsAgo: 35,
    services: ["HOUSING"],
  }),
  inside(["LOST_DATE"], "FIXED_TERM", LOST, { bornYearsAgo: 39 }),
  inside(["PARENT", "PREGNANT"], "FIXED_TERM", SOON, {
    bornYearsAgo: 31,
    children: 1,
    care: ["MATERNITY"],
    services: ["ADULT"],
  }),
  outside(["JUVENILE_PUNISHMENT", "UNDER_18"], "JUVENILE", { bornYearsAgo: 17 }),
  inside(["SUBSTITUTION_TREATMENT"], "FIXED_TERM", SOON, {
    bornYearsAgo: 37,
    care: ["SUBSTITUTION", "DENTAL"],
    services: ["SUBSTANCE"],
  }),
  inside(["UNDER_24", "UNDER_25"], "FIXED_TERM", SHORT, { bornYearsAgo: 22, services: ["AFTERCARE"] }),
  inside(["UNDER_25"], "FIXED_TERM", SOON, { bornYearsAgo: 24, services: ["ADULT"] }),
  outside(["SUPERVISED_CONDITIONAL_IMPRISONMENT", "UNDER_24", "UNDER_25"], "CONDITIONAL_SUPERVISION", {
    bornYearsAgo: 20,
  }),
  inside(["UNDER_29"], "FIXED_TERM", SOON, { bornYearsAgo: 27 }),
  inside(["UNDER_30"], "FIXED_TERM", SOON, { bornYearsAgo: 29, services: ["REHABILITATIVE_WORK"] }),
  inside(["SWEDISH_SPEAKER"], "FIXED_TERM", SOON, { bornYearsAgo: 40, names: SWEDISH_NAMES, tongue: "sv" }),
  outside(["SUPERVISED_CONDITIONAL_RELEASE"], "RELEASE_SUPERVISION", { bornYearsAgo: 43, services: ["ADULT"] }),
  inside(["NO_HOME_MUNICIPALITY"], "FIXED_TERM", SOON, { bornYearsAgo: 45 }),
  inside(["PROTECTED_ADDRESS", "PARENT"], "FIXED_TERM", SOON, { bornYearsAgo: 34, children: 2, services: ["ADULT"] }),
  inside(["SAMI_NAME"], "FIXED_TERM", LONG, { names: SAMI_NAMES, tongue: "se" }),
  outside(["COMMUNITY_SERVICE", "UNDER_30", "SAMI_NAME"], "COMMUNITY_SERVICE", {
    bornYearsAgo: 28,
    names: SAMI_NAMES,
    tongue: "se",
  }),
  inside(["SOUTH_SLAVIC_NAME", "NEEDS_INTERPRETER"], "REMAND", REMAND, {
    names: SOUTH_SLAVIC_NAMES,
    tongue: "hr",
    citizenship: "HR",
  }),
  inside(["CYRILLIC_NAME", "NEEDS_INTERPRETER"], "FIXED_TERM", SHORT, {
    names: CYRILLIC_NAMES,
    tongue: "ru",
    citizenship: "RU",
  }),
  inside(["ARABIC_NAME", "NEEDS_INTERPRETER"], "FIXED_TERM", SOON, {
    names: ARABIC_NAMES,
    tongue: "ar",
    citizenship: "IQ",
  }),
  outside(["MONITORING_SENTENCE", "AUTHORITIES_DISAGREE"], "MONITORING", { bornYearsAgo: 50 }),
  inside(["AUTHORITIES_DISAGREE"], "FIXED_TERM", SOON, { bornYearsAgo: 42, services: ["ADULT"] }),
  inside(["UNDER_18", "REMAND"], "REMAND", REMAND, { bornYearsAgo: 17 }),
  inside(["UNKNOWN_TO_KELA"], "FIXED_TERM", LONG, { bornYearsAgo: 49 }),
  outside(["UNKNOWN_TO_EMPLOYMENT", "SUPERVISED_CONDITIONAL_RELEASE"], "RELEASE_SUPERVISION", { bornYearsAgo: 60 }),
];

export const namesOf = (profile: Profile): NameStock => profile.names ?? FINNISH_NAMES;
