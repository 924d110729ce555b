import { type LocalDate, addMonths, isWorkingDay, localTimeIn } from "../kernel/dates.ts";
import type { ContactPointId } from "../kernel/ids.ts";
import type { LocalizedText } from "../kernel/text.ts";

/** By which means a contact point is reached; FHIR ContactPoint.system, widened by what Finnish authorities use. */
export const CONTACT_SYSTEMS = [
  "PHONE",
  "SECURE_MAIL",
  "E_SERVICE",
  "REGISTRY",
  "POST",
  "X_ROAD",
  "WEB",
  "EMAIL",
] as const;
export type ContactSystem = (typeof CONTACT_SYSTEMS)[number];

/** What the contact is about: the manual's situations, and those of decision D30. */
export const SITUATIONS = [
  "EXISTING_CLIENT_RELATIONSHIP",
  "NO_CLIENT_RELATIONSHIP",
  "RELEASE_PLANNING",
  "SHORT_SENTENCE",
  "REMAND",
  "SUPERVISED_FREEDOM",
  "SUPPLEMENTARY_ASSISTANCE",
  "HOMELESSNESS",
  "CHILD_PROTECTION",
  "CHILD_AFTERCARE",
  "EXECUTIVE_ASSISTANCE",
  "INFORMATION_REQUEST",
  "SUBSTITUTION_TREATMENT",
  "OPIOID_TREATMENT_TRANSFER",
  "CONTINUING_HEALTH_CARE",
  "HEALTH_STATION",
  "SPECIALIST_CARE",
  "MENTAL_HEALTH_FIRST_LINE",
  "ADDICTION_SERVICES",
  "DRIVING_LICENCE_MONITORING",
  "VIOLENCE",
  "SEXUAL_OFFENCE_SERVICES",
  "CRISIS",
  "EMPLOYMENT_UNDER_30",
  "EMPLOYMENT_GENERAL",
  "EMPLOYMENT_TYM",
  "ROMA_EMPLOYMENT",
  "BENEFIT_GUIDANCE",
  "REACHING_THE_PRISONER",
] as const;
export type Situation = (typeof SITUATIONS)[number];

/** valmistelu, täytäntöönpano, vapautuminen, vapautumisen jälkeen */
export const PHASES = ["PREPARATION", "ENFORCEMENT", "RELEASE", "AFTER_RELEASE"] as const;
export type Phase = (typeof PHASES)[number];

/**
 * How far a contact point can be relied on.
 * - `VERIFIED` a named steward confirmed it within the last `VERIFICATION_MONTHS`
 * - `PRINTED_UNDATED` printed in a named document of unknown age; nobody has confirmed it since
 * - `EXPIRED` a steward confirmed it once, longer ago than that
 * - `UNVERIFIED` inferred or composed, or a proposal that no steward has looked at
 */
export const VERIFICATION_STATUSES = ["VERIFIED", "PRINTED_UNDATED", "EXPIRED", "UNVERIFIED"] as const;
export type VerificationStatus = (typeof VERIFICATION_STATUSES)[number];

/** [D] Decision D26: verification of a contact point is a task again after half a year. */
export const VERIFICATION_MONTHS = 6;

/** PROPOSED waits for a steward; CURRENT is offered; ENDED is kept for history only. */
export const CONTACT_POINT_STATES = ["PROPOSED", "CURRENT", "ENDED"] as const;
export type ContactPointState = (typeof CONTACT_POINT_STATES)[number];

export const AREA_KINDS = ["COUNTRY", "COUNTY", "EMPLOYMENT_AREA", "MUNICIPALITY", "PRISON"] as const;
export type AreaKind = (typeof AREA_KINDS)[number];

/** An area served. The code is null for the whole country only. */
export interface ServedArea {
  kind: AreaKind;
  code: string | null;
}

/** 1 = Monday … 7 = Sunday; times are local, `HH:MM`, the opening included and the closing not. */
export interface OpeningSpan {
  days: number[];
  opens: string;
  closes: string;
}

/** Weekly hours in Europe/Helsinki. */
export interface OpeningHours {
  /** As the source prints them, e.g. `ark. 8-15`. */
  printed: string;
  spans: OpeningSpan[];
  exceptHolidays: boolean;
}

export interface ContactPoint {
  id: ContactPointId;
  /** Key of the imported entry; null for one that a person proposed. */
  key: string | null;
  state: ContactPointState;
  system: ContactSystem;
  /** E.164 for a phone (a short number such as 112 as it is dialled); an https address; an address for post. */
  value: string;
  /** Code of the organisation that answers. */
  organisation: string;
  /** The service inside the organisation, e.g. `ADULT_SOCIAL_WORK`. */
  service: string | null;
  name: LocalizedText;
  areaServed: ServedArea[];
  situations: Situation[];
  phases: Phase[];
  /** For urgent need and out of office hours only; never an equal alternative. */
  urgentOnly: boolean;
  hours: OpeningHours | null;
  /** ISO 639-1 codes. */
  languages: string[];
  /** Codes of what to include when contacting it. */
  include: string[];
  note: LocalizedText | null;
  /** First and last day of validity, both included; null: open. */
  validFrom: LocalDate | null;
  validUntil: LocalDate | null;
  source: string;
  /** How well the entry is known as long as no steward has verified it. */
  evidence: Extract<VerificationStatus, "PRINTED_UNDATED" | "UNVERIFIED">;
  verifiedOn: LocalDate | null;
  /** Id of the current contact point that this proposal would replace. */
  replaces: ContactPointId | null;
  version: number;
}

export function verificationOn(point: ContactPoint, on: LocalDate): VerificationStatus {
  if (point.verifiedOn === null) return point.evidence;
  return addMonths(point.verifiedOn, VERIFICATION_MONTHS) < on ? "EXPIRED" : "VERIFIED";
}

export const isOfferedOn = (point: ContactPoint, on: LocalDate): boolean =>
  point.state === "CURRENT" &&
  (point.validFrom === null || point.validFrom <= on) &&
  (point.validUntil === null || on <= point.validUntil);

/** Whether it answers at that moment; null when its hours are not known. */
export function isOpenAt(hours: OpeningHours | null, at: Date): boolean | null {
  if (hours === null) return null;
  const { minuteOfDay, weekday, date } = localTimeIn(at);
  if (hours.exceptHolidays && !isWorkingDay(date)) return false;
  return hours.spans.some(
    (span) =>
      span.days.includes(weekday) && minutesOf(span.opens) <= minuteOfDay && minuteOfDay < minutesOf(span.closes),
  );
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** [D] Office hours where an authority's own are not known: working days 8-16. */
const OFFICE_HOURS: OpeningHours = {
  printed: "ark. 8-16",
  spans: [{ days: [1, 2, 3, 4, 5], opens: "08:00", closes: "16:00" }],
  exceptHolidays: true,
};

export const isOfficeTime = (at: Date): boolean => isOpenAt(OFFICE_HOURS, at) === true;
