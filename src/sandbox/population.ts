import type { LocalDate } from "../kernel/dates.ts";
import type { Hetu } from "../kernel/hetu.ts";
import { type CountyRecord, countyRecords } from "./authorities/county-record.ts";
import { type EmploymentRecord, employmentRecord } from "./authorities/employment-record.ts";
import { type KelaRecord, kelaRecord } from "./authorities/kela-record.ts";
import { type RiseRecord, riseRecord } from "./authorities/rise-record.ts";
import { type VthRecord, vthRecord } from "./authorities/vth-record.ts";
import { drawStories } from "./population-draw.ts";
import { fixedStories } from "./population-fixed.ts";
import type { Story, Trait } from "./population-story.ts";

export { DEMO_PERSON, HOMELESS_PERSON, PROTECTED_PERSON, SUPERVISED_PERSON } from "./population-fixed.ts";
export { type Trait, TRAITS } from "./population-story.ts";

/** An invented person with what each authority holds about them, each in its own words. */
export interface SyntheticPerson {
  index: number;
  hetu: Hetu;
  birthDate: LocalDate;
  familyName: string;
  givenNames: string;
  /** What the person is in the population for. */
  traits: readonly Trait[];
  /** Codes of the prison service's units that serve the person; the placement first. */
  units: readonly string[];
  rise: RiseRecord;
  /** Null: the authority does not know the person. */
  vth: VthRecord | null;
  /** One record for each county register that knows the person. */
  county: readonly CountyRecord[];
  employment: EmploymentRecord | null;
  kela: KelaRecord | null;
}

export interface PopulationOptions {
  seed: number;
  /** 200 unless told; at least the four fixed persons are there. */
  size?: number;
  today: LocalDate;
}

/**
 * Makes the synthetic population: the same for the same seed and calendar year, apart from the dates that follow
 * `today`. Persons 0-3 are fixed whatever the seed.
 */
export function createPopulation({ seed, size = 200, today }: PopulationOptions): SyntheticPerson[] {
  const fixed = fixedStories(today);
  const taken = new Set<Hetu>(fixed.map((story) => story.hetu));
  return [...fixed, ...drawStories(seed, fixed.length, size, today, taken)].map(personOf);
}

function personOf(story: Story): SyntheticPerson {
  const { index, hetu, birthDate, familyName, givenNames, traits } = story;
  return {
    index,
    hetu,
    birthDate,
    familyName,
    givenNames,
    traits,
    units: story.units.map((unit) => unit.code),
    rise: riseRecord(story),
    vth: vthRecord(story),
    county: countyRecords(story),
    employment: employmentRecord(story),
    kela: kelaRecord(story),
  };
}
