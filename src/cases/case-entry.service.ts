import type { Caller } from "../access/caller.ts";
import type { CallerRole } from "../access/role.ts";
import type { Purpose } from "../access/purpose.ts";
import type { Consent } from "../disclosure/consent.ts";
import { findConsent, insertConsent, withdrawConsent } from "../disclosure/consent.repository.ts";
import type { DataCategory } from "../disclosure/data-category.ts";
import { NO_GROUNDS } from "../disclosure/grounds.ts";
import type { Authority } from "../kernel/authority.ts";
import { type LocalDate, addMonths, today } from "../kernel/dates.ts";
import { parseHetu } from "../kernel/hetu.ts";
import { type CaseId, type ConsentId, asId, newId } from "../kernel/ids.ts";
import type { Language } from "../kernel/text.ts";
import { type Operation, type Room, type Work, operation } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { FACT_PATHS, type FactPath, factDefinition } from "./case.ts";
import {
  type RemitGround,
  findCaseByHetu,
  holdHetu,
  insertCase,
  insertRecordedContact,
  insertRecordedFact,
  insertRemits,
  isHeldByRole,
} from "./case.repository.ts";
import { isConsentOpenTo } from "./case-record.service.ts";
import { findCase } from "./case.service.ts";
import type { CaseSource, HolderAnswer, SourceOutcome } from "./case.source.ts";
import { EARLIEST_DAY, isEnteredText, readFactValue } from "./fact-value.ts";
import { type ContactOutcome, whyNotContact } from "./recorded-contact.ts";
import type { SourceScope } from "./source-scope.ts";

/** The outcome of a change: the case's id when it was made, otherwise what keeps it from being made. */
export interface CaseChange {
  caseId: CaseId | null;
  userErrors: UserError[];
}

export interface ConsentInput {
  caseId: string;
  answer: Consent["answer"];
  disclosers: Authority[];
  receiver: Authority;
  receiverUnit: string | null;
  categories: DataCategory[];
  purposes: Purpose[];
  informedIn: Language;
  givenOn: LocalDate;
  validUntil: LocalDate;
}

export interface CaseEntryService {
  /** Opens a case, or joins the caller to the one that there is, once the caller's own authority knows the person. */
  openCase: Operation<{ hetu: string | null; familyName: string; givenNames: string; scope: SourceScope }, CaseChange>;
  /** Enters a fact that no source holds, or another word on one (decision D25). */
  recordFact: Operation<{ caseId: string; path: string; value: string; confirmedOn: LocalDate }, CaseChange>;
  recordContact: Operation<
    { caseId: string; whom: string; channel: string; outcome: ContactOutcome; contactedAt: Date },
    CaseChange
  >;
  recordConsent: Operation<ConsentInput, CaseChange & { consentId: ConsentId | null }>;
  /** Takes effect on the next operation. */
  withdrawConsent: Operation<{ consentId: string }, CaseChange>;
}

const done = (caseId: CaseId): CaseChange => ({ caseId, userErrors: [] });
const refused = (error: UserError): CaseChange => ({ caseId: null, userErrors: [error] });
const NO_SUCH_CONSENT = userError("CONSENT_NOT_FOUND", "There is no such consent within your remit.", "consentId");
const NO_SUCH_CASE = userError("CASE_NOT_FOUND", "There is no such case within your remit.", "caseId");

const GROUND_OF_ROLE: Record<CallerRole, RemitGround> = {
  PRISON_WORKER: "UNIT",
  PROBATION_WORKER: "ASSIGNMENT",
  VTH_NURSE: "TREATMENT",
  COUNTY_WORKER: "CLIENT_RELATIONSHIP",
  CHILD_PROTECTION_WORKER: "CLIENT_RELATIONSHIP",
  EMPLOYMENT_CONTACT: "CLIENT_RELATIONSHIP",
  KELA_OFFICER: "KELA_MATTER",
  PARTNER_APP: "ASSIGNMENT",
  PERSON: "ASSIGNMENT",
};

const NOT_YOUR_CLIENT = userError(
  "NOT_YOUR_CLIENT",
  "Your authority's system does not show this person as served by your unit.",
  "hetu",
);

/** The roles in whose names consent may be recorded for a receiving authority. */
const ROLES_OF_AUTHORITY: Partial<Record<Authority, CallerRole>> = {
  COUNTY: "COUNTY_WORKER",
  EMPLOYMENT: "EMPLOYMENT_CONTACT",
  KELA: "KELA_OFFICER",
  VTH: "VTH_NURSE",
};

/** A consent without its own end lasts at most this long [D]: nobody remembers what they agreed to longer than that. */
const LONGEST_CONSENT_MONTHS = 24;

export function createCaseEntryService(room: Room, sources: readonly CaseSource[]): CaseEntryService {
  const inCase = async (
    work: Work,
    id: string,
    change: (caseId: CaseId) => Promise<CaseChange>,
  ): Promise<CaseChange> => {
    const found = await findCase(work.em, work.caller, id, today(work.clock));
    if (!found) return refused(NO_SUCH_CASE);
    work.trace({ caseId: found.row.id });
    return change(found.row.id);
  };

  return {
    openCase: operation(room, {
      name: "openCase",
      permission: "OPEN_CASE",
      touchesPerson: true,
      prepare: async (_, caller, { hetu, scope }) => {
        const parsed = hetu === null ? null : parseHetu(hetu);
        const source = sources.find((candidate) => candidate.authority === caller.authority);
        const answer =
          parsed && source
            ? await source.ask({
                hetu: parsed.hetu,
                groups: ["person"],
                workerId: caller.id,
                issue: newId<CaseId>(),
                sandbox: scope.sandbox,
                signal: AbortSignal.timeout(30_000),
              })
            : undefined;
        return { parsed, answer };
      },
      run: async (work, input, { parsed, answer }) => {
        if (parsed === undefined) {
          return refused(userError("IDENTITY_CODE_INVALID", "That is not a valid personal identity code.", "hetu"));
        }
        const denial = whyNotOpen(work.caller, answer);
        if (denial) return refused(denial);
        if (!isEnteredText(input.familyName) || !isEnteredText(input.givenNames)) {
          return refused(userError("NAME_INVALID", "Give the family name and the given names.", "familyName"));
        }
        if (parsed) await holdHetu(work.em, parsed.hetu);
        const now = work.clock.now();
        const on = today(work.clock);
        let row = parsed && (await findCaseByHetu(work.em, parsed.hetu));
        if (!row) {
          row = { id: newId<CaseId>(), hetu: parsed?.hetu ?? null, openedAt: now, phase: NO_GROUNDS.phase };
          await insertCase(work.em, row, work.caller.id);
          const entered = {
            caseId: row.id,
            holder: work.caller.authority!,
            unit: work.caller.unit ?? "",
            confirmedOn: on,
            recordedBy: work.caller.id,
            recordedAt: now,
          };
          if (answer?.ok !== true) {
            await insertRecordedFact(work.em, { ...entered, path: "person.familyName", value: input.familyName });
            await insertRecordedFact(work.em, { ...entered, path: "person.givenNames", value: input.givenNames });
          }
        }
        const known = await findCase(work.em, work.caller, row.id, on);
        // By hand nobody takes a case that another unit of the same authority holds; that is a transfer.
        if (!known && !answer && (await isHeldByRole(work.em, row.id, work.caller.role, on)))
          return refused(NOT_YOUR_CLIENT);
        if (!known) {
          const ground = GROUND_OF_ROLE[work.caller.role];
          await insertRemits(work.em, [
            {
              caseId: row.id,
              role: work.caller.role,
              unit: work.caller.unit ?? "",
              workerId: ground === "ASSIGNMENT" ? work.caller.id : null,
              ground,
              since: on,
              until: null,
            },
          ]);
        }
        work.trace({ caseId: row.id });
        return done(row.id);
      },
    }),

    recordFact: operation(room, {
      name: "recordFact",
      permission: "RECORD_FACT",
      touchesPerson: true,
      run: (work, { caseId, path, value, confirmedOn }) =>
        inCase(work, caseId, async (id) => {
          const known = FACT_PATHS.find((candidate) => candidate === path);
          const definition = known && factDefinition(known);
          const closed = known === "person.addressProtected" && !definition?.holders.includes(work.caller.authority!);
          if (!known || !definition?.enterable || closed) {
            return refused(userError("FACT_NOT_ENTERABLE", "This fact is unknown or is not entered by hand.", "path"));
          }
          const read = readFactValue(definition, value);
          if ("expected" in read) {
            return refused(userError("FACT_VALUE_INVALID", `The value must be ${read.expected}.`, "value"));
          }
          if (confirmedOn > today(work.clock)) {
            return refused(
              userError("DATE_IN_FUTURE", "The day of confirmation cannot be in the future.", "confirmedOn"),
            );
          }
          if (confirmedOn < EARLIEST_DAY)
            return refused(userError("DATE_INVALID", "That is too long ago.", "confirmedOn"));
          await insertRecordedFact(work.em, {
            caseId: id,
            path: known satisfies FactPath,
            holder: work.caller.authority!,
            unit: work.caller.unit ?? "",
            value: read.value,
            confirmedOn,
            recordedBy: work.caller.id,
            recordedAt: work.clock.now(),
          });
          return done(id);
        }),
    }),

    recordContact: operation(room, {
      name: "recordContact",
      permission: "RECORD_FACT",
      touchesPerson: true,
      run: (work, { caseId, ...contact }) =>
        inCase(work, caseId, async (id) => {
          const wrong = whyNotContact(contact, work.clock.now());
          if (wrong) return refused(wrong);
          await insertRecordedContact(work.em, {
            id: newId<CaseId>(),
            caseId: id,
            holder: work.caller.authority!,
            unit: work.caller.unit ?? "",
            ...contact,
            recordedBy: work.caller.id,
            recordedByName: work.caller.name,
            recordedAt: work.clock.now(),
          });
          return done(id);
        }),
    }),

    recordConsent: operation(room, {
      name: "recordConsent",
      permission: "RECORD_CONSENT",
      touchesPerson: true,
      run: async (work, input) => {
        let consentId: ConsentId | null = null;
        const change = await inCase(work, input.caseId, async (caseId) => {
          const wrong = whyNotConsent(input, work.caller, today(work.clock));
          if (wrong) return refused(wrong);
          consentId = newId<ConsentId>();
          const consent: Consent = {
            ...input,
            id: consentId,
            caseId,
            recordedBy: work.caller.id,
            recordedByAuthority: work.caller.authority!,
            withdrawnAt: null,
          };
          await insertConsent(work.em, consent, work.clock.now());
          const role = ROLES_OF_AUTHORITY[input.receiver];
          // Only a holder of the person's data makes the case known to another unit.
          const mayName = input.disclosers.includes(work.caller.authority!);
          if (input.answer === "GIVEN" && role && input.receiverUnit !== null && mayName) {
            await insertRemits(work.em, [
              {
                caseId,
                role,
                unit: input.receiverUnit,
                workerId: null,
                ground: "CONSENT",
                since: input.givenOn,
                until: input.validUntil,
                consentId,
              },
            ]);
          }
          return done(caseId);
        });
        return { ...change, consentId };
      },
    }),

    withdrawConsent: operation(room, {
      name: "withdrawConsent",
      permission: "RECORD_CONSENT",
      touchesPerson: true,
      run: async (work, { consentId }) => {
        const id = asId<ConsentId>(consentId);
        const consent = id && (await findConsent(work.em, id));
        const found = consent && (await findCase(work.em, work.caller, consent.caseId, today(work.clock)));
        if (!found || !isConsentOpenTo(consent, work.caller)) return refused(NO_SUCH_CONSENT);
        work.trace({ caseId: consent.caseId, subjectId: consent.id });
        await withdrawConsent(work.em, consent.id, work.clock.now());
        return done(consent.caseId);
      },
    }),
  };
}

/**
 * Where Rise's system is not connected its workers open a case by hand (decision D25); where it is, only for whom it
 * shows as served by the caller's unit, so that nobody joins a stranger's case by typing an identity code.
 */
function whyNotOpen(caller: Caller, answer: SourceOutcome<HolderAnswer> | undefined): UserError | undefined {
  if (answer === undefined && caller.authority === "RISE") return undefined;
  if (answer?.ok === false) {
    return userError(
      "SOURCE_UNAVAILABLE",
      "Your authority's system did not answer, so the case cannot be opened now. Try again.",
    );
  }
  return answer?.ok === true && answer.value.servedBy.includes(caller.unit ?? "") ? undefined : NOT_YOUR_CLIENT;
}

function whyNotConsent(input: ConsentInput, { authority }: Caller, on: LocalDate): UserError | undefined {
  if (input.givenOn > on) return userError("DATE_IN_FUTURE", "A consent cannot be given in the future.", "givenOn");
  if (input.givenOn < EARLIEST_DAY) return userError("DATE_INVALID", "That is too long ago.", "givenOn");
  if (input.validUntil < input.givenOn) {
    return userError("PERIOD_INVALID", "The last day of validity is before the first.", "validUntil");
  }
  if (input.validUntil > addMonths(input.givenOn, LONGEST_CONSENT_MONTHS)) {
    return userError("PERIOD_TOO_LONG", `A consent lasts at most ${LONGEST_CONSENT_MONTHS} months.`, "validUntil");
  }
  if (input.disclosers.length === 0 || input.categories.length === 0 || input.purposes.length === 0) {
    return userError("CONSENT_NOT_SPECIFIC", "A consent names who may disclose, what, and for which purpose.");
  }
  if (authority !== input.receiver && !input.disclosers.some((discloser) => discloser === authority)) {
    return userError("NOT_A_PARTY", "A consent is recorded by an authority that it names, as discloser or receiver.");
  }
  return undefined;
}
