import {
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredArgument,
  isRequiredInputField,
} from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import { ExplainDisclosureDocument, type ExplainDisclosureQuery } from "../../src/cli/operations.generated.ts";
import { CaseFileEntity } from "../../src/cases/case.entity.ts";
import { touchesOf } from "../../src/disclosure/published.ts";
import { createSchema } from "../../src/graphql/schema.ts";
import { newId } from "../../src/kernel/ids.ts";
import { DEMO_PERSON, PROTECTED_PERSON } from "../../src/sandbox/population.ts";
import { rowsDuring } from "../support/audit-rows.ts";
import { caseIdOf, readOwnCase, widestConsent, withConsent } from "../support/case-client.ts";
import { type TestHub, sendText, testHub } from "../support/hub.ts";

const id = caseIdOf(DEMO_PERSON);

let hub: TestHub;
let worker: AppClient;
beforeAll(async () => {
  hub = await testHub();
  worker = await hub.as("prison-worker", "RELEASE_PLANNING");
});

type Explanation = ExplainDisclosureQuery["explainDisclosure"];

const explain = async (
  app: AppClient,
  operation: string,
  variables: Record<string, unknown> = {},
  operationName: string | null = null,
): Promise<Explanation> =>
  (await ask(app, ExplainDisclosureDocument, { operation, variables, operationName })).explainDisclosure;

const CASE = `query Case($c: ID!) { case(id: $c) {
  person { familyName { value } homeMunicipality { value } }
  sentence { conditionalReleaseOn { value } }
  social { clientRelationships { value { service } } }
  benefits { benefits { value { benefit } } }
  health { contacts { value { clinic } } } } }`;

/** `path holder` to the verdict with its code. */
function verdictsIn(explanation: Explanation, root = 0): Record<string, string> {
  const [person] = explanation.roots[root]!.people;
  return Object.fromEntries(
    person!.fields.flatMap(({ path, verdicts }) =>
      verdicts.map(({ holder, verdict, basis, reason }) => [
        `${path} ${holder}`,
        `${verdict} ${basis?.code ?? reason?.code ?? "?"}`,
      ]),
    ),
  );
}

describe("explaining what an operation would disclose", () => {
  it("says field by field and holder by holder what may leave on which basis, and why the rest may not", async () => {
    const explanation = await explain(worker, CASE, { c: id });
    expect(explanation.roots).toMatchObject([
      { responseKey: "case", field: "case", writes: false, touchesPerson: true, mayRun: true, refusal: null },
    ]);
    expect(explanation.roots[0]!.people.map(({ caseId }) => caseId)).toEqual([id]);
    expect(verdictsIn(explanation)).toMatchObject({
      "person.familyName RISE": "MAY_LEAVE RISE_TASK",
      "person.familyName KELA": "WITHHELD CONSENT_MISSING",
      "person.homeMunicipality RISE": "DEPENDS_ON_PLACE RISE_TASK",
      "sentence.conditionalReleaseOn RISE": "MAY_LEAVE RISE_TASK",
      "social.clientRelationships COUNTY": "WITHHELD SOCIAL_DATA_RIGHT_MISSING",
      "benefits.benefits KELA": "WITHHELD CONSENT_MISSING",
      "health.contacts VTH": "WITHHELD NO_LEGAL_BASIS",
    });
    const texts = explanation.roots[0]!.people[0]!.fields.flatMap((field) =>
      field.verdicts.map(({ basis, reason }) => basis?.text ?? reason?.text),
    );
    for (const text of texts) expect(text).toMatchObject({ fi: /\S/, sv: /\S/, en: /\S/ });
  });

  it("D2: names the consent on which a field would leave, and only while it is valid", async () => {
    await withConsent(worker, widestConsent(id), async (consentId) => {
      const { roots } = await explain(worker, CASE, { c: id });
      const benefits = roots[0]!.people[0]!.fields.find(({ path }) => path === "benefits.benefits")!;
      expect(benefits.verdicts).toMatchObject([
        { holder: "KELA", verdict: "MAY_LEAVE", groundId: consentId, basis: { code: "CONSENT" }, reason: null },
      ]);
    });
    expect(verdictsIn(await explain(worker, CASE, { c: id }))["benefits.benefits KELA"]).toBe(
      "WITHHELD CONSENT_MISSING",
    );
  });

  it("gives no other reason than running it would", async () => {
    const answer = await readOwnCase(worker, id, [
      "benefits.benefits",
      "health.contacts",
      "social.clientRelationships",
    ]);
    const verdicts = verdictsIn(await explain(worker, CASE, { c: id }));
    for (const { path, holder, reason } of answer.withheld)
      expect(verdicts[`${path} ${holder}`]).toBe(`WITHHELD ${reason}`);
  });

  it("lists what workers of other authorities can enter whether or not anybody did (decision D1)", async () => {
    const { roots } = await explain(worker, `{ case(id: "${id}") { readiness { debts { value } } } }`);
    expect(roots[0]!.people[0]!.fields).toMatchObject([
      {
        path: "readiness.debts",
        verdicts: [{ holder: "RISE", verdict: "MAY_LEAVE" }],
        enteredWords: [
          { holder: "VTH", verdict: "WITHHELD" },
          { holder: "COUNTY" },
          { holder: "EMPLOYMENT" },
          { holder: "KELA" },
        ],
      },
    ]);
  });

  it("says of a form which facts would stand in it", async () => {
    const input = `input: { caseId: "${id}", form: "taydentava-toimeentulotuki", language: fi }`;
    const verdicts = verdictsIn(await explain(worker, `mutation { generateDocument(${input}) { document { id } } }`));
    expect(verdicts).toMatchObject({
      "person.hetu RISE": "MAY_LEAVE RISE_TASK",
      "placement.unit RISE": expect.anything() as string,
    });
    const only = await explain(worker, `{ formDraft(${input}) { draft { title { fi } } } }`);
    expect(only.roots[0]!.people).toEqual([{ caseId: id, fields: [], sends: [] }]);
  });

  it("explains each root field for itself, a list for each case of its page, and what the role may not run", async () => {
    const kela = await hub.as("kela-officer", "BENEFITS");
    const { roots } = await explain(
      kela,
      `{ own: cases(first: 2) { edges { node { earliestReleaseOn } } } statements(caseId: "${id}") { edges { node { version } } }
         counties { code } }`,
    );
    expect(roots).toMatchObject([
      { responseKey: "own", field: "cases", mayRun: true },
      { field: "statements", mayRun: false, refusal: "Your role does not include this action.", people: [] },
      { field: "counties", touchesPerson: false, mayRun: true, people: [] },
    ]);
    const listed = await sendText(kela, "{ cases(first: 2) { edges { node { id } } } }");
    const ids = (listed.data as unknown as { cases: { edges: { node: { id: string } }[] } }).cases.edges;
    expect(roots[0]!.people.map(({ caseId }) => caseId)).toEqual(ids.map(({ node }) => node.id));
  });

  it("D3: answers for a case outside the remit exactly as for one that never was", async () => {
    const county = await hub.as("county-worker", "SOCIAL_WELFARE");
    const hidden = caseIdOf(PROTECTED_PERSON);
    expect(await hub.database.fork().count(CaseFileEntity, { id: hidden })).toBe(1);
    const answers = [];
    for (const c of [hidden, newId(), "no id at all"]) answers.push(await explain(county, CASE, { c }));
    expect(answers[0]).toEqual({
      roots: [
        {
          responseKey: "case",
          field: "case",
          writes: false,
          touchesPerson: true,
          mayRun: true,
          refusal: null,
          people: [],
        },
      ],
      userErrors: [],
    });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it("finds nobody by an id of a thing that is not the caller's", async () => {
    for (const text of [
      `mutation { signStatement(statementId: "${newId()}") { statement { version } } }`,
      `mutation { withdrawConsent(consentId: "${newId()}") { caseId } }`,
      `mutation { submitApplication(input: { documentId: "${newId()}", personApplies: true }) { referral { state } } }`,
    ]) {
      expect((await explain(worker, text)).roots).toMatchObject([{ writes: true, mayRun: true, people: [] }]);
    }
  });
});

describe("explaining executes nothing", () => {
  it("asks no source and writes nothing but its own entry, which names the person", async () => {
    const asked: string[] = [];
    const rows = await rowsDuring(hub, async () => {
      const { text } = await explainRaw(
        worker,
        `mutation M($c: ID!) { recordContact(input: { caseId: $c, whom: "A", channel: "B",
        outcome: REACHED, contactedAt: "2026-01-01T00:00:00Z" }) { caseId } }`,
      );
      asked.push(text);
    });
    expect(asked[0]).not.toContain("sourceIssues");
    expect(rows).toMatchObject([
      { operation: "explainDisclosure", outcome: "DONE", caseId: id, disclosed: [], withheld: [] },
    ]);
    const noted = await sendText(worker, `{ recordedContacts(caseId: "${id}") { edges { node { whom } } } }`);
    expect(JSON.stringify(noted)).not.toContain('"A"');
  });

  it("answers the same while every authority is down", async () => {
    const down = { "nivel-sandbox": "rise=down, vth=down, county=down, employment=down, kela=down" };
    const query = `query($o: String!, $v: JSONObject) { explainDisclosure(operation: $o, variables: $v) {
      roots { people { fields { path verdicts { holder verdict } } } } } }`;
    const variables = { o: CASE, v: { c: id } };
    const up = await sendText(worker, query, variables);
    expect(up.errors).toBeUndefined();
    expect((await sendText(worker, query, variables, down)).data).toEqual(up.data);
  });

  const explainRaw = async (app: AppClient, operation: string) => ({
    text: JSON.stringify(await explain(app, operation, { c: id })),
  });
});

describe("what cannot be explained", () => {
  const secret = "010190-900X";
  const cases: [string, string, Record<string, unknown>, string][] = [
    ["text that is no GraphQL", `{ ${secret}`, {}, "OPERATION_INVALID"],
    ["a field that there is not", `{ case(id: "${secret}") { hetu } }`, {}, "OPERATION_INVALID"],
    ["a literal of the wrong type", `{ cases(first: "${secret}") { edges { cursor } } }`, {}, "OPERATION_INVALID"],
    ["a variable of the wrong type", `query($c: ID!) { case(id: $c) { id } }`, { c: [secret] }, "VARIABLES_INVALID"],
    ["a variable that is missing", `query($c: ID!) { case(id: $c) { id } }`, { d: secret }, "VARIABLES_INVALID"],
    [
      "two operations without a name",
      `query A { counties { code } } query B { counties { code } }`,
      {},
      "OPERATION_NOT_FOUND",
    ],
    ["a page that is too large", `{ cases(first: 101) { edges { cursor } } }`, {}, "PAGE_INVALID"],
    ["a cursor that is none", `{ cases(after: "${secret}") { edges { cursor } } }`, {}, "PAGE_INVALID"],
    [
      "too many root fields",
      `{ ${Array.from({ length: 21 }, (_, n) => `a${n}: counties { code }`).join(" ")} }`,
      {},
      "OPERATION_TOO_LARGE",
    ],
  ];
  it.each(cases)("%s is answered by a typed error that repeats nothing", async (_, operation, variables, code) => {
    const explanation = await explain(worker, operation, variables);
    expect(explanation).toMatchObject({ roots: [], userErrors: [{ code }] });
    expect(JSON.stringify(explanation)).not.toContain(secret);
  });

  it("demands a purpose, and a task that has to do with persons", async () => {
    const partner = await hub.as("partner-app", "RELEASE_PLANNING");
    for (const app of [partner, await hub.as("prison-worker", "BENEFITS")]) {
      await expect(explain(app, "{ counties { code } }")).rejects.toThrow(/role|purpose/);
    }
  });
});

/** A literal that fits the type and names nobody. */
function literal(type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return `[${literal(nullable.ofType)}]`;
  const named = getNamedType(type);
  if (isEnumType(named)) return named.getValues()[0]!.name;
  if (isInputObjectType(named)) {
    const fields = Object.values(named.getFields()).filter(isRequiredInputField);
    return `{ ${fields.map((field) => `${field.name}: ${literal(field.type)}`).join(", ")} }`;
  }
  const plain: Record<string, string> = { ID: `"${newId()}"`, Int: "1", Boolean: "true", LocalDate: '"2026-01-01"' };
  return plain[named.name] ?? (named.name.startsWith("DateTime") ? '"2026-01-01T00:00:00Z"' : '"x"');
}

/** Every root field that needs no person to be asked, as a document of its own; what would change the directory is left out. */
function everyRootField(): [string, string][] {
  const schema = createSchema([]);
  const of = (kind: string, type: GraphQLObjectType | null | undefined): [string, string][] =>
    Object.values(type?.getFields() ?? {}).flatMap((field) => {
      const whose = touchesOf(field)?.whose;
      if (field.name === "explainDisclosure" || (kind === "mutation" && !(whose && "argument" in whose))) return [];
      const args = field.args.filter(isRequiredArgument).map((one) => `${one.name}: ${literal(one.type)}`);
      return [[field.name, `${kind} { ${field.name}${args.length > 0 ? `(${args.join(", ")})` : ""} { __typename } }`]];
    });
  return [...of("query", schema.getQueryType()), ...of("mutation", schema.getMutationType())];
}

describe("whether the caller may run a root field at all", () => {
  it.each([
    ["prison-worker", "RELEASE_PLANNING"],
    ["county-worker", "SOCIAL_WELFARE"],
    ["person", "OWN_DATA"],
  ] as const)("is what running it says, to %s, for every root field of the schema", async (caller, purpose) => {
    const app = await hub.as(caller, purpose);
    const differing: string[] = [];
    for (const [name, text] of everyRootField()) {
      const { roots } = await explain(app, text);
      const { errors } = await sendText(app, text);
      const forbidden = errors?.some(({ extensions }) => extensions?.["code"] === "FORBIDDEN") ?? false;
      if (roots[0]?.mayRun !== !forbidden) differing.push(name);
    }
    expect(differing).toEqual([]);
  });
});
