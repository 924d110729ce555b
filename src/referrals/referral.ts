import type { DisclosureTable } from "../disclosure/disclose.ts";
import type { Sending } from "../disclosure/published.ts";
import type { CaseId, DocumentId, ReferralId, WorkerId } from "../kernel/ids.ts";

/** Kinds of referral; so far the application that is sent with its statement. */
export const REFERRAL_KINDS = ["SUPPLEMENTARY_ASSISTANCE_APPLICATION"] as const;
export type ReferralKind = (typeof REFERRAL_KINDS)[number];

/** States after FHIR Task. REQUESTED: sent; RECEIVED: opened by the receiver; ACCEPTED: an own worker is named. */
export const REFERRAL_STATES = ["REQUESTED", "RECEIVED", "ACCEPTED"] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];

export interface OwnWorker {
  name: string;
  /** E.164. */
  phone: string | null;
}

export interface Referral {
  id: ReferralId;
  caseId: CaseId;
  kind: ReferralKind;
  documentId: DocumentId;
  state: ReferralState;
  senderUnit: string;
  senderId: WorkerId;
  senderName: string;
  sentAt: Date;
  /** The sender saw the words of health or crime in the free text and decided to send them (decision D14). */
  freeTextReviewed: boolean;
  /** Code of the receiving county. */
  receiverUnit: string;
  receivedAt: Date | null;
  ownWorker: OwnWorker | null;
  answeredAt: Date | null;
  /** Grows with each change; a change names the one that it saw. */
  version: number;
}

/** What sending an application discloses: the PDF whole, to the county, because the person applies. */
export const APPLICATION_SENT: Sending = {
  path: "document.bytes",
  category: "APPLICATION",
  holder: "RISE",
  basis: "RECEIVED_REFERRAL",
  receiver: "COUNTY",
};

const application = { category: "APPLICATION" } as const;
/** That the county took the person as a client is social-welfare data (decision D5). */
const social = { category: "SOCIAL_SERVICES" } as const;

export const sentReferralDisclosure = {
  id: "PUBLIC",
  caseId: "PUBLIC",
  kind: application,
  documentId: application,
  senderUnit: application,
  senderId: application,
  senderName: application,
  sentAt: application,
  freeTextReviewed: application,
  receiverUnit: { category: "APPLICATION", tellsPlace: true },
  receivedAt: application,
} satisfies DisclosureTable<Omit<Referral, "state" | "ownWorker" | "answeredAt" | "version">>;

/** What the county answered, and how often, which tells as much (D1); held by the county. */
export const answeredReferralDisclosure = {
  state: social,
  ownWorker: social,
  answeredAt: social,
  version: social,
} satisfies DisclosureTable<Pick<Referral, "state" | "ownWorker" | "answeredAt" | "version">>;

export const referralDisclosure = {
  ...sentReferralDisclosure,
  ...answeredReferralDisclosure,
} satisfies DisclosureTable<Referral>;
