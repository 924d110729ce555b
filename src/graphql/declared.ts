import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isLeafType,
  isObjectType,
} from "graphql";
import { declaredFields } from "../disclosure/plan.ts";
import { FORM_FACTS, type PublishedAs, publishedAs, touchesOf } from "../disclosure/published.ts";

/** Leaves that structure may carry without telling anything of a person. */
const STRUCTURAL_LEAVES = new Set(["ID", "Boolean"]);
const STRUCTURAL_FIELDS = new Set(["cursor"]);

/** Every way in which a published type or root field fails to say what it discloses; empty when all is declared. */
export function undeclared(schema: GraphQLSchema): string[] {
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith("__")) return [];
    return roots.has(type) ? rootProblems(schema, type) : typeProblems(schema, type);
  });
}

function typeProblems(schema: GraphQLSchema, type: GraphQLObjectType): string[] {
  const declared = publishedAs(type);
  switch (declared?.kind) {
    case undefined:
      return [
        `${type.name} declares nothing: mark it @Public(), @Personal(table, origin), @OfDisclosedFact(), @OfDecision() or @Envelope().`,
      ];
    case "PERSONAL":
      return personalProblems(schema, type, declared.table);
    case "ENVELOPE":
      return [...envelopeProblems(type), ...leadsTo(type, "an envelope", ["PROVENANCE"])];
    case "DECISION":
      return leadsTo(type, "a decision", ["PERSONAL", "PROVENANCE", "ENVELOPE"]);
    case "PUBLIC":
      return leadsTo(type, "public", ["PERSONAL", "PROVENANCE", "DECISION", "ENVELOPE"]);
    case "PROVENANCE":
      return [];
  }
}

function personalProblems(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  table: Extract<PublishedAs, { kind: "PERSONAL" }>["table"],
): string[] {
  const problems: string[] = [];
  for (const field of Object.keys(type.getFields())) {
    if (!(field in table)) problems.push(`${type.name}.${field} is not in the type's disclosure table.`);
  }
  for (const [field, declared] of Object.entries(table)) {
    if (declared === "PUBLIC") continue;
    if (declared.holders.length === 0) problems.push(`${type.name}.${field} does not say who holds it.`);
    problems.push(...unknownPaths(schema, `${type.name}.${field}`, declared.derivedFrom));
  }
  return problems;
}

const unknownPaths = (schema: GraphQLSchema, who: string, paths: readonly string[]): string[] =>
  paths
    .filter((path) => path !== FORM_FACTS && !declaredFields(schema).has(path))
    .map((path) => `${who} is derived from ${path}, which no personal type declares.`);

const rootProblems = (schema: GraphQLSchema, type: GraphQLObjectType): string[] =>
  Object.values(type.getFields()).flatMap((field) => {
    const name = `${type.name}.${field.name}`;
    const answer = getNamedType(field.type);
    // An operation that returned a bare leaf would publish what no table judges.
    if (isLeafType(answer)) return [`${name} returns a bare value: return a type that declares its disclosure.`];
    const touches = touchesOf(field);
    if (!touches)
      return [`${name} does not say whose data it touches: mark it @TouchesPerson(…) or @TouchesNobody(…).`];
    if (!touches.whose) return reachesPersonal(answer) ? [`${name} touches nobody and leads to a personal type.`] : [];
    const { whose, derivedFrom, alwaysLeaves } = touches;
    const argument = "argument" in whose && !hasArgument(field, whose.argument) ? whose.argument : undefined;
    return [
      ...(argument === undefined
        ? []
        : [`${name} has no argument ${argument}, by which it says that it finds a person.`]),
      ...unknownPaths(schema, name, [...derivedFrom, ...alwaysLeaves]),
    ];
  });

function hasArgument(field: GraphQLField<unknown, unknown>, place: string): boolean {
  const [first, ...rest] = place.split(".");
  let type = field.args.find((argument) => argument.name === first)?.type;
  for (const name of rest) {
    const input = type && getNamedType(type);
    type = isInputObjectType(input) ? input.getFields()[name]?.type : undefined;
  }
  return type !== undefined;
}

function reachesPersonal(from: unknown, seen = new Set<unknown>()): boolean {
  if (!isCompositeType(from) || seen.has(from)) return false;
  seen.add(from);
  if (!isObjectType(from)) return true;
  if (publishedAs(from)?.kind === "PERSONAL") return true;
  return Object.values(from.getFields()).some((field) => reachesPersonal(getNamedType(field.type), seen));
}

const envelopeProblems = (type: GraphQLObjectType): string[] =>
  Object.values(type.getFields())
    .filter((field) => {
      const leaf = getNamedType(field.type);
      return isLeafType(leaf) && !STRUCTURAL_LEAVES.has(leaf.name) && !STRUCTURAL_FIELDS.has(field.name);
    })
    .map((field) => `${type.name} is an envelope and may not hold the value ${field.name}.`);

const leadsTo = (type: GraphQLObjectType, what: string, closed: readonly PublishedAs["kind"][]): string[] =>
  Object.values(type.getFields())
    .filter((field) => {
      const named = getNamedType(field.type);
      const kind = isObjectType(named) ? publishedAs(named)?.kind : undefined;
      return isObjectType(named) && (kind === undefined || closed.includes(kind));
    })
    .map((field) => `${type.name} is ${what} and may not lead to ${getNamedType(field.type).name} by ${field.name}.`);

/** @throws Error listing what is undeclared; a bug, so the hub does not start. */
export function assertEverythingDeclared(schema: GraphQLSchema): void {
  const problems = undeclared(schema);
  if (problems.length > 0) throw new Error(`The schema publishes what no disclosure judges:\n${problems.join("\n")}`);
}
