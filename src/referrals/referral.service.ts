import { parsePhoneNumberFromString } from "libphonenumber-js";
import type { ClientRelationship } from "../cases/case.ts";
import { insertRecordedFact, insertRemits, recordedFactsOf } from "../cases/case.repository.ts";
import { type CaseService, findCase } from "../cases/case.service.ts";
import { type CaseListInput, listOfCase } from "../cases/case-list.ts";
import type { SourceScope } from "../cases/source-scope.ts";
import { type DisclosedRecord, type Judgement, disclose, emptyRecord, judgeField } from "../disclosure/disclose.ts";
import { stillRests } from "../forms/document-grounds.ts";
import { markSent } from "../forms/document.repository.ts";
import { findDocumentInRemit } from "../forms/document.service.ts";
import { today } from "../kernel/dates.ts";
import { type ReferralId, newId } from "../kernel/ids.ts";
import type { Page, PageRequest } from "../kernel/page.ts";
import { type Operation, type Room, type Traced, type Work, operation } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { type FreeTextNotice, noticesOf } from "../statements/free-text.ts";
import { NOTICED_TEXTS } from "../statements/statement.disclosure.ts";
import { findStatement } from "../statements/statement.repository.ts";
import { findReferralToCaller, receivedPage } from "./received.ts";
import {
  APPLICATION_SENT,
  type OwnWorker,
  type Referral,
  answeredReferralDisclosure,
  sentReferralDisclosure,
} from "./referral.ts";
import { findReferral, insertReferral, markAccepted, markReceived, referralsOf } from "./referral.repository.ts";

type Answered = keyof typeof answeredReferralDisclosure;
export type ReferralView = Omit<DisclosedRecord<Omit<Referral, Answered>, typeof sentReferralDisclosure>, Answered> &
  DisclosedRecord<Pick<Referral, Answered>, typeof answeredReferralDisclosure>;

export interface ReferralChange {
  referral: ReferralView | null;
  /** Words in the statement that may tell of health or crime (decision D14). */
  notices: FreeTextNotice[];
  userErrors: UserError[];
}

export interface SubmitInput {
  documentId: string;
  /** The person has asked for it; without that nothing is sent. */
  personApplies: boolean;
  freeTextReviewed: boolean;
  scope: SourceScope;
}

/** What is asked for, and what the document selects of the answer. */
type Asked<Input> = Input & { selected: ReadonlySet<string> };

export interface ReferralService {
  /**
   * Sends an application with its statement to the county that its document names.
   */
  submitApplication: Operation<Asked<SubmitInput>, ReferralChange>;
  /** A case's referrals, first sent first. */
  listReferrals: Operation<CaseListInput, Page<ReferralView>>;
  /** What was sent to the caller's county, first sent first. */
  listReceived: Operation<Asked<PageRequest>, Page<ReferralView>>;
  receiveReferral: Operation<Asked<{ referralId: string }>, ReferralChange>;
  /** Names the own worker (omatyöntekijä) and so accepts. `version` is the one that the caller saw. */
  acceptReferral: Operation<Asked<{ referralId: string; version: number; ownWorker: OwnWorker }>, ReferralChange>;
}

const refused = (error: UserError, notices: FreeTextNotice[] = []): ReferralChange => ({
  referral: null,
  notices,
  userErrors: [error],
});
const NOT_FOUND = userError("REFERRAL_NOT_FOUND", "There is no such referral to your county.", "referralId");

function view({ state, ownWorker, answeredAt, version, ...sent }: Referral, judgement: Judgement): ReferralView {
  const answered = { state, ownWorker, answeredAt, version };
  return {
    ...disclose(sentReferralDisclosure, "RISE", "referral", sent, judgement),
    ...disclose(answeredReferralDisclosure, "COUNTY", "referral", answered, judgement),
  };
}

/** The referral as it stands now, disclosed and traced. */
async function changed(
  work: Work,
  id: ReferralId,
  judgement: Pick<Judgement, "selected"> & Partial<Judgement>,
): Promise<ReferralChange> {
  const referral = await findReferral(work.em.fork({ keepTransactionContext: true }), id);
  const found = referral && (await findCase(work.em, work.caller, referral.caseId, today(work.clock)));
  if (!found) return refused(NOT_FOUND);
  const { record = emptyRecord() } = judgement;
  work.trace({ caseId: referral.caseId, subjectId: id, disclosure: record });
  const shown = view(referral, { ...judgement, decision: found.decision, record });
  return { referral: shown, notices: [], userErrors: [] };
}

/** A word of a text leaves to the sender as the text would. */
const shownNotices = (
  texts: Partial<Record<(typeof NOTICED_TEXTS)[number], FreeTextNotice[]>>,
  { decision, selected, record }: Judgement,
): FreeTextNotice[] =>
  NOTICED_TEXTS.flatMap((path) => {
    const notices = texts[path];
    if (!notices || !selected.has(path)) return [];
    return judgeField({ category: "APPLICATION" }, path, "RISE", decision, false, record) ? notices : [];
  });

export function createReferralService(room: Room, cases: CaseService): ReferralService {
  return {
    submitApplication: operation(room, {
      name: "submitApplication",
      permission: "SUBMIT_REFERRAL",
      touchesPerson: true,
      prepare: (inRoom, caller, { documentId, scope }) =>
        cases.gatherPlaceOf(inRoom, caller, "document", documentId, scope),
      run: async (work, { documentId, personApplies, freeTextReviewed, selected }, gathered) => {
        const found = await findDocumentInRemit(work, documentId);
        if (!found)
          return refused(userError("DOCUMENT_NOT_FOUND", "There is no such document within your remit.", "documentId"));
        const { document } = found;
        const traced: Traced = { caseId: document.caseId, subjectId: document.id };
        work.trace(traced);
        if (!personApplies) {
          return refused(
            userError(
              "PERSON_DOES_NOT_APPLY",
              "An application is the person's own: it is sent only when they ask for it.",
              "personApplies",
            ),
          );
        }
        // The address may have become protected since the document was made (decision D6).
        const placeClosed = await cases.isPlaceClosed(work, gathered);
        if (document.receiverCounty === null || placeClosed) {
          return refused(
            userError(
              "RECEIVER_UNKNOWN",
              "The receiving county is not known or may not be shown, so nothing was sent. Confirm the home municipality, make the document again, or give the person the printed form.",
              "documentId",
            ),
          );
        }
        if (document.sentAt === null && !stillRests(document, found.grounds, today(work.clock))) {
          return refused(
            userError(
              "GROUND_ENDED",
              "A consent or permit on which the document rests has ended. Make the document again: it then holds what may still be sent.",
              "documentId",
            ),
          );
        }
        const statement = document.statementId && (await findStatement(work.em, document.statementId));
        const texts = {
          ...(statement ? { "statement.content": noticesOf(statement.content) } : {}),
          "document.notices": document.notices,
        };
        const record = emptyRecord();
        const notices = shownNotices(texts, { decision: found.decision, selected, record });
        if (Object.values(texts).flat().length > 0 && !freeTextReviewed) {
          traced.disclosure = record;
          return refused(
            userError(
              "FREE_TEXT_NOT_REVIEWED",
              "The statement has words that may tell of health or crime. Read them and decide.",
              "freeTextReviewed",
            ),
            notices,
          );
        }
        const now = work.clock.now();
        if (!(await markSent(work.em, document.id, now))) {
          return refused(userError("ALREADY_SENT", "This document has been sent already.", "documentId"));
        }
        const referral: Referral = {
          id: newId<ReferralId>(),
          caseId: document.caseId,
          kind: "SUPPLEMENTARY_ASSISTANCE_APPLICATION",
          documentId: document.id,
          state: "REQUESTED",
          senderUnit: work.caller.unit ?? "",
          senderId: work.caller.id,
          senderName: work.caller.name,
          sentAt: now,
          freeTextReviewed,
          receiverUnit: document.receiverCounty,
          receivedAt: null,
          ownWorker: null,
          answeredAt: null,
          version: 1,
        };
        await insertReferral(work.em, referral);
        const { path, holder, basis, receiver: authority } = APPLICATION_SENT;
        traced.receiver = { authority, unit: document.receiverCounty };
        traced.disclosure = { left: [{ path, holder, basis }], withheld: [] };
        await insertRemits(work.em, [
          {
            caseId: document.caseId,
            role: "COUNTY_WORKER",
            unit: document.receiverCounty,
            workerId: null,
            ground: "RECEIVED_REFERRAL",
            since: today(work.clock),
            until: null,
            begunAt: now,
          },
        ]);
        return { ...(await changed(work, referral.id, { selected, record })), notices };
      },
    }),

    listReferrals: listOfCase(room, cases, {
      name: "listReferrals",
      permission: "READ_REFERRAL",
      tellsPlace: true,
      rows: async ({ em, caller }, caseId) =>
        (await referralsOf(em, caseId)).filter(
          (referral) => caller.authority === "RISE" || referral.receiverUnit === caller.unit,
        ),
      view,
    }),

    listReceived: operation(room, {
      name: "listReceived",
      permission: "RECEIVE_REFERRAL",
      touchesPerson: true,
      run: async (work, { selected, ...asked }) => {
        const page = await receivedPage(work, asked);
        const items: Page<ReferralView>["items"] = [];
        for (const { cursor, node } of page.items) {
          const found = await findCase(work.em, work.caller, node.caseId, today(work.clock));
          if (!found) continue;
          const record = emptyRecord();
          work.trace({ caseId: node.caseId, subjectId: node.id, disclosure: record });
          items.push({ cursor, node: view(node, { decision: found.decision, selected, record }) });
        }
        return { items, hasNextPage: page.hasNextPage };
      },
    }),

    receiveReferral: operation(room, {
      name: "receiveReferral",
      permission: "RECEIVE_REFERRAL",
      touchesPerson: true,
      run: async (work, { referralId, selected }) => {
        const referral = await findReferralToCaller(work, referralId);
        if (!referral) return refused(NOT_FOUND);
        await markReceived(work.em, referral.id, work.clock.now());
        return changed(work, referral.id, { selected });
      },
    }),

    acceptReferral: operation(room, {
      name: "acceptReferral",
      permission: "RECEIVE_REFERRAL",
      touchesPerson: true,
      run: async (work, { referralId, version, ownWorker, selected }) => {
        const referral = await findReferralToCaller(work, referralId);
        if (!referral) return refused(NOT_FOUND);
        const named = readOwnWorker(ownWorker);
        if ("code" in named) return refused(named);
        const now = work.clock.now();
        if (!(await markAccepted(work.em, referral.id, version, named, work.caller.id, now))) {
          return {
            ...(await changed(work, referral.id, { selected })),
            userErrors: [
              userError(
                "STALE",
                "The referral has changed since you read it, or has been accepted. See how it stands now.",
                "version",
              ),
            ],
          };
        }
        await recordOwnWorker(work, referral, named, now);
        return changed(work, referral.id, { selected });
      },
    }),
  };
}

/** The county's word that the person has an own worker there; disclosed like any other social-welfare fact (D5). */
async function recordOwnWorker(work: Work, referral: Referral, ownWorker: OwnWorker, now: Date): Promise<void> {
  const on = today(work.clock);
  const entered =
    (await recordedFactsOf(work.em, referral.caseId, work.caller)).get("social.clientRelationships") ?? [];
  const earlier = entered.flatMap((fact) =>
    fact.holder === "COUNTY" ? ((fact.value ?? []) as ClientRelationship[]) : [],
  );
  const relationship: ClientRelationship = {
    countyCode: referral.receiverUnit,
    service: "ADULT_SOCIAL_WORK",
    since: on,
    ownWorkerName: ownWorker.name,
    ownWorkerPhone: ownWorker.phone,
  };
  await insertRecordedFact(work.em, {
    caseId: referral.caseId,
    path: "social.clientRelationships",
    holder: "COUNTY",
    unit: referral.receiverUnit,
    value: [...earlier.filter((one) => one.countyCode !== relationship.countyCode), relationship],
    confirmedOn: on,
    recordedBy: work.caller.id,
    recordedAt: now,
  });
}

function readOwnWorker({ name, phone }: OwnWorker): OwnWorker | UserError {
  if (name.trim() === "") return userError("OWN_WORKER_MISSING", "Name the own worker.", "ownWorker.name");
  if (phone === null) return { name: name.trim(), phone };
  const parsed = parsePhoneNumberFromString(phone, "FI");
  return parsed?.isValid()
    ? { name: name.trim(), phone: parsed.number }
    : userError("PHONE_INVALID", "That is not a telephone number.", "ownWorker.phone");
}
