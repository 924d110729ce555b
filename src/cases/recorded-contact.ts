import type { DisclosureTable } from "../disclosure/disclose.ts";
import type { Authority } from "../kernel/authority.ts";
import type { CaseId, WorkerId } from "../kernel/ids.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { EARLIEST_DAY, isEnteredText } from "./fact-value.ts";

export const CONTACT_OUTCOMES = ["REACHED", "NOT_REACHED", "MESSAGE_LEFT", "AGREED", "DECLINED"] as const;
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number];

/** A worker's note that somebody was contacted about a case (decision D25). */
export interface RecordedContact {
  id: string;
  caseId: CaseId;
  /** The authority in whose service it was recorded. */
  holder: Authority;
  /** The recorder's unit. */
  unit: string;
  /** Organisation or role that was contacted. */
  whom: string;
  channel: string;
  outcome: ContactOutcome;
  contactedAt: Date;
  recordedBy: WorkerId;
  recordedByName: string;
  recordedAt: Date;
}

/** What keeps a contact from being noted, if anything. */
export function whyNotContact(
  { whom, channel, contactedAt }: Pick<RecordedContact, "whom" | "channel" | "contactedAt">,
  now: Date,
): UserError | undefined {
  if (!isEnteredText(whom)) return userError("TEXT_INVALID", "Name whom you contacted.", "whom");
  if (!isEnteredText(channel)) return userError("TEXT_INVALID", "Say how you made contact, e.g. by phone.", "channel");
  if (contactedAt > now) return userError("DATE_IN_FUTURE", "A contact is noted once it is made.", "contactedAt");
  if (contactedAt < new Date(EARLIEST_DAY)) return userError("DATE_INVALID", "That is too long ago.", "contactedAt");
  return undefined;
}

const referrals = { category: "REFERRALS" } as const;

export const recordedContactDisclosure = {
  id: "PUBLIC",
  caseId: "PUBLIC",
  holder: referrals,
  unit: referrals,
  whom: { category: "REFERRALS", tellsPlace: true },
  channel: referrals,
  outcome: referrals,
  contactedAt: referrals,
  recordedBy: referrals,
  recordedByName: referrals,
  recordedAt: referrals,
} satisfies DisclosureTable<RecordedContact>;
