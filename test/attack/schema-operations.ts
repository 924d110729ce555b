import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type IntrospectionQuery,
  buildClientSchema,
  getIntrospectionQuery,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { systemClock } from "../../src/kernel/clock.ts";
import { type AppClient } from "../../src/cli/graphql-client.ts";
import { onDay } from "../support/case-client.ts";
import { sendText } from "../support/hub.ts";

/** What an id, or an identity code, in an argument points at. */
export const THINGS = ["case", "statement", "document", "referral", "consent", "permit", "hetu"] as const;
export type Thing = (typeof THINGS)[number];

/** A place in the arguments of a root field, e.g. ["input", "caseId"]. */
export type Place = readonly string[];

/** One root field with everything selected of its answer. */
export interface RootField {
  kind: "query" | "mutation";
  name: string;
  /** Where it takes what points at a person's thing. */
  slots: { place: Place; thing: Thing }[];
  /** Where it takes text of the caller's own. */
  texts: Place[];
  arguments: readonly GraphQLArgument[];
  text: string;
}

/** By argument, with its owner where the name alone does not say it. A new one is added here, or the matrix fails. */
const POINTS_AT: Record<string, Thing | "no person"> = {
  "case.id": "case",
  "contactPoint.id": "no person",
  "AnswerInformationRequestInput.id": "permit",
  "OpenCaseInput.hetu": "hetu",
  caseId: "case",
  statementId: "statement",
  documentId: "document",
  referralId: "referral",
  consentId: "consent",
  contactPointId: "no person",
  replaces: "no person",
  toWorker: "no person",
};

const NO_ONES = "00000000-0000-4000-8000-000000000000";

/** What an argument must hold so that the operation is not refused for it before it looks for the thing. */
const LIKELY: Record<string, unknown> = {
  after: undefined,
  filter: undefined,
  since: undefined,
  until: undefined,
  first: 2,
  "FormDraftInput.form": "taydentava-toimeentulotuki",
  codeOrName: "179",
  municipality: "179",
  countyCode: "15",
  toUnit: "kuopion-vankila",
  holderUnit: "15",
  receiverUnit: "15",
  organisation: "county-15",
  path: "sentence.fullTermOn",
  "RecordFactInput.value": "2031-01-01",
  "ProposeContactPointInput.value": "+358142660000",
  opens: "08:00",
  closes: "16:00",
  languages: ["fi"],
  granted: false,
  "AnswerInformationRequestInput.reason": "x",
  "InformationRequestInput.basis": "R1301_16_2_3",
  "InformationRequestInput.holder": "COUNTY",
  "InformationRequestInput.categories": ["SOCIAL_SERVICES"],
  "StatutoryNotificationInput.basis": "SHL_35_2",
  "RecordConsentInput.disclosers": ["KELA"],
  "RecordConsentInput.receiver": "RISE",
  "RecordConsentInput.receiverUnit": undefined,
  "RecordConsentInput.categories": ["BENEFITS"],
  "RecordConsentInput.purposes": ["RELEASE_PLANNING"],
  replaces: undefined,
  toWorker: undefined,
  operation: "query ($id: ID!) { case(id: $id) { id person { familyName { value } } } }",
  variables: undefined,
};

/** Reads the schema from the hub itself, so that a new root field is attacked without a word here. */
export async function readSchema(app: AppClient): Promise<GraphQLSchema> {
  const { data } = await sendText(app, getIntrospectionQuery());
  return buildClientSchema(data as unknown as IntrospectionQuery);
}

/** Every root field; the selection goes as deep as told. @throws Error naming an argument that it cannot make */
export function rootFieldsOf(schema: GraphQLSchema, depth: (field: string) => number): RootField[] {
  const of = (kind: RootField["kind"], type: GraphQLNamedType | null | undefined): RootField[] =>
    isObjectType(type) ? Object.values(type.getFields()).map((field) => rootField(kind, field, depth(field.name))) : [];
  return [...of("query", schema.getQueryType()), ...of("mutation", schema.getMutationType())];
}

function rootField(kind: RootField["kind"], field: GraphQLField<unknown, unknown>, depth: number): RootField {
  const slots: RootField["slots"] = [];
  const texts: Place[] = [];
  walk(field.args, field.name, [], (argument, owner, place) => {
    const type = getNamedType(argument.type).name;
    const thing = meaningOf(POINTS_AT, owner, argument.name);
    if (thing !== undefined && thing !== "no person") slots.push({ place, thing });
    else if (type === "ID" && thing === undefined)
      throw new Error(`The matrix does not know what ${owner}.${argument.name} points at: add it to POINTS_AT.`);
    if (type === "String") texts.push(place);
  });
  // The ids of an operation that is to be explained stand among its variables.
  if (field.args.some((argument) => getNamedType(argument.type).name === "JSONObject"))
    slots.push({ place: ["variables", "id"], thing: "case" });
  // What has a default may be left out.
  const typeOf = ({ type, defaultValue }: GraphQLArgument) =>
    String(type).replace(defaultValue === undefined ? "" : /!$/, "");
  const variables = field.args.map((argument) => `$${argument.name}: ${typeOf(argument)}`);
  const given = field.args.map(({ name }) => `${name}: $${name}`);
  const inBrackets = (all: string[]) => (all.length === 0 ? "" : `(${all.join(", ")})`);
  return {
    kind,
    name: field.name,
    slots,
    texts,
    arguments: field.args,
    text: `${kind}${inBrackets(variables)} { ${field.name}${inBrackets(given)} ${selectionOf(field.type, depth, new Set())} }`,
  };
}

type Argument = GraphQLArgument | GraphQLInputField;

function walk(
  all: readonly Argument[],
  owner: string,
  above: Place,
  visit: (argument: Argument, owner: string, place: Place) => void,
): void {
  for (const argument of all) {
    const type = getNamedType(argument.type);
    const place = [...above, argument.name];
    visit(argument, owner, place);
    if (isInputObjectType(type)) walk(Object.values(type.getFields()), type.name, place, visit);
  }
}

function meaningOf<T>(table: Record<string, T>, owner: string, name: string): T | undefined {
  return Object.hasOwn(table, `${owner}.${name}`) ? table[`${owner}.${name}`] : table[name];
}

export interface Chosen {
  /** What each kind of thing is here, unless told otherwise of a place. */
  things: Partial<Record<Thing, string>>;
  /** Values by place, e.g. "input.caseId". Also puts in what is optional. */
  at?: Readonly<Record<string, unknown>>;
}

/** The variables of a root field. @throws Error naming an argument that it cannot make */
export function variablesOf(field: RootField, chosen: Chosen): Record<string, unknown> {
  const given = Object.fromEntries(
    field.arguments.flatMap((argument) => {
      const value = valueOf(argument, field.name, [argument.name], chosen);
      return value === undefined ? [] : [[argument.name, value]];
    }),
  );
  const variable = chosen.at?.["variables.id"] ?? chosen.things.case;
  return field.slots.some(({ place }) => place[0] === "variables") ? { ...given, variables: { id: variable } } : given;
}

function valueOf(argument: Argument, owner: string, place: Place, chosen: Chosen): unknown {
  const at = chosen.at ?? {};
  const told = at[place.join(".")];
  const inside = Object.keys(at).some((other) => other.startsWith(`${place.join(".")}.`));
  const required = isNonNullType(argument.type) && argument.defaultValue === undefined;
  if (told !== undefined) return inList(argument.type, told);
  const type = getNamedType(argument.type);
  const thing = meaningOf(POINTS_AT, owner, argument.name);
  if (thing !== undefined)
    return required && thing !== "no person" ? chosen.things[thing] : required ? NO_ONES : undefined;
  const known = Object.hasOwn(LIKELY, `${owner}.${argument.name}`) || Object.hasOwn(LIKELY, argument.name);
  const likely = meaningOf(LIKELY, owner, argument.name);
  if (likely !== undefined) return likely;
  if (!required && !inside) return undefined;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) => [
      field.name,
      valueOf(field, type.name, [...place, field.name], chosen),
    ]);
    return inList(argument.type, Object.fromEntries(fields.filter(([, value]) => value !== undefined)));
  }
  if (isEnumType(type)) return inList(argument.type, type.getValues()[0]!.name);
  const example: unknown = {
    String: "x",
    Int: 1,
    Float: 1,
    Boolean: true,
    LocalDate: onDay,
    DateTimeISO: systemClock.now().toISOString(),
  }[type.name];
  if (example === undefined && !known)
    throw new Error(`The matrix cannot make ${owner}.${argument.name} of ${type.name}: add it to LIKELY.`);
  return example === undefined ? undefined : inList(argument.type, example);
}

const inList = (type: GraphQLInputType, value: unknown): unknown =>
  isListType(isNonNullType(type) ? type.ofType : type) && !Array.isArray(value) ? [value] : value;

/** Everything that can be selected without further arguments, to a depth, no type inside itself. */
function selectionOf(type: GraphQLOutputType, depth: number, above: ReadonlySet<string>): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return isLeafType(named) ? "" : "{ __typename }";
  const below = new Set([...above, named.name]);
  const fields = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.some((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined)) return [];
    const inner = getNamedType(field.type);
    if (isLeafType(inner)) return [field.name];
    return depth <= 1 || below.has(inner.name) ? [] : [`${field.name} ${selectionOf(field.type, depth - 1, below)}`];
  });
  return `{ ${fields.length === 0 ? "__typename" : fields.join(" ")} }`;
}
