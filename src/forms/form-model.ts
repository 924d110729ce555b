import type { CaseFacts, Fact } from "../cases/case.ts";
import type { DisclosureTable } from "../disclosure/disclose.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { Language, LocalizedText } from "../kernel/text.ts";
import type { Statement } from "../statements/statement.ts";

/** Partial by group and field: what was not asked or not disclosed is absent. */
export type KnownFacts = { [G in keyof CaseFacts]?: Partial<CaseFacts[G]> };

/** What a form is filled from. Everything in it has been disclosed to the worker who fills it. */
export interface FormInput {
  facts: KnownFacts;
  statement: Statement | null;
  /** Name of the receiving authority in both languages; null while the receiver is unknown (D15) or protected (D6). */
  receiver: { fi: string; sv: string } | null;
  /** Name of the unit that sends, e.g. the prison. */
  sender: { fi: string; sv: string };
  today: LocalDate;
}

/**
 * Why a field holds what it holds.
 * - `FILLED` from a fact; `OVERRIDDEN` by the worker
 * - `UNKNOWN` nobody knows; `NONE` a source says there is none; `FAILED` a source did not answer; `CONFLICT` sources
 *   disagree; `WITHHELD` not disclosed to the worker
 * - `FOR_PERSON` left for the person and the pen; `OFFICE_USE` for the receiving office
 */
export const FIELD_STATES = [
  "FILLED",
  "OVERRIDDEN",
  "UNKNOWN",
  "NONE",
  "FAILED",
  "CONFLICT",
  "WITHHELD",
  "FOR_PERSON",
  "OFFICE_USE",
] as const;
export type FieldState = (typeof FIELD_STATES)[number];

export interface FieldDraft {
  /** Name of the field in the PDF. */
  name: string;
  section: LocalizedText;
  label: LocalizedText;
  /** As it will be printed; "true"/"false" for a check box; the option's code for a choice; null when empty. */
  value: string | null;
  state: FieldState;
  /** The words of the holders that the value came from, or that conflict. */
  provenance: Pick<Fact<unknown>, "holder" | "origin" | "asOf" | "retrievedAt">[];
  /** Why it is empty, or what to know of the value, for a person. */
  reason: LocalizedText | null;
}

export interface FormDraft {
  form: string;
  edition: string;
  /** A form's languages are the national languages. */
  language: Exclude<Language, "en">;
  title: LocalizedText;
  fields: FieldDraft[];
}

/** The form and its edition are what was asked for. */
export const formDraftDisclosure = {
  form: "PUBLIC",
  edition: "PUBLIC",
  language: "PUBLIC",
  title: "PUBLIC",
  fields: "PUBLIC",
} satisfies DisclosureTable<FormDraft>;

const application = { category: "APPLICATION" } as const;

/** What stands in a field is made of the form's facts, which are judged and recorded in its place. */
export const fieldDraftDisclosure = {
  name: "PUBLIC",
  section: "PUBLIC",
  label: "PUBLIC",
  value: application,
  state: application,
  provenance: application,
  reason: application,
} satisfies DisclosureTable<FieldDraft>;
