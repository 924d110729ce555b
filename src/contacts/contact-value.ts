import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import type { ContactSystem } from "./contact.ts";

/** What a contact point's value must be, told to a person who typed another. */
const EXPECTED: Record<ContactSystem, string> = {
  PHONE: "a Finnish or international telephone number, e.g. 040 123 4567, or a short number such as 112",
  EMAIL: "an e-mail address",
  SECURE_MAIL: "the https address of the secure mail service",
  E_SERVICE: "an https address",
  WEB: "an https address",
  REGISTRY: "an https address, an e-mail address that takes secure mail, or a postal address",
  POST: "a postal address",
  X_ROAD: "an X-Road service identifier, e.g. FI/GOV/1234567-8/subsystem/service",
};

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const SHORT_NUMBER = /^(112|116\d{3})$/;
const X_ROAD = /^[A-Z][A-Z-]*\/[A-Z]+(\/[\w.-]+){2,4}$/;
const LONGEST = 300;

export const isEmail = (value: string): boolean => EMAIL.test(value);

/** Nationwide short numbers have no +358 form (domain reference 4.2). */
export const isShortNumber = (value: string): boolean => SHORT_NUMBER.test(value);

const isHttps = (value: string): boolean => URL.canParse(value) && new URL(value).protocol === "https:";

function canonicalPhone(text: string): string | undefined {
  const digits = text.replace(/\D/g, "");
  if (isShortNumber(digits)) return digits;
  const parsed = parsePhoneNumberFromString(text, "FI");
  return parsed?.isValid() === true ? parsed.number : undefined;
}

/**
 * The value in its stored form: E.164 for a phone.
 * @returns undefined when it is not a value of that system
 */
export function canonicalValue(system: ContactSystem, text: string): string | undefined {
  const value = text.trim();
  if (value === "" || value.length > LONGEST) return undefined;
  switch (system) {
    case "PHONE":
      return canonicalPhone(value);
    case "EMAIL":
      return isEmail(value) ? value.toLowerCase() : undefined;
    case "SECURE_MAIL":
    case "E_SERVICE":
    case "WEB":
      return isHttps(value) ? value : undefined;
    case "REGISTRY":
      return isEmail(value) ? value.toLowerCase() : isHttps(value) || value.includes(" ") ? value : undefined;
    case "POST":
      return value;
    case "X_ROAD":
      return X_ROAD.test(value) ? value : undefined;
  }
}

export const expectedValue = (system: ContactSystem): string => EXPECTED[system];

/** As it is read aloud and dialled: `014 266 0149`. Other values as they are. */
export function displayValue(system: ContactSystem, value: string): string {
  if (system !== "PHONE" || isShortNumber(value)) return value;
  const parsed = parsePhoneNumberFromString(value);
  if (parsed?.country !== "FI") return value;
  const [area, subscriber = ""] = parsed.formatNational().split(" ");
  return [area, subscriber.slice(0, 3), subscriber.slice(3)].filter((part) => part !== "").join(" ");
}
