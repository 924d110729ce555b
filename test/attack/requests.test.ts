import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerDocuments } from "../../src/access/trusted-document.repository.ts";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import { hashOf, readManifest, trustedDocument } from "../../src/graphql/trusted-document.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { DEMO_PERSON } from "../../src/sandbox/population.ts";
import { hubForClients } from "../graphql/own-clients.ts";
import { caseIdOf } from "../support/case-client.ts";
import { type TestHub, testHub } from "../support/hub.ts";
import { type Answer, ask, attack, bodyOf, codeOf, headersOf, requestsSent } from "./attacker.ts";

const id = caseIdOf(DEMO_PERSON);

let hub: TestHub;
let worker: AppClient;
/** Production as it is by default: only trusted documents. */
let strict: Awaited<ReturnType<typeof hubForClients>>;
let partner: AppClient;
let before: number;
beforeAll(async () => {
  before = requestsSent();
  hub = await testHub();
  worker = await hub.as("prison-worker", "RELEASE_PLANNING");
  strict = await hubForClients({ production: true, requests: { trustedOnly: true } });
  partner = await strict.through("attacking-partner");
});
afterAll(async () => {
  await strict.close();
  console.info(`Requests of every shape: ${requestsSent() - before} requests.`);
});

const times = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join(" ");
const expectRefused = (answer: Answer, code?: RegExp) => {
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  if (code) expect(codeOf(answer)).toMatch(code);
  expect(answer.text).not.toMatch(/"data":\{/);
};

describe("a document that multiplies itself", () => {
  const spread = (depth: number, on: string, leaf: string) =>
    `${times(depth, (n) => `fragment F${n} on ${on} { ...F${n + 1} ...F${n + 1} }`)} fragment F${depth} on ${on} { ${leaf} }`;

  it.each<[string, string]>([
    ["a thousand aliases of one case", `{ ${times(1000, (n) => `a${n}: case(id: "${id}") { id }`)} }`],
    ["aliases below one case", `{ case(id: "${id}") { ${times(100, (n) => `a${n}: id`)} } }`],
    ["fragments that each spread the next one twice, 2^40 fields", `{ ...F0 } ${spread(40, "Query", "__typename")}`],
    ["the same below a person", `{ case(id: "${id}") { ...F0 } } ${spread(40, "Case", "id")}`],
    ["a fragment inside itself", "{ ...A } fragment A on Query { ...A }"],
    [
      "fragments in a circle",
      "{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }",
    ],
    ["a circle that nobody spreads", "{ __typename } fragment A on Query { ...B } fragment B on Query { ...A }"],
    ["inline fragments 900 deep", `{ ${"... on Query { ".repeat(600)} __typename ${"}".repeat(600)} }`],
    ["fields 200 deep", `{ counties { ${"employmentAreas { ".repeat(200)} code ${"}".repeat(200)} } }`],
    ["a list 900 deep", `{ case(id: ${"[".repeat(900)}1${"]".repeat(900)}) { id } }`],
    ["an object 400 deep", `{ formDraft(input: ${"{a:".repeat(400)}1${"}".repeat(400)}) { draft { form } } }`],
    ["a list type 900 deep", `query ($a: ${"[".repeat(900)}Int${"]".repeat(900)}) { __typename }`],
    ["a thousand directives", `{ __typename ${times(1000, () => "@skip(if: false)")} }`],
    ["directives that are not there", `{ __typename ${times(40, (n) => `@d${n}`)} }`],
    ["a thousand equal fields", `{ ${times(1990, () => "__typename")} }`],
    [
      "a hundred mutations",
      `mutation { ${times(100, (n) => `a${n}: signStatement(statementId: "${id}") { userErrors { code } }`)} }`,
    ],
    ["three hundred operations", times(300, (n) => `query Q${n} { __typename }`)],
    ["500 variables", `query (${times(500, (n) => `$v${n}: Int`)}) { __typename }`],
    ["one page of everything", `{ cases(first: 1000000) { edges { node { id } } } }`],
    ["a page of less than nothing", `{ cases(first: -1) { edges { node { id } } } }`],
    [
      "pages that multiply",
      `{ ${times(15, (n) => `a${n}: cases(first: 100) { edges { node { person { familyName { facts { value } } } } } }`)} }`,
    ],
  ])("%s", async (_, query) => {
    const answer = await ask(worker, { query });
    if (answer.status === 200) {
      // Refused where it stands, as one error without data.
      expect(bodyOf(answer).errors?.length).toBeGreaterThan(0);
      expect(Object.values(bodyOf(answer).data ?? {}).every((value) => value === null)).toBe(true);
    } else expectRefused(answer);
  });

  it("costs no more time than its text: the hub answers others meanwhile", async () => {
    const bombs = Array.from({ length: 5 }, () =>
      ask(worker, { query: `{ ...F0 } ${spread(60, "Query", "__typename")}` }),
    );
    expect((await ask(worker, { query: "{ __typename }" })).status).toBe(200);
    for (const bomb of await Promise.all(bombs)) expectRefused(bomb);
  });
});

describe("variables", () => {
  const post = (body: string | Buffer, more: Record<string, string> = {}) =>
    attack(`${worker.url}/graphql`, {
      method: "POST",
      headers: { ...headersOf(worker), "content-type": "application/json", ...more },
      body,
    });
  const withVariables = (json: string) =>
    post(`{"query":"query ($id: ID!) { case(id: $id) { id } }","variables":${json}}`);

  it.each<[string, string]>([
    ["nested 50 000 deep", `{"id":${"[".repeat(50_000)}${"]".repeat(50_000)}}`],
    ["objects nested 20 000 deep", `{"id":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}}`],
    ["of 200 kB in one text", `{"id":"${"x".repeat(200_000)}"}`],
    ["of 30 000 values", `{"id":[${Array.from({ length: 30_000 }, () => 1).join(",")}]}`],
    ["larger than any body", `{"id":"${"x".repeat(300_000)}"}`],
    ["that are a list", "[1]"],
    ["that are a text", '"id"'],
    ["that change the prototype", `{"id":"${id}","__proto__":{"polluted":true}}`],
    ["that change the constructor's prototype", `{"id":"${id}","constructor":{"prototype":{"polluted":true}}}`],
    ["with an object for an id", `{"id":{"$ne":null}}`],
    ["with a list for an id", `{"id":["${id}"]}`],
    ["with a truth for an id", `{"id":true}`],
    ["with a number beyond all", `{"id":1e999}`],
  ])("%s: no case, no trace in the hub's own objects", async (_, variables) => {
    const answer = await withVariables(variables);
    expect(answer.status).toBeLessThan(500);
    if (answer.status === 200) expect(bodyOf(answer).data?.["case"] ?? null).toBeNull();
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("with a key twice: one of them is meant throughout, by the gate and by what runs", async () => {
    const first = await withVariables(`{"id":"${id}","id":"00000000-0000-4000-8000-000000000000"}`);
    expect(bodyOf(first).data).toEqual({ case: null });
    const query = await post(`{"query":"{ __typename }","query":"{ nothing }"}`);
    expectRefused(query);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty", "__defineGetter__"])(
    "as the name %s of a form's field are no field",
    async (name) => {
      const query = `query ($i: FormDraftInput!) { formDraft(input: $i) { draft { form } userErrors { code message } } }`;
      const overrides = [{ name, value: "x" }];
      const input = { caseId: id, form: "taydentava-toimeentulotuki", language: "fi", overrides };
      const answer = await ask({ ...worker, purpose: "SOCIAL_ASSISTANCE" }, { query, variables: { i: input } });
      expect(bodyOf(answer).data).toMatchObject({
        formDraft: { draft: null, userErrors: [{ code: "OVERRIDE_INVALID" }] },
      });
      const form = { ...input, overrides: [], form: name };
      const unknown = await ask({ ...worker, purpose: "SOCIAL_ASSISTANCE" }, { query, variables: { i: form } });
      expect(bodyOf(unknown).data).toMatchObject({
        formDraft: { draft: null, userErrors: [{ code: "FORM_NOT_FOUND" }] },
      });
    },
  );

  it.each(["__proto__.hetu", "constructor", "person.__proto__", "person.constructor", "toString"])(
    "as the path %s of a fact are no fact",
    async (path) => {
      const query = "mutation ($i: RecordFactInput!) { recordFact(input: $i) { caseId userErrors { code } } }";
      const variables = { i: { caseId: id, path, value: "x", confirmedOn: "2026-11-01" } };
      const answer = await ask(worker, { query, variables });
      expect(bodyOf(answer).data).toMatchObject({ recordFact: { caseId: null } });
    },
  );

  it.each<[string, Buffer]>([
    ["a byte that is no UTF-8", Buffer.from('{"query":"{ __typename }","x":"\xff"}', "latin1")],
    ["an overlong slash", Buffer.from('{"query":"{ __typename }","x":"\xc0\xaf"}', "latin1")],
    ["half a surrogate in UTF-8", Buffer.from('{"query":"{ __typename }","x":"\xed\xa0\x80"}', "latin1")],
    ["UTF-16 with its mark", Buffer.from('\ufeff{"query":"{ __typename }"}', "utf16le")],
    ["UTF-16 without it", Buffer.from('{"query":"{ __typename }"}', "utf16le")],
    ["nothing", Buffer.alloc(0)],
    ["half of it", Buffer.from('{"query":"{ __typ')],
    ["more behind it", Buffer.from('{"query":"{ __typename }"}{"query":"{ __typename }"}')],
    ["a text", Buffer.from('"{ __typename }"')],
    ["null", Buffer.from("null")],
    ["a batch", Buffer.from('[{"query":"{ __typename }"},{"query":"{ __typename }"}]')],
    ["an empty batch", Buffer.from("[]")],
    ["a query that is a list", Buffer.from('{"query":["{ __typename }"]}')],
    ["a query that is an object", Buffer.from('{"query":{"query":"{ __typename }"}}')],
    ["a NUL in the query", Buffer.from('{"query":"{ __typename }\\u0000"}')],
    ["a NUL byte", Buffer.from('{"query":"{ __typename }\0"}')],
  ])("%s for a body is refused", async (_, body) => {
    expectRefused(await post(body));
  });

  it("after a byte order mark are read as without it, or refused; nothing in between", async () => {
    const answer = await post(
      Buffer.from(`\ufeff{"query":"query ($id: ID!) { case(id: $id) { id } }","variables":{"id":"${id}"}}`),
    );
    expect([200, 400]).toContain(answer.status);
    if (answer.status === 200) expect(bodyOf(answer).data).toEqual({ case: { id } });
  });
});

describe("what a page of another site can send", () => {
  const mutation = 'mutation { openCase(input: { familyName: "A", givenNames: "B" }) { caseId userErrors { code } } }';
  const body = JSON.stringify({ query: mutation });

  it.each<[string, Record<string, string>]>([
    ["text/plain", { "content-type": "text/plain" }],
    ["a form", { "content-type": "application/x-www-form-urlencoded" }],
    ["a form in parts", { "content-type": "multipart/form-data; boundary=x" }],
    ["no type", {}],
    ["an empty type", { "content-type": "" }],
    ["a type that contains the right one", { "content-type": "text/plain; x=application/json" }],
    ["a list of types", { "content-type": "text/plain, application/json" }],
    ["a compressed body", { "content-type": "application/json", "content-encoding": "gzip" }],
    ["a type of a neighbour", { "content-type": "application/graphql" }],
  ])("by POST as %s is not run", async (_, headers) => {
    const answer = await attack(`${worker.url}/graphql`, {
      method: "POST",
      headers: { ...headersOf(worker), ...headers },
      body,
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.text).not.toContain("caseId");
  });

  it("by GET is no mutation, whatever stands beside it", async () => {
    for (const more of ["", "&operationName=M", "&extensions={}", "&method=POST", "&_method=POST"]) {
      const address = `${worker.url}/graphql?query=${encodeURIComponent(mutation)}${more}`;
      for (const headers of [
        {},
        { "apollo-require-preflight": "1" },
        { "x-http-method-override": "POST", "apollo-require-preflight": "1" },
      ]) {
        expectRefused(await attack(address, { headers: { ...headersOf(worker), ...headers } }));
      }
    }
    // Named beside a query, of which the address tells the name.
    const both = encodeURIComponent(`query Q { __typename } ${mutation.replace("mutation", "mutation M")}`);
    const preflight = { ...headersOf(worker), "apollo-require-preflight": "1" };
    expectRefused(await attack(`${worker.url}/graphql?query=${both}&operationName=M`, { headers: preflight }));
  });

  it.each(["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "HEAD"])("by %s is nothing", async (method) => {
    const headers = { ...headersOf(worker), origin: "https://evil.example" };
    const answer = await attack(`${worker.url}/graphql?query=%7B__typename%7D`, { method, headers });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
  });
});

describe("where only trusted documents are served, a partner", () => {
  const { text } = [...readManifest().values()].find(({ name }) => name === "CaseOfPerson")!;
  const refusal = async (body: object) => {
    const answer = await ask(partner, body);
    expectRefused(answer, /DOCUMENT_NOT_TRUSTED|BAD_REQUEST|GRAPHQL_VALIDATION_FAILED/);
    expect(answer.text).not.toMatch(/Did you mean|familyName|hetu|Query/);
    return answer;
  };
  const evil = `query ($id: ID!) { case(id: $id) { person { hetu { value } } } }`;
  const evilVariables = { variables: { id } };

  it.each<[string, object]>([
    ["a document of its own", { query: evil }],
    ["one with the comment of a trusted one", { query: `# ${text.replaceAll("\n", "\n# ")}\n${evil}` }],
    ["one behind a trusted one", { query: `${text}\n${evil.replace("query", "query Evil")}`, operationName: "Evil" }],
    ["one before a trusted one", { query: `${evil.replace("query", "query Evil")}\n${text}`, operationName: "Evil" }],
    ["a trusted one with a field more", { query: text.replace("{", "{ __typename evil: legalBases { code } ") }],
    ["a trusted one with an alias", { query: text.replace(/\{\s*(\w+)/, "{ evil: $1") }],
    ["a trusted one with another default", { query: text.replace(/\$(\w+): (\w+)!/, "$$$1: $2 = 1") }],
    ["a trusted one with a directive", { query: text.replace(/\)\s*\{/, ") @include(if: true) {") }],
    [
      "one under the hash of a trusted one",
      { query: evil, extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(text) } } },
    ],
    [
      "one under its own hash",
      { query: evil, extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(evil) } } },
    ],
    ["one beside the id of a trusted one", { query: evil, documentId: `sha256:${hashOf(text)}` }],
    ["an id that is unknown", { documentId: `sha256:${"0".repeat(64)}` }],
    ["an id of no kind", { documentId: "../../etc/passwd" }],
    ["an id that is none", { documentId: 1 }],
    ["an id that is an object", { documentId: { $ne: null } }],
    ["an empty id", { documentId: "" }],
    ["an id of the prototype", { documentId: "sha256:__proto__" }],
    ["the schema", { query: "{ __schema { types { name } } }" }],
    ["a type", { query: '{ __type(name: "Case") { fields { name } } }' }],
    ["the schema beside something harmless", { query: "{ __typename __schema { types { name } } }" }],
    [
      "the schema behind a fragment and an alias",
      { query: "{ ...F } fragment F on Query { a: __schema { types { name } } }" },
    ],
    ["a guess", { query: "{ cas { id } }" }],
    ["nothing", { query: "" }],
    ["nothing at all", {}],
  ])("is not served %s", async (_, body) => {
    await refusal({ ...evilVariables, ...body });
  });

  it("is told of each of them the same, whether the schema knows it or not", async () => {
    const words = new Set<string>();
    for (const query of [evil, "{ nothing }", "{ case }", "not GraphQL", "{ __schema { types { name } } }"]) {
      words.add(JSON.stringify(bodyOf(await refusal({ query })).errors?.map(({ message }) => message)));
    }
    expect(words.size).toBe(1);
  });

  it("is not served the document of another partner, by its text or by its id", async () => {
    const other = await strict.through("another-partner");
    const theirs = trustedDocument(parse("query TheirOwn { legalBases { code } }"));
    await registerDocuments(hub.database.fork(), [
      { client: "another-partner", ...theirs, registeredAt: systemClock.now() },
    ]);
    const documentId = `sha256:${theirs.hash}`;
    expect((await ask(other, { documentId })).status).toBe(200);
    const absent = await refusal({ documentId: `sha256:${"0".repeat(64)}` });
    const hidden = await refusal({ documentId });
    const bare = (answer: Answer) => answer.text.replace(/"(correlationId|remaining|resetsAt)":("[^"]*"|\d+)/g, "");
    expect(bare(hidden)).toBe(bare(absent));
    await refusal({ query: theirs.text });
  });
});
