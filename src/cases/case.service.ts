import type { EntityManager } from "@mikro-orm/postgresql";
import type { Caller } from "../access/caller.ts";
import { recordOf } from "../disclosure/disclose.ts";
import { groundsOf, groundsOfCases } from "../disclosure/grounds.repository.ts";
import { type Grounds, NO_GROUNDS } from "../disclosure/grounds.ts";
import { type Decision, decide } from "../disclosure/policy.ts";
import { type LocalDate, today } from "../kernel/dates.ts";
import { InvalidInput } from "../kernel/errors.ts";
import { type CaseId, asId } from "../kernel/ids.ts";
import { type Page, type PageRequest, checkPageSize, decodeCursor, pageOf } from "../kernel/page.ts";
import { type Operation, type Room, type Work, operation, readIn } from "../operation/operation.ts";
import { type CaseView, caseView } from "./case-view.ts";
import {
  type CaseRow,
  type CaseThing,
  findCaseHolding,
  findCaseInRemit,
  listCasesInRemit,
  recordedFactsOf,
} from "./case.repository.ts";
import type { CaseSource } from "./case.source.ts";
import type { FactPath } from "./case.ts";
import { type Gathered, discloseFacts, gather, isPlaceClosed } from "./gather.ts";
import { applySettlement, changesAnything, settlementOf, tellsOfRemit } from "./remit.ts";
import { holdCase, remitsOf } from "./remit.repository.ts";
import type { SourceScope } from "./source-scope.ts";

/** What of a case is asked, and through which sources. */
export interface CaseSelection {
  paths: ReadonlySet<FactPath>;
  scope: SourceScope;
  /** Of `paths`, those that leave to the caller and go on record; absent: all. The rest serve the hub's own work. */
  leaving?: ReadonlySet<string>;
}

/** A case within the caller's remit, and what may leave of it. */
export interface CaseInRemit {
  row: CaseRow;
  grounds: Grounds;
  decision: Decision;
}

/** Undefined when there is no such case or it lies outside the caller's remit; the two are not told apart. */
export async function findCase(
  em: EntityManager,
  caller: Caller,
  id: string,
  on: LocalDate,
): Promise<CaseInRemit | undefined> {
  const caseId = asId<CaseId>(id);
  const row = caseId && (await findCaseInRemit(em, caller, caseId, on));
  return row && judged(em, caller, row, on);
}

/** The case on which a thing with this id hangs; undefined as for `findCase`, also when there is no such thing. */
export async function findCaseOf(
  em: EntityManager,
  caller: Caller,
  thing: CaseThing,
  id: string,
  on: LocalDate,
): Promise<CaseInRemit | undefined> {
  const thingId = asId(id);
  const row = thingId && (await findCaseHolding(em, caller, thing, thingId, on));
  return row && judged(em, caller, row, on);
}

async function judged(em: EntityManager, caller: Caller, row: CaseRow, on: LocalDate): Promise<CaseInRemit> {
  const grounds = await groundsOf(em, row);
  return { row, grounds, decision: decide(caller, grounds, on) };
}

export interface CaseService {
  /** Null when there is no such case for the caller. */
  getCase: Operation<{ id: string; selection: CaseSelection }, CaseView | null>;
  /** The caller's cases, first opened first. */
  listCases: Operation<{ page: PageRequest; selection: CaseSelection }, Page<CaseView>>;
  /** For the capabilities above: asks the sources what the caller may get of one case. */
  gatherFor(room: Room, caller: Caller, id: string, selection: CaseSelection): Promise<GatheredCase | undefined>;
  /** For the capabilities above: judges again inside the transaction, and discloses. */
  discloseIn(work: Work, gathered: GatheredCase, selection: CaseSelection): Promise<CaseView | undefined>;
  /** For the capabilities above: asks what tells whether the person's address is protected. */
  gatherPlace(room: Room, caller: Caller, id: string, scope: SourceScope): Promise<GatheredCase | undefined>;
  /** The same for the case on which a thing hangs. */
  gatherPlaceOf(
    room: Room,
    caller: Caller,
    thing: CaseThing,
    id: string,
    scope: SourceScope,
  ): Promise<GatheredCase | undefined>;
  /** Whether what tells the place is closed to the caller now (decision D6); true while that is not known. */
  isPlaceClosed(work: Work, gathered: GatheredCase | undefined): Promise<boolean>;
}

function caseCursor(cursor: string): { openedAt: Date; id: CaseId } {
  const [openedAt, id] = decodeCursor(cursor, 2) as [string, string];
  const after = { openedAt: new Date(openedAt), id: asId<CaseId>(id) };
  // Years that JavaScript knows and PostgreSQL does not begin with a sign or are the year 0.
  if (Number.isNaN(after.openedAt.getTime()) || openedAt < "0001" || !after.id)
    throw new InvalidInput('"after" must be a cursor that an earlier page returned.');
  return { openedAt: after.openedAt, id: after.id };
}

/**
 * A page of the caller's cases, first opened first.
 * @throws InvalidInput for a size or a cursor that is none
 */
export async function casesOfPage(
  em: EntityManager,
  caller: Caller,
  on: LocalDate,
  { first, after }: PageRequest,
): Promise<{ found: CaseInRemit[]; hasNextPage: boolean }> {
  checkPageSize(first);
  const rows = await listCasesInRemit(em, caller, on, first + 1, after === undefined ? undefined : caseCursor(after));
  const groundsOfRow = await groundsOfCases(em, rows);
  const found = rows.slice(0, first).map((row) => {
    const grounds = groundsOfRow.get(row.id) ?? NO_GROUNDS;
    return { row, grounds, decision: decide(caller, grounds, on) };
  });
  return { found, hasNextPage: rows.length > first };
}

export interface GatheredCase extends CaseInRemit {
  gathered: Gathered;
}

/** What must be asked so that `isPlaceClosed` can tell: the sources answer it at the moment of use. */
const PLACE: ReadonlySet<FactPath> = new Set<FactPath>(["person.homeMunicipality"]);

export function createCaseService(room: Room, sources: readonly CaseSource[]): CaseService {
  const gatherRow = async (caller: Caller, found: CaseInRemit, { paths, scope }: CaseSelection) => ({
    ...found,
    gathered: await gather(sources, found.row, caller, found.decision, paths, scope),
  });

  /** Stands though the question that led to it fails later, and is on record by itself. */
  const settleRemit = operation(room, {
    name: "settleRemit",
    permission: "READ_CASE",
    touchesPerson: true,
    run: async ({ em, caller, clock, trace }, { row, gathered }: GatheredCase) => {
      const on = today(clock);
      await holdCase(em, row.id);
      const settlement = settlementOf(row.phase, await remitsOf(em, row.id, on), gathered.answers, caller, on);
      await applySettlement(em, row.id, settlement, { on, at: clock.now() });
      trace({ caseId: row.id });
    },
  });

  /** What the sources said of phase and remit counts at once: also the very question may come from too late. */
  const settled = async (inRoom: Room, caller: Caller, one: GatheredCase): Promise<GatheredCase | undefined> => {
    if (!tellsOfRemit(one.gathered.answers, caller)) return one;
    const on = today(inRoom.clock);
    const remits = await readIn(inRoom, caller, (em) => remitsOf(em, one.row.id, on));
    if (!changesAnything(settlementOf(one.row.phase, remits, one.gathered.answers, caller, on))) return one;
    await settleRemit(caller, one);
    const again = await readIn(inRoom, caller, (em) => findCase(em, caller, one.row.id, on));
    return again && { ...one, ...again };
  };

  const gatherFor: CaseService["gatherFor"] = async (inRoom, caller, id, selection) => {
    const found = await readIn(inRoom, caller, (em) => findCase(em, caller, id, today(inRoom.clock)));
    return found && settled(inRoom, caller, await gatherRow(caller, found, selection));
  };

  const gatherPlaceOf: CaseService["gatherPlaceOf"] = async (inRoom, caller, thing, id, scope) => {
    const found = await readIn(inRoom, caller, (em) => findCaseOf(em, caller, thing, id, today(inRoom.clock)));
    return found && settled(inRoom, caller, await gatherRow(caller, found, { paths: PLACE, scope }));
  };

  const discloseIn: CaseService["discloseIn"] = async (work, { row, gathered }, { paths, leaving = paths }) => {
    // Remit and consents are read again: one withdrawn while the sources were asked counts.
    const found = await findCase(work.em, work.caller, row.id, today(work.clock));
    if (!found) return undefined;
    const entered = await recordedFactsOf(work.em, row.id, work.caller);
    const { facts, record } = discloseFacts(gathered, row, entered, paths, work.caller, found.decision);
    work.trace({ caseId: row.id, disclosure: recordOf(leaving, record) });
    return caseView(row, facts, gathered.issues, record);
  };

  return {
    gatherFor,
    discloseIn,
    gatherPlace: (inRoom, caller, id, scope) => gatherFor(inRoom, caller, id, { paths: PLACE, scope }),
    gatherPlaceOf,
    isPlaceClosed: async (work, gathered) =>
      !gathered ||
      isPlaceClosed(gathered.gathered, await recordedFactsOf(work.em, gathered.row.id, work.caller), work.caller),

    getCase: operation(room, {
      name: "getCase",
      permission: "READ_CASE",
      touchesPerson: true,
      prepare: (inRoom, caller, { id, selection }) => gatherFor(inRoom, caller, id, selection),
      run: async (work, { selection }, gathered) => (gathered && (await discloseIn(work, gathered, selection))) ?? null,
    }),

    listCases: operation(room, {
      name: "listCases",
      permission: "READ_CASE",
      touchesPerson: true,
      prepare: async (inRoom, caller, { page, selection }) => {
        const { found: listed, hasNextPage } = await readIn(inRoom, caller, (em) =>
          casesOfPage(em, caller, today(inRoom.clock), page),
        );
        const found = await Promise.all(listed.map((one) => gatherRow(caller, one, selection)));
        const own = await Promise.all(found.map((one) => settled(inRoom, caller, one)));
        return { found: own.flatMap((one) => one ?? []), hasNextPage };
      },
      run: async (work, { page, selection }, { found, hasNextPage }) => {
        const views: CaseView[] = [];
        for (const one of found) {
          const view = await discloseIn(work, one, selection);
          if (view) views.push(view);
        }
        return { ...pageOf(views, page.first, (view) => [view.openedAt.toISOString(), view.id]), hasNextPage };
      },
    }),
  };
}
