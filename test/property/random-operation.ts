import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";

/** A source of choices that gives the same ones for the same seed, so that a failure can be run again. */
export interface Draw {
  /** A whole number from 0 to `below` - 1. */
  int(below: number): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T;
}

export function drawFrom(seed: number): Draw {
  const generator = xoroshiro128plus(seed);
  const int = (below: number) => uniformInt(generator, 0, Math.max(0, below - 1));
  return {
    int,
    chance: (probability) => int(10_000) < probability * 10_000,
    pick: (from) => from[int(from.length)]!,
  };
}

export interface RandomOperation {
  document: string;
  variables: Record<string, unknown>;
  /** The root fields by response key. */
  roots: { key: string; field: string }[];
}

/** Leaves an argument that may be left out, out. */
export const OMIT = Symbol("omit");

/** Gives a value for an argument or input field, OMIT, or undefined to let the generator make one up. */
export type ArgumentPool = (name: string, owner: string, draw: Draw) => unknown;

interface Making {
  schema: GraphQLSchema;
  draw: Draw;
  pool: ArgumentPool;
  variables: Record<string, unknown>;
  declarations: string[];
  fragments: string[];
  counter: number;
  /** Fields that may still be written: keeps the document within the limits of the hub. */
  budget: number;
}

/** A random valid operation: aliases, fragments, directives, variables, lists and nesting over the whole schema. */
export function randomOperation(
  schema: GraphQLSchema,
  draw: Draw,
  pool: ArgumentPool,
  roots: readonly string[],
  kind: "query" | "mutation" = "query",
): RandomOperation {
  const making: Making = {
    schema,
    draw,
    pool,
    variables: {},
    declarations: [],
    fragments: [],
    counter: 0,
    budget: 20 + draw.int(80),
  };
  const root = (kind === "query" ? schema.getQueryType() : schema.getMutationType())!;
  const chosen = Array.from({ length: kind === "query" ? 1 + draw.int(3) : 1 }, () => draw.pick(roots));
  const keys: RandomOperation["roots"] = [];
  const fields = chosen.map((name) => {
    const key = `r${String((making.counter += 1))}`;
    keys.push({ key, field: name });
    return fieldText(making, root, root.getFields()[name]!, 0, key);
  });
  const header = making.declarations.length > 0 ? `(${making.declarations.join(", ")})` : "";
  return {
    document: [`${kind} Random${header} { ${fields.join(" ")} }`, ...making.fragments].join("\n"),
    variables: making.variables,
    roots: keys,
  };
}

const MAX_DEPTH = 7;

function selectionText(making: Making, type: GraphQLObjectType, depth: number): string {
  const { draw } = making;
  const fields = Object.values(type.getFields());
  const affordable = fields.filter((field) => isLeafType(getNamedType(field.type)) || depth < MAX_DEPTH);
  const wanted = affordable.length <= 3 ? affordable : affordable.filter(() => draw.chance(depth < 3 ? 0.65 : 0.5));
  const parts: string[] = [];
  for (const field of wanted) {
    if (making.budget <= 0) break;
    const text = fieldText(making, type, field, depth);
    if (text !== "") parts.push(wrapped(making, type, text));
    if (draw.chance(0.08)) parts.push(fieldText(making, type, field, depth));
  }
  if (parts.length === 0 || draw.chance(0.2)) parts.push("__typename");
  return parts.filter((part) => part !== "").join(" ");
}

/** As it is, or in an inline or a named fragment, with or without a directive. */
function wrapped(making: Making, type: GraphQLNamedType, text: string): string {
  const { draw } = making;
  if (draw.chance(0.75)) return text;
  if (draw.chance(0.3)) return `...${directive(making)} { ${text} }`;
  if (draw.chance(0.5)) return `... on ${type.name}${directive(making)} { ${text} }`;
  const name = `F${String((making.counter += 1))}`;
  making.fragments.push(`fragment ${name} on ${type.name} { ${text} }`);
  return draw.chance(0.3) ? `...${name} ...${name}` : `...${name}${directive(making)}`;
}

function directive(making: Making): string {
  const { draw } = making;
  if (draw.chance(0.6)) return "";
  const name = draw.pick(["include", "skip"]);
  const value = draw.chance(name === "include" ? 0.7 : 0.3);
  if (draw.chance(0.5)) return ` @${name}(if: ${String(value)})`;
  return ` @${name}(if: ${variable(making, "Boolean!", value)})`;
}

function variable(making: Making, type: string, value: unknown): string {
  const name = `v${String((making.counter += 1))}`;
  // Every kind of default is legal here, since a value is always sent.
  making.declarations.push(`$${name}: ${type}`);
  making.variables[name] = value;
  return `$${name}`;
}

function fieldText(
  making: Making,
  parent: GraphQLNamedType,
  field: GraphQLField<unknown, unknown>,
  depth: number,
  key?: string,
): string {
  const { draw } = making;
  making.budget -= 1;
  const args = field.args.flatMap((argument) => {
    const text = argumentText(making, argument, `${parent.name}.${field.name}`);
    return text === undefined ? [] : [`${argument.name}: ${text}`];
  });
  // An alias of its own keeps two uses of one field with other arguments from meeting.
  const alias = key ?? (args.length > 0 || draw.chance(0.15) ? `a${String((making.counter += 1))}` : undefined);
  const head = `${alias === undefined ? "" : `${alias}: `}${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""}`;
  const named = getNamedType(field.type);
  const marked = `${head}${key === undefined ? directive(making) : ""}`;
  if (isLeafType(named)) return marked;
  if (isObjectType(named)) return `${marked} { ${selectionText(making, named, depth + 1)} }`;
  if (isUnionType(named) || isInterfaceType(named)) {
    const members = making.schema
      .getPossibleTypes(named)
      .map((type) => `... on ${type.name} { ${selectionText(making, type, depth + 1)} }`);
    return `${marked} { __typename ${members.join(" ")} }`;
  }
  return "";
}

function argumentText(making: Making, argument: GraphQLArgument, owner: string): string | undefined {
  const { draw } = making;
  const required = isNonNullType(argument.type) && argument.defaultValue === undefined;
  if (!required && draw.chance(0.5)) return undefined;
  const value = inputValue(making, argument.type, argument.name, owner);
  if (value === undefined || value === OMIT) return undefined;
  const opaque = getNamedType(argument.type).name === "JSONObject";
  if (opaque || draw.chance(0.5)) return variable(making, argument.type.toString(), value);
  return literal(value, argument.type);
}

function inputValue(making: Making, type: GraphQLInputType, name: string, owner: string): unknown {
  if (isNonNullType(type)) return inputValue(making, type.ofType as GraphQLInputType, name, owner);
  const pooled = making.pool(name, owner, making.draw);
  if (pooled !== undefined) return pooled;
  if (isListType(type)) {
    const items = Array.from({ length: 1 + making.draw.int(3) }, () =>
      inputValue(making, type.ofType as GraphQLInputType, name, owner),
    );
    return [...new Set(items)];
  }
  if (isEnumType(type)) return making.draw.pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const entries = Object.values(type.getFields()).flatMap((field) => {
      const required = isNonNullType(field.type) && field.defaultValue === undefined;
      if (!required && making.draw.chance(0.5)) return [];
      const value = inputValue(making, field.type, field.name, type.name);
      return value === undefined || value === OMIT ? [] : [[field.name, value]];
    });
    return Object.fromEntries(entries) as Record<string, unknown>;
  }
  switch (type.name) {
    case "Boolean":
      return making.draw.chance(0.5);
    case "Int":
      return 1 + making.draw.int(5);
    case "LocalDate":
      return `2026-${String(1 + making.draw.int(9)).padStart(2, "0")}-15`;
    case "DateTimeISO":
      return "2026-03-02T10:00:00.000Z";
    case "JSONObject":
      return {};
    default:
      return making.draw.pick(["Jyväskylä", "x", "Ääkkönen Šimić", "15"]);
  }
}

function literal(value: unknown, type: GraphQLInputType): string {
  const bare = isNonNullType(type) ? (type.ofType as GraphQLInputType) : type;
  if (value === null) return "null";
  if (isListType(bare)) {
    const items = Array.isArray(value) ? value : [value];
    return `[${items.map((item) => literal(item, bare.ofType as GraphQLInputType)).join(", ")}]`;
  }
  if (isEnumType(bare)) return value as string;
  if (isInputObjectType(bare)) {
    const fields = bare.getFields();
    const entries = Object.entries(value as Record<string, unknown>);
    return `{ ${entries.map(([name, inner]) => `${name}: ${literal(inner, fields[name]!.type)}`).join(", ")} }`;
  }
  return JSON.stringify(value);
}
