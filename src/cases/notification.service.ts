import type { ContactOption } from "../contacts/contact-answer.ts";
import { contactNow } from "../contacts/contact-now.ts";
import { loadDirectory } from "../contacts/contact.repository.ts";
import { reference } from "../contacts/reference.ts";
import { LEGAL_BASES } from "../disclosure/legal-basis.ts";
import { insertNotification, insertPermit } from "../disclosure/permit.repository.ts";
import { addDays, today } from "../kernel/dates.ts";
import { type CaseId, type NotificationId, type PermitId, newId } from "../kernel/ids.ts";
import { type Operation, type Room, type Work, operation } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { NO_SUCH_CASE } from "./case-change.ts";
import { insertRemits } from "./case.repository.ts";
import { findCase } from "./case.service.ts";
import { isEnteredText } from "./fact-value.ts";

/** The statutory notifications, which look like an emergency override of secrecy and are none (decision D10). */
export const NOTIFICATION_BASES = ["SHL_35_2", "LSL_25", "LSL_25C"] as const;
export type NotificationBasis = (typeof NOTIFICATION_BASES)[number];

interface NotificationInput {
  reason: string;
  /** Code of the county that is notified; null while it is not known. */
  receiverUnit: string | null;
}

/** What is always answered, whatever else went wrong: whom to telephone at once (decision D12). */
export interface NotificationOutcome {
  notificationId: NotificationId;
  /** Whether the county may now see through the hub what it needs; to a child-protection notification never. */
  opened: boolean;
  /** In the order in which to call; never empty. */
  contactNow: ContactOption[];
  userErrors: UserError[];
}

export interface NotificationService {
  /** SHL 35.2 §: the person is evidently unable to care for themselves, and no consent can be had. */
  notifyOfNeed: Operation<NotificationInput & { caseId: string }, NotificationOutcome>;
  /**
   * LsL 25 and 25 c §: about a child. It names no case: nothing of it is kept in, or opened of, the parent's (decision
   * D7).
   */
  notifyOfChild: Operation<NotificationInput & { basis: Exclude<NotificationBasis, "SHL_35_2"> }, NotificationOutcome>;
}

/** [D] So long the notified county sees through the hub what was opened to it. */
export const NOTIFICATION_DAYS = 30;

const CALL = "Call the first of the numbers below at once; your attempt is on record.";
const NO_RECEIVER = userError(
  "RECEIVER_UNKNOWN",
  `The county is not known, so nothing was opened to it. ${CALL}`,
  "receiverUnit",
);
const NO_REASON = userError("REASON_MISSING", `Give the reason too, so that it is on record. ${CALL}`, "reason");

export function createNotificationService(room: Room): NotificationService {
  return {
    notifyOfNeed: operation(room, {
      name: "notifyByStatute",
      permission: "NOTIFY_BY_STATUTE",
      touchesPerson: true,
      run: async (work, { caseId, ...input }) => {
        const found = await findCase(work.em, work.caller, caseId, today(work.clock));
        const caseOfPerson = found?.row.id ?? null;
        const errors = found ? whatIsMissing(input) : [NO_SUCH_CASE];
        const county = countyOf(input);
        const permitId = caseOfPerson && errors.length === 0 ? await openToCounty(work, caseOfPerson, county!) : null;
        const notificationId = await record(work, "SHL_35_2", caseOfPerson, permitId, input);
        work.trace({
          ...(caseOfPerson === null ? {} : { caseId: caseOfPerson }),
          subjectId: notificationId,
          ...(permitId === null ? {} : { receiver: { authority: "COUNTY", unit: county } }),
        });
        return {
          notificationId,
          opened: permitId !== null,
          contactNow: await callees(work, county, "NO_CLIENT_RELATIONSHIP"),
          userErrors: errors,
        };
      },
    }),

    notifyOfChild: operation(room, {
      name: "notifyByStatute",
      permission: "NOTIFY_BY_STATUTE",
      touchesPerson: true,
      run: async (work, { basis, ...input }) => {
        const notificationId = await record(work, basis, null, null, input);
        work.trace({ subjectId: notificationId });
        return {
          notificationId,
          opened: false,
          contactNow: await callees(work, countyOf(input), "CHILD_PROTECTION"),
          userErrors: whatIsMissing(input),
        };
      },
    }),
  };
}

const countyOf = ({ receiverUnit }: NotificationInput): string | null =>
  receiverUnit !== null && reference().counties.has(receiverUnit) ? receiverUnit : null;

const whatIsMissing = (input: NotificationInput): UserError[] => [
  ...(countyOf(input) === null ? [NO_RECEIVER] : []),
  ...(isEnteredText(input.reason) ? [] : [NO_REASON]),
];

const callees = async (
  { em, clock }: Work,
  county: string | null,
  situation: "NO_CLIENT_RELATIONSHIP" | "CHILD_PROTECTION",
) => contactNow(await loadDirectory(em), county, situation, clock.now());

/** The notifier's facts that the section names are open to that county at once, for a bounded time. */
async function openToCounty({ em, caller, clock }: Work, caseId: CaseId, county: string): Promise<PermitId> {
  const on = today(clock);
  const [opening] = LEGAL_BASES.SHL_35_2.opens;
  const period = { from: on, until: addDays(on, NOTIFICATION_DAYS) };
  const id = newId<PermitId>();
  await insertPermit(em, {
    id,
    caseId,
    basis: "SHL_35_2",
    state: "GRANTED",
    holder: caller.authority!,
    holderUnit: null,
    receiver: "COUNTY",
    receiverUnit: county,
    requested: [],
    categories: [...opening!.categories],
    purpose: "SOCIAL_WELFARE",
    ...period,
    reason: null,
    requestedBy: caller.id,
    requestedByName: caller.name,
    requestedAt: clock.now(),
    answeredBy: null,
    answeredAt: null,
    answer: null,
  });
  await insertRemits(em, [
    {
      caseId,
      role: "COUNTY_WORKER",
      unit: county,
      workerId: null,
      ground: "RECEIVED_REFERRAL",
      since: period.from,
      until: period.until,
      permitId: id,
      begunAt: clock.now(),
    },
  ]);
  return id;
}

async function record(
  { em, caller, clock }: Work,
  basis: NotificationBasis,
  caseId: CaseId | null,
  permitId: PermitId | null,
  input: NotificationInput,
): Promise<NotificationId> {
  const id = newId<NotificationId>();
  await insertNotification(em, {
    id,
    basis,
    caseId,
    permitId,
    receiverUnit: countyOf(input),
    // What cannot be kept as it was typed never stops a notification.
    reason: isEnteredText(input.reason) ? input.reason : "",
    madeBy: caller.id,
    madeByName: caller.name,
    madeByAuthority: caller.authority!,
    madeByUnit: caller.unit,
    madeAt: clock.now(),
  });
  return id;
}
