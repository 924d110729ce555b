import type { GraphQLResolveInfo } from "graphql";
import { type CasePageArgs, pageRequest } from "../operation/page-args.graphql.ts";
import type { RequestContext } from "../operation/request-context.ts";
import { planOf, selectedBy } from "../operation/selection.ts";
import type { CaseListInput } from "./case-list.ts";
import type { CaseSelection } from "./case.service.ts";
import { type FactPath, isFactPath } from "./case.ts";
import { type SourceScope, sourceScope } from "./source-scope.ts";

const factPaths = (paths: Iterable<string>): Set<FactPath> => new Set([...paths].filter(isFactPath));

const scopes = new WeakMap<RequestContext, SourceScope>();

/** One scope a request, so that two fields of one document never ask a source twice for the same person. */
export function scopeOf(context: RequestContext, info: GraphQLResolveInfo): SourceScope {
  let scope = scopes.get(context);
  if (!scope) {
    scope = sourceScope(factPaths(planOf(info).roots.flatMap((root) => [...root.paths])), context.sandbox);
    scopes.set(context, scope);
  }
  return scope;
}

/** What the resolved field selects of the cases below it. */
export const caseSelection = (context: RequestContext, info: GraphQLResolveInfo): CaseSelection => ({
  paths: factPaths(selectedBy(info)),
  scope: scopeOf(context, info),
});

/** The input of an operation that lists what hangs on one case. */
export const caseListInput = (
  context: RequestContext,
  info: GraphQLResolveInfo,
  args: CasePageArgs,
): CaseListInput => ({
  caseId: args.caseId,
  page: pageRequest(args),
  scope: scopeOf(context, info),
  selected: selectedBy(info),
});
