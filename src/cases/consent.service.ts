import type { Caller } from "../access/caller.ts";
import type { CallerRole } from "../access/role.ts";
import { reference } from "../contacts/reference.ts";
import { consentDisclosure } from "../disclosure/consent.disclosure.ts";
import { type Consent, isConsentOpenTo, partiesToTell, takesBack, takesFrom } from "../disclosure/consent.ts";
import { consentsOf, findConsent, insertConsent, withdrawConsent } from "../disclosure/consent.repository.ts";
import { disclose, emptyRecord } from "../disclosure/disclose.ts";
import type { Authority } from "../kernel/authority.ts";
import { type LocalDate, addMonths, today } from "../kernel/dates.ts";
import { type CaseId, type ConsentId, type DocumentId, type PermitId, asId, newId } from "../kernel/ids.ts";
import { type Operation, type Room, type Work, operation } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { type CaseChange, done, inCase, refused } from "./case-change.ts";
import type { ConsentView } from "./case-record.service.ts";
import { insertRemits } from "./case.repository.ts";
import { findCaseOf } from "./case.service.ts";
import { EARLIEST_DAY, isEnteredText } from "./fact-value.ts";
import { keepCase } from "./remit.repository.ts";

export type ConsentInput = Pick<
  Consent,
  | "answer"
  | "representative"
  | "disclosers"
  | "receiver"
  | "receiverUnit"
  | "categories"
  | "purposes"
  | "methods"
  | "informedIn"
  | "interpreterUsed"
  | "givenOn"
  | "validUntil"
  | "endsWith"
> & {
  caseId: string;
  /** Nobody records one without knowing how it was given and what the person was told. */
  form: NonNullable<Consent["form"]>;
  rightToRefuseExplained: boolean;
};

/**
 * The part of the capabilities above in a withdrawal (decision D11): deletes what was made under the consent or permit
 * and not sent. `src/hub.ts` connects it. @returns ids of the deleted documents
 */
export type OnGroundWithdrawn = (
  work: Work,
  ground: { id: ConsentId | PermitId; caseId: CaseId },
) => Promise<DocumentId[]>;

export interface Withdrawal extends CaseChange {
  /** As it is kept now: with the parties whom whoever took the withdrawal informs (domain reference 3.6). */
  consent: ConsentView | null;
  /** What must be made again on the bases that remain; told only to those who could have read it. */
  deletedDocumentIds: DocumentId[];
}

export interface ConsentService {
  recordConsent: Operation<
    ConsentInput,
    CaseChange & Pick<Withdrawal, "deletedDocumentIds"> & { consentId: ConsentId | null }
  >;
  /** Takes effect on the next operation. Any party takes it. */
  withdrawConsent: Operation<{ consentId: string; selected: ReadonlySet<string> }, Withdrawal>;
}

const NO_SUCH_CONSENT = userError("CONSENT_NOT_FOUND", "There is no such consent within your remit.", "consentId");
const notWithdrawn = (error: UserError): Withdrawal => ({ ...refused(error), consent: null, deletedDocumentIds: [] });
const ALREADY_WITHDRAWN = userError("CONSENT_WITHDRAWN", "This consent has been withdrawn before.", "consentId");

/** A document that was not sent is Rise's alone, and another authority does not learn of it. */
const toldOf = ({ authority }: Caller, deleted: DocumentId[]): DocumentId[] => (authority === "RISE" ? deleted : []);

/** The roles in whose names consent may be recorded for a receiving authority. */
const ROLES_OF_AUTHORITY: Partial<Record<Authority, CallerRole>> = {
  COUNTY: "COUNTY_WORKER",
  EMPLOYMENT: "EMPLOYMENT_CONTACT",
  KELA: "KELA_OFFICER",
  VTH: "VTH_NURSE",
};

/** A consent without its own end lasts at most this long [D]: nobody remembers what they agreed to longer than that. */
const LONGEST_CONSENT_MONTHS = 24;

export function createConsentService(room: Room, onWithdrawn: OnGroundWithdrawn): ConsentService {
  const deleteResting = async (work: Work, consent: Consent): Promise<DocumentId[]> => {
    const deleted = await onWithdrawn(work, consent);
    for (const id of deleted) work.trace({ caseId: consent.caseId, subjectId: id });
    return deleted;
  };

  /** @returns the consent as it is kept now, and what was deleted with it */
  const withdraw = async (work: Work, consent: Consent): Promise<{ consent: Consent; deleted: DocumentId[] }> => {
    const { caller } = work;
    const deleted = await deleteResting(work, consent);
    const withdrawal = {
      withdrawnAt: work.clock.now(),
      withdrawnBy: caller.id,
      withdrawnByAuthority: caller.authority,
      withdrawalTold: partiesToTell(consent, caller),
    };
    // With the consent the caller's own remit may end, and what follows still belongs to this operation.
    await keepCase(work.em, consent.caseId);
    await withdrawConsent(work.em, consent.id, withdrawal);
    return { consent: { ...consent, ...withdrawal }, deleted };
  };

  return {
    recordConsent: operation(room, {
      name: "recordConsent",
      permission: "RECORD_CONSENT",
      touchesPerson: true,
      run: async (work, input) => {
        let consentId: ConsentId | null = null;
        const deleted: DocumentId[] = [];
        const change = await inCase(work, input.caseId, async (caseId) => {
          const { caller } = work;
          const wrong = whyNotConsent(input, caller, today(work.clock));
          if (wrong) return refused(wrong);
          consentId = newId<ConsentId>();
          const consent: Consent = {
            ...input,
            id: consentId,
            caseId,
            recordedBy: caller.id,
            recordedByAuthority: caller.authority!,
            recordedByUnit: caller.unit,
            recordedAt: work.clock.now(),
            withdrawnAt: null,
            withdrawnBy: null,
            withdrawnByAuthority: null,
            withdrawalTold: [],
          };
          const earlier = await consentsOf(work.em, caseId);
          await insertConsent(work.em, consent);
          for (const one of consent.answer === "REFUSED" ? earlier : []) {
            if (takesBack(consent, one)) {
              work.trace({ caseId, subjectId: one.id });
              deleted.push(...(await withdraw(work, one)).deleted);
            } else if (takesFrom(consent, one)) deleted.push(...(await deleteResting(work, one)));
          }
          await letReceiverKnow(work, consent);
          return done(caseId);
        });
        return { ...change, consentId, deletedDocumentIds: toldOf(work.caller, deleted) };
      },
    }),

    withdrawConsent: operation(room, {
      name: "withdrawConsent",
      permission: "RECORD_CONSENT",
      touchesPerson: true,
      run: async (work, { consentId, selected }) => {
        const { caller, clock, em } = work;
        const found = await findCaseOf(em, caller, "consent", consentId, today(clock));
        const known = found && (await findConsent(em, asId<ConsentId>(consentId)!));
        if (!known || !isConsentOpenTo(known, caller)) return notWithdrawn(NO_SUCH_CONSENT);
        const record = emptyRecord();
        work.trace({ caseId: known.caseId, subjectId: known.id, disclosure: record });
        if (known.withdrawnAt !== null) return notWithdrawn(ALREADY_WITHDRAWN);
        const { consent, deleted } = await withdraw(work, known);
        // No source is asked whether the address is protected: what tells the place is in the list of consents.
        const judgement = { decision: found.decision, selected, record, placeClosed: true };
        return {
          ...done(consent.caseId),
          consent: disclose(consentDisclosure, caller.authority!, "consent", consent, judgement),
          deletedDocumentIds: toldOf(caller, deleted),
        };
      },
    }),
  };
}

/** A consent that names a unit of another authority makes the case known to it; only a holder of the data says so. */
async function letReceiverKnow({ em, caller, clock }: Work, consent: Consent): Promise<void> {
  const role = ROLES_OF_AUTHORITY[consent.receiver];
  const mayName = consent.disclosers.includes(caller.authority!);
  if (consent.answer !== "GIVEN" || !role || consent.receiverUnit === null || !mayName) return;
  await insertRemits(em, [
    {
      caseId: consent.caseId,
      role,
      unit: consent.receiverUnit,
      workerId: null,
      ground: "CONSENT",
      since: consent.givenOn,
      until: consent.validUntil,
      consentId: consent.id,
      begunAt: clock.now(),
    },
  ]);
}

function whyNotConsent(input: ConsentInput, { authority }: Caller, on: LocalDate): UserError | undefined {
  const { givenOn, validUntil, representative } = input;
  if (givenOn > on) return userError("DATE_IN_FUTURE", "A consent cannot be given in the future.", "givenOn");
  if (givenOn < EARLIEST_DAY) return userError("DATE_INVALID", "That is too long ago.", "givenOn");
  if (validUntil < givenOn) {
    return userError("PERIOD_INVALID", "The last day of validity is before the first.", "validUntil");
  }
  if (validUntil > addMonths(givenOn, LONGEST_CONSENT_MONTHS)) {
    return userError("PERIOD_TOO_LONG", `A consent lasts at most ${LONGEST_CONSENT_MONTHS} months.`, "validUntil");
  }
  // Kela's page of domain reference 3.6: an oral consent covers that one transaction. For the others [D] the same.
  if (input.answer === "GIVEN" && input.form === "ORAL" && validUntil > givenOn) {
    return userError(
      "ORAL_FOR_ONE_DAY",
      "An oral consent covers what is done at once: it ends on the day on which it was given. For longer, take it in writing.",
      "validUntil",
    );
  }
  if (input.disclosers.length === 0 || input.categories.length === 0 || input.purposes.length === 0) {
    return userError("CONSENT_NOT_SPECIFIC", "A consent names who may disclose, what, and for which purpose.");
  }
  if (input.methods?.length === 0) {
    return userError("CONSENT_NOT_SPECIFIC", "Name at least one way of disclosing, or leave them out.", "methods");
  }
  if (input.answer === "GIVEN" && !input.rightToRefuseExplained) {
    return userError(
      "CONSENT_NOT_INFORMED",
      "Explain first that the consent may be refused and withdrawn, and what follows; else it is none.",
      "rightToRefuseExplained",
    );
  }
  if (representative && !Object.values(representative).every(isEnteredText)) {
    return userError(
      "REPRESENTATIVE_INCOMPLETE",
      "Give the representative's name, in which capacity, and by what they may act.",
      "representative",
    );
  }
  if (input.receiverUnit !== null && !isUnitOf(input.receiver, input.receiverUnit)) {
    return userError("RECEIVER_UNIT_UNKNOWN", "Name the receiver's unit by its code, or leave it out.", "receiverUnit");
  }
  if (authority !== input.receiver && !input.disclosers.some((discloser) => discloser === authority)) {
    return userError("NOT_A_PARTY", "A consent is recorded by an authority that it names, as discloser or receiver.");
  }
  return undefined;
}

/** Whether the code is one of the authority's units; what is none would be a text of anybody's making. */
function isUnitOf(authority: Authority, unit: string): boolean {
  const { counties, employmentAreas, riseUnits } = reference();
  if (authority === "COUNTY") return counties.has(unit);
  if (authority === "EMPLOYMENT") return employmentAreas.has(unit);
  // Prison health care works in the prisons; Kela is one.
  return authority === "KELA" ? unit === "KELA" : riseUnits.has(unit);
}
