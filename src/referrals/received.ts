import { findCaseOf } from "../cases/case.service.ts";
import { today } from "../kernel/dates.ts";
import { InvalidInput } from "../kernel/errors.ts";
import { type ReferralId, asId } from "../kernel/ids.ts";
import { type Page, type PageRequest, checkPageSize, decodeCursor, pageOf } from "../kernel/page.ts";
import type { Work } from "../operation/operation.ts";
import { findReferral, referralsTo } from "./referral.repository.ts";
import type { Referral } from "./referral.ts";

/** A referral to the caller's unit. */
export async function findReferralToCaller(work: Work, id: string): Promise<Referral | undefined> {
  const found = await findCaseOf(work.em, work.caller, "referral", id, today(work.clock));
  const referral = found && (await findReferral(work.em, asId<ReferralId>(id)!));
  return referral?.receiverUnit === work.caller.unit ? referral : undefined;
}

/**
 * A page of what was sent to the caller's unit, first sent first.
 * @throws InvalidInput for a size or a cursor that is none
 */
export async function receivedPage({ em, caller }: Work, { first, after }: PageRequest): Promise<Page<Referral>> {
  checkPageSize(first);
  const from = after === undefined ? undefined : referralCursor(after);
  const rows = await referralsTo(em, caller.unit ?? "", first + 1, from);
  return pageOf(rows, first, (referral) => [referral.sentAt.toISOString(), referral.id]);
}

function referralCursor(cursor: string): { sentAt: Date; id: ReferralId } {
  const [sentAt, id] = decodeCursor(cursor, 2) as [string, string];
  const referralId = asId<ReferralId>(id);
  if (!referralId || Number.isNaN(Date.parse(sentAt)))
    throw new InvalidInput('"after" must be a cursor that an earlier page returned.');
  return { sentAt: new Date(sentAt), id: referralId };
}
