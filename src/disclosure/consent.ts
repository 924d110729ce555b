import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { CaseId, ConsentId, WorkerId } from "../kernel/ids.ts";
import type { Language } from "../kernel/text.ts";
import type { Caller } from "../access/caller.ts";
import type { Purpose } from "../access/purpose.ts";
import type { DataCategory } from "./data-category.ts";

/** A person's consent to a disclosure, or their refusal of it; that nobody asked is neither (domain reference 3.6). */
export interface Consent {
  id: ConsentId;
  caseId: CaseId;
  answer: "GIVEN" | "REFUSED";
  /** Who may disclose. */
  disclosers: Authority[];
  /** Who may receive, and, when named, in which unit only. */
  receiver: Authority;
  receiverUnit: string | null;
  categories: DataCategory[];
  /** For which purposes the receiver may use it. */
  purposes: Purpose[];
  informedIn: Language;
  givenOn: LocalDate;
  /** Last day of validity, included. */
  validUntil: LocalDate;
  recordedBy: WorkerId;
  /** In whose service it was recorded. */
  recordedByAuthority: Authority;
  withdrawnAt: Date | null;
}

/** Does this consent let `holder`'s facts of `category` go to the caller on that day? */
export function consentCovers(
  consent: Consent,
  caller: Caller,
  holder: Authority,
  category: DataCategory,
  on: LocalDate,
): boolean {
  return (
    consent.answer === "GIVEN" &&
    consent.withdrawnAt === null &&
    consent.givenOn <= on &&
    on <= consent.validUntil &&
    consent.receiver === caller.authority &&
    (consent.receiverUnit === null || consent.receiverUnit === caller.unit) &&
    caller.purpose !== null &&
    consent.purposes.includes(caller.purpose) &&
    consent.disclosers.includes(holder) &&
    consent.categories.includes(category) &&
    isVouchedFor(consent, holder, category)
  );
}

/** What a receiver's own record of a consent never opens: the holder's worker has to have recorded it. */
const ONLY_BY_THE_HOLDER: readonly DataCategory[] = ["HEALTH", "SANCTION"];

/**
 * Nobody grants themselves health or crime data, nor a stranger's data to another authority, by recording a consent:
 * the holder's worker records it, or, for the rest, the receiver's. [D] No source says who records; changed here.
 */
function isVouchedFor(consent: Consent, holder: Authority, category: DataCategory): boolean {
  if (consent.recordedByAuthority === holder) return true;
  return consent.recordedByAuthority === consent.receiver && holder !== "VTH" && !ONLY_BY_THE_HOLDER.includes(category);
}
