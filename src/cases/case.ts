import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { WorkerId } from "../kernel/ids.ts";

// ---- values -------------------------------------------------------------------------------------------------------

/** Sanctions in force (domain reference 1.1). */
export const SANCTION_KINDS = [
  "REMAND",
  "FIXED_TERM_IMPRISONMENT",
  "LIFE_IMPRISONMENT",
  "FINE_CONVERSION",
  "COMBINATION_SENTENCE",
  "COMMUNITY_SERVICE",
  "MONITORING_SENTENCE",
  "JUVENILE_PUNISHMENT",
  "SUPERVISED_CONDITIONAL_IMPRISONMENT",
  "SUPERVISED_CONDITIONAL_RELEASE",
] as const;
export type SanctionKind = (typeof SANCTION_KINDS)[number];

/** A worker's contact details as printed on a statement: in service, never private. */
export interface Officer {
  workerId: WorkerId | null;
  name: string;
  title: string;
  /** E.164. */
  phone: string | null;
  /** Secure mail address in service. */
  email: string | null;
}

export interface Dependant {
  familyName: string;
  givenNames: string;
  birthYear: number;
  livesWithPerson: boolean;
}

export interface ClientRelationship {
  /** Code of the wellbeing services county. */
  countyCode: string;
  /** A service of the county, e.g. `ADULT_SOCIAL_WORK`. */
  service: string;
  since: LocalDate;
  ownWorkerName: string | null;
  ownWorkerPhone: string | null;
}

export interface HealthContact {
  clinic: string;
  /** What is arranged, in the words of the prison health service. */
  matter: string;
  continuesAfterRelease: boolean;
}

export interface Benefit {
  benefit: string;
  from: LocalDate;
  /** Last day included; null while it runs. */
  until: LocalDate | null;
  /** Euros a month with two decimals. */
  monthlyAmount: string | null;
}

export interface BasicAssistanceDecision {
  decidedOn: LocalDate;
  /** First and last day of the period, both included. */
  from: LocalDate;
  until: LocalDate;
  granted: boolean;
}

/** An application or referral that an authority already holds; read-only here. */
export interface HeldMatter {
  /** The holder's own reference. */
  reference: string;
  kind: string;
  state: string;
  receivedOn: LocalDate;
}

// ---- the catalogue of facts ---------------------------------------------------------------------------------------

/** How a fact is entered and compared. `records` are lists that each holder adds to; they never conflict. */
export type FactKind = "text" | "date" | "boolean" | "money" | "choice" | "record" | "records";

export interface FactDefinition<T = unknown> {
  kind: FactKind;
  /** The authorities whose systems may know it. */
  holders: readonly Authority[];
  /** A worker may enter it where no source holds it (decision D25). */
  enterable: boolean;
  /** For `choice`: the closed list. */
  choices?: readonly string[];
  /** A text that is a code of the directory; entered by code or name. */
  codeOf?: "MUNICIPALITY" | "RISE_UNIT";
  /** Phantom: carries the type of the value. */
  readonly __value?: T;
}

const text = (...holders: Authority[]): FactDefinition<string> => ({ kind: "text", holders, enterable: true });
const date = (...holders: Authority[]): FactDefinition<LocalDate> => ({ kind: "date", holders, enterable: true });
const yesNo = (...holders: Authority[]): FactDefinition<boolean> => ({ kind: "boolean", holders, enterable: true });
/** Euros as decimal text with two decimals. */
const money = (...holders: Authority[]): FactDefinition<string> => ({ kind: "money", holders, enterable: true });
const choice = <T extends string>(choices: readonly T[], ...holders: Authority[]): FactDefinition<T> => ({
  kind: "choice",
  holders,
  enterable: true,
  choices,
});
const record = <T>(...holders: Authority[]): FactDefinition<T> => ({ kind: "record", holders, enterable: false });
const records = <T>(...holders: Authority[]): FactDefinition<T[]> => ({ kind: "records", holders, enterable: false });

/**
 * Everything the hub can know of a person, by group. A new fact is one line here, one in `case.disclosure.ts` (the
 * compiler asks for it) and, if it should be published, one in `case.graphql.ts`.
 */
export const FACTS = {
  person: {
    familyName: text("RISE", "VTH", "COUNTY", "EMPLOYMENT", "KELA"),
    givenNames: text("RISE", "VTH", "COUNTY", "EMPLOYMENT", "KELA"),
    /** Personal identity code (henkilötunnus), 11 characters. */
    hetu: { ...text("RISE", "VTH", "COUNTY", "EMPLOYMENT", "KELA"), enterable: false } as FactDefinition<string>,
    birthDate: {
      ...date("RISE", "VTH", "COUNTY", "EMPLOYMENT", "KELA"),
      enterable: false,
    } as FactDefinition<LocalDate>,
    /** äidinkieli */
    motherTongue: text("RISE", "COUNTY"),
    /** asiointikieli; kept apart from the mother tongue (kielilaki 423/2003) */
    serviceLanguage: text("RISE", "COUNTY", "EMPLOYMENT", "KELA"),
    needsInterpreter: yesNo("RISE", "COUNTY"),
    /** ISO 3166-1 alpha-2. */
    citizenship: text("RISE"),
    maritalStatus: text("RISE"),
    /** Municipality code of three digits; a source that says there is none answers null (decision D15). */
    homeMunicipality: { ...text("RISE", "COUNTY", "KELA"), codeOf: "MUNICIPALITY" } as FactDefinition<string>,
    streetAddress: text("RISE", "COUNTY", "KELA"),
    postalCode: text("RISE", "COUNTY", "KELA"),
    postOffice: text("RISE", "COUNTY", "KELA"),
    /** E.164. */
    phone: text("RISE", "COUNTY", "EMPLOYMENT"),
    email: text("RISE", "COUNTY", "EMPLOYMENT"),
    /** turvakielto */
    addressProtected: yesNo("RISE", "COUNTY"),
  },
  sentence: {
    sanction: choice<SanctionKind>(SANCTION_KINDS, "RISE"),
    enforcementStartOn: date("RISE"),
    /** valvottu koevapaus */
    supervisedFreedomOn: date("RISE"),
    /** ehdonalainen vapaus */
    conditionalReleaseOn: date("RISE"),
    fullTermOn: date("RISE"),
  },
  placement: {
    /** Code of the prison or probation office. */
    unit: { ...text("RISE"), codeOf: "RISE_UNIT" } as FactDefinition<string>,
    responsibleOfficer: record<Officer>("RISE"),
  },
  plan: {
    /** The employment-promoting content of the sentence plan. */
    employmentContent: text("RISE"),
    activity: text("RISE"),
    workAbility: text("RISE"),
  },
  economy: {
    /** käyttöraha, euros a month */
    allowance: money("RISE"),
    /** toimintaraha or wages, euros a month */
    activityAllowance: money("RISE"),
    /** Balance of the prisoner's account, euros. */
    accountBalance: money("RISE"),
    /** IBAN to which assistance is paid. */
    iban: text("KELA"),
  },
  family: {
    dependants: records<Dependant>("RISE", "COUNTY"),
  },
  social: {
    clientRelationships: records<ClientRelationship>("COUNTY"),
  },
  health: {
    contacts: records<HealthContact>("VTH"),
    substitutionTreatment: { ...yesNo("VTH"), enterable: false } as FactDefinition<boolean>,
  },
  employment: {
    jobSearchActive: yesNo("EMPLOYMENT"),
    jobSearchStartedOn: date("EMPLOYMENT"),
    /** Code of the employment area. */
    area: { ...text("EMPLOYMENT"), enterable: false } as FactDefinition<string>,
    contactPerson: text("EMPLOYMENT"),
  },
  benefits: {
    benefits: records<Benefit>("KELA"),
    basicAssistanceDecision: record<BasicAssistanceDecision>("KELA"),
    pendingApplications: records<HeldMatter>("KELA"),
  },
  matters: {
    /** Referrals and applications that the authorities already hold. */
    held: records<HeldMatter>("RISE", "VTH", "COUNTY", "EMPLOYMENT"),
  },
  /** What no authority's system holds (decision D25): entered by workers. */
  readiness: {
    firstNight: text(),
    identityDocumentValid: yesNo(),
    ownPhoneInUse: yesNo(),
    bankAccess: yesNo(),
    leaseHeld: yesNo(),
    housingOnRelease: text(),
    debts: text(),
    minorsInDwelling: yesNo(),
    deviceAndDigitalSkills: text(),
    prisonInternetPermission: yesNo(),
  },
} as const satisfies Record<string, Record<string, FactDefinition>>;

type Catalogue = typeof FACTS;
export type FactGroup = keyof Catalogue;
export type FactPath = { [G in FactGroup]: `${G}.${keyof Catalogue[G] & string}` }[FactGroup];
type ValueOf<D> = D extends FactDefinition<infer T> ? T : never;

export const FACT_GROUPS = Object.keys(FACTS) as FactGroup[];

export const FACT_PATHS = FACT_GROUPS.flatMap((group) =>
  Object.keys(FACTS[group]).map((field) => `${group}.${field}` as FactPath),
);

const CATALOGUE: ReadonlySet<string> = new Set(FACT_PATHS);

/** Whether a path on record is a fact's; the rest are fields of flat records. */
export const isFactPath = (path: string): path is FactPath => CATALOGUE.has(path);

export function factDefinition(path: FactPath): FactDefinition {
  const [group, field] = path.split(".") as [FactGroup, string];
  return (FACTS[group] as Record<string, FactDefinition>)[field]!;
}

// ---- facts with provenance ----------------------------------------------------------------------------------------

/** Where a fact came from. */
export interface Provenance {
  holder: Authority;
  /** ORIGIN: the authority's own system. WORKER: entered by a person in that authority's service. */
  origin: "SYSTEM" | "WORKER";
  /** When the holder last knew it to be so. */
  asOf: Date | null;
  /** When the hub got it. */
  retrievedAt: Date;
}

/** One holder's word on one fact. A null value says: there is none. */
export interface Fact<T> extends Provenance {
  value: T | null;
  /** The county or area whose word it is, where that is known; never published. */
  register?: string | undefined;
}

/**
 * - `KNOWN` one value, all who spoke agree
 * - `NONE` those who spoke say that there is none
 * - `UNKNOWN` all who could know were asked, and nobody said anything
 * - `FAILED` nobody said anything, and at least one who could know did not answer
 * - `CONFLICT` holders disagree; all their words are shown and none is chosen
 * - `WITHHELD` not disclosed to this caller, whether or not there is a value
 */
export const FACT_STATUSES = ["KNOWN", "NONE", "UNKNOWN", "FAILED", "CONFLICT", "WITHHELD"] as const;
export type FactStatus = (typeof FACT_STATUSES)[number];

export interface SettledFact<T> {
  status: FactStatus;
  /** Only when KNOWN. */
  value: T | null;
  /** Every permitted holder's word. */
  facts: Fact<T>[];
}

/** Whose facts a path holds by the catalogue. What workers alone enter is Rise's, unless another's worker entered it. */
export function expectedHolders(path: FactPath): readonly Authority[] {
  const { holders } = factDefinition(path);
  return holders.length > 0 ? holders : ["RISE"];
}

/** Facts by group as a reader gets them. Fields that were not asked for are absent. */
export type CaseFacts = {
  [G in FactGroup]: { [F in keyof Catalogue[G]]: SettledFact<ValueOf<Catalogue[G][F]>> };
};

/** What one holder says: values by group and field. A field that it does not mention is absent; null means "none". */
export type HolderFacts = {
  [G in FactGroup]?: { -readonly [F in keyof Catalogue[G]]?: ValueOf<Catalogue[G][F]> | null };
};

/** Settles what the permitted holders said about one fact. Pure; nothing is resolved silently. */
export function settle<T>(definition: FactDefinition<T>, facts: Fact<T>[], someHolderFailed: boolean): SettledFact<T> {
  if (facts.length === 0) return { status: someHolderFailed ? "FAILED" : "UNKNOWN", value: null, facts };
  if (definition.kind === "records") {
    const items = facts.flatMap((fact) => (fact.value as unknown[] | null) ?? []);
    return { status: items.length > 0 ? "KNOWN" : "NONE", value: items as T, facts };
  }
  const distinct = new Set(facts.map((fact) => JSON.stringify(fact.value)));
  if (distinct.size > 1) return { status: "CONFLICT", value: null, facts };
  const value = facts[0]!.value;
  return { status: value === null ? "NONE" : "KNOWN", value, facts };
}

/**
 * The earliest planned door: supervised probationary freedom, then conditional release, then full term (D17). Null
 * when holders disagree on a door that may be the earliest: a later one would look like the answer.
 */
export function earliestRelease(sentence: Partial<CaseFacts["sentence"]>): LocalDate | null {
  const doors = [sentence.supervisedFreedomOn, sentence.conditionalReleaseOn, sentence.fullTermOn];
  const known = doors.flatMap((door) => (door?.status === "KNOWN" ? (door.value ?? []) : []));
  const disputed = doors.flatMap((door) => (door?.status === "CONFLICT" ? door.facts : [])).map((word) => word.value);
  const earliest = known.sort()[0];
  if (earliest === undefined || disputed.some((value) => value !== null && value < earliest)) return null;
  return earliest;
}
