import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isCompositeType,
  isObjectType,
} from "graphql";
import { FORM_FACTS, type PersonalField, type RootDeclaration, publishedAs, touchesOf } from "./published.ts";

/** A personal field that a document selects, or of which something selected is made. */
export interface PlannedField extends PersonalField {
  /** The published type and field; of what is only stored, the table's. */
  type: string;
  field: string;
}

/** What one root field of an operation selects. */
export interface RootPlan {
  responseKey: string;
  fieldName: string;
  /** Coerced, defaults included; undefined when they cannot be. */
  args: Readonly<Record<string, unknown>> | undefined;
  declared: RootDeclaration | undefined;
  writes: boolean;
  /** In the order of the document, each path once. */
  fields: readonly PlannedField[];
  /** The facts of the form that the arguments name leave too. */
  formFacts: boolean;
  /** The paths of `fields`, and `FORM_FACTS` when those leave too. */
  paths: ReadonlySet<string>;
}

/** The personal data that one operation selects, compiled from the document alone. */
export interface DisclosurePlan {
  roots: readonly RootPlan[];
}

/** Why a document has no plan. Names what is wrong, never a value. */
export type PlanFault = "OPERATION_NOT_FOUND" | "VARIABLES_INVALID";

/**
 * Compiles a valid document: which personal fields each of its root fields selects. Nothing is executed. The cost is
 * that of reading each selection and each used fragment once.
 * @param operationName may be absent when the document has one operation
 */
export function compilePlan(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
  variables: Readonly<Record<string, unknown>>,
): DisclosurePlan | PlanFault {
  const operation = getOperationAST(document, operationName);
  if (!operation) return "OPERATION_NOT_FOUND";
  const values = getVariableValues(schema, operation.variableDefinitions ?? [], variables, { maxErrors: 1 });
  if (!values.coerced) return "VARIABLES_INVALID";
  const fragments = Object.fromEntries(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  return planOperation({ schema, operation, fragments, variableValues: values.coerced });
}

/** What is being executed, as graphql-js tells it to a resolver. */
export interface Execution {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode | undefined>>;
  /** Already coerced. */
  variableValues: Readonly<Record<string, unknown>>;
}

export function planOperation(execution: Execution): DisclosurePlan {
  const { schema, operation } = execution;
  const rootType = schema.getRootType(operation.operation);
  const byKey = rootType ? fieldsByResponseKey(execution, rootType) : new Map<string, FieldNode[]>();
  return { roots: [...byKey].map(([key, nodes]) => rootPlan(execution, rootType!, key, nodes)) };
}

function rootPlan(execution: Execution, rootType: GraphQLObjectType, key: string, nodes: FieldNode[]): RootPlan {
  const fieldName = nodes[0]!.name.value;
  const field = rootType.getFields()[fieldName];
  const declared = field && touchesOf(field);
  const selected = new Selected(declaredFields(execution.schema));
  const type = field && getNamedType(field.type);
  let answered = type !== undefined && !isCompositeType(type);
  if (isCompositeType(type)) {
    const walked = new Set<string>();
    for (const node of nodes) {
      answered =
        eachField(execution, node.selectionSet, type, walked, (on, name) => selected.add(on, name)) || answered;
    }
  }
  for (const path of declared && answered ? declared.derivedFrom : []) selected.addPath(path);
  for (const path of declared?.alwaysLeaves ?? []) selected.addPath(path);
  const fields = [...selected.fields.values()];
  return {
    responseKey: key,
    fieldName,
    args: field && argumentsOf(execution, rootType, nodes[0]!),
    declared,
    writes: execution.operation.operation === OperationTypeNode.MUTATION,
    fields,
    formFacts: selected.formFacts,
    paths: new Set([...selected.fields.keys(), ...(selected.formFacts ? [FORM_FACTS] : [])]),
  };
}

class Selected {
  readonly fields = new Map<string, PlannedField>();
  formFacts = false;

  constructor(private readonly declared: ReadonlyMap<string, PlannedField>) {}

  add(type: GraphQLObjectType, name: string): void {
    const as = publishedAs(type);
    const field = as?.kind === "PERSONAL" ? as.table[name] : undefined;
    if (field === undefined || field === "PUBLIC") return;
    if (field.derivedFrom.length > 0) for (const path of field.derivedFrom) this.addPath(path);
    else this.fields.set(field.path, { ...field, type: type.name, field: name });
  }

  /** @throws Error for a path that no type declares; start-up refuses a schema that names one */
  addPath(path: string): void {
    if (path === FORM_FACTS) {
      this.formFacts = true;
      return;
    }
    const field = this.declared.get(path);
    if (!field) throw new Error(`${path} is no declared personal field.`);
    if (!this.fields.has(path)) this.fields.set(path, field);
  }
}

/**
 * Visits each field that is selected at any depth below `set`, with @skip and @include decided and each fragment read
 * once. @returns whether anything but `__typename` is selected
 */
function eachField(
  execution: Execution,
  set: SelectionSetNode | undefined,
  parent: GraphQLCompositeType,
  walked: Set<string>,
  visit: (type: GraphQLObjectType, field: string) => void,
): boolean {
  const { schema, fragments } = execution;
  let found = false;
  const conditioned = (name: string | undefined): GraphQLCompositeType => {
    const on = name === undefined ? parent : schema.getType(name);
    return isCompositeType(on) ? on : parent;
  };
  for (const selection of set?.selections ?? []) {
    if (!isIncluded(selection, execution)) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = conditioned(selection.typeCondition?.name.value);
      found = eachField(execution, selection.selectionSet, on, walked, visit) || found;
    } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const fragment = fragments[selection.name.value];
      // A fragment says the same wherever it is spread: its own type is fixed.
      if (!fragment || walked.has(selection.name.value)) {
        found = found || fragment !== undefined;
        continue;
      }
      walked.add(selection.name.value);
      const on = conditioned(fragment.typeCondition.name.value);
      found = eachField(execution, fragment.selectionSet, on, walked, visit) || found;
    } else if (selection.name.value !== "__typename") {
      found = true;
      const name = selection.name.value;
      const below = new Set<GraphQLCompositeType>();
      for (const type of isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent]) {
        const field = type.getFields()[name];
        if (!field) continue;
        visit(type, name);
        const next = getNamedType(field.type);
        if (isCompositeType(next)) below.add(next);
      }
      for (const next of below) eachField(execution, selection.selectionSet, next, walked, visit);
    }
  }
  return found;
}

/** The root's field nodes that make one answer each, as graphql-js collects them. */
function fieldsByResponseKey(execution: Execution, rootType: GraphQLObjectType): Map<string, FieldNode[]> {
  const byKey = new Map<string, FieldNode[]>();
  const walked = new Set<string>();
  const walk = (set: SelectionSetNode) => {
    for (const selection of set.selections) {
      if (!isIncluded(selection, execution)) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = execution.fragments[selection.name.value];
        if (!fragment || walked.has(selection.name.value)) continue;
        walked.add(selection.name.value);
        walk(fragment.selectionSet);
      } else if (rootType.getFields()[selection.name.value]) {
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = byKey.get(key);
        if (nodes) nodes.push(selection);
        else byKey.set(key, [selection]);
      }
    }
  };
  walk(execution.operation.selectionSet);
  return byKey;
}

function isIncluded(selection: SelectionNode, { variableValues }: Execution): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, selection, variableValues)?.["if"] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, selection, variableValues)?.["if"] !== false;
}

function argumentsOf({ variableValues }: Execution, rootType: GraphQLObjectType, node: FieldNode) {
  try {
    return getArgumentValues(rootType.getFields()[node.name.value]!, node, variableValues);
  } catch {
    // graphql-js refuses such a field when it runs it; its message may quote the value.
    return undefined;
  }
}

const indexes = new WeakMap<GraphQLSchema, ReadonlyMap<string, PlannedField>>();

/** Every personal field that a type of the schema declares, by its path on record. */
export function declaredFields(schema: GraphQLSchema): ReadonlyMap<string, PlannedField> {
  let index = indexes.get(schema);
  if (!index) {
    const all = Object.values(schema.getTypeMap()).flatMap((type) => {
      const as = isObjectType(type) ? publishedAs(type) : undefined;
      if (as?.kind !== "PERSONAL") return [];
      return Object.entries(as.table).flatMap(([field, declared]): [string, PlannedField][] =>
        declared === "PUBLIC" || declared.derivedFrom.length > 0
          ? []
          : [[declared.path, { ...declared, type: type.name, field }]],
      );
    });
    index = new Map(all);
    indexes.set(schema, index);
  }
  return index;
}
