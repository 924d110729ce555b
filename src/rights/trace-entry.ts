import type { DataCategory } from "../disclosure/data-category.ts";
import type { DisclosureTable } from "../disclosure/disclose.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { LocalizedText } from "../kernel/text.ts";

export const TRACE_KINDS = ["LOOKED_AT", "RECEIVED", "CHANGED", "SENT", "TOOK_IN"] as const;
/** `RECEIVED`: data of another authority's register came to the one who asked. */
export type TraceKind = (typeof TRACE_KINDS)[number];

export interface TracedData {
  /** Null for data that no table names. */
  category: DataCategory | null;
  text: LocalizedText;
}

export interface TracedBasis {
  citation: string;
  text: LocalizedText;
  /** The day on which the consent was given on which it rests; null when it is none. */
  consentGivenOn: LocalDate | null;
}

export interface TracedUser {
  /** The worker's name: "who has used" of 703/2023 section 11.1. Null for events before names were kept. */
  name: string | null;
  role: LocalizedText;
  organisation: LocalizedText;
}

/** One entry of the person's log, in words (703/2023 section 11.1: who used, to whom it went, on which basis). */
export interface TraceEntry {
  at: Date;
  kind: TraceKind;
  did: LocalizedText;
  who: TracedUser;
  data: TracedData[];
  /** Whose registers the data came from. */
  registers: LocalizedText[];
  purpose: LocalizedText | null;
  bases: TracedBasis[];
  /** To whom it was sent, when it was. */
  sentTo: LocalizedText | null;
  /** The whole entry as plain sentences, without its time. */
  sentence: LocalizedText;
}

/** The same entry for a controller, with the ids by which it is found in the log. */
export interface SubjectTraceEntry extends TraceEntry {
  operation: string;
  /** Unique id of the user (703/2023 section 10.2). */
  userId: string;
  /** Id of the statement, document, referral … concerned. */
  subjectId: string | null;
}

const log = { category: "USE_LOG" } as const;
/** Tells where a person is served, so it is closed to others while the address is protected (decision D6). */
const place = { category: "USE_LOG", tellsPlace: true } as const;

export const traceDisclosure = {
  at: log,
  kind: log,
  did: log,
  who: place,
  data: log,
  registers: log,
  purpose: log,
  bases: log,
  sentTo: place,
  sentence: place,
} satisfies DisclosureTable<TraceEntry>;

export const subjectTraceDisclosure = {
  ...traceDisclosure,
  operation: log,
  userId: log,
  subjectId: log,
} satisfies DisclosureTable<SubjectTraceEntry>;
