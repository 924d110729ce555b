import type { Purpose } from "../access/purpose.ts";
import type { CallerRole } from "../access/role.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { Evidence } from "../kernel/evidence.ts";
import type { LocalizedText } from "../kernel/text.ts";
import type { DataCategory } from "./data-category.ts";

/**
 * By what a basis opens.
 * - `LAW` the section alone, to those whom it names
 * - `REQUEST` the section, once the holder has granted a specified and reasoned request
 * - `NOTIFICATION` the section, once the holder has notified with a reason
 * - `CONSENT` the person's recorded consent
 */
export const LEGAL_BASIS_KINDS = ["LAW", "REQUEST", "NOTIFICATION", "CONSENT"] as const;
export type LegalBasisKind = (typeof LEGAL_BASIS_KINDS)[number];

/** Whose facts of which kinds go to whom for what. Everything that it names is named together. */
export interface Opening {
  /** Who holds the facts. Empty where the holder is not in the hub. */
  senders: readonly Authority[];
  /** The roles that receive them. Empty where the receiver is not in the hub. */
  receivers: readonly CallerRole[];
  categories: readonly DataCategory[];
  purposes: readonly Purpose[];
}

/** One section of an act under which a fact may leave to a receiver. What none names is withheld. */
export interface LegalBasis {
  /** Number of the act in the statute book, e.g. `1301/2021`. */
  act: string;
  /** Section, subsection, item, e.g. `16.2 § 3 k`. */
  section: string;
  /** Act and section, as printed on documents and in logs. */
  citation: string;
  text: LocalizedText;
  kind: LegalBasisKind;
  /** First and last day on which it is law, both included; null: not known to begin or end. */
  validFrom: LocalDate | null;
  validTo: LocalDate | null;
  /** The day on which the text of the section was last read. */
  checkedOn: LocalDate;
  evidence: Evidence;
  opens: readonly Opening[];
  needsConsent: boolean;
  /** A request that says which data and for which task (yksilöity ja perusteltu). */
  needsRequest: boolean;
  needsReason: boolean;
  /** Why nothing leaves through the hub under it; null when it opens. */
  closed: LocalizedText | null;
}

interface Entry extends Pick<LegalBasis, "text" | "opens"> {
  act: string;
  section: string;
  kind?: LegalBasisKind;
  validFrom: string | null;
  evidence: Evidence;
  closed?: LocalizedText;
}

/** The last day to which our copies of the acts were amended (domain reference, section 6). */
const READ_ON = "2025-02-21" as LocalDate;

/** What a kind of basis needs follows from the kind. */
export const basis = ({ kind = "LAW", validFrom, closed, ...entry }: Entry): LegalBasis => ({
  ...entry,
  citation: `${entry.act} ${entry.section}`,
  kind,
  validFrom: validFrom as LocalDate | null,
  validTo: null,
  checkedOn: READ_ON,
  needsConsent: kind === "CONSENT",
  needsRequest: kind === "REQUEST",
  needsReason: kind === "REQUEST" || kind === "NOTIFICATION",
  closed: closed ?? null,
});
