import type { LocalDate } from "../kernel/dates.ts";
import type { Hetu } from "../kernel/hetu.ts";
import type { SyntheticHome, SyntheticUnit } from "./population-places.ts";

/** What the population must cover; every trait is carried by somebody. */
export const TRAITS = [
  "REMAND",
  "SHORT_SENTENCE",
  "LONG_SENTENCE",
  "LIFE",
  "FINE_CONVERSION",
  "COMBINATION",
  "COMMUNITY_SERVICE",
  "MONITORING_SENTENCE",
  "JUVENILE_PUNISHMENT",
  "SUPERVISED_CONDITIONAL_IMPRISONMENT",
  "SUPERVISED_CONDITIONAL_RELEASE",
  "SUPERVISED_PROBATIONARY_FREEDOM",
  "LOST_DATE",
  "UNDER_18",
  "UNDER_24",
  "UNDER_25",
  "UNDER_29",
  "UNDER_30",
  "PARENT",
  "PREGNANT",
  "SUBSTITUTION_TREATMENT",
  "SWEDISH_SPEAKER",
  "NEEDS_INTERPRETER",
  "NO_HOME_MUNICIPALITY",
  "PROTECTED_ADDRESS",
  "CHILD_PROTECTION_IN_FAMILY",
  "SAMI_NAME",
  "SOUTH_SLAVIC_NAME",
  "CYRILLIC_NAME",
  "ARABIC_NAME",
  "AUTHORITIES_DISAGREE",
  "UNKNOWN_TO_KELA",
  "UNKNOWN_TO_EMPLOYMENT",
] as const;
export type Trait = (typeof TRAITS)[number];

export type Tongue = "fi" | "sv" | "en" | "ru" | "ar" | "se" | "hr";

export type Sanction =
  | "REMAND"
  | "FIXED_TERM"
  | "LIFE"
  | "FINE_CONVERSION"
  | "COMBINATION"
  | "COMMUNITY_SERVICE"
  | "MONITORING"
  | "JUVENILE"
  | "CONDITIONAL_SUPERVISION"
  | "RELEASE_SUPERVISION";

export interface Timeline {
  startedOn: LocalDate;
  supervisedFreedomOn: LocalDate | null;
  /** Undefined: the prison service's system has lost it. */
  conditionalReleaseOn: LocalDate | null | undefined;
  fullTermOn: LocalDate | null;
}

export interface Child {
  familyName: string;
  givenNames: string;
  birthYear: number;
  livesWithPerson: boolean;
}

export interface CountyService {
  county: string;
  service: "ADULT" | "SUBSTANCE" | "HOUSING" | "REHABILITATIVE_WORK" | "AFTERCARE" | "CHILD_PROTECTION";
  since: LocalDate;
  worker: string | null;
  workerPhone: string | null;
}

export interface Care {
  kind: "DENTAL" | "SUBSTITUTION" | "MATERNITY" | "FOLLOW_UP";
  continuesAfterRelease: boolean;
  since: LocalDate;
}

/** What is true of a synthetic person, before each authority writes down its own part of it. */
export interface Story {
  index: number;
  today: LocalDate;
  hetu: Hetu;
  birthDate: LocalDate;
  familyName: string;
  givenNames: string;
  motherTongue: Tongue;
  serviceLanguage: "fi" | "sv" | "en";
  needsInterpreter: boolean;
  citizenship: "FI" | "SE" | "RU" | "IQ" | "HR";
  married: boolean;
  home: SyntheticHome | null;
  street: string | null;
  addressProtected: boolean;
  email: string | null;
  sanction: Sanction;
  timeline: Timeline;
  /** Where the person is placed, then other units of the prison service that serve. */
  units: readonly SyntheticUnit[];
  officer: { workerId: string | null; name: string; title: string; email: string | null };
  children: readonly Child[];
  countyServices: readonly CountyService[];
  /** Null: the health service of the prisons does not treat the person. */
  care: readonly Care[] | null;
  /** Undefined: the employment services do not know the person. */
  jobSearchSince: LocalDate | null | undefined;
  employmentContact: string | null;
  kela: KelaStory | undefined;
  /** Kela and the prison service hold different things. */
  disagreement: { kelaHome?: SyntheticHome; kelaFamilyName?: string };
  traits: readonly Trait[];
}

export interface KelaStory {
  iban: string | null;
  housingAllowance: boolean;
  decision: { decidedOn: LocalDate; from: LocalDate; until: LocalDate; granted: boolean } | null;
  pending: { kind: "BASIC_ASSISTANCE" | "HOUSING_ALLOWANCE"; receivedOn: LocalDate }[];
  /** The prison service's notice by 1301/2021 section 27 has arrived. */
  noticeOn: LocalDate | null;
}
