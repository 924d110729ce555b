import { parsePhoneNumberFromString } from "libphonenumber-js";
import type { Benefit, HeldMatter } from "../cases/case.ts";
import { type LocalDate, formatDate, formatInstant } from "../kernel/dates.ts";
import { benefitName } from "./benefit-names.ts";
import type { FormLanguage } from "./form-definition.ts";
import type { Format } from "./sources.ts";

/** Name of a municipality by its code of three digits; undefined for a code that is not known. */
export type MunicipalityName = (code: string, language: FormLanguage) => string | undefined;

export interface PrintContext {
  language: FormLanguage;
  today: LocalDate;
  municipalityName: MunicipalityName;
}

/** A value as a Finnish form prints it. The catalogue has checked that the format fits the value's type. */
export function printValue(value: unknown, format: Format, context: PrintContext): string {
  const { language } = context;
  switch (format) {
    case "text":
      return String(value);
    case "date":
      return value instanceof Date ? formatInstant(value).split(" ")[0]! : formatDate(value as LocalDate);
    case "instant":
      return formatInstant(value as Date);
    case "money":
      return printMoney(value as string);
    case "iban":
      return (value as string).replace(/\s/g, "").replace(/(.{4})(?=.)/g, "$1 ");
    case "phone":
      return printPhone(value as string);
    case "municipality":
      return context.municipalityName(value as string, language) ?? String(value);
    case "country":
      return displayName("region", value as string, language);
    case "language":
      return displayName("language", value as string, language);
    case "benefits":
      return printBenefits(value as Benefit[], context);
    case "matters":
      return (value as HeldMatter[])
        .map((matter) => `${benefitName(matter.kind, language)}, ${formatDate(matter.receivedOn)}`)
        .join("; ");
  }
}

/** `1234.50` as `1 234,50`. */
function printMoney(amount: string): string {
  const [whole, cents] = amount.split(".");
  const grouped = whole!.replace(/\B(?=(\d{3})+(?!\d))/g, "\u00a0");
  return cents === undefined ? grouped : `${grouped},${cents}`;
}

/** Finnish numbers as written at home, others with their country code; what is no number stays as it was entered. */
function printPhone(phone: string): string {
  const parsed = parsePhoneNumberFromString(phone, "FI");
  if (!parsed) return phone;
  // The library leaves the last seven digits of a Finnish number in one piece: 040 1234567.
  return parsed.country === "FI"
    ? parsed.formatNational().replace(/(\d{3})(\d{3,4})$/, "$1 $2")
    : parsed.formatInternational();
}

function displayName(type: "region" | "language", code: string, language: FormLanguage): string {
  try {
    return new Intl.DisplayNames(language, { type }).of(code) ?? code;
  } catch {
    // A code that is not one of its standard is printed as the source wrote it.
    return code;
  }
}

/** Running benefits, a line each. */
function printBenefits(benefits: Benefit[], { language, today }: PrintContext): string {
  const month = language === "fi" ? "€/kk" : "€/mån";
  return benefits
    .filter((benefit) => benefit.until === null || benefit.until >= today)
    .map((benefit) => {
      const amount = benefit.monthlyAmount === null ? "" : `, ${printMoney(benefit.monthlyAmount)} ${month}`;
      const until = benefit.until === null ? "" : formatDate(benefit.until);
      return `${benefitName(benefit.benefit, language)}${amount} (${formatDate(benefit.from)}–${until})`;
    })
    .join("\n");
}
