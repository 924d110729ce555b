import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import { DEMO_PERSON } from "../../src/sandbox/population.ts";
import { caseIdOf, readOwnCase } from "../support/case-client.ts";
import { type TestHub, testHub } from "../support/hub.ts";
import { type RawAnswer, post, request } from "../support/raw-request.ts";
import { hubBeside } from "../support/second-hub.ts";

const id = caseIdOf(DEMO_PERSON);

let hub: TestHub;
let worker: AppClient;
let production: Awaited<ReturnType<typeof hubBeside>>;
beforeAll(async () => {
  hub = await testHub();
  worker = await hub.as("prison-worker", "RELEASE_PLANNING");
  production = await hubBeside(hub, { production: true });
});
afterAll(() => production.close());

interface Body {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: { code: string } }[];
}
const bodyOf = (answer: RawAnswer) => JSON.parse(answer.text) as Body;
const bearer = () => ({ authorization: `Bearer ${worker.token}` });
const get = (query: string, headers: Record<string, string> = {}) =>
  request(`${worker.url}/graphql?query=${encodeURIComponent(query)}`, { headers: { ...bearer(), ...headers } });

describe("how large a question may be", () => {
  const times = (count: number, text: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => text(n)).join(" ");
  const nested = (depth: number): string =>
    depth === 0 ? "code" : `county { employmentAreas { ${nested(depth - 1)} } }`;

  it("a document of over 2000 tokens is refused before it is validated", async () => {
    const ofTokens = (count: number) => `{ counties { code } ${"nothing ".repeat(count - 6)} }`;
    const refused = await post(worker, { query: ofTokens(2100) });
    expect(refused.status).toBe(400);
    expect(bodyOf(refused).errors).toMatchObject([{ extensions: { code: "TOKEN_LIMIT" } }]);
  });

  /** Fragments that each spread the next one twice: 2^30 fields in 60 lines. */
  const bomb = `{ ...F0 } ${times(30, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)} fragment F30 on Query { __typename counties { code } }`;
  const circle = "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A counties { code } }";

  it.each([
    ["levels", "DEPTH_LIMIT", `{ counties { ${nested(20)} } }`],
    ["aliases", "ALIAS_LIMIT", `{ counties { ${times(61, (n) => `a${n}: code`)} } }`],
    [
      "aliases behind fragments",
      "ALIAS_LIMIT",
      `{ counties { ...F ...F } } fragment F on County { ${times(31, (n) => `a${n}: code`)} }`,
    ],
    ["root fields of a query", "ROOT_FIELD_LIMIT", `{ ${times(21, () => "counties { code }")} }`],
    [
      "root fields behind a fragment",
      "ROOT_FIELD_LIMIT",
      `{ ...F } fragment F on Query { ${times(21, () => "counties { code }")} }`,
    ],
    [
      "root fields of a mutation",
      "ROOT_FIELD_LIMIT",
      `mutation { ${times(6, (n) => `a${n}: receiveReferral(referralId: "x") { referral { id } }`)} }`,
    ],
    ["fields that fragments multiply", "ROOT_FIELD_LIMIT", bomb],
    [
      "fields below that fragments multiply",
      "FIELD_LIMIT",
      bomb
        .replaceAll("on Query", "on County")
        .replace("{ ...F0 }", "{ counties { ...F0 } }")
        .replace("counties { code } }", "code }"),
    ],
    ["directives on one field", "DIRECTIVE_LIMIT", `{ counties { code ${times(6, () => "@include(if: true)")} } }`],
    ["directives that do not exist", "DIRECTIVE_LIMIT", `{ counties { code ${times(600, () => "@a")} } }`],
    ["directives of a document", "DIRECTIVE_LIMIT", `{ counties { ${times(51, () => "code @skip(if: false)")} } }`],
    [
      "fragment spreads",
      "FRAGMENT_SPREAD_LIMIT",
      `{ counties { ${times(101, () => "...F")} } } fragment F on County { code }`,
    ],
  ])("too many %s: %s, in the hub's own words", async (_, code, query) => {
    const answer = await post(worker, { query });
    expect(answer.status).toBe(400);
    expect(bodyOf(answer).errors).toMatchObject([{ extensions: { code } }]);
    expect(answer.text).not.toMatch(/counties|F0|receiveReferral/);
    // Also where somebody names the older media type: the hub refuses this, whatever the document says.
    expect((await post(worker, { query }, { accept: "application/json" })).status).toBe(400);
  });

  it("fragments in a circle are refused, in whichever order they stand", async () => {
    for (const query of [
      circle,
      circle
        .split(" fragment ")
        .reverse()
        .join(" fragment ")
        .replace(/^/, "fragment ")
        .replace(" fragment { ...A }", " { ...A }"),
    ]) {
      const answer = await post(worker, { query });
      expect(answer.status).toBe(400);
      expect(bodyOf(answer).errors).toMatchObject([{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }]);
    }
  });

  it("the operations that the hub's own apps send are all within the limits", async () => {
    const { stdout } = await promisify(execFile)("npm", ["run", "-s", "nivel", "--", "operations", "check"]);
    expect(stdout).toContain("keeps within the limits");
  });

  const asked = (variables: unknown) => post(worker, { query: "{ __typename }", variables });

  it("variables nested 20 deep pass, deeper ones are refused without being walked to their end", async () => {
    const deep = (levels: number): unknown => JSON.parse(`{"a":${"[".repeat(levels)}${"]".repeat(levels)}}`);
    expect((await asked(deep(19))).status).toBe(200);
    // As text, since it is too deep to be written by JSON.stringify.
    const body = `{"query":"{ __typename }","variables":{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`;
    const headers = { ...bearer(), "content-type": "application/json" };
    const answer = await request(`${worker.url}/graphql`, { method: "POST", headers, body });
    expect(answer.status).toBe(400);
    expect(bodyOf(answer).errors).toMatchObject([{ extensions: { code: "VARIABLE_LIMIT" } }]);
    expect(bodyOf(await asked({ a: Array.from({ length: 6000 }, () => 1) })).errors).toMatchObject([
      { extensions: { code: "VARIABLE_LIMIT" } },
    ]);
  });

  it.each(["\u0000", "\ud800"])("a text with %j, which no database keeps, is the caller's mistake", async (text) => {
    const literal = JSON.stringify(`a${text}`);
    for (const body of [
      { query: "query ($v: String!) { municipality(codeOrName: $v) { code } }", variables: { v: `a${text}` } },
      { query: `{ municipality(codeOrName: ${literal}) { code } }` },
    ]) {
      const answer = await post(worker, body);
      expect(answer.status).toBe(400);
      expect(bodyOf(answer).errors).toMatchObject([
        { extensions: { code: expect.stringMatching(/BAD_USER_INPUT|PARSE/) as string } },
      ]);
    }
  });

  it("a body of over 256 kB is refused", async () => {
    expect((await post(worker, { query: "{ __typename }", variables: { x: "x".repeat(300_000) } })).status).toBe(413);
  });

  it("validation stops at the first error", async () => {
    const answer = await post(worker, {
      query: `{ ${Array.from({ length: 50 }, (_, n) => `nothing${n}`).join(" ")} }`,
    });
    expect(answer.status).toBe(400);
    expect(bodyOf(answer).errors!.length).toBeLessThanOrEqual(2);
  });
});

describe("how a question may come", () => {
  const mutation = `mutation { openCase(input: { familyName: "A", givenNames: "B" }) { caseId } }`;

  it("a mutation by GET is refused", async () => {
    const answer = await get(mutation, { "apollo-require-preflight": "1", "nivel-purpose": "ENFORCEMENT" });
    expect(answer.status).toBe(405);
    expect(bodyOf(answer).data ?? null).toBeNull();
  });

  it("a query by GET needs a header that no form and no image of a page can send", async () => {
    expect((await get("{ __typename }")).status).toBe(400);
    expect((await get("{ __typename }", { "apollo-require-preflight": "1" })).status).toBe(200);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])(
    "a post of %s, which a foreign page can send, is refused",
    async (type) => {
      const body = JSON.stringify({ query: mutation });
      const headers = { ...bearer(), "content-type": type, "nivel-purpose": "ENFORCEMENT" };
      const answer = await request(`${worker.url}/graphql`, { method: "POST", headers, body });
      expect([400, 415]).toContain(answer.status);
      expect(answer.text).not.toContain("caseId");
    },
  );

  it("a mutation by GET is refused also under the name of a trusted document", async () => {
    const { operations } = JSON.parse(readFileSync("schema/trusted-documents.json", "utf8")) as {
      operations: { id: string; text: string }[];
    };
    const { id: documentId } = operations.find(({ text }) => text.startsWith("mutation"))!;
    const headers = { ...bearer(), "apollo-require-preflight": "1" };
    const answer = await request(`${worker.url}/graphql?documentId=${documentId}&variables={"input":{}}`, { headers });
    expect(answer.status).toBe(405);
  });

  it.each([
    ["a byte that is no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), "application/json"],
    [
      "half a character",
      Buffer.concat([Buffer.from('{"query":"{ __typename }","x":"'), Buffer.from([0xc3]), Buffer.from('"}')]),
      "application/json",
    ],
  ])("%s is refused, not mended", async (_, body, type) => {
    const answer = await request(`${worker.url}/graphql`, {
      method: "POST",
      headers: { ...bearer(), "content-type": type },
      body,
    });
    expect(answer.status).toBe(400);
  });

  it("a body in another encoding than UTF-8 is refused", async () => {
    const headers = { ...bearer(), "content-type": "application/json; charset=utf-16le" };
    const body = Buffer.from('{"query":"{ __typename }"}', "utf16le");
    expect((await request(`${worker.url}/graphql`, { method: "POST", headers, body })).status).toBe(415);
  });

  it("an address that is no UTF-8 is refused", async () => {
    const headers = { ...bearer(), "apollo-require-preflight": "1" };
    expect((await request(`${worker.url}/graphql?query={__typename}&x=%ff`, { headers })).status).toBe(400);
  });

  it("several questions in one body are refused", async () => {
    const answer = await post(worker, [{ query: "{ __typename }" }, { query: "{ __typename }" }]);
    expect(answer.status).toBe(400);
    expect(bodyOf(answer).errors).toMatchObject([{ extensions: { code: "BAD_REQUEST" } }]);
  });

  it.each([
    ["a field that is not there", "{ prisoners { id } }"],
    ["a field of the database", `{ case(id: "${id}") { hetu openedBy } }`],
    ["nothing", ""],
  ])("%s is refused", async (_, query) => {
    const answer = await post(worker, { query });
    expect(answer.status).toBe(400);
    expect(bodyOf(answer).data ?? null).toBeNull();
  });

  it("no answer may be kept by what stands between", async () => {
    const { headers } = await post(worker, { query: `{ case(id: "${id}") { id } }` });
    expect(headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    expect(headers).not.toHaveProperty("access-control-allow-origin");
  });

  it("a kind of operation that the hub does not have is the caller's mistake, not the hub's", async () => {
    const answer = bodyOf(await post(worker, { query: "subscription { cases { id } }" }));
    expect(answer.data ?? null).toBeNull();
    expect(answer.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });

  it("a null where a number must be is the caller's mistake, not the hub's", async () => {
    const query = "query ($first: Int) { cases(first: $first) { edges { cursor } } }";
    const answer = bodyOf(await post(worker, { query, variables: { first: null } }));
    expect(answer.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });
});

describe("production", () => {
  const there = (): AppClient => ({ ...worker, url: production.url });

  it("asks no fault of any source, whatever the header says", async () => {
    const answer = await readOwnCase(there(), id, ["sentence.sanction"], "rise=down");
    expect(answer.sourceIssues).toEqual([]);
  });

  it("has no page to try it out", async () => {
    expect((await request(`${production.url}/graphiql`, {})).status).toBe(404);
    expect((await request(`${worker.url}/graphiql`, {})).status).toBe(200);
  });
});
