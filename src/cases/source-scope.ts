import type { Authority } from "../kernel/authority.ts";
import type { FactGroup, FactPath } from "./case.ts";
import type { CaseSource, HolderAnswer, SourceOutcome, SourceRequest } from "./case.source.ts";

/**
 * The sources as one request sees them. Within a request no source is asked twice about the same person: the first
 * question takes in everything that the whole document selects.
 */
export interface SourceScope {
  /** What the request's document selects anywhere of any case. */
  documentPaths: ReadonlySet<FactPath>;
  sandbox: string | undefined;
  asked: Map<string, Promise<SourceOutcome<HolderAnswer>>>;
}

export const sourceScope = (documentPaths: ReadonlySet<FactPath>, sandbox?: string): SourceScope => ({
  documentPaths,
  sandbox,
  asked: new Map(),
});

export function askOnce(
  scope: SourceScope,
  source: CaseSource,
  request: Omit<SourceRequest, "sandbox" | "groups">,
  groups: ReadonlySet<FactGroup>,
): Promise<SourceOutcome<HolderAnswer>> {
  const wanted = [...groups].sort();
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
