import type { Authority } from "../kernel/authority.ts";
import type { FactGroup } from "./case.ts";
import type { CaseSource, HolderAnswer, SourceOutcome, SourceRequest } from "./case.source.ts";

/**
 * The sources as one request sees them. Within a request no source is asked twice about the same person: the first
 * question takes in every group that the whole document selects.
 */
export interface SourceScope {
  /** The groups that the request's document selects anywhere; undefined when the whole is not known. */
  documentGroups: ReadonlySet<FactGroup> | undefined;
  sandbox: string | undefined;
  asked: Map<string, Promise<SourceOutcome<HolderAnswer>>>;
}

export const sourceScope = (documentGroups?: ReadonlySet<FactGroup>, sandbox?: string): SourceScope => ({
  documentGroups,
  sandbox,
  asked: new Map(),
});

export function askOnce(
  scope: SourceScope,
  source: CaseSource,
  request: Omit<SourceRequest, "sandbox" | "groups">,
  groups: ReadonlySet<FactGroup>,
  permitted: (group: FactGroup) => boolean,
): Promise<SourceOutcome<HolderAnswer>> {
  const wanted = [...new Set([...groups, ...[...(scope.documentGroups ?? [])].filter(permitted)])].sort();
  const key = [source.authority satisfies Authority, request.hetu, request.issue, request.register, ...wanted].join(
    "/",
  );
  let answer = scope.asked.get(key);
  if (!answer) {
    answer = source.ask({ ...request, groups: wanted, sandbox: scope.sandbox });
    scope.asked.set(key, answer);
  }
  return answer;
}
