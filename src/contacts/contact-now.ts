import { dateIn } from "../kernel/dates.ts";
import { type Situation, isOfferedOn } from "./contact.ts";
import { EMERGENCY_ORGANISATION, optionOf } from "./contact-advice.ts";
import type { ContactOption } from "./contact-answer.ts";
import type { Directory } from "./directory.ts";
import { countyOrganisation } from "./reference.ts";

/**
 * Whom to telephone at once with a statutory notification (decision D12): the county's telephone first when a steward
 * has verified it, else 112, then the other telephones. An unknown county leaves 112; the answer is never empty.
 * @param county code of the county; null when it is not known
 */
export function contactNow(
  directory: Directory,
  county: string | null,
  situation: Situation,
  now: Date,
): ContactOption[] {
  const on = dateIn(now);
  // A point for a part of the county may be the wrong one; one for all of it is not.
  const pointsOf = (organisation: string) =>
    directory.contactPoints.filter(
      (point) =>
        point.organisation === organisation &&
        point.system === "PHONE" &&
        isOfferedOn(point, on) &&
        point.areaServed.every((area) => area.kind === "COUNTY" || area.kind === "COUNTRY"),
    );
  const emergency = pointsOf(EMERGENCY_ORGANISATION).map((point) => optionOf(point, "EMERGENCY_NUMBER", now, on));
  const telephones = (county === null ? [] : pointsOf(countyOrganisation(county)))
    .filter((point) => point.urgentOnly || point.situations.includes(situation))
    .map((point) => optionOf(point, point.urgentOnly ? "CRISIS_SERVICE" : "NAMED_CHANNEL", now, on));
  const isVerified = (option: ContactOption) => option.verification === "VERIFIED";
  return [...telephones.filter(isVerified), ...emergency, ...telephones.filter((option) => !isVerified(option))];
}
