import { FACT_PATHS, type FactPath, factDefinition } from "../cases/case.ts";

/** What kind of value a source gives; each may be printed in the formats of `FORMATS_OF`. */
export type SourceType = "text" | "date" | "boolean" | "money" | "choice" | "instant" | "benefits" | "matters";

/** Parts of facts that are records, by the path of the fact. */
const RECORD_PARTS = {
  "placement.responsibleOfficer": { name: "text", title: "text", phone: "text", email: "text" },
  "benefits.basicAssistanceDecision": { decidedOn: "date", from: "date", until: "date", granted: "boolean" },
} as const satisfies Partial<Record<FactPath, Record<string, SourceType>>>;

/** Lists that print as lines. Lists of other people are no source: their data are never pre-filled (decision D6). */
const LISTS: Partial<Record<FactPath, SourceType>> = {
  "benefits.benefits": "benefits",
  "benefits.pendingApplications": "matters",
};

const STATEMENT = {
  "statement.present": "boolean",
  "statement.author.name": "text",
  "statement.author.title": "text",
  "statement.author.phone": "text",
  "statement.author.email": "text",
  "statement.need": "text",
  "statement.arrangedByPrison": "text",
  "statement.housingOnRelease": "text",
  "statement.linkToSentencePlan": "text",
  "statement.preparedTogether": "boolean",
  "statement.hasRead": "boolean",
  "statement.agreesToAttach": "boolean",
  "statement.writtenAt": "instant",
  "statement.signedAt": "instant",
  "statement.signedHash": "text",
} as const satisfies Record<string, SourceType>;

const SURROUNDINGS = {
  receiver: "text",
  sender: "text",
  today: "date",
  "period.first": "date",
  "period.last": "date",
} as const satisfies Record<string, SourceType>;

/** Every name that a form definition may map from, with the type of its value. */
export const SOURCES: ReadonlyMap<string, SourceType> = new Map<string, SourceType>([
  ...Object.entries(SURROUNDINGS),
  ...FACT_PATHS.flatMap((path): [string, SourceType][] => {
    const { kind } = factDefinition(path);
    const parts: Record<string, SourceType> | undefined = (
      RECORD_PARTS as Partial<Record<FactPath, Record<string, SourceType>>>
    )[path];
    if (parts) return Object.entries(parts).map(([part, type]) => [`${path}.${part}`, type]);
    const list = LISTS[path];
    if (list) return [[path, list]];
    return kind === "record" || kind === "records" ? [] : [[path, kind]];
  }),
  ...Object.entries(STATEMENT),
]);

export const SOURCE_NAMES = [...SOURCES.keys()] as [string, ...string[]];

export const FORMATS = [
  "text",
  "date",
  "instant",
  "money",
  "iban",
  "phone",
  "municipality",
  "country",
  "language",
  "benefits",
  "matters",
] as const;
export type Format = (typeof FORMATS)[number];

/** The formats in which a value of a type can be printed. Yes/no and choices are drawn as boxes, not printed. */
export const FORMATS_OF: Record<SourceType, readonly Format[]> = {
  text: ["text", "iban", "phone", "municipality", "country", "language"],
  date: ["date"],
  boolean: [],
  money: ["money"],
  choice: [],
  instant: ["instant", "date"],
  benefits: ["benefits"],
  matters: ["matters"],
};

/** The fact that a source reads, and the part of it. Undefined when the source is no fact. */
export function factOf(source: string): { path: FactPath; part: string | undefined } | undefined {
  const [group, field, part] = source.split(".");
  const path = `${group!}.${field ?? ""}` as FactPath;
  return FACT_PATHS.includes(path) ? { path, part } : undefined;
}

/** Facts that tell where a person lives; a protected address is never pre-filled from them (decision D6). */
export const TELLS_THE_PLACE: ReadonlySet<string> = new Set([
  "person.streetAddress",
  "person.postalCode",
  "person.postOffice",
  "person.homeMunicipality",
  "readiness.housingOnRelease",
  "employment.area",
  "receiver",
  "sender",
]);
