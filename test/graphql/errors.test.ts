import { GraphQLError } from "graphql";
import { pino } from "pino";
import { ArgumentValidationError } from "type-graphql";
import { beforeAll, describe, expect, it } from "vitest";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import { errorFormatter, formatError } from "../../src/graphql/errors.ts";
import { InvalidInput } from "../../src/kernel/errors.ts";
import { DEMO_PERSON } from "../../src/sandbox/population.ts";
import { caseIdOf } from "../support/case-client.ts";
import { type TestHub, testHub } from "../support/hub.ts";
import { type RawAnswer, post, request } from "../support/raw-request.ts";

const id = caseIdOf(DEMO_PERSON);
const HETU = DEMO_PERSON.hetu;
const NAME = "Meikäläinen Matti";

let hub: TestHub;
let worker: AppClient;
beforeAll(async () => {
  hub = await testHub();
  worker = await hub.as("prison-worker", "RELEASE_PLANNING");
});

/** Nothing of what was sent, and nothing of how the hub is built. */
function expectQuiet({ text, headers }: RawAnswer): void {
  const whole = text + JSON.stringify(headers);
  for (const sent of [HETU, HETU.toLowerCase(), NAME, "Meik", "041299"]) expect(whole).not.toContain(sent);
  expect(whole).not.toMatch(
    /\bat .+:\d+:\d+|node_modules|\.ts\b|\bselect \b.+\bfrom\b|stacktrace|mikro|pglite|127\.0\.0\.1/i,
  );
}

describe.each([
  ["an identity code", HETU],
  ["a name", NAME],
])("an error after %s in the wrong place never repeats it:", (_, value) => {
  const literal = JSON.stringify(value);
  const fact = (fields: string) =>
    `mutation { recordFact(input: { ${fields} }) { caseId userErrors { code message } } }`;
  const documents: [string, string, Record<string, unknown>?][] = [
    [
      "a literal for an enum",
      `mutation { recordContact(input: { caseId: "${id}", whom: "a", channel: "b", outcome: ${literal}, contactedAt: "2026-01-01T00:00:00Z" }) { caseId } }`,
    ],
    ["a literal for a number", `{ cases(first: ${literal}) { edges { cursor } } }`],
    ["a literal for a date", fact(`caseId: "${id}", path: "readiness.debts", value: "x", confirmedOn: ${literal}`)],
    [
      "a literal for a moment",
      `mutation { recordContact(input: { caseId: "${id}", whom: "a", channel: "b", outcome: REACHED, contactedAt: ${literal} }) { caseId } }`,
    ],
    ["a literal for a truth value", `{ case(id: "${id}") { id @skip(if: ${literal}) } }`],
    ["a literal for an object", `mutation { recordFact(input: ${literal}) { caseId } }`],
    ["a literal in a list of enums", `mutation { recordConsent(input: { disclosers: [${literal}] }) { caseId } }`],
    ["an argument that is not there", `{ case(id: "${id}", hetu: ${literal}) { id } }`],
    ["a literal on a field without arguments", `{ case(id: "${id}") { openedAt(on: ${literal}) } }`],
    ["an id", `{ case(id: ${literal}) { id } }`],
    ["a cursor", `{ cases(after: ${literal}) { edges { cursor } } }`],
    ["a path", fact(`caseId: "${id}", path: ${literal}, value: "x", confirmedOn: "2026-01-01"`)],
    ["a value", fact(`caseId: "${id}", path: "readiness.bankAccess", value: ${literal}, confirmedOn: "2026-01-01"`)],
    ["a text that never ends", `{ case(id: "${value}) { id } }`],
    ["a bare word", `{ case(id: ${value}) { id } }`],
    ["a comment of a broken document", `{ # ${value}\n case(id: }`],
    ["a variable for an enum", `query ($v: ContactOutcome!) { __typename @skip(if: false) }`, { v: value }],
    ["a variable for a number", `query ($v: Int!) { cases(first: $v) { edges { cursor } } }`, { v: value }],
    [
      "a variable for a date",
      `mutation ($v: LocalDate!) { recordFact(input: { caseId: "${id}", path: "a", value: "b", confirmedOn: $v }) { caseId } }`,
      { v: value },
    ],
    ["a variable for an object", `mutation ($v: RecordFactInput!) { recordFact(input: $v) { caseId } }`, { v: value }],
    [
      "an unknown field of a variable",
      `mutation ($v: RecordFactInput!) { recordFact(input: $v) { caseId } }`,
      { v: { [value]: value } },
    ],
    ["a variable of a type that is not there", `query ($v: Hetu!) { case(id: $v) { id } }`, { v: value }],
    ["a default of a variable", `query ($v: Int = ${literal}) { cases(first: $v) { edges { cursor } } }`],
  ];
  it.each(documents)("%s", async (_place, query, variables) => {
    const answer = await post(worker, { query, variables });
    expect(answer.status).toBeLessThan(500);
    expectQuiet(answer);
    expect(answer.text).not.toContain("INTERNAL_SERVER_ERROR");
  });

  it("the name of the operation", async () => {
    expectQuiet(await post(worker, { query: "query A { __typename } query B { __typename }", operationName: value }));
  });

  it("a header of the hub", async () => {
    const encoded = encodeURIComponent(value);
    for (const header of ["nivel-purpose", "nivel-sandbox", "authorization", "x-request-id"]) {
      const answer = await post(worker, { query: "{ __typename }" }, { [header]: encoded });
      expectQuiet(answer);
      expect(answer.text).not.toContain(encoded);
    }
  });

  it("the body of something that is not GraphQL", async () => {
    const { authorization } = { authorization: `Bearer ${worker.token}` };
    for (const body of [
      value,
      `{"query": "${value}`,
      `{"query": 7, "variables": "${value}"}`,
      JSON.stringify([value]),
    ]) {
      const headers = { authorization, "content-type": "application/json" };
      const answer = await request(`${worker.url}/graphql`, { method: "POST", headers, body });
      expect(answer.status).toBe(400);
      expectQuiet(answer);
    }
  });

  it("the address", async () => {
    expectQuiet(await request(`${worker.url}/${encodeURIComponent(value)}`, {}));
    const query = `/graphql?query=${encodeURIComponent(`{ case(id: ${literal}, x: ${literal}) { id } }`)}`;
    const headers = { authorization: `Bearer ${worker.token}`, "apollo-require-preflight": "1" };
    expectQuiet(await request(worker.url + query, { headers }));
    expectQuiet(
      await request(`${worker.url}/graphql?query={__typename}&variables=${encodeURIComponent(value)}`, { headers }),
    );
  });
});

describe("who may not ask at all", () => {
  const query = `{ case(id: "${id}") { person { familyName { value } } } }`;
  const send = (headers: Record<string, string>, body: unknown = { query }) =>
    request(`${worker.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", "nivel-purpose": "RELEASE_PLANNING", ...headers },
      body: JSON.stringify(body),
    });

  it("is told to send a token, with 401, and nothing else", async () => {
    const [header, payload, signature] = worker.token.split(".") as [string, string, string];
    const foreign = Buffer.from(JSON.stringify({ nivel_role: "PRISON_WORKER" })).toString("base64url");
    const none = Buffer.from(JSON.stringify({ alg: "none", typ: "at+jwt" })).toString("base64url");
    const tokens = [
      undefined,
      "",
      "Bearer",
      "Bearer x",
      "Bearer x.y.z",
      `Basic ${worker.token}`,
      worker.token,
      `Bearer ${header}.${foreign}.${signature}`,
      `Bearer ${none}.${payload}.`,
      `Bearer ${worker.token.slice(0, -4)}AAAA`,
    ];
    for (const authorization of tokens) {
      const answer = await send(authorization === undefined ? {} : { authorization });
      expect(answer.status, authorization).toBe(401);
      const body = JSON.parse(answer.text) as { data?: unknown; errors: unknown[] };
      expect(body.data ?? null).toBeNull();
      expect(body.errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
      expectQuiet(answer);
    }
  });

  it("is told so before the schema can be read", async () => {
    expect((await send({}, { query: "{ __schema { types { name } } }" })).status).toBe(401);
  });
});

describe("the purpose of a question about a person", () => {
  const query = `{ case(id: "${id}") { id } }`;
  const codeOf = async (app: AppClient, headers: Record<string, string>) => {
    const { status, text } = await request(`${app.url}/graphql`, {
      method: "POST",
      headers: { authorization: `Bearer ${app.token}`, "content-type": "application/json", ...headers },
      body: JSON.stringify({ query }),
    });
    const body = JSON.parse(text) as {
      data?: { case: unknown } | null;
      errors?: { message: string; extensions: { code: string } }[];
    };
    return {
      status,
      data: body.data?.case ?? null,
      code: body.errors?.[0]?.extensions.code,
      message: body.errors?.[0]?.message,
    };
  };

  it("is demanded, and the caller is told which are theirs", async () => {
    expect(await codeOf(worker, {})).toMatchObject({
      data: null,
      code: "PURPOSE_REQUIRED",
      message: expect.stringContaining("ENFORCEMENT, RELEASE_PLANNING, SOCIAL_ASSISTANCE") as string,
    });
  });

  it.each(["BENEFITS", "HEALTH_CARE", "SOCIAL_WELFARE", "OWN_DATA"])(
    "of another's task (%s) is refused",
    async (purpose) => {
      expect(await codeOf(worker, { "nivel-purpose": purpose })).toMatchObject({ data: null, code: "FORBIDDEN" });
    },
  );

  it.each(["", "release_planning", "CURIOSITY", "ENFORCEMENT,BENEFITS"])(
    "outside the list (%j) is refused",
    async (purpose) => {
      const answer = await codeOf(worker, { "nivel-purpose": purpose });
      expect(answer).toMatchObject({ status: 400, data: null, code: "BAD_USER_INPUT" });
      expect(answer.message).not.toContain("CURIOSITY");
    },
  );

  it("is the caller's own when it is one of the task's", async () => {
    expect(await codeOf(worker, { "nivel-purpose": "ENFORCEMENT" })).toMatchObject({ status: 200, data: { id } });
  });
});

describe("every error", () => {
  it("carries the request's id, which the answer's header names too", async () => {
    const bodies: unknown[] = [
      { query: "{" },
      { query: "{ nothing }" },
      { query: "query ($v: Int!) { cases(first: $v) { edges { cursor } } }", variables: { v: "x" } },
      { query: `{ ${"a ".repeat(2100)} }` },
      { query: '{ cases(after: "x") { edges { cursor } } }' },
      { query: "query A { __typename } query B { __typename }" },
      { query: "query A { __typename } query B { __typename }", operationName: "C" },
      {},
      { query: 7 },
      [],
    ];
    for (const body of bodies) {
      const { text, headers, status } = await post(worker, body);
      expect(status).toBeLessThan(500);
      const { errors } = JSON.parse(text) as { errors: { extensions: { code: string; correlationId: string } }[] };
      for (const { extensions } of errors) {
        expect(extensions.correlationId, text).toBe(headers["nivel-request-id"]);
        expect(extensions.code).toMatch(/^[A-Z_]+$/);
        expect(Object.keys(extensions).sort()).toEqual(["code", "correlationId"]);
      }
    }
    const nobody = await post({ ...worker, token: "x.y.z" }, { query: "{ __typename }" });
    expect(nobody.text).toContain(nobody.headers["nivel-request-id"]);
  });
});

describe("the one formatter, which feeds and webhooks pass too", () => {
  const lines: string[] = [];
  const logger = pino({ level: "debug" }, { write: (line: string) => void lines.push(line) });
  const format = errorFormatter(logger);

  it("passes on the hub's own words", () => {
    expect(format(new InvalidInput("Name a day."), "id-1")).toEqual({
      message: "Name a day.",
      code: "BAD_USER_INPUT",
      correlationId: "id-1",
    });
  });

  it("tells of a bug the id alone, by which its place is found in the log, and what was submitted nowhere", () => {
    const bug = new Error(`insert into person values ('${HETU}', '${NAME}') failed at /srv/nivel/src/x.ts`);
    const told = format(bug, "id-2");
    expect(told).toEqual({
      message: "Something went wrong in the hub. Tell its keepers the correlation id.",
      code: "INTERNAL_SERVER_ERROR",
      correlationId: "id-2",
    });
    expect(lines.at(-1)).toContain("id-2");
    expect(lines.join("")).not.toContain(HETU);
    expect(lines.join("")).not.toContain(NAME);
  });

  it("drops the target and the value of an argument that does not validate", () => {
    const graphql = formatError(logger);
    const failed = new ArgumentValidationError([
      { target: { hetu: HETU }, value: NAME, property: "hetu", constraints: { isHetu: "wrong" } } as never,
    ]);
    const wrapped = new GraphQLError(failed.message, { originalError: failed, path: ["openCase"] });
    const formatted = graphql(wrapped.toJSON(), wrapped);
    expect(JSON.stringify(formatted)).not.toMatch(/validationErrors|Meik|041299/);
  });
});
