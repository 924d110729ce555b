import { z } from "zod";
import { findMunicipality } from "../contacts/directory.ts";
import { reference } from "../contacts/reference.ts";
import { isLocalDate } from "../kernel/dates.ts";
import type { FactDefinition } from "./case.ts";

const MAX_TEXT_LENGTH = 2000;

/** No database keeps a NUL or half a character. */
export const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes("\0");

const schemas = {
  text: z.string().trim().min(1).max(MAX_TEXT_LENGTH).refine(isStorable),
  date: z.string().refine(isLocalDate),
  boolean: z.enum(["true", "false"]).transform((text) => text === "true"),
  money: z
    .string()
    .regex(/^-?\d{1,9}([.,]\d{1,2})?$/)
    .transform((text) => {
      const [euros, cents = ""] = text.replace(",", ".").split(".") as [string, string?];
      return `${euros}.${cents.padEnd(2, "0")}`;
    }),
};

const EXPECTED: Record<keyof typeof schemas | "choice", string> = {
  text: `a text of 1-${MAX_TEXT_LENGTH} characters`,
  date: "a date YYYY-MM-DD",
  boolean: '"true" or "false"',
  money: "euros, e.g. 48.00",
  choice: "one of its closed list",
};

/** Whether a name or a note can be kept as it was typed. */
export const isEnteredText = (text: string): boolean => schemas.text.safeParse(text).success;

/** Nothing about a living person was confirmed before; a typing error was. */
export const EARLIEST_DAY = "1900-01-01";

/** Says that there is none, where a municipality is asked: no home municipality is not an unknown one (decision D15). */
const NONE = "NONE";

function readCode(of: "MUNICIPALITY" | "RISE_UNIT", text: string): { value: unknown } | { expected: string } {
  if (of === "RISE_UNIT") {
    return reference().riseUnits.has(text) ? { value: text } : { expected: "the code of a prison or probation office" };
  }
  if (text === NONE) return { value: null };
  const municipality = findMunicipality(reference(), text);
  return municipality ? { value: municipality.code } : { expected: `a municipality's code or name, or ${NONE}` };
}

/**
 * Reads a fact as a worker typed it.
 * @returns the value, or what was expected instead (never repeating what was sent)
 */
export function readFactValue(definition: FactDefinition, text: string): { value: unknown } | { expected: string } {
  const { kind } = definition;
  if (kind === "record" || kind === "records") return { expected: "a fact that is not entered by hand" };
  if (kind === "choice") {
    return definition.choices?.includes(text) ? { value: text } : { expected: EXPECTED.choice };
  }
  if (definition.codeOf) return readCode(definition.codeOf, text);
  const parsed = schemas[kind].safeParse(text);
  return parsed.success ? { value: parsed.data } : { expected: EXPECTED[kind] };
}
