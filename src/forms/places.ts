import type { SettledFact } from "../cases/case.ts";
import type { Place } from "../contacts/contact-answer.ts";
import { countyReceiver } from "../contacts/receiver.ts";
import { reference } from "../contacts/reference.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { FormLanguage } from "./form-definition.ts";

/** The county that is to handle an application. */
export interface ReceivingCounty {
  code: string;
  name: { fi: string; sv: string };
}

export const municipalityName = (code: string, language: FormLanguage): string | undefined =>
  reference().municipalities.get(code)?.[language];

export const unitName = (code: string): { fi: string; sv: string } | undefined => reference().riseUnits.get(code);

/** A settled home municipality as the directory reads it. */
function placeOf(home: SettledFact<string>): Place {
  if (home.status === "KNOWN") return { status: "KNOWN", code: home.value! };
  return { status: home.status };
}

/** By decision D15; undefined while it cannot be said, so that nothing secret goes to a wrong county. */
export function receivingCounty(
  home: SettledFact<string>,
  unit: SettledFact<string>,
  on: LocalDate,
): ReceivingCounty | undefined {
  const found = countyReceiver(reference(), {
    place: placeOf(home),
    prisonUnit: unit.value,
    situation: "SUPPLEMENTARY_ASSISTANCE",
    phase: "ENFORCEMENT",
    on,
  });
  if (found === "drop" || found.status !== "FOUND") return undefined;
  const { code, name } = found.receiver;
  return { code: code.replace(/^county-/, ""), name };
}
