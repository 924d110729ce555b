import {
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  parse,
  validate,
} from "graphql";
import { describe, expect, it } from "vitest";
import { type DisclosurePlan, type RootPlan, compilePlan, declaredFields } from "../../src/disclosure/plan.ts";
import { FORM_FACTS, PUBLISHED_AS, personalTable, publishedAs } from "../../src/disclosure/published.ts";
import { createSchema } from "../../src/graphql/schema.ts";

const schema = createSchema([]);

function planIn(on: GraphQLSchema, text: string, variables: Record<string, unknown> = {}, name: string | null = null) {
  const document = parse(text);
  expect(validate(on, document)).toEqual([]);
  return compilePlan(on, document, name, variables);
}

function planned(text: string, variables?: Record<string, unknown>): DisclosurePlan {
  const plan = planIn(schema, text, variables);
  if (typeof plan === "string") throw new Error(plan);
  return plan;
}

const rootOf = (text: string, variables?: Record<string, unknown>): RootPlan => planned(text, variables).roots[0]!;
const pathsOf = (text: string, variables?: Record<string, unknown>): string[] => [...rootOf(text, variables).paths];

describe("the plan of a document", () => {
  it("says of each field its type, category, holders and whether it tells the place", () => {
    const { fields, ...root } = rootOf(`{ mine: case(id: "1") { person { homeMunicipality { value } } } }`);
    expect(root).toMatchObject({ responseKey: "mine", fieldName: "case", args: { id: "1" }, writes: false });
    expect(root.declared).toMatchObject({ permission: "READ_CASE", whose: { kind: "CASE", argument: "id" } });
    expect(fields).toEqual([
      {
        type: "PersonFacts",
        field: "homeMunicipality",
        path: "person.homeMunicipality",
        category: "CONTACT",
        tellsPlace: true,
        holders: ["RISE", "COUNTY", "KELA"],
        enteredBy: ["VTH", "EMPLOYMENT"],
        derivedFrom: [],
      },
    ]);
  });

  it("lists of a flat record what is selected, held by its authority or by the caller's own", () => {
    const statement = rootOf(`{ statements(caseId: "1") { edges { node { id caseId version signedAt } } } }`);
    expect(statement.fields.map(({ path, holders }) => [path, holders])).toEqual([
      ["statement.version", ["RISE"]],
      ["statement.signedAt", ["RISE"]],
    ]);
    const consent = rootOf(`{ consents(caseId: "1") { edges { node { answer } } } }`);
    expect(consent.fields).toMatchObject([{ path: "consent.answer", category: "CONSENTS", holders: ["OWN"] }]);
  });

  it("knows that of a referral the sender holds what was sent, and the county what it answered (decision D5)", () => {
    const { fields } = rootOf(`{ referrals(caseId: "1") { edges { node { sentAt state ownWorker { name } } } } }`);
    expect(fields.map(({ path, category, holders }) => [path, category, holders])).toEqual([
      ["referral.sentAt", "APPLICATION", ["RISE"]],
      ["referral.state", "SOCIAL_SERVICES", ["COUNTY"]],
      ["referral.ownWorker", "SOCIAL_SERVICES", ["COUNTY"]],
    ]);
  });

  it("is empty of what tells nothing of a person", () => {
    for (const text of [
      `{ case(id: "1") { id openedAt __typename withheld { path } person { __typename } } }`,
      `{ statements(caseId: "1") { __typename edges { cursor node { id __typename } } pageInfo { hasNextPage } } }`,
      `{ formDraft(input: { caseId: "1", form: "x", language: fi }) { draft { form fields { name label { fi } } } } }`,
      `{ counties { code } }`,
    ]) {
      expect(pathsOf(text), text).toEqual([]);
    }
  });

  it("reads aliases, fragments within fragments, inline fragments and one field written twice as one", () => {
    const text = `query { ... on Query { a: case(id: "1") { ...A x: person { hetu { value } } } }
        a: case(id: "1") { ...A person: person { ...P } } }
      fragment A on Case { sentence { start: enforcementStartOn { value } } ...B }
      fragment B on Case { ... { person { ...P } } ... on Case { plan { activity { status } } } }
      fragment P on PersonFacts { familyName { value } }`;
    const { roots } = planned(text);
    expect(roots).toHaveLength(1);
    expect([...roots[0]!.paths].sort()).toEqual([
      "person.familyName",
      "person.hetu",
      "plan.activity",
      "sentence.enforcementStartOn",
    ]);
  });

  it("decides @skip and @include by literal, variable and the variable's default, at the root too", () => {
    const text = `query ($on: Boolean = false, $off: Boolean!) {
      one: case(id: "1") @include(if: $on) { person { hetu { value } } }
      two: case(id: "1") { person @skip(if: $off) { hetu { value } } ... @include(if: true) { plan { activity { value } } } } }`;
    expect(planned(text, { off: true }).roots.map((root) => [root.responseKey, [...root.paths]])).toEqual([
      ["two", ["plan.activity"]],
    ]);
    expect(planned(text, { on: true, off: false }).roots.map((root) => [...root.paths])).toEqual([
      ["person.hetu"],
      ["person.hetu", "plan.activity"],
    ]);
  });

  it("coerces arguments with the defaults of variables and of the schema", () => {
    const { args } = rootOf(`query ($n: Int = 7) { cases(first: $n) { edges { cursor } } }`);
    expect(args).toMatchObject({ first: 7 });
    expect(rootOf(`{ cases { edges { cursor } } }`).args).toMatchObject({ first: 20 });
  });

  it("puts in place of what is derived what it is derived from (decision D1)", () => {
    expect(pathsOf(`{ case(id: "1") { earliestReleaseOn } }`)).toEqual([
      "sentence.supervisedFreedomOn",
      "sentence.conditionalReleaseOn",
      "sentence.fullTermOn",
    ]);
    const notices = `mutation { signStatement(statementId: "1") { notices { word } } }`;
    expect(rootOf(notices)).toMatchObject({ writes: true, paths: new Set(["statement.content", "document.notices"]) });
  });

  it("derives an answer as a whole only when something of it is selected", () => {
    const asked = (selection: string) =>
      pathsOf(`{ whomToContactInCase(caseId: "1", situation: HOMELESSNESS, phase: RELEASE) { ${selection} } }`);
    expect(asked("steps { code }")).toEqual([
      "person.homeMunicipality",
      "placement.unit",
      "social.clientRelationships",
    ]);
    expect(asked("__typename")).toEqual([]);
  });

  it("says when the facts of a form leave: in the draft as selected, in a PDF in any case", () => {
    const input = `input: { caseId: "1", form: "x", language: fi }`;
    expect(pathsOf(`{ formDraft(${input}) { draft { fields { value } } } }`)).toEqual([FORM_FACTS]);
    expect(pathsOf(`mutation { generateDocument(${input}) { document { id form } } }`)).toEqual([
      "document.form",
      FORM_FACTS,
    ]);
  });

  it("is none for an operation that is not there, or variables that do not fit, and repeats no value", () => {
    const two = `query A { counties { code } } query B($id: ID!) { case(id: $id) { id } }`;
    expect(planIn(schema, two)).toBe("OPERATION_NOT_FOUND");
    expect(planIn(schema, two, {}, "C")).toBe("OPERATION_NOT_FOUND");
    expect(planIn(schema, two, {}, "B")).toBe("VARIABLES_INVALID");
    expect(planIn(schema, two, { id: { a: "010190-900X" } }, "B")).toBe("VARIABLES_INVALID");
    expect(planIn(schema, two, { id: "1" }, "B")).toMatchObject({ roots: [{ fieldName: "case" }] });
  });

  it("reads each fragment once, so that fragments which spread each other many times cost no more than their text", () => {
    const levels = 60;
    const fragments = Array.from({ length: levels }, (_, level) =>
      level === levels - 1
        ? `fragment F${level} on Case { person { hetu { value } } }`
        : `fragment F${level} on Case { ...F${level + 1} ...F${level + 1} ...F${level + 1} }`,
    );
    const document = parse(`{ case(id: "1") { ...F0 } } ${fragments.join(" ")}`);
    expect(compilePlan(schema, document, null, {})).toMatchObject({ roots: [{ paths: new Set(["person.hetu"]) }] });
  });
});

describe("the plan over interfaces, unions and nesting", () => {
  const as = (record: string, holder: "RISE" | "KELA") => ({
    [PUBLISHED_AS]: {
      kind: "PERSONAL",
      table: personalTable<{ name: string; secret: string; next: string }>(
        { name: { category: "IDENTIFICATION" }, secret: { category: "BENEFITS" }, next: "PUBLIC" },
        { record, holders: [holder] },
      ),
    },
  });
  const text = { type: GraphQLString };
  const Named: GraphQLInterfaceType = new GraphQLInterfaceType({ name: "Named", fields: { name: text } });
  const Dog = new GraphQLObjectType({
    name: "Dog",
    interfaces: [Named],
    fields: { name: text },
    extensions: as("dog", "RISE"),
  });
  const Cat: GraphQLObjectType = new GraphQLObjectType({
    name: "Cat",
    interfaces: [Named],
    fields: () => ({ name: text, secret: text, next: { type: new GraphQLList(Pet) } }),
    extensions: as("cat", "KELA"),
  });
  const Pet: GraphQLUnionType = new GraphQLUnionType({ name: "Pet", types: [Dog, Cat] });
  const pets = new GraphQLSchema({
    query: new GraphQLObjectType({
      name: "Query",
      fields: { named: { type: Named }, pets: { type: new GraphQLList(Pet) } },
    }),
    types: [Dog, Cat],
  });
  const of = (document: string) => {
    const plan = planIn(pets, document);
    return typeof plan === "string" ? plan : [...plan.roots[0]!.paths];
  };

  it("takes a field of an interface for that of every type behind it", () => {
    expect(of(`{ named { name } }`)).toEqual(["dog.name", "cat.name"]);
    expect(of(`{ named { ... on Cat { name } } }`)).toEqual(["cat.name"]);
  });

  it("goes down through lists and unions", () => {
    expect(
      of(
        `{ pets { ... on Cat { next { ... on Cat { next { ... on Dog { name } ...S } } } } } } fragment S on Cat { secret }`,
      ),
    ).toEqual(["dog.name", "cat.secret"]);
  });
});

describe("what the schema declares", () => {
  it("has for every path one category and its holders", () => {
    for (const [path, field] of declaredFields(schema)) {
      expect(path).toMatch(/^[a-zA-Z]+\.[a-zA-Z0-9]+$/);
      expect(field.holders.length, path).toBeGreaterThan(0);
    }
  });

  it("lets a type that extends another declare for itself", () => {
    const type = schema.getType("SubjectTraceEntry") as GraphQLObjectType;
    expect(publishedAs(type)).toMatchObject({ table: { at: { path: "subjectTrace.at" } } });
  });
});
