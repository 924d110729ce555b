import { z } from "zod";
import { type LocalDate, isLocalDate } from "../kernel/dates.ts";
import { EVIDENCE } from "../kernel/evidence.ts";
import { AREA_KINDS, CONTACT_SYSTEMS, PHASES, SITUATIONS } from "./contact.ts";

/** Shapes of the versioned files in `data/`. A file that does not fit keeps the hub from starting. */

const date = z.custom<LocalDate>(isLocalDate, "must be a date YYYY-MM-DD that exists");
const text = z.string().trim().min(1);
const localized = z.strictObject({ fi: text, sv: text, en: text });
const areas = z.array(z.strictObject({ kind: z.enum(AREA_KINDS), code: z.string().nullable() })).min(1);

const file = <T extends z.ZodType>(item: T) =>
  z.object({ edition: date, source: text, checkedOn: date, items: z.array(item).min(1) });

/** How far the national languages are official in a municipality. */
export const LANGUAGE_STATUSES = [
  "FINNISH",
  "BILINGUAL_FINNISH_MAJORITY",
  "SWEDISH",
  "BILINGUAL_SWEDISH_MAJORITY",
] as const;

/** How far an area's manual has come: ei aloitettu, alussa, työ kesken, valmis. */
export const READINESS_STATUSES = ["NOT_STARTED", "BEGINNING", "IN_PROGRESS", "READY"] as const;
export type ReadinessStatus = (typeof READINESS_STATUSES)[number];

export const municipalityFile = file(
  z.strictObject({
    code: z.string().regex(/^\d{3}$/),
    fi: text,
    sv: text,
    languageStatus: z.enum(LANGUAGE_STATUSES),
    county: z.string().regex(/^\d{2}$/),
    employmentArea: z.string().regex(/^\d{2}$/),
    kelaServiceArea: text,
  }),
);
export type Municipality = z.infer<typeof municipalityFile>["items"][number];

export const countyFile = file(
  z.strictObject({
    code: z.string().regex(/^\d{2}$/),
    fi: text,
    sv: text,
    en: text,
    businessId: z
      .string()
      .regex(/^\d{7}-\d$/)
      .nullable(),
    oidRoot: z
      .string()
      .regex(/^1\.2\.246\.10\.\d+$/)
      .nullable(),
    bilingual: z.boolean(),
    manualReadiness: z.enum(READINESS_STATUSES),
  }),
).extend({
  /** The slide with the readiness is undated; it was made within these days. */
  readiness: z.strictObject({ source: text, asOf: date.nullable(), notBefore: date, notAfter: date }),
});
export type County = z.infer<typeof countyFile>["items"][number];

export const employmentAreaFile = file(z.strictObject({ code: z.string().regex(/^\d{2}$/), fi: text, sv: text }));
export type EmploymentArea = z.infer<typeof employmentAreaFile>["items"][number];

export const RISE_UNIT_KINDS = ["CENTRE", "PRISON", "PROBATION_OFFICE"] as const;

export const riseUnitFile = file(
  z.strictObject({
    code: z.string().regex(/^[a-z-]+$/),
    kind: z.enum(RISE_UNIT_KINDS),
    /** Code of the regional centre to which it belongs; its own for a centre. */
    centre: z.string(),
    /** Null where the decree names no seat. */
    municipality: z
      .string()
      .regex(/^\d{3}$/)
      .nullable(),
    fi: text,
    sv: text,
    svEvidence: z.enum(EVIDENCE),
    en: text,
    bilingualWard: z.boolean(),
  }),
);
export type RiseUnit = z.infer<typeof riseUnitFile>["items"][number];

export const prisonClinicFile = file(
  z.strictObject({ code: text, prisons: z.array(text).min(1), fi: text, sv: text, en: text }),
);

export const serviceFile = file(
  z.strictObject({
    code: text,
    kind: z.enum(["KELA", "EMERGENCY", "SERVICE_TEAM", "TYM_NETWORK"]),
    name: localized,
    areaServed: areas,
    areaEvidence: z.enum(EVIDENCE),
    validFrom: date.nullable(),
    validUntil: date.nullable(),
    ages: z.strictObject({ from: z.int(), to: z.int() }).nullable(),
    consentRequired: z.boolean(),
    note: localized.nullable(),
  }),
);

export const situationFile = file(z.strictObject({ code: z.enum(SITUATIONS), name: localized }));
export const includeItemFile = file(z.strictObject({ code: text, text: localized }));

const hours = z.strictObject({
  printed: text,
  spans: z
    .array(
      z.strictObject({
        days: z.array(z.int().min(1).max(7)).min(1),
        opens: z.string().regex(/^\d\d:\d\d$/),
        closes: z.string().regex(/^\d\d:\d\d$/),
      }),
    )
    .min(1),
  exceptHolidays: z.boolean(),
});

export const contactPointFile = file(
  z.strictObject({
    key: text,
    system: z.enum(CONTACT_SYSTEMS),
    value: text,
    printedAs: text,
    organisation: text,
    service: text.nullable(),
    name: localized,
    areaServed: areas,
    situations: z.array(z.enum(SITUATIONS)).min(1),
    phases: z.array(z.enum(PHASES)).min(1),
    urgentOnly: z.boolean(),
    hours: hours.nullable(),
    languages: z.array(z.string().length(2)).min(1),
    include: z.array(text),
    note: localized.nullable(),
    validFrom: date.nullable(),
    validUntil: date.nullable(),
    source: text,
    evidence: z.enum(["PRINTED_UNDATED", "UNVERIFIED"]),
    verifiedOn: z.null(),
  }),
).extend({
  /** Numbers that a source prints and that must never be offered or proposed. */
  neverUse: z.array(z.strictObject({ digits: z.string().regex(/^\d+$/), reason: text })),
});
export type ContactPointEntry = z.infer<typeof contactPointFile>["items"][number];

/** Who receives a step's contact; resolved from the home municipality, the prison or neither. */
export const RECEIVER_KINDS = [
  "COUNTY",
  "EMPLOYMENT",
  "PRISON_CLINIC",
  "PRISON",
  "KELA",
  "SERVICE",
  "TYM_NETWORK",
] as const;

export const stepFile = file(
  z.strictObject({
    code: text,
    phases: z.array(z.enum(PHASES)).min(1),
    situations: z.array(z.enum(SITUATIONS)).min(1),
    receiver: z.strictObject({ kind: z.enum(RECEIVER_KINDS), code: text.optional() }),
    /** Which of the person's own workers in the county is the one to contact first, if any. */
    ownWorker: z.enum(["ADULT", "CHILD"]).nullable(),
    /** Need may be urgent: then, and out of office hours, the crisis service is shown as well. */
    mayBeUrgent: z.boolean(),
    /** Where the rule is known to hold (decision D16). */
    territory: z.enum(["MAINLAND", "COUNTRY"]),
    preferredChannel: z.enum(CONTACT_SYSTEMS),
    include: z.array(text).min(1),
    instruction: localized,
    citation: z.strictObject({ source: text, evidence: z.enum(EVIDENCE), checkedOn: date }),
  }),
);
export type Step = z.infer<typeof stepFile>["items"][number];
