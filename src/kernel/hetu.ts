import { type LocalDate, isLocalDate } from "./dates.ts";

/** A Finnish personal identity code (henkilötunnus), all 11 characters, upper case. The separator is part of identity. */
export type Hetu = string & { readonly __hetu: true };

const CENTURIES: Record<string, string> = {
  "+": "18",
  ...Object.fromEntries([..."-YXWVU"].map((separator) => [separator, "19"])),
  ...Object.fromEntries([..."ABCDEF"].map((separator) => [separator, "20"])),
};
const CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";
const FORMAT = /^(\d{2})(\d{2})(\d{2})([-+A-FU-Y])(\d{3})([0-9A-FHJ-NPR-Y])$/;

/** Finds identity codes inside a text, for redaction. */
export const HETU_IN_TEXT = /(?<![\w-])\d{6}[-+A-FU-Y]\d{3}[0-9A-FHJ-NPR-Y](?![\w-])/gi;

/** Valid format, real calendar date, check character right, individual number 002-999. Undefined when not. */
export function parseHetu(text: string): { hetu: Hetu; birthDate: LocalDate; artificial: boolean } | undefined {
  const hetu = text.trim().toUpperCase();
  const match = FORMAT.exec(hetu);
  if (!match) return undefined;
  const [, day, month, year, separator, individual, check] = match;
  const birthDate = `${CENTURIES[separator!]!}${year!}-${month!}-${day!}`;
  if (!isLocalDate(birthDate)) return undefined;
  if (Number(individual) < 2) return undefined;
  if (CHECK_CHARACTERS[Number(`${day!}${month!}${year!}${individual!}`) % 31] !== check) return undefined;
  return { hetu: hetu as Hetu, birthDate, artificial: Number(individual) >= 900 };
}

/** Builds an identity code of the artificial range 900-999, which never belongs to a real person. */
export function artificialHetu(birthDate: LocalDate, individual: number): Hetu {
  if (individual < 900 || individual > 999) throw new RangeError("artificial identity codes are in 900-999");
  const [year, month, day] = birthDate.split("-") as [string, string, string];
  const digits = `${day}${month}${year.slice(2)}`;
  const separator = Number(year) >= 2000 ? "A" : "-";
  return `${digits}${separator}${individual}${CHECK_CHARACTERS[Number(`${digits}${individual}`) % 31]!}` as Hetu;
}

export const redactHetu = (text: string): string => text.replace(HETU_IN_TEXT, "[identity code]");

/**
 * Whether a text that should be an opaque id holds what may be a personal identity code of any kind: Finnish, with or
 * without its separator and a country's prefix as X-Road writes it, or a foreign one of ten digits and more.
 */
export const looksLikeIdentityCode = (id: string): boolean =>
  /(?<![0-9A-Za-z])[A-Z]{0,2}(\d{6}[-+A-Y]?\d{3}[0-9A-Y]|\d{10,})(?![0-9A-Za-z])/i.test(id);
