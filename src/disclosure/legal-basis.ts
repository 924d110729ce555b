import type { LocalDate } from "../kernel/dates.ts";
import { OTHER_BASES } from "./legal-basis-other.ts";
import { OWN_REGISTER_BASES } from "./legal-basis-own-register.ts";
import { RISE_BASES } from "./legal-basis-rise.ts";
import { RISE_OUTSIDE_BASES } from "./legal-basis-rise-outside.ts";
import type { LegalBasis, Opening } from "./legal-basis-entry.ts";

export { LEGAL_BASIS_KINDS, type LegalBasis, type LegalBasisKind, type Opening } from "./legal-basis-entry.ts";

/** The bases under which a fact may leave to a receiver. What none of them names is withheld. */
export const LEGAL_BASES = {
  ...RISE_BASES,
  ...OWN_REGISTER_BASES,
  ...OTHER_BASES,
  ...RISE_OUTSIDE_BASES,
} satisfies Record<string, LegalBasis>;
export type LegalBasisCode = keyof typeof LEGAL_BASES;
export const LEGAL_BASIS_CODES = Object.keys(LEGAL_BASES) as LegalBasisCode[];

/** Whether a basis opens anything on that day; both ends of its validity are included. */
export const isInForce = ({ closed, validFrom, validTo }: LegalBasis, on: LocalDate): boolean =>
  closed === null && (validFrom === null || validFrom <= on) && (validTo === null || on <= validTo);

/** Whether some opening of a basis names the sender, the receiver, the category and the purpose together. */
export const isNamedBy = (
  code: LegalBasisCode,
  { sender, receiver, category, purpose }: { [K in "sender" | "receiver" | "category" | "purpose"]: string | null },
  on: LocalDate,
): boolean => {
  const names = (list: readonly string[], one: string | null) => one !== null && list.includes(one);
  const { opens }: LegalBasis = LEGAL_BASES[code];
  return (
    isInForce(LEGAL_BASES[code], on) &&
    opens.some(
      (opening: Opening) =>
        names(opening.senders, sender) &&
        names(opening.receivers, receiver) &&
        names(opening.categories, category) &&
        names(opening.purposes, purpose),
    )
  );
};
