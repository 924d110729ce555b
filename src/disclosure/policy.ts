import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { Caller } from "../access/caller.ts";
import { isConsentOpenTo, newestWord } from "./consent.ts";
import type { DataCategory } from "./data-category.ts";
import type { Grounds } from "./grounds.ts";
import type { ConsentId, PermitId } from "../kernel/ids.ts";
import { LEGAL_BASES, LEGAL_BASIS_CODES, type LegalBasisCode, isNamedBy } from "./legal-basis.ts";
import { type Permit, permitCovers, permitIdentifies } from "./permit.ts";
import type { WithheldReason } from "./withheld-reason.ts";

export type { WithheldReason } from "./withheld-reason.ts";

/**
 * Allowed on a basis of law; `ground` is the consent or permit on which it rests, null where the law alone allows.
 * `registers`: only what these counties or areas hold, since none answers for its neighbour; absent: whoever holds it.
 */
export type Verdict =
  | { allowed: true; basis: LegalBasisCode; ground: ConsentId | PermitId | null; registers?: readonly string[] }
  | { allowed: false; reason: WithheldReason };

/** What may leave about one person to one caller on one day. Decided before any value is looked at. */
export interface Decision {
  on(category: DataCategory, holder: Authority): Verdict;
}

export function decide(caller: Caller, grounds: Grounds, on: LocalDate): Decision {
  const verdicts = new Map<string, Verdict>();
  return {
    on(category, holder) {
      const key = `${category}/${holder}`;
      let verdict = verdicts.get(key);
      if (!verdict) verdicts.set(key, (verdict = judge(caller, grounds, on, category, holder)));
      return verdict;
    },
  };
}

/** Whose register alone a permit opens; null: all that the holder has. */
const registerOf = ({ holder, holderUnit }: Permit, of: Authority): string | null =>
  holder === of ? holderUnit : null;

/** The bases that open by themselves; the others need a recorded ground. */
const BY_LAW_ALONE = LEGAL_BASIS_CODES.filter((code) => LEGAL_BASES[code].kind === "LAW");

/**
 * Deny by default: what no basis in force names is withheld. The bases are the data (`legal-basis*.ts`): one that names
 * holder, receiver, category and purpose together opens it. A joined case has no basis of its own (decision D2).
 */
function judge(
  caller: Caller,
  { consents, permits, phase }: Grounds,
  on: LocalDate,
  category: DataCategory,
  holder: Authority,
): Verdict {
  const isNamed = (code: LegalBasisCode) =>
    isNamedBy(code, { sender: holder, receiver: caller.role, category, purpose: caller.purpose }, on);

  const basis = BY_LAW_ALONE.find(isNamed);
  if (basis) return { allowed: true, basis, ground: null };
  // What the person's word could not open either: to an outsider, or what prison health holds to Rise (decision D4).
  if (caller.authority === null || !isNamed("CONSENT")) return { allowed: false, reason: "NO_LEGAL_BASIS" };
  // A county's register is one of social welfare: whatever it holds of a person is social data (decision D2).
  const social = category === "SOCIAL_SERVICES" || holder === "COUNTY";
  if (caller.authority === "RISE" && social && !caller.socialDataRight) {
    return { allowed: false, reason: "SOCIAL_DATA_RIGHT_MISSING" };
  }
  const covering = permits.filter(
    (one) =>
      (permitCovers(one, caller, holder, category, on) && isNamed(one.basis)) ||
      permitIdentifies(one, caller, holder, category, on),
  );
  const whole = covering.find((one) => registerOf(one, holder) === null);
  if (whole) return { allowed: true, basis: whole.basis, ground: whole.id };
  const word = newestWord(consents, caller, holder, category, { on, phase });
  if (word?.answer === "GIVEN") return { allowed: true, basis: "CONSENT", ground: word.id };
  const [permit] = covering;
  if (permit) {
    const registers = [...new Set(covering.flatMap((one) => registerOf(one, holder) ?? []))];
    return { allowed: true, basis: permit.basis, ground: permit.id, registers };
  }
  const told = word !== undefined && isConsentOpenTo(word, caller);
  return { allowed: false, reason: told ? "CONSENT_REFUSED" : "CONSENT_MISSING" };
}
