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
    consent.categories.includes(category)
  );
}
