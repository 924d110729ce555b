import { type LocalDate, addMonths, today } from "../kernel/dates.ts";
import { looksLikeIdentityCode } from "../kernel/hetu.ts";
import { type CaseId, type WorkerId, newId } from "../kernel/ids.ts";
import { type Operation, type Room, type Work, operation } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { reference } from "../contacts/reference.ts";
import { insertRemits } from "./case.repository.ts";
import { type CaseInRemit, findCase } from "./case.service.ts";
import type { CaseSource } from "./case.source.ts";
import { isOffice, isPrison } from "./remit.ts";
import { type RemitRow, endRemits, holdCase, remitsOf } from "./remit.repository.ts";
import type { TransferReason } from "./transfer.ts";

export interface TransferInput {
  caseId: string;
  /** Code of a prison or probation office. */
  toUnit: string;
  /** The one who takes it in a probation office, where a case is one worker's (decision D3); null for a prison. */
  toWorker: string | null;
  /** First day of the new unit; the earlier one's last is the day before. */
  on: LocalDate;
  reason: TransferReason;
}

export interface TransferOutcome {
  caseId: CaseId | null;
  userErrors: UserError[];
}

export interface TransferService {
  /**
   * Hands a case that Rise keeps by hand to another unit of its own, by a worker of the responsible one. Where Rise's
   * system knows the person, the responsible unit follows it instead.
   */
  transferCase: Operation<TransferInput, TransferOutcome>;
}

/** How long ahead a move may be told [D]: further ahead nobody knows it. */
const AHEAD_MONTHS = 3;

const refused = (error: UserError): TransferOutcome => ({ caseId: null, userErrors: [error] });

export function createTransferService(room: Room, sources: readonly CaseSource[]): TransferService {
  return {
    transferCase: operation(room, {
      name: "transferCase",
      permission: "TRANSFER_CASE",
      touchesPerson: true,
      run: async (work, input) => {
        const on = today(work.clock);
        const found = await findCase(work.em, work.caller, input.caseId, on);
        if (!found) return refused(userError("CASE_NOT_FOUND", "There is no such case within your remit.", "caseId"));
        const { id } = found.row;
        await holdCase(work.em, id);
        const remits = await remitsOf(work.em, id, on);
        const wrong = whyNotTransfer(work, found, input, remits, sources);
        if (wrong) {
          work.trace({ caseId: id });
          return refused(wrong);
        }
        const toPrison = isPrison(input.toUnit);
        const remit = {
          id: newId<CaseId>(),
          caseId: id,
          role: toPrison ? ("PRISON_WORKER" as const) : ("PROBATION_WORKER" as const),
          unit: input.toUnit,
          workerId: toPrison ? null : (input.toWorker as WorkerId),
          ground: toPrison ? ("UNIT" as const) : ("ASSIGNMENT" as const),
          since: input.on,
          until: null,
          begunAt: work.clock.now(),
          reason: input.reason,
        };
        await insertRemits(work.em, [remit]);
        // One event for either side: whoever looks for what a unit took over or gave away finds the same move.
        const handed = remits.filter((one) => isOfRise(one) && isResponsible(one));
        await endRemits(work.em, handed, input.on);
        for (const subjectId of [remit.id, ...handed.map((one) => one.id)]) work.trace({ caseId: id, subjectId });
        return { caseId: id, userErrors: [] };
      },
    }),
  };
}

const isOfRise = ({ role }: RemitRow): boolean => role === "PRISON_WORKER" || role === "PROBATION_WORKER";

/** A prison is responsible as a unit, a probation office by the worker to whom the case is assigned. */
const isResponsible = ({ role, ground }: RemitRow): boolean =>
  role === "PRISON_WORKER" ? ground === "UNIT" : ground === "ASSIGNMENT";

const isWorkerId = (text: string): boolean => /^[\w.@-]{1,64}$/.test(text) && !looksLikeIdentityCode(text);

function whyNotTransfer(
  { caller, clock }: Work,
  { row }: CaseInRemit,
  { toUnit, toWorker, on }: TransferInput,
  remits: readonly RemitRow[],
  sources: readonly CaseSource[],
): UserError | undefined {
  if (row.hetu !== null && sources.some((source) => source.authority === "RISE")) {
    return userError(
      "TRANSFER_FOLLOWS_SYSTEM",
      "Your authority's system knows the person: move them there, and the case follows.",
    );
  }
  const own = remits.some(
    (one) => isResponsible(one) && one.role === caller.role && one.unit === caller.unit && isTheirs(one, caller.id),
  );
  if (!own) return userError("NOT_RESPONSIBLE", "Only a worker of the responsible unit hands a case over.");
  if (!reference().riseUnits.has(toUnit) || !(isPrison(toUnit) || isOffice(toUnit))) {
    return userError("UNIT_UNKNOWN", "Give the code of a prison or a probation office.", "toUnit");
  }
  if (isOffice(toUnit) !== (toWorker !== null && toWorker.trim() !== "")) {
    return userError(
      "WORKER_MISMATCH",
      "In a probation office a case is one worker's: name them. In a prison it is the unit's: name none.",
      "toWorker",
    );
  }
  if (toWorker !== null && !isWorkerId(toWorker)) {
    return userError(
      "WORKER_INVALID",
      "Name the worker by their id in service, never by an identity code.",
      "toWorker",
    );
  }
  const first = today(clock);
  if (on < first || on > addMonths(first, AHEAD_MONTHS)) {
    return userError("DATE_INVALID", `Give a day from today to ${AHEAD_MONTHS} months ahead.`, "on");
  }
  const there = remits.some((one) => one.unit === toUnit && isResponsible(one) && isTheirs(one, toWorker));
  return there ? userError("ALREADY_THERE", "The case is there already.", "toUnit") : undefined;
}

const isTheirs = (remit: RemitRow, worker: string | null): boolean =>
  remit.workerId === null || remit.workerId === worker;
