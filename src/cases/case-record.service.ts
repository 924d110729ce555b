import { consentDisclosure } from "../disclosure/consent.disclosure.ts";
import { type Consent, isConsentOpenTo } from "../disclosure/consent.ts";
import { consentsOf } from "../disclosure/consent.repository.ts";
import { type DisclosedRecord, disclose } from "../disclosure/disclose.ts";
import type { Page } from "../kernel/page.ts";
import type { Operation, Room } from "../operation/operation.ts";
import { type CaseListInput, listOfCase } from "./case-list.ts";
import { recordedContactsOf } from "./case.repository.ts";
import type { CaseService } from "./case.service.ts";
import { type RecordedContact, recordedContactDisclosure } from "./recorded-contact.ts";

export type ConsentView = DisclosedRecord<Consent, typeof consentDisclosure>;
export type RecordedContactView = DisclosedRecord<RecordedContact, typeof recordedContactDisclosure>;

/** What workers have put on record about a case. Empty when there is no such case for the caller. */
export interface CaseRecordService {
  /** The consents and refusals that name the caller's authority, withdrawn ones among them, first recorded first. */
  listConsents: Operation<CaseListInput, Page<ConsentView>>;
  /** The contacts noted in the service of the caller's authority, first made first. */
  listContacts: Operation<CaseListInput, Page<RecordedContactView>>;
}

export function createCaseRecordService(room: Room, cases: CaseService): CaseRecordService {
  return {
    listConsents: listOfCase(room, cases, {
      name: "listConsents",
      permission: "RECORD_CONSENT",
      tellsPlace: true,
      rows: async ({ em, caller }, caseId, decision) => {
        const holder = caller.authority;
        if (holder === null || !decision.on("CONSENTS", holder).allowed) return [];
        const open = (await consentsOf(em, caseId)).filter((consent) => isConsentOpenTo(consent, caller));
        return open.map((consent) => ({ id: consent.id, consent, holder }));
      },
      view: ({ consent, holder }, judgement) => disclose(consentDisclosure, holder, "consent", consent, judgement),
    }),

    listContacts: listOfCase(room, cases, {
      name: "listContacts",
      permission: "RECORD_FACT",
      tellsPlace: true,
      rows: async ({ em, caller }, caseId, decision) => {
        const open = caller.authority !== null && decision.on("REFERRALS", caller.authority).allowed;
        return open ? recordedContactsOf(em, caseId, caller) : [];
      },
      view: (contact, judgement) => disclose(recordedContactDisclosure, contact.holder, "contact", contact, judgement),
    }),
  };
}
