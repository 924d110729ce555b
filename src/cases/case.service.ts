import type { EntityManager } from "@mikro-orm/postgresql";
import type { Caller } from "../access/caller.ts";
import { groundsOf, groundsOfCases } from "../disclosure/grounds.repository.ts";
import { type Grounds, NO_GROUNDS } from "../disclosure/grounds.ts";
import { type Decision, decide } from "../disclosure/policy.ts";
import { type LocalDate, today } from "../kernel/dates.ts";
import { InvalidInput } from "../kernel/errors.ts";
import { type CaseId, asId } from "../kernel/ids.ts";
import { type Page, type PageRequest, checkPageSize, decodeCursor, pageOf } from "../kernel/page.ts";
import { type Operation, type Room, type Work, operation } from "../operation/operation.ts";
import { type CaseView, caseView } from "./case-view.ts";
import { type CaseRow, findCaseInRemit, listCasesInRemit, recordedFactsOf } from "./case.repository.ts";
import type { CaseSource } from "./case.source.ts";
import type { FactPath } from "./case.ts";
import { type Gathered, discloseFacts, gather, isPlaceClosed } from "./gather.ts";
import type { SourceScope } from "./source-scope.ts";

/** What of a case is asked, and through which sources. */
export interface CaseSelection {
  paths: ReadonlySet<FactPath>;
  scope: SourceScope;
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
  if (!row) return undefined;
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

  const gatherFor: CaseService["gatherFor"] = async ({ fork, clock }, caller, id, selection) => {
    const found = await findCase(fork(caller), caller, id, today(clock));
    return found && gatherRow(caller, found, selection);
  };

  const discloseIn: CaseService["discloseIn"] = async (work, { row, gathered }, { paths }) => {
    // Remit and consents are read again: one withdrawn while the sources were asked counts.
    const found = await findCase(work.em, work.caller, row.id, today(work.clock));
    if (!found) return undefined;
    const entered = await recordedFactsOf(work.em, row.id, work.caller);
    const { facts, record } = discloseFacts(gathered, row, entered, paths, work.caller, found.decision);
    work.trace({ caseId: row.id, disclosure: record });
    return caseView(row, facts, gathered.issues, record);
  };

  return {
    gatherFor,
    discloseIn,
    gatherPlace: (inRoom, caller, id, scope) => gatherFor(inRoom, caller, id, { paths: PLACE, scope }),
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
      prepare: async ({ fork, clock }, caller, { page, selection }) => {
        checkPageSize(page.first);
        const on = today(clock);
        const em = fork(caller);
        const after = page.after === undefined ? undefined : caseCursor(page.after);
        const rows = await listCasesInRemit(em, caller, on, page.first + 1, after);
        const groundsOfRow = await groundsOfCases(em, rows);
        const found = await Promise.all(
          rows.slice(0, page.first).map((row) => {
            const grounds = groundsOfRow.get(row.id) ?? NO_GROUNDS;
            return gatherRow(caller, { row, grounds, decision: decide(caller, grounds, on) }, selection);
          }),
        );
        return { found, hasNextPage: rows.length > page.first };
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
