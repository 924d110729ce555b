import type { Purpose } from "../access/purpose.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { CaseId, PermitId } from "../kernel/ids.ts";
import type { DataCategory } from "./data-category.ts";
import type { LegalBasisCode } from "./legal-basis.ts";

export const PERMIT_STATES = ["REQUESTED", "GRANTED", "DECLINED", "ENDED"] as const;
export type PermitState = (typeof PERMIT_STATES)[number];

/**
 * A recorded ground of law that is not the person's consent: a specified and reasoned request that its holder answers,
 * or a statutory notification that the holder makes with its reason. Opens nothing unless it is GRANTED.
 */
export interface Permit {
  id: PermitId;
  caseId: CaseId;
  /** A basis that demands a request or a reason. */
  basis: LegalBasisCode;
  state: PermitState;
  /** Whose facts it opens. */
  holder: Authority;
  /** The holder's unit that answers, where the holder has several registers; null: any. */
  holderUnit: string | null;
  receiver: Authority;
  receiverUnit: string;
  categories: DataCategory[];
  purpose: Purpose;
  /** First and last day, both included. */
  from: LocalDate;
  until: LocalDate;
}

/** Does this permit let `holder`'s facts of `category` go to the caller on that day? */
export const permitCovers = (
  permit: Permit,
  caller: { authority: Authority | null; unit: string | null; purpose: Purpose | null },
  holder: Authority,
  category: DataCategory,
  on: LocalDate,
): boolean =>
  permit.state === "GRANTED" &&
  permit.holder === holder &&
  permit.receiver === caller.authority &&
  permit.receiverUnit === caller.unit &&
  permit.purpose === caller.purpose &&
  permit.categories.includes(category) &&
  permit.from <= on &&
  on <= permit.until;
