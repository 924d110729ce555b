import type { Caller } from "../access/caller.ts";
import type { CaseListInput } from "../cases/case-list.ts";
import { type CaseService, findCase } from "../cases/case.service.ts";
import type { DataCategory } from "../disclosure/data-category.ts";
import {
  type DisclosedRecord,
  type DisclosureTable,
  type Judgement,
  disclose,
  emptyRecord,
  judgeField,
} from "../disclosure/disclose.ts";
import type { Decision } from "../disclosure/policy.ts";
import { AUTHORITIES, type Authority } from "../kernel/authority.ts";
import { addMonths, today } from "../kernel/dates.ts";
import { type Page, checkPageSize } from "../kernel/page.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { type Operation, type Room, type Work, operation } from "../operation/operation.ts";
import { type UserError, userError } from "../operation/user-error.ts";
import { ACCESS_LIMITS, type AccessLimit, LOG_MONTHS, type OlderLogReason } from "./access-limits.ts";
import { categoryOfPath } from "./category-of-path.ts";
import { HOLDINGS, type HeldRow, type Register, ruleOfColumn } from "./holding.ts";
import { ROWS_OF } from "./holding.repository.ts";
import type { TraceRegister } from "./trace.repository.ts";
import { type ToldEvent, type TracePeriod, instantsOfDays, mergeInto, tracePage } from "./trace.service.ts";
import { type SubjectTraceEntry, subjectTraceDisclosure } from "./trace-entry.ts";
import type { TraceEvent } from "./trace.ts";

export type SubjectTraceView = DisclosedRecord<SubjectTraceEntry, typeof subjectTraceDisclosure>;

/** One row that the hub holds about the person, as its columns and their values in text. */
export interface HeldRecord {
  id: string;
  table: string;
  name: LocalizedText;
  fields: { name: string; value: string | null }[];
}

const register = { category: "USE_LOG" } as const;
/** The record as such; each column is judged by its own kind of data besides. */
export const heldRecordDisclosure = {
  id: "PUBLIC",
  table: register,
  name: register,
  fields: register,
} satisfies DisclosureTable<HeldRecord>;
export type HeldRecordView = DisclosedRecord<HeldRecord, typeof heldRecordDisclosure>;

export interface SubjectAccess {
  trace: Page<SubjectTraceView>;
  holdings: HeldRecordView[];
  limits: readonly AccessLimit[];
  userErrors: UserError[];
}

export interface SubjectAccessInput extends CaseListInput, TracePeriod {
  /** Why entries older than two years are needed. */
  reason: OlderLogReason | null;
}

export interface SubjectAccessService {
  /**
   * For the controller's worker who handles a person's request: the log of the use and disclosure of the own register and
   * of the own workers, and everything that the hub holds in that register about the person. Only what that worker may
   * know (decisions D2, D4, D5, D6), and only what the person may get (D8): it can be handed over as it is.
   */
  subjectAccess: Operation<SubjectAccessInput, SubjectAccess>;
}

const NOTHING: Pick<SubjectAccess, "trace" | "holdings" | "limits"> = {
  trace: { items: [], hasNextPage: false },
  holdings: [],
  limits: ACCESS_LIMITS,
};

export function createSubjectAccessService(room: Room, cases: CaseService): SubjectAccessService {
  return {
    subjectAccess: operation(room, {
      name: "subjectAccess",
      permission: "SUBJECT_ACCESS",
      touchesPerson: true,
      prepare: (inRoom, caller, { caseId, page, scope }) => {
        checkPageSize(page.first);
        return cases.gatherPlace(inRoom, caller, caseId, scope);
      },
      run: async (work, input, gathered) => {
        const on = today(work.clock);
        const found = await findCase(work.em, work.caller, input.caseId, on);
        if (!found) return { ...NOTHING, userErrors: [NO_SUCH_CASE] };
        const record = emptyRecord();
        const older = input.since !== null && input.since < addMonths(on, -LOG_MONTHS);
        if (older && input.reason === null) return { ...NOTHING, userErrors: [REASON_MISSING] };
        // The reason is a code and goes on record with the look.
        work.trace({
          caseId: found.row.id,
          disclosure: record,
          ...(older && input.reason !== null ? { subjectId: `OLDER_LOG:${input.reason}` } : {}),
        });
        const { decision } = found;
        const placeClosed = await cases.isPlaceClosed(work, gathered);
        const judgement: Judgement = { decision, record, selected: input.selected, placeClosed };
        const days = { since: input.since ?? addMonths(on, -LOG_MONTHS), until: input.until ?? on };
        return {
          trace: await tracePage(
            work,
            { caseId: found.row.id, ...instantsOfDays(days), register: registerOf(work.caller, decision) },
            input.page,
            (told) => discloseSubjectTrace(told, work.caller, judgement),
            (event, field) => mayTell(event, field, work.caller, decision),
          ),
          holdings: input.selected.has("holding.fields") ? await holdingsOf(work, found.row.id, judgement) : [],
          limits: ACCESS_LIMITS,
          userErrors: [],
        };
      },
    }),
  };
}

const NO_SUCH_CASE = userError("CASE_NOT_FOUND", "There is no such case within your remit.", "caseId");
const REASON_MISSING = userError(
  "REASON_MISSING",
  "Entries older than two years are given for a special reason only (703/2023 section 11.2). Name it.",
  "reason",
);

/** Counties and employment areas are many, each with its own register. */
const OF_SEVERAL_REGISTERS: readonly Authority[] = ["COUNTY", "EMPLOYMENT"];

/** What tells that an authority knows the person: who may see one of these may know it (decisions D1, D4, D5). */
const TELLS_OF: Record<Authority, readonly DataCategory[]> = {
  RISE: ["SENTENCE_DATES", "APPLICATION"],
  VTH: ["HEALTH"],
  COUNTY: ["SOCIAL_SERVICES"],
  EMPLOYMENT: ["EMPLOYMENT_SERVICES"],
  KELA: ["BENEFITS"],
};

function registerOf({ authority, unit, socialDataRight }: Caller, decision: Decision): TraceRegister {
  const own = authority!;
  return {
    authority: own,
    countyRequests: own !== "RISE" || socialDataRight,
    unit: OF_SEVERAL_REGISTERS.includes(own) ? (unit ?? "") : null,
    others: AUTHORITIES.filter(
      (other) => other !== own && TELLS_OF[other].some((category) => decision.on(category, other).allowed),
    ),
  };
}

/** Whether the worker may be told that this field was seen: it is of the own register's affairs, and of a kind open to them. */
function mayTell(event: TraceEvent, field: TraceEvent["left"][number], caller: Caller, decision: Decision): boolean {
  const ours = event.callerAuthority === caller.authority || field.holder === caller.authority;
  const category = categoryOfPath(field.path);
  return ours && category !== undefined && decision.on(category, field.holder).allowed;
}

function discloseSubjectTrace({ event, entry }: ToldEvent, caller: Caller, judgement: Judgement): SubjectTraceView {
  const { operation: name, callerId, subjectId } = event;
  const full: SubjectTraceEntry = { ...entry, operation: name, userId: callerId, subjectId };
  return mergeInto(judgement, (own) => disclose(subjectTraceDisclosure, caller.authority!, "subjectTrace", full, own));
}

async function holdingsOf(
  work: Work,
  caseId: Parameters<(typeof ROWS_OF)[string]>[1],
  judgement: Judgement,
): Promise<HeldRecordView[]> {
  const views: HeldRecordView[] = [];
  for (const [table, holding] of Object.entries(HOLDINGS)) {
    for (const row of await ROWS_OF[table]!(work.em, caseId)) {
      if (holding.existsFor?.(row, work.caller) === false) continue;
      const fields = fieldsOf(table, row, work.caller, judgement);
      if (fields.length === 0) continue;
      const held: HeldRecord = { id: String(row["id"]), table, name: holding.name, fields };
      views.push(
        mergeInto(judgement, (own) => disclose(heldRecordDisclosure, work.caller.authority!, "holding", held, own)),
      );
    }
  }
  return views;
}

/** The columns of one row that belong to the caller's register and are of a kind that is open to the caller. */
function fieldsOf(table: string, row: HeldRow, caller: Caller, judgement: Judgement): HeldRecord["fields"] {
  const { columns, register: registerOfColumn } = HOLDINGS[table]!;
  const fields: HeldRecord["fields"] = [];
  for (const [column, columnRule] of Object.entries(columns)) {
    const rule = ruleOfColumn(columnRule, row);
    if (!rule || !isOwn(registerOfColumn(row, column), caller)) continue;
    const own = emptyRecord();
    const { decision, placeClosed = false } = judgement;
    if (judgeField(rule, `${table}.${column}`, caller.authority!, decision, placeClosed, own)) {
      fields.push({ name: column, value: textOf(row[column]) });
    }
    mergeInto(judgement, (merged) => {
      merged.record.left.push(...own.left);
      merged.record.withheld.push(...own.withheld);
    });
  }
  return fields;
}

const isOwn = ({ authority, unit }: Register, caller: Caller): boolean =>
  authority === caller.authority &&
  (unit === null || !OF_SEVERAL_REGISTERS.includes(caller.authority!) || unit === caller.unit);

/** A column's value in one text; what has parts, as JSON. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}
