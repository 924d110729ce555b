import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isLeafType, isObjectType } from "graphql";
import { PUBLISHED_AS, type PublishedAs } from "../disclosure/published.ts";

/** Leaves that structure may carry without telling anything of a person. */
const STRUCTURAL_LEAVES = new Set(["ID", "Boolean"]);
const STRUCTURAL_FIELDS = new Set(["cursor"]);

export const publishedAs = (type: GraphQLObjectType): PublishedAs | undefined =>
  type.extensions[PUBLISHED_AS] as PublishedAs | undefined;

/** Every way in which a published type fails to say what it discloses; empty when all is declared. */
export function undeclared(schema: GraphQLSchema): string[] {
  const roots = new Set([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
  const problems: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    if (roots.has(type)) {
      problems.push(...rootProblems(type));
      continue;
    }
    const declared = publishedAs(type);
    if (!declared) {
      problems.push(
        `${type.name} declares nothing: mark it @Public(), @Personal(table), @OfDisclosedFact() or @Envelope().`,
      );
    } else if (declared.kind === "PERSONAL") {
      for (const field of Object.keys(type.getFields())) {
        if (!(field in declared.table)) problems.push(`${type.name}.${field} is not in the type's disclosure table.`);
      }
    } else if (declared.kind === "ENVELOPE") {
      problems.push(...envelopeProblems(type));
    } else if (declared.kind === "PUBLIC") {
      problems.push(...publicProblems(type));
    }
  }
  return problems;
}

/** An operation that returned a bare leaf would publish what no table judges. */
const rootProblems = (type: GraphQLObjectType): string[] =>
  Object.values(type.getFields())
    .filter((field) => isLeafType(getNamedType(field.type)))
    .map((field) => `${type.name}.${field.name} returns a bare value: return a type that declares its disclosure.`);

const envelopeProblems = (type: GraphQLObjectType): string[] =>
  Object.values(type.getFields())
    .filter((field) => {
      const leaf = getNamedType(field.type);
      return isLeafType(leaf) && !STRUCTURAL_LEAVES.has(leaf.name) && !STRUCTURAL_FIELDS.has(field.name);
    })
    .map((field) => `${type.name} is an envelope and may not hold the value ${field.name}.`);

const publicProblems = (type: GraphQLObjectType): string[] =>
  Object.values(type.getFields())
    .filter((field) => {
      const named = getNamedType(field.type);
      return isObjectType(named) && publishedAs(named)?.kind !== "PUBLIC";
    })
    .map((field) => `${type.name} is public and may not lead to ${getNamedType(field.type).name} by ${field.name}.`);

/** @throws Error listing what is undeclared; a bug, so the hub does not start. */
export function assertEverythingDeclared(schema: GraphQLSchema): void {
  const problems = undeclared(schema);
  if (problems.length > 0) throw new Error(`The schema publishes what no disclosure judges:\n${problems.join("\n")}`);
}
