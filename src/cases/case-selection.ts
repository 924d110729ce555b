import {
  type GraphQLCompositeType,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
  getDirectiveValues,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from "graphql";
import { type CasePageArgs, pageRequest } from "../operation/page-args.graphql.ts";
import type { RequestContext } from "../operation/request-context.ts";
import type { CaseListInput } from "./case-list.ts";
import type { CaseSelection } from "./case.service.ts";
import { type FactGroup, type FactPath, FACTS } from "./case.ts";
import { type SourceScope, sourceScope } from "./source-scope.ts";

/** Fields of the type Case that are derived from facts: those must be disclosed for it. */
const DERIVED: Readonly<Record<string, readonly FactPath[]>> = {
  earliestReleaseOn: ["sentence.supervisedFreedomOn", "sentence.conditionalReleaseOn", "sentence.fullTermOn"],
};

const CASE = "Case";

/** The fact paths that a selection of the document asks for, with @skip and @include decided. */
export function selectedFacts(
  info: GraphQLResolveInfo,
  selectionSet: SelectionSetNode | undefined,
  type: GraphQLCompositeType,
): Set<FactPath> {
  const paths = new Set<FactPath>();
  const walk = (set: SelectionSetNode | undefined, parent: GraphQLCompositeType, group: FactGroup | undefined) => {
    for (const selection of set?.selections ?? []) {
      if (!isIncluded(selection, info)) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const on = selection.typeCondition ? info.schema.getType(selection.typeCondition.name.value) : parent;
        walk(selection.selectionSet, isCompositeType(on) ? on : parent, group);
      } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = info.fragments[selection.name.value];
        const on = fragment && info.schema.getType(fragment.typeCondition.name.value);
        walk(fragment?.selectionSet, isCompositeType(on) ? on : parent, group);
      } else {
        const name = selection.name.value;
        if (group !== undefined) {
          if (name in FACTS[group]) paths.add(`${group}.${name}` as FactPath);
          continue;
        }
        if (parent.name === CASE) for (const path of DERIVED[name] ?? []) paths.add(path);
        const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
        const next = field && getNamedType(field.type);
        if (isCompositeType(next)) {
          walk(selection.selectionSet, next, parent.name === CASE && name in FACTS ? (name as FactGroup) : undefined);
        }
      }
    }
  };
  walk(selectionSet, type, undefined);
  return paths;
}

function isIncluded(selection: SelectionNode, info: GraphQLResolveInfo): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, selection, info.variableValues)?.["if"] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, info.variableValues)?.["if"] !== false;
}

const scopes = new WeakMap<RequestContext, SourceScope>();

/** One scope a request, so that two fields of one document never ask a source twice for the same person. */
function scopeOf(context: RequestContext, info: GraphQLResolveInfo): SourceScope {
  let scope = scopes.get(context);
  if (!scope) {
    const root = info.schema.getRootType(info.operation.operation);
    const paths = root ? selectedFacts(info, info.operation.selectionSet, root) : new Set<FactPath>();
    scope = sourceScope(paths, context.sandbox);
    scopes.set(context, scope);
  }
  return scope;
}

/** What the resolved field selects of the cases below it. */
export function caseSelection(context: RequestContext, info: GraphQLResolveInfo): CaseSelection {
  const type = getNamedType(info.returnType);
  const paths = new Set<FactPath>();
  if (isCompositeType(type)) {
    for (const node of info.fieldNodes) {
      for (const path of selectedFacts(info, node.selectionSet, type)) paths.add(path);
    }
  }
  return { paths, scope: scopeOf(context, info) };
}

/** The input of an operation that lists what hangs on one case. */
export const caseListInput = (
  context: RequestContext,
  info: GraphQLResolveInfo,
  args: CasePageArgs,
): CaseListInput => ({
  caseId: args.caseId,
  page: pageRequest(args),
  scope: scopeOf(context, info),
});
