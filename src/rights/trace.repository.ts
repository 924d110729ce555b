import type { EntityManager } from "@mikro-orm/postgresql";
import type { Purpose } from "../access/purpose.ts";
import type { DisclosureRecord } from "../disclosure/disclose.ts";
import type { Authority } from "../kernel/authority.ts";
import type { CaseId } from "../kernel/ids.ts";
import { LEFT_OUT } from "./access-limits.ts";
import { OPERATION_TEXTS } from "./operation-text.ts";
import type { ActorRole } from "./trace-text.ts";
import type { TraceEvent } from "./trace.ts";

/** Where a page begins: after the `skip`-th of the told events of that instant, going back in time. */
export interface TracePlace {
  at: Date;
  skip: number;
}

export interface TraceScope {
  caseId: CaseId;
  /** First instant, included. */
  since: Date;
  /** Last instant, excluded. */
  until: Date;
  /** For a controller: only what this register did or gave; null for the person. */
  register: TraceRegister | null;
}

export interface TraceRegister {
  authority: Authority;
  /** Other authorities of whose knowing the person the asking worker may know (decisions D4, D5). */
  others: readonly Authority[];
  /** Whether a request to or of a county exists for the asking worker (decisions D1, D2). */
  countyRequests: boolean;
  /** Only this unit's own acts, where the authority is several (counties, employment areas); null: one register. */
  unit: string | null;
}

interface Row {
  id: string;
  at: string | Date;
  operation: string;
  reason: string | null;
  caller_id: string;
  caller_name: string | null;
  caller_role: string;
  caller_authority: string | null;
  caller_unit: string | null;
  purpose: string | null;
  subject_id: string | null;
  receiver_authority: string | null;
  receiver_unit: string | null;
  /** Of each entry of the act. */
  disclosed: DisclosureRecord["left"][] | string;
}

/** A try without any data: the caller saw nothing of the person and changed nothing. */
const ONLY_WITH_DATA = Object.entries(OPERATION_TEXTS).flatMap(([name, text]) => (text.onlyWithData ? [name] : []));
const ONLY_WITH_RECEIVER = Object.entries(OPERATION_TEXTS).flatMap(([name, text]) =>
  text.onlyWithReceiver ? [name] : [],
);

/** The person's own looks at the log would only tell of themselves. */
const OWN_LOG_LOOKS = ["myTrace", "logExtract"];

/** As many marks as values; `in ()` is no SQL, so an empty list becomes one that nothing equals. */
const marks = (values: readonly unknown[]): string => values.map(() => "?").join(", ") || "null";

/** The events that exist for the person (decision D8), as SQL over the alias `e`. */
function told(): { sql: string; params: unknown[] } {
  const { roles, operations, bases, paths } = LEFT_OUT;
  const hidden = [...operations, ...OWN_LOG_LOOKS];
  const sql = `
    e.outcome = 'DONE'
    and not (jsonb_array_length(e.disclosed) = 0 and (e.reason is not null or e.operation in (${marks(ONLY_WITH_DATA)})))
    and not (e.reason is null and e.receiver_authority is null and e.operation in (${marks(ONLY_WITH_RECEIVER)}))
    and e.caller_role not in (${marks(roles)})
    and e.operation not in (${marks(hidden)})
    and not exists (select 1 from jsonb_array_elements(e.disclosed) d where d ->> 'basis' in (${marks(bases)}))
    and (jsonb_array_length(e.disclosed) = 0 or exists (
      select 1 from jsonb_array_elements(e.disclosed) d
      where not (${paths.map(() => "starts_with(d ->> 'path', ?)").join(" or ")})))`;
  return { sql, params: [...ONLY_WITH_DATA, ...ONLY_WITH_RECEIVER, ...roles, ...hidden, ...bases, ...paths] };
}

/** What a register did itself, or gave to another. */
function ofRegister({ authority, unit, others, countyRequests }: TraceRegister): { sql: string; params: unknown[] } {
  // Of a county or an employment area the log names the kind, not which one gave: only its own acts are sure to be its.
  if (unit !== null) return { sql: "and e.caller_authority = ? and e.caller_unit = ?", params: [authority, unit] };
  // Only a county asks Rise, so that whatever Rise answered tells of one.
  const secret = countyRequests
    ? ""
    : `and e.operation <> 'answerInformationRequest'
      and not (e.operation = 'requestInformation' and e.receiver_authority = 'COUNTY')`;
  return {
    sql: `${secret} and (e.caller_authority = ? or e.caller_role = 'HUB' or (
      e.caller_authority in (${marks(others)})
      and exists (select 1 from jsonb_array_elements(e.disclosed) d where d ->> 'holder' = ?)))`,
    params: [authority, ...others, authority],
  };
}

/**
 * At most `limit` told acts, newest first, after the given place. What one operation of one request wrote in several
 * entries, such as the facts that went into a document and the document itself, is one act. A client may send the same
 * request id again, so that entries of different minutes stay apart.
 */
export async function traceEvents(
  em: EntityManager,
  scope: TraceScope,
  limit: number,
  after: TracePlace | undefined,
): Promise<TraceEvent[]> {
  const exists = told();
  const register = scope.register ? ofRegister(scope.register) : { sql: "", params: [] };
  const rows = await em.execute<Row[]>(
    `select * from (
       select max(e.id)::text as id, max(e.at) as at, e.operation, e.reason, e.caller_id, e.caller_name, e.caller_role,
         e.caller_authority, e.caller_unit, e.purpose, max(e.subject_id) as subject_id,
         max(e.receiver_authority) as receiver_authority, max(e.receiver_unit) as receiver_unit,
         jsonb_agg(e.disclosed) as disclosed
       from audit_event e
       where e.case_id = ? and e.at >= ? and e.at < ? and ${exists.sql} ${register.sql}
       group by coalesce(e.request_id::text, e.id::text), date_trunc('minute', e.at), e.operation, e.reason, e.caller_id, e.caller_name,
         e.caller_role, e.caller_authority, e.caller_unit, e.purpose
     ) act
     ${after ? "where act.at <= ?" : ""} order by act.at desc, length(act.id) desc, act.id desc limit ?`,
    [
      scope.caseId,
      scope.since,
      scope.until,
      ...exists.params,
      ...register.params,
      ...(after ? [after.at] : []),
      limit + (after?.skip ?? 0),
    ],
  );
  const events = rows.map(toEvent);
  if (!after) return events;
  // Those of the place's own instant that earlier pages showed.
  const shown = events.findIndex((event) => event.at < after.at);
  const ofInstant = shown === -1 ? events.length : shown;
  return [...events.slice(Math.min(after.skip, ofInstant), ofInstant), ...events.slice(ofInstant)].slice(0, limit);
}

function toEvent(row: Row): TraceEvent {
  const disclosed =
    typeof row.disclosed === "string" ? (JSON.parse(row.disclosed) as DisclosureRecord["left"][]) : row.disclosed;
  return {
    id: row.id,
    at: new Date(row.at),
    operation: row.operation,
    reason: row.reason,
    callerId: row.caller_id,
    callerName: row.caller_name,
    callerRole: row.caller_role as ActorRole,
    callerAuthority: row.caller_authority as Authority | null,
    callerUnit: row.caller_unit,
    purpose: row.purpose as Purpose | null,
    subjectId: row.subject_id,
    receiver:
      row.receiver_authority === null
        ? null
        : { authority: row.receiver_authority as Authority, unit: row.receiver_unit },
    left: disclosed.flat(),
  };
}

/** The days on which these consents were given, by id; an id of something else is left out. */
export async function consentDays(em: EntityManager, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await em.execute<{ id: string; given_on: string }[]>(
    `select id, to_char(given_on, 'YYYY-MM-DD') as given_on from consent where id in (${marks(ids)})`,
    [...ids],
  );
  return new Map(rows.map((row) => [row.id, row.given_on]));
}
