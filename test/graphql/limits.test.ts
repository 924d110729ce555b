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
  const fields = (count: number) => `{ ${Array.from({ length: count }, (_, n) => `a${n}: __typename`).join(" ")} }`;

  it("a document of over 2000 tokens is refused before it is validated", async () => {
    const answer = await post(worker, { query: fields(700) });
    expect(answer.status).toBe(400);
    expect(bodyOf(answer).errors).toMatchObject([{ extensions: { code: "GRAPHQL_PARSE_FAILED" } }]);
    expect(bodyOf(await post(worker, { query: fields(600) })).data).toHaveProperty("a599");
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

  it("does not show its schema, nor guess what was meant", async () => {
    for (const query of ["{ __schema { types { name } } }", `{ __type(name: "Case") { name } }`]) {
      const answer = await post(there(), { query });
      expect(answer.status).toBe(400);
      expect(answer.text).not.toContain("PersonFacts");
    }
    const misspelt = { query: `{ case(id: "${id}") { persom { hetu { value } } } }` };
    expect((await post(there(), misspelt)).text).not.toContain("Did you mean");
    expect((await post(worker, misspelt)).text).toContain("Did you mean");
    expect((await post(worker, { query: "{ __schema { types { name } } }" })).text).toContain("PersonFacts");
  });

  it("asks no fault of any source, whatever the header says", async () => {
    const answer = await readOwnCase(there(), id, ["sentence.sanction"], "rise=down");
    expect(answer.sourceIssues).toEqual([]);
  });

  it("has no page to try it out", async () => {
    expect((await request(`${production.url}/graphiql`, {})).status).toBe(404);
    expect((await request(`${worker.url}/graphiql`, {})).status).toBe(200);
  });
});
