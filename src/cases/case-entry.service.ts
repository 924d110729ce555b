import type { Caller } from "../access/caller.ts";
import type { CallerRole } from "../access/role.ts";
import { NO_GROUNDS } from "../disclosure/grounds.ts";
import { type LocalDate, today } from "../kernel/dates.ts";
import { parseHetu } from "../kernel/hetu.ts";
import { type CaseId, newId } from "../kernel/ids.ts";
import { type Operation, type Room, operation } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { type CaseChange, done, inCase, refused } from "./case-change.ts";
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
import { findCase } from "./case.service.ts";
import { RISE_ROLES, beginAnew, followSentence, settleBy } from "./phase-entry.ts";
import { hasEnded } from "./phase.ts";
import type { CaseSource, HolderAnswer, SourceOutcome } from "./case.source.ts";
import { EARLIEST_DAY, isEnteredText, readFactValue } from "./fact-value.ts";
import { type ContactOutcome, whyNotContact } from "./recorded-contact.ts";
import type { SourceScope } from "./source-scope.ts";

export interface CaseEntryService {
  /** Opens a case, or joins the caller to the one that there is, once the caller's own authority knows the person. */
  openCase: Operation<{ hetu: string | null; familyName: string; givenNames: string; scope: SourceScope }, CaseChange>;
  /** Enters a fact that no source holds, or another word on one (decision D25). */
  recordFact: Operation<{ caseId: string; path: string; value: string; confirmedOn: LocalDate }, CaseChange>;
  recordContact: Operation<
    { caseId: string; whom: string; channel: string; outcome: ContactOutcome; contactedAt: Date },
    CaseChange
  >;
}

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

export function createCaseEntryService(room: Room, sources: readonly CaseSource[]): CaseEntryService {
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
                // Rise's own view follows the sentence (decision D13).
                groups: caller.authority === "RISE" ? ["person", "sentence"] : ["person"],
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
          row = {
            id: newId<CaseId>(),
            hetu: parsed?.hetu ?? null,
            openedAt: now,
            openedByAuthority: work.caller.authority,
            phase: NO_GROUNDS.phase,
          };
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
        if (answer?.ok === true) await settleBy(work, row, answer.value);
        // By hand a case whose enforcement has ended begins anew: another sentence, of which no system tells.
        else if (hasEnded(row.phase, on)) await beginAnew(work.em, row.id, on);
        const known = await findCase(work.em, work.caller, row.id, on);
        // By hand nobody takes a case that another unit of the same authority holds; that is a transfer.
        if (!known && !answer && (await isHeldByRole(work.em, row.id, RISE_ROLES, on))) return refused(NOT_YOUR_CLIENT);
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
              begunAt: now,
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
          if (known.startsWith("sentence.")) {
            const wrong = await followSentence(work, sources, id, known, read.value);
            if (wrong) return refused(wrong);
          }
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
