import type { Caller } from "../access/caller.ts";
import type { DataCategory } from "../disclosure/data-category.ts";
import { LEGAL_BASES, type LegalBasisCode } from "../disclosure/legal-basis.ts";
import type { PlannedField } from "../disclosure/plan.ts";
import type { Decision } from "../disclosure/policy.ts";
import type { Holder, Sending } from "../disclosure/published.ts";
import { WITHHELD_REASONS, type WithheldReason } from "../disclosure/withheld-reason.ts";
import type { Authority } from "../kernel/authority.ts";
import type { CaseId } from "../kernel/ids.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { isFactPath } from "./case.ts";
import { servesAtThePlace } from "./gather.ts";

/**
 * - `MAY_LEAVE` leaves when the holder has it
 * - `WITHHELD` closed by rule, whether or not there is a value
 * - `DEPENDS_ON_PLACE` leaves unless the address is protected or that is not known: only asked at the moment of use (D6)
 */
export const DISCLOSURE_VERDICTS = ["MAY_LEAVE", "WITHHELD", "DEPENDS_ON_PLACE"] as const;
export type DisclosureVerdict = (typeof DISCLOSURE_VERDICTS)[number];

export interface ExplainedBasis {
  code: LegalBasisCode;
  citation: string;
  text: LocalizedText;
}

/** What the rule says of one holder's word on one field. */
export interface HolderVerdict {
  holder: Authority;
  verdict: DisclosureVerdict;
  /** Null when withheld. */
  basis: ExplainedBasis | null;
  /** The consent or permit on which it rests; null where the law alone allows. */
  groundId: string | null;
  /** Null unless withheld. */
  reason: { code: WithheldReason; text: LocalizedText } | null;
}

export interface FieldExplanation {
  type: string;
  field: string;
  /** As it goes on record. */
  path: string;
  category: DataCategory;
  verdicts: HolderVerdict[];
  /** The same for words that workers of other authorities can enter; listed whether or not there is any (D1). */
  enteredWords: HolderVerdict[];
}

/** What running it would send to another than the caller, if nothing keeps it back. */
export interface SendingExplanation extends Omit<Sending, "basis"> {
  basis: ExplainedBasis;
}

export interface PersonExplanation {
  caseId: CaseId;
  fields: FieldExplanation[];
  sends: SendingExplanation[];
}

export const explainSending = (sending: Sending): SendingExplanation => ({
  ...sending,
  basis: explainedBasis(sending.basis),
});

function explainedBasis(code: LegalBasisCode): ExplainedBasis {
  const { citation, text } = LEGAL_BASES[code];
  return { code, citation, text };
}

/** The verdicts on one field about one person, as running the operation would reach them. Looks at no value. */
export function explainField(field: PlannedField, caller: Caller, decision: Decision): FieldExplanation {
  const judged = (holders: readonly Holder[]): HolderVerdict[] =>
    holders.flatMap((holder) => {
      const authority = holder === "OWN" ? caller.authority : holder;
      return authority === null ? [] : [verdictOf(field, authority, caller, decision)];
    });
  const { type, field: name, path, category } = field;
  return {
    type,
    field: name,
    path,
    category,
    verdicts: judged(field.holders),
    enteredWords: judged(field.enteredBy),
  };
}

function verdictOf(field: PlannedField, holder: Authority, caller: Caller, decision: Decision): HolderVerdict {
  const verdict = decision.on(field.category, holder);
  if (!verdict.allowed) {
    const { text } = WITHHELD_REASONS[verdict.reason];
    return { holder, verdict: "WITHHELD", basis: null, groundId: null, reason: { code: verdict.reason, text } };
  }
  return {
    holder,
    verdict: dependsOnPlace(field, holder, caller) ? "DEPENDS_ON_PLACE" : "MAY_LEAVE",
    basis: explainedBasis(verdict.basis),
    groundId: verdict.ground,
    reason: null,
  };
}

/** Those who serve the person at the place know it: of a case their own words, of flat records all. */
function dependsOnPlace({ tellsPlace, path }: PlannedField, holder: Authority, caller: Caller): boolean {
  if (tellsPlace !== true && !tellsPlace?.includes(holder)) return false;
  return !servesAtThePlace(caller.authority) || (isFactPath(path) && holder !== caller.authority);
}
