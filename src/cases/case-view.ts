import type { Disclosed, DisclosureRecord } from "../disclosure/disclose.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { CaseId } from "../kernel/ids.ts";
import { type CaseFacts, type FactPath, earliestRelease, expectedHolders } from "./case.ts";
import type { SourceIssue } from "./case.source.ts";

/** A case as one caller gets it. */
export interface CaseView extends Disclosed<CaseFacts> {
  id: CaseId;
  openedAt: Date;
  /** The earliest planned door (D17), derived from the disclosed dates alone. */
  earliestReleaseOn: LocalDate | null;
  sourceIssues: SourceIssue[];
  /** The selected fields of which nothing was disclosed, and whose facts those are. */
  withheld: DisclosureRecord["withheld"];
  /** The consents and permits on which what was disclosed rests; never published. */
  restsOn: string[];
}

export const caseView = (
  row: { id: CaseId; openedAt: Date },
  facts: Disclosed<CaseFacts>,
  sourceIssues: SourceIssue[],
  record: DisclosureRecord,
): CaseView => ({
  ...facts,
  id: row.id,
  openedAt: row.openedAt,
  earliestReleaseOn: earliestRelease((facts as Partial<CaseFacts>).sentence ?? {}),
  sourceIssues,
  restsOn: [...new Set(record.left.flatMap(({ ground }) => ground ?? []))],
  withheld: record.withheld.filter(
    ({ path, holder }) =>
      !record.left.some((field) => field.path === path) &&
      // Another holder is judged only because its worker entered a word; to name it would tell that there is one.
      expectedHolders(path as FactPath).includes(holder),
  ),
});
