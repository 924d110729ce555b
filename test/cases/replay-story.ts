import type { Caller } from "../../src/access/caller.ts";
import { FACT_PATHS, factDefinition } from "../../src/cases/case.ts";
import type { CaseSource, HolderAnswer } from "../../src/cases/case.source.ts";
import type { Authority } from "../../src/kernel/authority.ts";
import { AUTHORITIES } from "../../src/kernel/authority.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { type LocalDate, localDate, today } from "../../src/kernel/dates.ts";
import { artificialHetu } from "../../src/kernel/hetu.ts";
import type { WorkerId } from "../../src/kernel/ids.ts";
import { callerIn } from "../support/decisions.ts";

export const HETU = artificialHetu(localDate("1932-05-17"), 951);

export const PRISON_A = "jyvaskylan-vankila";
export const PRISON_B = "kuopion-vankila";
export const OFFICE = "vali-suomen-yhdyskuntaseuraamustoimisto";
export const COUNTY = "15";
export const AREA = "09";

const worker = (id: string) => id as WorkerId;
const releasePlanning = { purpose: "RELEASE_PLANNING" as const };

/** Who asks the same query every day. The second worker of prison A differs in the right to social-welfare data (D2). */
export const CALLERS: Record<string, Caller> = {
  "prison worker of A": callerIn("PRISON_WORKER", { id: worker("a-1"), unit: PRISON_A, ...releasePlanning }),
  "prison social worker of A": callerIn("PRISON_WORKER", {
    id: worker("a-2"),
    unit: PRISON_A,
    socialDataRight: true,
    ...releasePlanning,
  }),
  "prison worker of B": callerIn("PRISON_WORKER", { id: worker("b-1"), unit: PRISON_B, ...releasePlanning }),
  "probation worker": callerIn("PROBATION_WORKER", { id: worker("p-1"), unit: OFFICE, ...releasePlanning }),
  "probation worker's colleague": callerIn("PROBATION_WORKER", { id: worker("p-2"), unit: OFFICE, ...releasePlanning }),
  "VTH nurse": callerIn("VTH_NURSE", { id: worker("v-1"), unit: PRISON_A }),
  "county worker": callerIn("COUNTY_WORKER", { id: worker("c-1"), unit: COUNTY, purpose: "SOCIAL_WELFARE" }),
  "employment contact": callerIn("EMPLOYMENT_CONTACT", { id: worker("e-1"), unit: AREA }),
  "Kela officer": callerIn("KELA_OFFICER", { id: worker("k-1"), unit: "KELA" }),
  person: callerIn("PERSON", { id: worker("person"), unit: null, hetu: HETU }),
};

/** What an authority's own system says from a day on. */
interface Known {
  servedBy: readonly string[];
  down?: boolean;
  addressProtected?: boolean;
  conditionalReleaseOn?: string;
  fullTermOn?: string;
}

export const ARRIVAL = localDate("2026-01-12");
export const LAST_DAY = localDate("2027-06-22");

/** First planned and later put off by two weeks. */
const PLANNED = { conditionalReleaseOn: "2026-06-08", fullTermOn: "2026-11-30" };
const PUT_OFF = { conditionalReleaseOn: "2026-06-22", fullTermOn: "2026-11-30" };

/** Each line holds from its day until the next of the same authority. */
export const SYSTEMS: Record<Authority, readonly [from: string, says: string, known: Known | null][]> = {
  RISE: [
    ["2026-01-12", "the person arrives in prison A", { servedBy: [PRISON_A], ...PLANNED }],
    ["2026-04-13", "release is put off from 8 to 22 June", { servedBy: [PRISON_A], ...PUT_OFF }],
    ["2026-05-04", "the person is moved to prison B", { servedBy: [PRISON_B], ...PUT_OFF }],
    ["2026-06-22", "conditional release; the probation office supervises", { servedBy: [OFFICE], ...PUT_OFF }],
    ["2026-07-20", "Rise's system does not answer", { servedBy: [], down: true }],
    ["2026-07-22", "Rise's system answers again", { servedBy: [OFFICE], ...PUT_OFF }],
    ["2026-08-03", "the address is protected", { servedBy: [OFFICE], addressProtected: true, ...PUT_OFF }],
    ["2026-09-07", "the address is protected no more", { servedBy: [OFFICE], ...PUT_OFF }],
    ["2026-12-01", "full term was yesterday: no unit serves the person", null],
  ],
  VTH: [
    ["2026-01-12", "the clinic of prison A treats the person", { servedBy: [PRISON_A] }],
    ["2026-07-06", "the clinic treats the person no more", { servedBy: [] }],
  ],
  COUNTY: [
    ["2026-01-12", "the county does not know the person", null],
    ["2026-03-02", "the county takes the person as a client", { servedBy: [COUNTY] }],
    ["2027-05-17", "the client relationship has ended", { servedBy: [] }],
  ],
  EMPLOYMENT: [
    ["2026-01-12", "the person is no job-seeker", null],
    ["2026-02-02", "the person is a job-seeker", { servedBy: [AREA] }],
    ["2027-04-01", "the person is a job-seeker no more", { servedBy: [] }],
  ],
  KELA: [
    ["2026-01-12", "Kela has the prison's notice (section 27)", { servedBy: ["KELA"] }],
    ["2026-12-14", "nothing is pending in Kela", { servedBy: [] }],
  ],
};

export const systemOn = (authority: Authority, on: LocalDate): Known | null =>
  SYSTEMS[authority].findLast(([from]) => from <= on)?.[2] ?? null;

function factsOf(authority: Authority, known: Known): Record<string, Record<string, unknown>> {
  const facts: Record<string, Record<string, unknown>> = {};
  for (const path of FACT_PATHS) {
    const { kind, holders, choices } = factDefinition(path);
    if (!(holders as readonly Authority[]).includes(authority)) continue;
    const [group, field] = path.split(".") as [string, string];
    const fixed: Record<string, unknown> = {
      "person.hetu": HETU,
      "person.birthDate": "1932-05-17",
      "person.homeMunicipality": "179",
      "person.addressProtected": authority === "RISE" && known.addressProtected === true,
      "sentence.sanction": "FIXED_TERM_IMPRISONMENT",
      "sentence.enforcementStartOn": ARRIVAL,
      "sentence.supervisedFreedomOn": null,
      "sentence.conditionalReleaseOn": known.conditionalReleaseOn ?? null,
      "sentence.fullTermOn": known.fullTermOn ?? null,
      "placement.unit": known.servedBy[0] ?? null,
    };
    const byKind = { text: "x", date: "2026-01-12", boolean: true, money: "48.00", record: {}, records: [{}] };
    const value = path in fixed ? fixed[path] : kind === "choice" ? choices![0] : byKind[kind];
    (facts[group] ??= {})[field] = value;
  }
  return facts;
}

/** The five authorities' systems, as they answer on the day that the clock tells. */
export const storySources = (clock: Clock): CaseSource[] =>
  AUTHORITIES.map((authority) => ({
    authority,
    ask: ({ groups }) => {
      const known = systemOn(authority, today(clock));
      const retrievedAt = clock.now();
      if (known?.down) {
        const issue = { source: authority, kind: "UNAVAILABLE" as const, message: "Down.", retriedAt: null };
        return Promise.resolve({ ok: false as const, issue });
      }
      const facts =
        known && Object.entries(factsOf(authority, known)).filter(([group]) => groups.includes(group as never));
      const answer: HolderAnswer = {
        asOf: retrievedAt,
        facts: facts ? Object.fromEntries(facts) : undefined,
        servedBy: known?.servedBy ?? [],
      };
      return Promise.resolve({ ok: true as const, value: answer, retrievedAt });
    },
  }));
