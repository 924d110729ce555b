import { type CaseInRemit, findCase } from "../cases/case.service.ts";
import { listCasesInRemit } from "../cases/case.repository.ts";
import { type DisclosedRecord, type Judgement, disclose, emptyRecord } from "../disclosure/disclose.ts";
import type { Authority } from "../kernel/authority.ts";
import { type LocalDate, addDays, addMonths, startOfDay, today } from "../kernel/dates.ts";
import { InvalidInput } from "../kernel/errors.ts";
import { type Page, type PageRequest, checkPageSize, decodeCursor, encodeCursor } from "../kernel/page.ts";
import { type Operation, type Room, type Work, operation } from "../operation/operation.ts";
import { LOG_MONTHS } from "./access-limits.ts";
import { type TracePlace, type TraceScope, consentDays, traceEvents } from "./trace.repository.ts";
import { type TraceEntry, traceDisclosure } from "./trace-entry.ts";
import { type TraceEvent, traceEntry } from "./trace.ts";

export type TraceView = DisclosedRecord<TraceEntry, typeof traceDisclosure>;

/** A period of the log: first and last day, both included, in Europe/Helsinki; null: open. */
export interface TracePeriod {
  since: LocalDate | null;
  until: LocalDate | null;
}

export interface LogExtract {
  entries: TraceView[];
  /** First and last day that the extract covers, both included. */
  since: LocalDate;
  until: LocalDate;
  /** There were more entries than one extract holds; the newest are in it. */
  cutOff: boolean;
  at: Date;
}

export interface TraceService {
  /**
   * Who looked at or received what of the caller's own data, newest first; at most two years back (703/2023 section
   * 11.2). What decision D8 leaves out does not exist: no page, count or cursor has a gap.
   */
  myTrace: Operation<{ page: PageRequest; selected: ReadonlySet<string> } & TracePeriod, Page<TraceView>>;
  /** The same in one piece, for the PDF. */
  logExtract: Operation<TracePeriod, LogExtract | null>;
}

/** The PDF shows all of every entry. */
const ALL_PATHS: ReadonlySet<string> = new Set(Object.keys(traceDisclosure).map((field) => `trace.${field}`));

/** Entries of one extract; some hundred pages [D]. */
const MAX_EXTRACT_ENTRIES = 2000;

export function createTraceService(room: Room): TraceService {
  return {
    myTrace: operation(room, {
      name: "myTrace",
      permission: "READ_OWN_LOG",
      touchesPerson: true,
      run: async (work, { page, selected, since, until }) => {
        const found = await ownCase(work);
        if (!found) return { items: [], hasNextPage: false };
        const disclosure = emptyRecord();
        work.trace({ caseId: found.row.id, disclosure });
        const scope = { caseId: found.row.id, ...instantsOf(work, since, until), register: null };
        const judgement = { decision: found.decision, selected, record: disclosure };
        return tracePage(work, scope, page, (told) => discloseTrace(told, judgement));
      },
    }),

    logExtract: operation(room, {
      name: "logExtract",
      permission: "READ_OWN_LOG",
      touchesPerson: true,
      run: async (work, period) => {
        const found = await ownCase(work);
        if (!found) return null;
        const disclosure = emptyRecord();
        work.trace({ caseId: found.row.id, disclosure });
        const { since, until } = daysOf(work, period);
        const scope = { caseId: found.row.id, ...instantsOf(work, since, until), register: null };
        const events = await traceEvents(work.em, scope, MAX_EXTRACT_ENTRIES + 1, undefined);
        const told = await tellAll(work, events.slice(0, MAX_EXTRACT_ENTRIES));
        return {
          entries: told.map((one) =>
            discloseTrace(one, { decision: found.decision, selected: ALL_PATHS, record: disclosure }),
          ),
          since,
          until,
          cutOff: events.length > MAX_EXTRACT_ENTRIES,
          at: work.clock.now(),
        };
      },
    }),
  };
}

/** The one case that is the person's own, by strong identification. */
async function ownCase({ em, caller, clock }: Work): Promise<CaseInRemit | undefined> {
  const [row] = await listCasesInRemit(em, caller, today(clock), 1, undefined);
  return row && findCase(em, caller, row.id, today(clock));
}

/** The asked period, but never further back than the act grants without a special reason. */
function daysOf({ clock }: Work, { since, until }: TracePeriod): { since: LocalDate; until: LocalDate } {
  const on = today(clock);
  const earliest = addMonths(on, -LOG_MONTHS);
  return {
    since: since === null || since < earliest ? earliest : since,
    until: until === null || until > on ? on : until,
  };
}

function instantsOf(work: Work, since: LocalDate | null, until: LocalDate | null): { since: Date; until: Date } {
  const days = daysOf(work, { since, until });
  return instantsOfDays(days);
}

/** From the beginning of the first day to the end of the last. */
export const instantsOfDays = ({ since, until }: { since: LocalDate; until: LocalDate }) => ({
  since: startOfDay(since),
  until: startOfDay(addDays(until, 1)),
});

/** An event in words, beside what it was made of. */
export interface ToldEvent {
  event: TraceEvent;
  entry: TraceEntry;
}

/** @param only the fields of an event that may be told; all of them for the person */
export async function tellAll(
  { em }: Work,
  events: readonly TraceEvent[],
  only?: (event: TraceEvent, field: TraceEvent["left"][number]) => boolean,
): Promise<ToldEvent[]> {
  const grounds = [...new Set(events.flatMap(({ left }) => left.flatMap(({ ground }) => ground ?? [])))];
  const consentGivenOn = (await consentDays(em, grounds)) as Map<string, LocalDate>;
  return events.map((event) => ({
    event,
    entry: traceEntry(event, { consentGivenOn }, only && ((field) => only(event, field))),
  }));
}

/**
 * One page of the log. Its cursors hold the instant and how many told events of that instant came before: nothing of
 * the global order, in which what is left out would show as a gap.
 */
export async function tracePage<View>(
  work: Work,
  scope: TraceScope,
  { first, after }: PageRequest,
  view: (told: ToldEvent) => View,
  only?: (event: TraceEvent, field: TraceEvent["left"][number]) => boolean,
): Promise<Page<View>> {
  checkPageSize(first);
  const place = after === undefined ? undefined : readPlace(after);
  const events = await traceEvents(work.em, scope, first + 1, place);
  let last = place;
  const items = (await tellAll(work, events.slice(0, first), only)).map((told) => {
    const { at } = told.event;
    last = { at, skip: last?.at.getTime() === at.getTime() ? last.skip + 1 : 1 };
    return { cursor: encodeCursor([at.toISOString(), String(last.skip)]), node: view(told) };
  });
  return { items, hasNextPage: events.length > first };
}

function readPlace(cursor: string): TracePlace {
  const [instant, skip] = decodeCursor(cursor, 2) as [string, string];
  const at = new Date(instant);
  if (!/^\d{4}-/.test(instant) || Number.isNaN(at.getTime()) || !/^[1-9]\d{0,3}$/.test(skip)) {
    throw new InvalidInput('"after" must be a cursor that an earlier page returned.');
  }
  return { at, skip: Number(skip) };
}

/** Whose log an event stands in: that of the one who used the data; what nobody's worker did, of whose data it was. */
const logHolder = ({ callerAuthority, left }: TraceEvent): Authority => callerAuthority ?? left[0]?.holder ?? "RISE";

/** Judges an entry of the person's own log. */
export const discloseTrace = ({ event, entry }: ToldEvent, judgement: Judgement): TraceView =>
  mergeInto(judgement, (own) => disclose(traceDisclosure, logHolder(event), "trace", entry, own));

/** Lets `judge` write into a record of its own, and keeps each path and register of it once, however many entries there are. */
export function mergeInto<T>(judgement: Judgement, judge: (own: Judgement) => T): T {
  const own = emptyRecord();
  const view = judge({ ...judgement, record: own });
  const { left, withheld } = judgement.record;
  const known = new Set([...left, ...withheld].map((one) => `${one.path}/${one.holder}`));
  const isNew = (one: { path: string; holder: Authority }) => !known.has(`${one.path}/${one.holder}`);
  left.push(...own.left.filter(isNew));
  withheld.push(...own.withheld.filter(isNew));
  return view;
}
