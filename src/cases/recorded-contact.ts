import type { DisclosureTable } from "../disclosure/disclose.ts";
import type { Authority } from "../kernel/authority.ts";
import type { CaseId, WorkerId } from "../kernel/ids.ts";

export const CONTACT_OUTCOMES = ["REACHED", "NOT_REACHED", "MESSAGE_LEFT", "AGREED", "DECLINED"] as const;
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number];

/** A worker's note that somebody was contacted about a case (decision D25). */
export interface RecordedContact {
  id: string;
  caseId: CaseId;
  /** The authority in whose service it was recorded. */
  holder: Authority;
  /** Organisation or role that was contacted. */
  whom: string;
  channel: string;
  outcome: ContactOutcome;
  contactedAt: Date;
  recordedBy: WorkerId;
  recordedByName: string;
  recordedAt: Date;
}

const referrals = { category: "REFERRALS" } as const;

export const recordedContactDisclosure = {
  id: "PUBLIC",
  caseId: "PUBLIC",
  holder: referrals,
  whom: { category: "REFERRALS", tellsPlace: true },
  channel: referrals,
  outcome: referrals,
  contactedAt: referrals,
  recordedBy: referrals,
  recordedByName: referrals,
  recordedAt: referrals,
} satisfies DisclosureTable<RecordedContact>;
