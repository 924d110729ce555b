import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  getNamedType,
  isObjectType,
  parse,
} from "graphql";
import { publishedAs } from "../../src/disclosure/published.ts";

/** A personal field that an answer tells something about. */
export interface Shown {
  /** Paths under which it may be on record: its own, or those of what it is made of. */
  paths: readonly string[];
  /** The authorities whose words stand in the answer. */
  holders: readonly string[];
  where: string;
}

/**
 * Every personal field of which the answer shows something, found by reading the answer beside its document: written
 * anew here, so that it shares no mistake with the hub's own walk.
 */
export function shownIn(schema: GraphQLSchema, document: string, data: unknown): Shown[] {
  const ast = parse(document);
  const fragments = new Map(
    ast.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const operation = ast.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)!;
  const shown: Shown[] = [];
  walk(data, [operation.selectionSet], schema.getRootType(operation.operation)!, "", { schema, fragments, shown });
  return shown;
}

interface Walk {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  shown: Shown[];
}

function walk(
  value: unknown,
  sets: readonly SelectionSetNode[],
  type: GraphQLObjectType,
  where: string,
  context: Walk,
): void {
  if (value === null || typeof value !== "object") return;
  const nodes = byKey(sets, context);
  const declared = publishedAs(type);
  for (const [key, inner] of Object.entries(value)) {
    const [first] = nodes.get(key) ?? [];
    if (!first) throw new Error(`${where}.${key} is in the answer and not in the document`);
    const field = type.getFields()[first.name.value];
    if (!field) continue;
    const place = `${where}.${key}`;
    if (declared?.kind === "PERSONAL") {
      const rule = declared.table[field.name];
      if (rule !== "PUBLIC" && rule && tells(inner)) {
        const paths = rule.derivedFrom.length > 0 ? rule.derivedFrom : [rule.path];
        // Elsewhere an authority's name is a value, e.g. whom a consent names.
        const isFact = getNamedType(field.type).name.endsWith("Fact");
        context.shown.push({ paths, holders: isFact ? [...holdersIn(inner)] : [], where: place });
      }
    }
    const next = getNamedType(field.type);
    if (!isObjectType(next)) continue;
    const below = (nodes.get(key) ?? []).flatMap((node) => (node.selectionSet ? [node.selectionSet] : []));
    for (const item of [inner].flat(3)) walk(item, below, next, place, context);
  }
}

function byKey(sets: readonly SelectionSetNode[], context: Walk): Map<string, FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  const collect = (set: SelectionSetNode) => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        found.set(key, [...(found.get(key) ?? []), selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else collect(context.fragments.get(selection.name.value)!.selectionSet);
    }
  };
  for (const set of sets) collect(set);
  return found;
}

/** Names of types and the status "withheld" tell nothing; all else that is there does. */
function tells(value: unknown): boolean {
  if (value === null || value === undefined || value === "WITHHELD") return false;
  if (Array.isArray(value)) return value.some(tells);
  if (typeof value !== "object") return true;
  return Object.entries(value).some(([, inner]) => !isTypeName(inner) && tells(inner));
}

const isTypeName = (value: unknown): boolean => typeof value === "string" && /^[A-Z][A-Za-z]+(Fact|Word)$/.test(value);

/** `holder` in a word of a fact, under whatever alias: no other authority's name stands below a fact. */
function holdersIn(value: unknown): Set<string> {
  if (typeof value === "string" && /^(RISE|VTH|COUNTY|EMPLOYMENT|KELA)$/.test(value)) return new Set([value]);
  if (value === null || typeof value !== "object") return new Set();
  return new Set(Object.values(value).flatMap((inner) => [...holdersIn(inner)]));
}
