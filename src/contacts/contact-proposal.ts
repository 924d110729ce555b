import { z } from "zod";
import { isLocalDate, type LocalDate } from "../kernel/dates.ts";
import { HETU_IN_TEXT } from "../kernel/hetu.ts";
import { type ContactPointId, asId, newId } from "../kernel/ids.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import {
  CONTACT_SYSTEMS,
  type ContactPoint,
  type ContactSystem,
  type OpeningHours,
  PHASES,
  type Phase,
  SITUATIONS,
  type Situation,
} from "./contact.ts";
import { canonicalValue, expectedValue } from "./contact-value.ts";
import type { Reference } from "./reference.ts";

/** A contact point as a worker proposes it. Named by role, never by a person's name. */
export interface ContactProposal {
  organisation: string;
  system: ContactSystem;
  value: string;
  name: LocalizedText;
  service: string | null;
  situations: Situation[];
  phases: Phase[];
  urgentOnly: boolean;
  hours: OpeningHours | null;
  languages: string[];
  note: LocalizedText | null;
  validFrom: LocalDate | null;
  validUntil: LocalDate | null;
  /** Where the proposer has it from. */
  source: string;
  /** Id of the contact point that this one would replace. */
  replaces: string | null;
}

const namesNobody = (text: string): boolean => text.search(HETU_IN_TEXT) === -1;
const text = z.string().trim().min(1).max(300).refine(namesNobody);
const localized = z.object({ fi: text, sv: text, en: text });
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

const proposal = z.object({
  organisation: z.string(),
  system: z.enum(CONTACT_SYSTEMS),
  value: z.string(),
  name: localized,
  service: z
    .string()
    .regex(/^[A-Z][A-Z_]{1,40}$/)
    .nullable(),
  situations: z.array(z.enum(SITUATIONS)).min(1),
  phases: z.array(z.enum(PHASES)).min(1),
  urgentOnly: z.boolean(),
  hours: z
    .object({
      printed: text,
      spans: z
        .array(
          z
            .object({ days: z.array(z.int().min(1).max(7)).min(1), opens: time, closes: time })
            .refine((span) => span.opens < span.closes),
        )
        .min(1),
      exceptHolidays: z.boolean(),
    })
    .nullable(),
  languages: z.array(z.string().regex(/^[a-z]{2}$/)).min(1),
  note: localized.nullable(),
  validFrom: z.custom<LocalDate>(isLocalDate).nullable(),
  validUntil: z.custom<LocalDate>(isLocalDate).nullable(),
  source: text,
  replaces: z.string().nullable(),
});

/** What was expected of a field; the answer never repeats what was sent. */
const EXPECTED: Record<string, string> = {
  name: "a name in fi, sv and en, by role and without an identity code, at most 300 characters each",
  service: "a code such as ADULT_SOCIAL_WORK",
  situations: "at least one situation",
  phases: "at least one phase",
  hours: "weekdays 1-7 and times HH:MM, the opening before the closing",
  languages: "at least one language as two letters, e.g. fi",
  note: "a note in fi, sv and en without an identity code, at most 300 characters each",
  validFrom: "a date YYYY-MM-DD",
  validUntil: "a date YYYY-MM-DD",
  source: "where the contact point is from, without an identity code, at most 300 characters",
};

/** Reads a proposal into a contact point that waits for its steward, or says what keeps it from being one. */
export function readProposal(
  from: Reference,
  sent: ContactProposal,
): { point: ContactPoint } | { errors: UserError[] } {
  const parsed = proposal.safeParse(sent);
  if (!parsed.success) {
    const fields = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? "input")))];
    return {
      errors: fields.map((field) =>
        userError("VALUE_NOT_ACCEPTED", `Expected ${EXPECTED[field] ?? "another kind of value"}.`, field),
      ),
    };
  }
  const { value: sentValue, replaces: sentReplaces, ...fields } = parsed.data;
  const organisation = from.organisations.get(fields.organisation);
  const value = canonicalValue(fields.system, sentValue);
  const replaces = sentReplaces === null ? null : asId<ContactPointId>(sentReplaces);
  const errors: UserError[] = [];
  if (!organisation) {
    errors.push(userError("ORGANISATION_UNKNOWN", "There is no such organisation in the directory.", "organisation"));
  }
  if (value === undefined) {
    errors.push(userError("VALUE_NOT_ACCEPTED", `Expected ${expectedValue(fields.system)}.`, "value"));
  }
  if (from.neverUse.some(({ digits }) => digits === nationalDigits(sentValue))) {
    errors.push(userError("VALUE_KNOWN_BROKEN", "A source prints this number wrongly; it must not be used.", "value"));
  }
  if (fields.validFrom !== null && fields.validUntil !== null && fields.validUntil < fields.validFrom) {
    errors.push(
      userError("VALUE_NOT_ACCEPTED", "The last day of validity must not be before the first.", "validUntil"),
    );
  }
  if (replaces === undefined) {
    errors.push(userError("CONTACT_POINT_NOT_FOUND", "There is no such contact point to replace.", "replaces"));
  }
  if (!organisation || value === undefined || replaces === undefined || errors.length > 0) return { errors };
  return {
    point: {
      ...fields,
      value,
      replaces,
      id: newId<ContactPointId>(),
      key: null,
      state: "PROPOSED",
      areaServed: organisation.areaServed,
      include: ["OFFICER_CONTACT"],
      evidence: "UNVERIFIED",
      verifiedOn: null,
      version: 1,
    },
  };
}

const nationalDigits = (text: string): string => text.replace(/\D/g, "").replace(/^(00)?358/, "0");
