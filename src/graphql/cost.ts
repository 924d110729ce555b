import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";
import { publishedAs } from "../disclosure/published.ts";
import { MAX_PAGE_SIZE } from "../kernel/page.ts";
import { FREE_TYPES, type FieldPrice, PRICES, SCHEMA_WEIGHT, USUAL_ITEMS, USUAL_WEIGHT } from "./cost-table.ts";
import { LimitExceeded } from "./errors.ts";

type Composite = GraphQLObjectType | GraphQLInterfaceType;

/** What the schema tells of prices, at the place where a reader looks first. */
const HOW_PRICED = `Every request has a price in points, made before it runs and told in the answer's \`extensions.cost\`: \
{ price, maximum, limit, remaining, resetsAt }. An object costs ${USUAL_WEIGHT}, a leaf nothing; a field that costs something else says so. \
Pages and lists multiply what is selected inside them: a page by its \`first\`, another list by ${USUAL_ITEMS} or by the number its \
description names. A request costs at least 1. It is refused as a whole above \`maximum\`, or when fewer points \
\`remaining\` of your application's \`limit\` a minute are left; a statutory notification never is.`;

/**
 * Writes the prices into the schema's descriptions.
 * @throws Error when the table prices a field that the schema does not have; a bug, so the hub does not start
 */
export function publishPrices(schema: GraphQLSchema): void {
  for (const [name, { weight, items }] of Object.entries(PRICES)) {
    const [typeName = "", fieldName = ""] = name.split(".");
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    if (!field) throw new Error(`The cost table prices ${name}, which the schema does not have.`);
    const told = [
      ...(weight === undefined ? [] : [`Costs ${weight} points.`]),
      ...(items === undefined ? [] : [`Priced as ${items} items.`]),
    ];
    field.description = [field.description, ...told].filter(Boolean).join(" ");
  }
  const query = schema.getQueryType();
  if (query) query.description = [query.description, HOW_PRICED].filter(Boolean).join("\n\n");
}

/**
 * The price of an operation with these coerced variables: an upper bound, since a field that is asked for twice is
 * answered once. Every fragment is priced once for each type it is spread on, however often it is spread.
 * @throws LimitExceeded when a page of less than 1 or more than 100 items is asked for
 */
export function priceOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): number {
  const root = schema.getRootType(operation.operation);
  if (!root) return 1;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const price = new Pricing(schema, fragments, variables).ofSet(root, operation.selectionSet);
  return Math.min(Math.max(price, 1), Number.MAX_SAFE_INTEGER);
}

class Pricing {
  private readonly priced = new Map<string, number>();
  private readonly roots: ReadonlySet<unknown>;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>,
    private readonly variables: Readonly<Record<string, unknown>>,
  ) {
    this.roots = new Set([schema.getQueryType(), schema.getMutationType()]);
  }

  /** @param pageSize the `first` of the page whose edges are in this set */
  ofSet(type: Composite | undefined, set: SelectionSetNode, pageSize = 0): number {
    let sum = 0;
    for (const selection of set.selections) {
      if (this.isSkipped(selection)) continue;
      if (selection.kind === Kind.FIELD) sum += this.ofField(type, selection, pageSize);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        sum += this.ofSet(this.narrowed(type, selection.typeCondition?.name.value), selection.selectionSet, pageSize);
      else sum += this.ofFragment(selection.name.value, pageSize);
    }
    return sum;
  }

  private ofFragment(name: string, pageSize: number): number {
    const key = `${name} ${pageSize}`;
    const known = this.priced.get(key);
    if (known !== undefined) return known;
    const fragment = this.fragments.get(name);
    // Validation has refused circles; a walk that trusts nobody still ends.
    this.priced.set(key, 0);
    const price = fragment
      ? this.ofSet(this.narrowed(undefined, fragment.typeCondition.name.value), fragment.selectionSet, pageSize)
      : 0;
    this.priced.set(key, price);
    return price;
  }

  private ofField(type: Composite | undefined, node: FieldNode, pageSize: number): number {
    const name = node.name.value;
    if (name === "__schema" || name === "__type") return SCHEMA_WEIGHT;
    const field = type?.getFields()[name];
    if (!type || !field) return 0;
    const named = getNamedType(field.type);
    const special: FieldPrice = PRICES[`${type.name}.${name}`] ?? {};
    if (isLeafType(named)) return special.weight ?? 0;
    const first = this.firstOf(field, node);
    const inside = node.selectionSet
      ? this.ofSet(isUnionType(named) ? undefined : (named as Composite), node.selectionSet, first ?? 0)
      : 0;
    const each = (special.weight ?? (this.isFree(type, named) ? 0 : USUAL_WEIGHT)) + inside;
    return each * (isList(field.type) ? (special.items ?? first ?? (pageSize > 0 ? pageSize : USUAL_ITEMS)) : 1);
  }

  /** @throws LimitExceeded outside 1-100 */
  private firstOf(field: GraphQLField<unknown, unknown>, node: FieldNode): number | undefined {
    if (!field.args.some(({ name }) => name === "first")) return undefined;
    let first: unknown;
    try {
      ({ first } = getArgumentValues(field, node, this.variables));
    } catch {
      // A null for a number: the execution answers it.
      return undefined;
    }
    if (typeof first !== "number") return undefined;
    if (first < 1 || first > MAX_PAGE_SIZE)
      throw new LimitExceeded("BAD_USER_INPUT", `"first" must be between 1 and ${MAX_PAGE_SIZE}.`);
    return first;
  }

  /** The structure of a page or payload, and the provenance of a fact, which is priced already. */
  private isFree(parent: Composite, type: GraphQLNamedType): boolean {
    if (this.roots.has(parent)) return false;
    return kindOf(parent) === "PROVENANCE" || kindOf(type) === "ENVELOPE" || FREE_TYPES.has(type.name);
  }

  private isSkipped(selection: SelectionNode): boolean {
    const skip = getDirectiveValues(GraphQLSkipDirective, selection, this.variables);
    const include = getDirectiveValues(GraphQLIncludeDirective, selection, this.variables);
    return skip?.["if"] === true || include?.["if"] === false;
  }

  private narrowed(type: Composite | undefined, condition: string | undefined): Composite | undefined {
    if (condition === undefined) return type;
    const named = this.schema.getType(condition);
    return isObjectType(named) || isInterfaceType(named) ? named : undefined;
  }
}

const kindOf = (type: GraphQLNamedType) => (isObjectType(type) ? publishedAs(type)?.kind : undefined);

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);
