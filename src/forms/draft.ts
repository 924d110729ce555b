import { InvalidInput } from "../kernel/errors.ts";
import type { FormDefinition, FormLanguage, Mapping } from "./form-definition.ts";
import { type FormField, fieldsOf } from "./form-fields.ts";
import type { FieldDraft, FormDraft, FormInput } from "./form-model.ts";
import { type Period, type SourceValue, defaultPeriod, readFinnishDate, readSource } from "./form-values.ts";
import { type MunicipalityName, type PrintContext, printValue } from "./print-value.ts";
import { NOT_NEEDED, NO_OPTION, STATE_REASONS } from "./reasons.ts";

type Answer = Pick<FieldDraft, "value" | "state" | "provenance" | "reason">;

/**
 * What would be printed in each field, where it came from, and why an empty one is empty. Nothing stops it: a missing
 * value is left for the pen (decision D24).
 *
 * @param overrides values by field name that the worker gives instead; an empty text leaves the field for the pen
 * @throws InvalidInput for an override of a field that the form lacks, that the office fills, or that cannot hold it
 */
export function draftForm(
  definition: FormDefinition,
  input: FormInput,
  language: FormLanguage,
  overrides: Record<string, string>,
  municipalityName: MunicipalityName,
): FormDraft {
  const fields = fieldsOf(definition);
  checkOverrides(fields, overrides);
  const period = appliedPeriod(fields, input, overrides);
  const print: PrintContext = { language, today: input.today, municipalityName };
  return {
    form: definition.code,
    edition: definition.edition,
    language,
    title: definition.title,
    fields: fields.map((field): FieldDraft => {
      const known = answer(field, definition, (source) => readSource(source, input, language, period), print);
      const { name, section, label } = field;
      const override = Object.hasOwn(overrides, name) ? overrides[name]! : undefined;
      if (override === undefined) return { name, section, label, ...known };
      const value = override === "" ? null : override;
      return { name, section, label, value, state: "OVERRIDDEN", provenance: known.provenance, reason: null };
    }),
  };
}

/** What is printed must be where the document goes. */
const ADDRESSING = new Set(["receiver", "sender"]);

function checkOverrides(fields: FormField[], overrides: Record<string, string>): void {
  const byName = new Map(fields.map((field) => [field.name, field]));
  for (const [name, value] of Object.entries(overrides)) {
    const field = byName.get(name);
    if (!field)
      throw new InvalidInput("An override names a field that the form lacks; the draft lists the names of its fields.");
    if (field.leftBlank?.for === "OFFICE") {
      throw new InvalidInput(`The field "${name}" is filled in by the receiving office and cannot be overridden.`);
    }
    if (field.from && "source" in field.from && ADDRESSING.has(field.from.source) && value !== "") {
      throw new InvalidInput(`The field "${name}" tells who sends and who receives, and follows from the case.`);
    }
    if (value === "") continue;
    if (field.kind === "check" && value !== "true" && value !== "false") {
      throw new InvalidInput(`The field "${name}" is a check box and takes "true" or "false".`);
    }
    const codes = field.options.map((option) => option.code);
    if (field.kind === "choice" && !codes.includes(value)) {
      throw new InvalidInput(`The field "${name}" takes one of: ${codes.join(", ")}.`);
    }
  }
}

/** The period applied for: the worker's own, or the current month. */
function appliedPeriod(fields: FormField[], input: FormInput, overrides: Record<string, string>): Period {
  const period = defaultPeriod(input.today);
  const overridden = (source: string) => {
    const field = fields.find(({ from }) => from && "source" in from && from.source === source);
    return field && Object.hasOwn(overrides, field.name) ? readFinnishDate(overrides[field.name]!) : undefined;
  };
  return { first: overridden("period.first") ?? period.first, last: overridden("period.last") ?? period.last };
}

function answer(
  field: FormField,
  definition: FormDefinition,
  read: (source: string) => SourceValue,
  print: PrintContext,
): Answer {
  if (field.leftBlank) {
    const state = field.leftBlank.for === "OFFICE" ? "OFFICE_USE" : "FOR_PERSON";
    return { value: null, state, provenance: [], reason: definition.reasons[field.leftBlank.reason] ?? null };
  }
  // The catalogue refuses a field that is neither mapped nor left blank.
  return mapped(field.from!, read, print);
}

function mapped(mapping: Mapping, read: (source: string) => SourceValue, print: PrintContext): Answer {
  if ("constant" in mapping) return { value: mapping.constant, state: "FILLED", provenance: [], reason: null };
  if ("join" in mapping) return joined(mapping.join.map(read), mapping.with);
  const said = read(mapping.source);
  if (said.state !== "FILLED") return { ...said, value: null };
  if ("is" in mapping) return { ...said, value: String(said.value === mapping.is) };
  if ("choose" in mapping) {
    const code = chosen(mapping.choose, String(said.value));
    return code === undefined
      ? { ...said, value: null, state: "FOR_PERSON", reason: NO_OPTION }
      : { ...said, value: code };
  }
  if (mapping.unless?.includes(String(said.value))) return { ...said, value: null, state: "NONE", reason: NOT_NEEDED };
  const value = printValue(said.value, mapping.as, print);
  return value === "" ? { ...said, value: null, state: "NONE", reason: STATE_REASONS.NONE } : { ...said, value };
}

const chosen = (choose: Record<string, string>, value: string): string | undefined =>
  Object.hasOwn(choose, value) ? choose[value] : choose["*"];

/** What is known of several texts; when nothing is, the first tells why. */
function joined(parts: SourceValue[], separator: string): Answer {
  const known = parts.filter((part) => part.state === "FILLED");
  const missing = parts.find((part) => part.state !== "FILLED");
  if (known.length === 0) return { ...missing!, value: null };
  return {
    value: known.map((part) => String(part.value)).join(separator),
    state: "FILLED",
    provenance: known.flatMap((part) => part.provenance),
    reason: missing?.reason ?? null,
  };
}
