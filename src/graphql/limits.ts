import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  parse,
  visit,
} from "graphql";
import { LimitExceeded } from "./errors.ts";

/** How large a request may be, whoever sends it. What it may cost is another matter (cost.ts). */
export const LIMITS = {
  /** Lexical tokens of the document. */
  tokens: 2000,
  /** Levels of fields under each other, fragments opened. The standard introspection query has 15. */
  depth: 16,
  /** Fields, fragments opened. */
  fields: 2000,
  /** Aliases, fragments opened. */
  aliases: 60,
  /** Root fields of a query, fragments opened. */
  rootFields: 20,
  /** Root fields of a mutation: each is a transaction of its own, and they run one after the other. */
  mutationFields: 5,
  directivesOfField: 5,
  directives: 50,
  fragmentSpreads: 100,
  /** How deep a variable's value is nested. */
  variableDepth: 20,
  /** Values inside all variables together. */
  variableValues: 5000,
} as const;

/** What a selection set holds when every fragment is opened. Doubles hold 2^1000, which no 2000 tokens can reach. */
interface Size {
  depth: number;
  fields: number;
  aliases: number;
  /** Fields of the set itself, not of sets below. */
  top: number;
  introspects: boolean;
}

const NOTHING: Size = { depth: 0, fields: 0, aliases: 0, top: 0, introspects: false };

/**
 * Reads a document and holds it against the limits, in time proportional to its text: every fragment is measured once,
 * however often it is spread.
 * @returns the document, and whether it asks for the schema; undefined when the text is not GraphQL
 * @throws LimitExceeded naming the limit, never what the document says
 */
export function readWithinLimits(text: string): { document: DocumentNode; introspects: boolean } | undefined {
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: LIMITS.tokens, noLocation: true });
  } catch (error) {
    // The parser has no other way to say it.
    if (error instanceof GraphQLError && error.message.includes("tokens. Parsing aborted"))
      throw new LimitExceeded("TOKEN_LIMIT", `A document has at most ${LIMITS.tokens} tokens. Ask in parts.`);
    return undefined;
  }
  return { document, introspects: checkLimits(document) };
}

/**
 * @returns whether the document asks for the schema
 * @throws LimitExceeded naming the limit
 */
export function checkLimits(document: DocumentNode): boolean {
  checkDirectivesAndSpreads(document);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const sizeOf = measure(fragments);
  let introspects = false;
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = sizeOf(node.selectionSet);
    introspects ||= size.introspects;
    const rootFields = node.operation === OperationTypeNode.QUERY ? LIMITS.rootFields : LIMITS.mutationFields;
    hold("ROOT_FIELD_LIMIT", size.top, rootFields, `root fields in a ${node.operation}`);
    hold("DEPTH_LIMIT", size.depth, LIMITS.depth, "levels of fields");
    hold("ALIAS_LIMIT", size.aliases, LIMITS.aliases, "aliases");
    hold("FIELD_LIMIT", size.fields, LIMITS.fields, "fields");
  }
  return introspects;
}

function checkDirectivesAndSpreads(document: DocumentNode): void {
  let directives = 0;
  let spreads = 0;
  visit(document, {
    enter(node) {
      if (node.kind === Kind.FRAGMENT_SPREAD) spreads += 1;
      if ("directives" in node && node.directives) {
        directives += node.directives.length;
        hold("DIRECTIVE_LIMIT", node.directives.length, LIMITS.directivesOfField, "directives on one field");
      }
    },
  });
  hold("DIRECTIVE_LIMIT", directives, LIMITS.directives, "directives");
  hold("FRAGMENT_SPREAD_LIMIT", spreads, LIMITS.fragmentSpreads, "fragment spreads");
}

function measure(fragments: ReadonlyMap<string, FragmentDefinitionNode>): (set: SelectionSetNode) => Size {
  const measured = new Map<string, Size>();
  const ofFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    // A fragment inside itself counts as nothing, and so does one that is not there: validation refuses both.
    measured.set(name, NOTHING);
    const size = fragment ? ofSet(fragment.selectionSet) : NOTHING;
    measured.set(name, size);
    return size;
  };
  const ofSelection = (selection: SelectionNode): Size => {
    if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
    if (selection.kind === Kind.INLINE_FRAGMENT) return ofSet(selection.selectionSet);
    const below = selection.selectionSet ? ofSet(selection.selectionSet) : NOTHING;
    return {
      depth: below.depth + 1,
      fields: below.fields + 1,
      aliases: below.aliases + (selection.alias ? 1 : 0),
      top: 1,
      introspects: below.introspects || selection.name.value === "__schema" || selection.name.value === "__type",
    };
  };
  const ofSet = (set: SelectionSetNode): Size => {
    const sum = { ...NOTHING };
    for (const selection of set.selections) {
      const size = ofSelection(selection);
      sum.depth = Math.max(sum.depth, size.depth);
      sum.fields += size.fields;
      sum.aliases += size.aliases;
      sum.top += size.top;
      sum.introspects ||= size.introspects;
    }
    return sum;
  };
  return ofSet;
}

/**
 * Holds the variables against the limits without recursion, so that their nesting cannot exhaust the stack.
 * @throws LimitExceeded when they are too deep or too many, or hold a text that no database keeps
 */
export function checkVariables(variables: unknown): void {
  const waiting: { value: unknown; depth: number }[] = [{ value: variables, depth: 0 }];
  let values = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value === "string") checkText(value);
    if (typeof value !== "object" || value === null) continue;
    hold("VARIABLE_LIMIT", depth, LIMITS.variableDepth, "levels inside the variables");
    for (const inside of Object.values(value)) {
      values += 1;
      hold("VARIABLE_LIMIT", values, LIMITS.variableValues, "values inside the variables");
      waiting.push({ value: inside, depth: depth + 1 });
    }
  }
}

/** A zero character or half a surrogate pair is valid JSON and breaks what stands behind. */
export function checkText(text: string): void {
  if (text.includes("\u0000") || !text.isWellFormed())
    throw new LimitExceeded(
      "BAD_USER_INPUT",
      "A text holds a character that is none: U+0000, or half a surrogate pair.",
    );
}

function hold(code: string, count: number, most: number, what: string): void {
  if (count > most) throw new LimitExceeded(code, `A request has at most ${most} ${what}. Ask in parts.`);
}
