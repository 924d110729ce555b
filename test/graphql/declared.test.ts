import { readFile } from "node:fs/promises";
import {
  type GraphQLFieldConfigMap,
  GraphQLID,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from "graphql";
import { describe, expect, it } from "vitest";
import {
  FORM_FACTS,
  PUBLISHED_AS,
  type PublishedAs,
  type RootDeclaration,
  TOUCHES,
  type Whose,
  personalTable,
} from "../../src/disclosure/published.ts";
import { assertEverythingDeclared, undeclared } from "../../src/graphql/declared.ts";
import { createSchema, printHubSchema } from "../../src/graphql/schema.ts";
import type { Authority } from "../../src/kernel/authority.ts";

describe("the published schema", () => {
  const schema = createSchema([]);

  it("declares of every type what it discloses", () => {
    expect(undeclared(schema)).toEqual([]);
  });

  it("is what schema/hub.graphql says, whose difference is the review of the API", async () => {
    const committed = await readFile(new URL("../../schema/hub.graphql", import.meta.url), "utf8");
    expect(printHubSchema(schema), "run: npm run nivel -- schema").toBe(committed);
  });
});

type Fields = GraphQLFieldConfigMap<unknown, unknown>;
const type = (name: string, as: PublishedAs | undefined, fields: Fields) =>
  new GraphQLObjectType({ name, fields, extensions: as ? { [PUBLISHED_AS]: as } : {} });
const text = { type: GraphQLString };
const personal: PublishedAs = {
  kind: "PERSONAL",
  table: personalTable<{ name: string; id: string }>(
    { name: { category: "IDENTIFICATION" }, id: "PUBLIC" },
    { record: "someone", holders: ["RISE"] },
  ),
};
/** Marks a planted root field, so that only what is planted beside it is wrong. */
const touching = (whose: Whose | undefined, more: Partial<RootDeclaration> = {}) => ({
  [TOUCHES]: {
    permission: "READ_CASE",
    whose,
    derivedFrom: [],
    alwaysLeaves: [],
    sends: [],
    ...more,
  } satisfies RootDeclaration,
});
const somebody = touching({ kind: "NOBODY_NAMED" });

const held = (holders: Authority[], derivedFrom: { name?: string[] } = {}): PublishedAs => ({
  kind: "PERSONAL",
  table: personalTable<{ name: string }>(
    { name: { category: "IDENTIFICATION" } },
    { record: "someone", holders, derivedFrom },
  ),
});

const Person = type("Person", personal, { id: { type: GraphQLID }, name: text });
const Word = type("Word", { kind: "PROVENANCE" }, { value: text });
const Place = type("Place", { kind: "PUBLIC" }, { name: text });
const marked = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, { extensions: somebody, ...field }]));
const planted = (fields: Fields) =>
  undeclared(new GraphQLSchema({ query: new GraphQLObjectType({ name: "Query", fields: marked(fields) }) }));
const list = (of: GraphQLObjectType) => ({ type: new GraphQLList(of) });

describe("a schema that publishes what no disclosure judges", () => {
  it("is let through when everything is declared", () => {
    const Page = type("Page", { kind: "ENVELOPE" }, { cursor: text, total: { type: GraphQLID }, people: list(Person) });
    expect(planted({ page: { type: Page }, places: list(Place), person: { type: Person } })).toEqual([]);
  });

  const violations: [string, Fields, string][] = [
    ["a type that declares nothing", { a: { type: type("Bare", undefined, { x: text }) } }, "Bare declares nothing"],
    [
      "a personal field that the table does not name",
      { a: { type: type("Someone", personal, { name: text, street: text }) } },
      "Someone.street is not in the type's disclosure table",
    ],
    ["a root field that returns a bare value", { hetu: text }, "Query.hetu returns a bare value"],
    [
      "a root field that returns bare values",
      { sums: { type: new GraphQLList(GraphQLInt) } },
      "Query.sums returns a bare value",
    ],
    [
      "an envelope with a value",
      { a: { type: type("Payload", { kind: "ENVELOPE" }, { message: text }) } },
      "Payload is an envelope and may not hold the value message",
    ],
    [
      "an envelope with a count",
      { a: { type: type("Counted", { kind: "ENVELOPE" }, { total: { type: GraphQLInt } }) } },
      "Counted is an envelope and may not hold the value total",
    ],
    [
      "a public type that leads to a personal one",
      { a: { type: type("Area", { kind: "PUBLIC" }, { people: list(Person) }) } },
      "Area is public and may not lead to Person by people",
    ],
    [
      "a public type that leads to a disclosed word",
      { a: { type: type("Area", { kind: "PUBLIC" }, { word: { type: Word } }) } },
      "Area is public and may not lead to Word by word",
    ],
    [
      "an envelope that leads to a disclosed word",
      { a: { type: type("Page", { kind: "ENVELOPE" }, { word: { type: Word } }) } },
      "Page is an envelope and may not lead to Word by word",
    ],
    [
      "a decision that leads to a personal type",
      { a: { type: type("Verdict", { kind: "DECISION" }, { person: { type: Person } }) } },
      "Verdict is a decision and may not lead to Person by person",
    ],
    [
      "a personal field that nobody holds",
      { a: { type: type("Someone", held([]), { name: text }) } },
      "Someone.name does not say who holds it",
    ],
    [
      "a personal field derived from what no type declares",
      { a: { type: type("Someone", held(["RISE"], { name: ["person.secret"] }), { name: text }) } },
      "Someone.name is derived from person.secret",
    ],
    [
      "a root field that does not say whose data it touches",
      { a: { type: Person, extensions: {} } },
      "Query.a does not say whose data it touches",
    ],
    [
      "a root field that says it touches nobody and leads to a person",
      { a: { type: type("Page", { kind: "ENVELOPE" }, { people: list(Person) }), extensions: touching(undefined) } },
      "Query.a touches nobody and leads to a personal type",
    ],
    [
      "a root field that finds its person by an argument that it has not",
      { a: { type: Person, extensions: touching({ kind: "CASE", argument: "input.caseId" }) } },
      "Query.a has no argument input.caseId",
    ],
    [
      "a root field whose answer is derived from what no type declares",
      { a: { type: Place, extensions: touching({ kind: "NOBODY_NAMED" }, { derivedFrom: [FORM_FACTS, "a.b"] }) } },
      "Query.a is derived from a.b",
    ],
  ];
  it.each(violations)("is stopped for %s, by name", (_, fields, problem) => {
    expect(planted(fields)).toEqual([expect.stringContaining(problem) as string]);
  });

  it("names every violation at once, and the hub does not start", () => {
    const schema = new GraphQLSchema({
      query: new GraphQLObjectType({
        name: "Query",
        fields: { hetu: text, bare: { type: type("Bare", undefined, { x: text }) } },
      }),
    });
    expect(() => assertEverythingDeclared(schema)).toThrow(/Query\.hetu[\s\S]*Bare|Bare[\s\S]*Query\.hetu/);
  });

  it("looks at mutations as at queries", () => {
    const query = new GraphQLObjectType({ name: "Query", fields: marked({ place: { type: Place } }) });
    const mutation = new GraphQLObjectType({ name: "Mutation", fields: { erase: { type: GraphQLInt } } });
    expect(undeclared(new GraphQLSchema({ query, mutation }))).toMatchObject([
      expect.stringContaining("Mutation.erase"),
    ]);
  });
});
