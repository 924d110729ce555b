import { OF_SEVERAL_REGISTERS, type Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { CaseId, ConsentId, WorkerId } from "../kernel/ids.ts";
import type { Language } from "../kernel/text.ts";
import type { Caller } from "../access/caller.ts";
import type { Purpose } from "../access/purpose.ts";
import type { DataCategory } from "./data-category.ts";
import type { CasePhase } from "./case-phase.ts";

/** How the consent or the refusal was given (JulkL 26 §; an oral one covers one transaction, Kela's page of 3.6). */
export const CONSENT_FORMS = ["WRITTEN", "ELECTRONIC", "ORAL"] as const;
export type ConsentForm = (typeof CONSENT_FORMS)[number];

/** How it may be disclosed. Through the hub and its documents only ELECTRONIC is. */
export const DISCLOSURE_METHODS = ["ELECTRONIC", "PAPER", "SPOKEN"] as const;
export type DisclosureMethod = (typeof DISCLOSURE_METHODS)[number];

/** An event with which a consent ends, the day of the event included. */
export const CONSENT_EVENTS = ["RELEASE", "END_OF_ENFORCEMENT"] as const;
export type ConsentEvent = (typeof CONSENT_EVENTS)[number];

/** Who gave it in the person's stead, in words: the name, the capacity (e.g. guardian), and by what they have it. */
export interface Representative {
  name: string;
  capacity: string;
  authority: string;
}

/** A person's consent to a disclosure, or their refusal of it; that nobody asked is neither (domain reference 3.6). */
export interface Consent {
  id: ConsentId;
  caseId: CaseId;
  answer: "GIVEN" | "REFUSED";
  /** Null: the person gave it. */
  representative: Representative | null;
  /** Null: not kept when it was recorded. */
  form: ConsentForm | null;
  /** Who may disclose. */
  disclosers: Authority[];
  /** Who may receive, and, when named, in which unit only. */
  receiver: Authority;
  receiverUnit: string | null;
  categories: DataCategory[];
  /** For which purposes the receiver may use it. */
  purposes: Purpose[];
  /** Null: in any way. */
  methods: DisclosureMethod[] | null;
  informedIn: Language;
  /** Null: not kept when it was recorded. */
  interpreterUsed: boolean | null;
  /** Told that it may be refused and withdrawn, and with what effect; null: not kept when it was recorded. */
  rightToRefuseExplained: boolean | null;
  givenOn: LocalDate;
  /** Last day of validity, included. */
  validUntil: LocalDate;
  /** Ends earlier with this event; until the event is known `validUntil` alone ends it. */
  endsWith: ConsentEvent | null;
  recordedBy: WorkerId;
  /** In whose service it was recorded. */
  recordedByAuthority: Authority;
  /** Null: not kept when it was recorded. */
  recordedByUnit: string | null;
  recordedAt: Date;
  withdrawnAt: Date | null;
  /** Who took the withdrawal. */
  withdrawnBy: WorkerId | null;
  withdrawnByAuthority: Authority | null;
  /** The other parties, whom the one that took the withdrawal informs; empty until it is withdrawn. */
  withdrawalTold: Authority[];
}

const lastDayOf = ({ validUntil, endsWith }: Consent, phase: CasePhase): LocalDate => {
  const event = endsWith === "RELEASE" ? phase.releasedOn : endsWith && phase.enforcementEndsOn;
  return event !== null && event < validUntil ? event : validUntil;
};

/** Is this the person's word on `holder`'s facts of `category` going to the caller for the stated purpose? */
const speaksOf = (consent: Consent, caller: Caller, holder: Authority, category: DataCategory): boolean =>
  consent.withdrawnAt === null &&
  consent.receiver === caller.authority &&
  (consent.receiverUnit === null || consent.receiverUnit === caller.unit) &&
  caller.purpose !== null &&
  consent.purposes.includes(caller.purpose) &&
  consent.disclosers.includes(holder) &&
  consent.categories.includes(category);

/** The moment at which a word is judged: the day, and how far enforcement has come. */
export interface ConsentMoment {
  on: LocalDate;
  phase: CasePhase;
}

/** Whether a consent has neither been withdrawn nor ended by then. */
export const consentStands = (consent: Consent, { on, phase }: ConsentMoment): boolean =>
  consent.answer === "GIVEN" && consent.withdrawnAt === null && on <= lastDayOf(consent, phase);

/** Does this consent let `holder`'s facts of `category` go to the caller through the hub? */
export const consentCovers = (
  consent: Consent,
  caller: Caller,
  holder: Authority,
  category: DataCategory,
  { on, phase }: ConsentMoment,
): boolean =>
  consent.answer === "GIVEN" &&
  speaksOf(consent, caller, holder, category) &&
  consent.givenOn <= on &&
  on <= lastDayOf(consent, phase) &&
  (consent.methods === null || consent.methods.includes("ELECTRONIC")) &&
  isVouchedFor(consent, holder, category);

/**
 * The person's newest word on this disclosure that holds now: a later refusal closes what an earlier consent opened,
 * and a later consent opens again. A refusal has no end of its own: it holds until a newer word or its withdrawal.
 */
export function newestWord(
  consents: readonly Consent[],
  caller: Caller,
  holder: Authority,
  category: DataCategory,
  moment: ConsentMoment,
): Consent | undefined {
  return consents
    .filter((one) =>
      one.answer === "REFUSED"
        ? speaksOf(one, caller, holder, category) && one.givenOn <= moment.on
        : consentCovers(one, caller, holder, category, moment),
    )
    .sort(byWord)
    .at(-1);
}

/** Of two words of one day the one recorded later is the newer; of two of one instant the refusal. */
const byWord = (one: Consent, other: Consent): number =>
  one.givenOn.localeCompare(other.givenOn) ||
  one.recordedAt.getTime() - other.recordedAt.getTime() ||
  Number(one.answer === "REFUSED") - Number(other.answer === "REFUSED");

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

/**
 * Whether a consent exists for the caller: it names the caller's authority (and register, where there are several), or
 * was recorded in its service. What a neighbouring county or employment area recorded does not exist for this one,
 * unless it names this one. One that tells of care does not exist for Rise (decision D4), nor one that another
 * authority recorded about social services for a worker without the right to such data (D2).
 */
export function isConsentOpenTo(consent: Consent, { authority, unit, socialDataRight }: Caller): boolean {
  if (authority === null) return false;
  const sameService = consent.recordedByAuthority === authority;
  const recordedHere = sameService && (!OF_SEVERAL_REGISTERS.includes(authority) || consent.recordedByUnit === unit);
  if (authority === "RISE") {
    if (consent.disclosers.includes("VTH") || consent.categories.includes("HEALTH")) return recordedHere;
    if (!socialDataRight && !recordedHere && consent.categories.includes("SOCIAL_SERVICES")) return false;
  }
  if (sameService && !recordedHere) return consent.receiver === authority && consent.receiverUnit === unit;
  const receives = consent.receiver === authority && (consent.receiverUnit === null || consent.receiverUnit === unit);
  return recordedHere || receives || consent.disclosers.includes(authority);
}

/** Whether a refusal takes back something of a consent. */
export const takesFrom = (refusal: Consent, consent: Consent): boolean =>
  consent.answer === "GIVEN" &&
  consent.withdrawnAt === null &&
  consent.givenOn <= refusal.givenOn &&
  consent.receiver === refusal.receiver &&
  (refusal.receiverUnit === null || consent.receiverUnit === null || refusal.receiverUnit === consent.receiverUnit) &&
  consent.disclosers.some((one) => refusal.disclosers.includes(one)) &&
  consent.categories.some((one) => refusal.categories.includes(one)) &&
  consent.purposes.some((one) => refusal.purposes.includes(one));

/**
 * Whether a refusal takes back all of a consent: the same receiver, and everything that the consent opened. In part it
 * takes back what it names (`newestWord`).
 */
export const takesBack = (refusal: Consent, consent: Consent): boolean =>
  takesFrom(refusal, consent) &&
  (refusal.receiverUnit === null || refusal.receiverUnit === consent.receiverUnit) &&
  consent.disclosers.every((one) => refusal.disclosers.includes(one)) &&
  consent.categories.every((one) => refusal.categories.includes(one)) &&
  consent.purposes.every((one) => refusal.purposes.includes(one));

/** The authorities, parties of a consent, whom the one that takes its withdrawal must inform (domain reference 3.6). */
export function partiesToTell(consent: Consent, { authority, unit }: Pick<Caller, "authority" | "unit">): Authority[] {
  const others = [...consent.disclosers, consent.receiver].filter((party) => party !== authority);
  const neighbour = OF_SEVERAL_REGISTERS.includes(consent.recordedByAuthority) && consent.recordedByUnit !== unit;
  const recorder = consent.recordedByAuthority !== authority || neighbour ? [consent.recordedByAuthority] : [];
  return [...new Set([...others, ...recorder])];
}
