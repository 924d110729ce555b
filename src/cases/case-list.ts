import type { Permission } from "../access/permission.ts";
import { type Judgement, emptyRecord } from "../disclosure/disclose.ts";
import type { Decision } from "../disclosure/policy.ts";
import { today } from "../kernel/dates.ts";
import type { CaseId } from "../kernel/ids.ts";
import { type Page, type PageRequest, checkPageSize, pageOfAll } from "../kernel/page.ts";
import { type Operation, type Room, type Work, operation } from "../operation/operation.ts";
import { type CaseService, findCase } from "./case.service.ts";
import type { SourceScope } from "./source-scope.ts";

export interface CaseListInput {
  caseId: string;
  page: PageRequest;
  scope: SourceScope;
  /** The paths that the document selects of the list. */
  selected: ReadonlySet<string>;
}

/**
 * An operation that lists what hangs on one case: statements, documents, referrals … A page is empty when there is no
 * such case for the caller. The list of one case is short, so its page is cut out of the whole.
 */
export function listOfCase<Row extends { id: string }, View>(
  room: Room,
  cases: CaseService,
  definition: {
    name: string;
    permission: Permission;
    /** Whether a row may tell the place; then the sources are asked whether the address is protected. */
    tellsPlace: boolean;
    /** The rows that exist for the caller, in their order. */
    rows(work: Work, caseId: CaseId, decision: Decision): Promise<Row[]>;
    view(row: Row, judgement: Judgement): View;
  },
): Operation<CaseListInput, Page<View>> {
  return operation(room, {
    name: definition.name,
    permission: definition.permission,
    touchesPerson: true,
    prepare: (inRoom, caller, { caseId, page, scope }) => {
      checkPageSize(page.first);
      return definition.tellsPlace ? cases.gatherPlace(inRoom, caller, caseId, scope) : Promise.resolve(undefined);
    },
    run: async (work, { caseId, page, selected }, gathered) => {
      const found = await findCase(work.em, work.caller, caseId, today(work.clock));
      if (!found) return { items: [], hasNextPage: false };
      const record = emptyRecord();
      const placeClosed = await cases.isPlaceClosed(work, gathered);
      const judgement = { decision: found.decision, placeClosed, record, selected };
      const { items, hasNextPage } = pageOfAll(
        await definition.rows(work, found.row.id, found.decision),
        page,
        (row) => row.id,
      );
      work.trace({ caseId: found.row.id, disclosure: record });
      return {
        items: items.map(({ cursor, node }) => ({ cursor, node: definition.view(node, judgement) })),
        hasNextPage,
      };
    },
  });
}
