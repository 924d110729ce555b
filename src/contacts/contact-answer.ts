import type { LocalDate } from "../kernel/dates.ts";
import type { Citation } from "../kernel/evidence.ts";
import type { ContactPointId } from "../kernel/ids.ts";
import type { LocalizedText } from "../kernel/text.ts";
import type { ContactSystem, Phase, Situation, VerificationStatus } from "./contact.ts";
import type { OrganisationKind } from "./reference.ts";

/**
 * Where the person belongs, as far as the asker may know. NONE is said by a source (decision D15); UNKNOWN (nobody
 * said), FAILED (a source did not answer), CONFLICT (sources disagree) and WITHHELD (by rule) yield no receiver.
 */
export const UNSETTLED = ["UNKNOWN", "FAILED", "CONFLICT", "WITHHELD"] as const;
export type Place = { status: "KNOWN"; code: string } | { status: "NONE" } | { status: (typeof UNSETTLED)[number] };

/** Whether a step has a receiver, and if not, why. */
export const RECEIVER_STATUSES = [
  "FOUND",
  "HOME_MUNICIPALITY_UNKNOWN",
  "HOME_MUNICIPALITY_FAILED",
  "HOME_MUNICIPALITY_CONFLICT",
  "HOME_MUNICIPALITY_WITHHELD",
  "HOME_MUNICIPALITY_NOT_IN_DIRECTORY",
  "PRISON_NOT_KNOWN",
  "MAIN_STAY_NOT_KNOWN",
] as const;
export type ReceiverStatus = (typeof RECEIVER_STATUSES)[number];

/** By what the receiver was found. */
export const RECEIVER_BASES = [
  "HOME_MUNICIPALITY",
  "PRISON_MUNICIPALITY",
  "MAIN_STAY",
  "PRISON",
  "NATIONWIDE",
] as const;
export type ReceiverBasis = (typeof RECEIVER_BASES)[number];

export interface Receiver {
  code: string;
  kind: OrganisationKind;
  name: LocalizedText;
  basis: ReceiverBasis;
  /** False where no source settles that this is the one; the note says why. */
  certain: boolean;
  note: LocalizedText | null;
  /** The language in which to write, where the receiver has its own (Åland: Swedish); null: the person's. */
  writeIn: "fi" | "sv" | null;
}

/** In this order they are offered. */
export const CONTACT_ROLES = ["OWN_WORKER", "NAMED_CHANNEL", "REGISTRY", "CRISIS_SERVICE", "EMERGENCY_NUMBER"] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];

export interface ContactOption {
  role: ContactRole;
  contactPointId: ContactPointId | null;
  system: ContactSystem;
  /** Null where the value must not be used as it stands, and `how` tells what to do instead. */
  value: string | null;
  displayValue: string | null;
  shortNumber: boolean;
  name: LocalizedText;
  service: string | null;
  hours: string | null;
  openNow: boolean | null;
  languages: string[];
  /** When alone it may be used; null: whenever the step says. */
  onlyFor: LocalizedText | null;
  how: LocalizedText | null;
  /** Null for an own worker, who comes from the case and not from the directory. */
  verification: VerificationStatus | null;
  verifiedOn: LocalDate | null;
  source: string | null;
}

export interface LookUp {
  name: LocalizedText;
  url: string;
}

/** One step: whom, by what, with what, on which ground. */
export interface ContactStep {
  code: string;
  instruction: LocalizedText;
  preferredChannel: ContactSystem;
  include: { code: string; text: LocalizedText }[];
  citation: Citation;
  receiverStatus: ReceiverStatus;
  receiver: Receiver | null;
  /** What to do when there is no receiver. */
  withoutReceiver: LocalizedText | null;
  contacts: ContactOption[];
  /** The best that stands behind the named channel; UNVERIFIED where there is none. */
  verification: VerificationStatus;
  missing: LocalizedText[];
  lookUp: LookUp[];
}

export interface ContactAnswer {
  situation: Situation;
  phase: Phase;
  steps: ContactStep[];
}
