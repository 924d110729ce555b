import { consentDisclosure } from "../disclosure/consent.disclosure.ts";
import type { Consent } from "../disclosure/consent.ts";
import { consentsOf } from "../disclosure/consent.repository.ts";
import { type DisclosedRecord, disclose, emptyRecord } from "../disclosure/disclose.ts";
import { today } from "../kernel/dates.ts";
import { type Operation, type Room, operation } from "../operation/operation.ts";
import { recordedContactsOf } from "./case.repository.ts";
import { type CaseService, findCase } from "./case.service.ts";
import type { SourceScope } from "./source-scope.ts";
import { type RecordedContact, recordedContactDisclosure } from "./recorded-contact.ts";

export type ConsentView = DisclosedRecord<Consent, typeof consentDisclosure>;
export type RecordedContactView = DisclosedRecord<RecordedContact, typeof recordedContactDisclosure>;

/** What workers have put on record about a case. Empty when there is no such case for the caller. */
export interface CaseRecordService {
  /** The consents and refusals that name the caller's authority, withdrawn ones among them, first recorded first. */
  listConsents: Operation<{ caseId: string }, ConsentView[]>;
  /** The contacts noted in the service of the caller's authority, first made first. */
  listContacts: Operation<{ caseId: string; scope: SourceScope }, RecordedContactView[]>;
}

export function createCaseRecordService(room: Room, cases: CaseService): CaseRecordService {
  return {
    listConsents: operation(room, {
      name: "listConsents",
      permission: "RECORD_CONSENT",
      touchesPerson: true,
      run: async (work, { caseId }) => {
        const found = await findCase(work.em, work.caller, caseId, today(work.clock));
        const { authority } = work.caller;
        if (!found || authority === null) return [];
        const disclosure = emptyRecord();
        work.trace({ caseId: found.row.id, disclosure });
        return (await consentsOf(work.em, found.row.id))
          .filter((consent) => consent.receiver === authority || consent.disclosers.includes(authority))
          .map((consent) => disclose(consentDisclosure, found.decision, authority, "consent", consent, disclosure));
      },
    }),

    listContacts: operation(room, {
      name: "listContacts",
      permission: "RECORD_FACT",
      touchesPerson: true,
      prepare: (inRoom, caller, { caseId, scope }) => cases.gatherPlace(inRoom, caller, caseId, scope),
      run: async (work, { caseId }, gathered) => {
        const found = await findCase(work.em, work.caller, caseId, today(work.clock));
        if (!found) return [];
        const disclosure = emptyRecord();
        const placeClosed = await cases.isPlaceClosed(work, gathered);
        work.trace({ caseId: found.row.id, disclosure });
        return (await recordedContactsOf(work.em, found.row.id))
          .filter((contact) => contact.holder === work.caller.authority)
          .map((contact) =>
            disclose(
              recordedContactDisclosure,
              found.decision,
              contact.holder,
              "contact",
              contact,
              disclosure,
              placeClosed,
            ),
          );
      },
    }),
  };
}
