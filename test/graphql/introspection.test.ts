import { getIntrospectionQuery } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import { testHub } from "../support/hub.ts";
import { post } from "../support/raw-request.ts";
import { hubForClients } from "./own-clients.ts";

type ClientsHub = Awaited<ReturnType<typeof hubForClients>>;

let production: ClientsHub;
let onlyTrusted: ClientsHub;
let partner: AppClient;
let steward: AppClient;
let worker: AppClient;
beforeAll(async () => {
  production = await hubForClients({ production: true });
  onlyTrusted = await hubForClients({ production: true, requests: { trustedOnly: true } });
  partner = await production.through("introspection-partner");
  steward = await production.through("introspection-steward", { mayIntrospect: true });
  worker = await (await testHub()).as("prison-worker", "RELEASE_PLANNING");
});
afterAll(async () => {
  await production.close();
  await onlyTrusted.close();
});

const undated = (text: string) => text.replaceAll(/"(correlationId|resetsAt)":"[^"]+"|"remaining":\d+/g, "");

describe("the schema, in production", () => {
  it("is shown to a client with the right, by the standard query", async () => {
    for (const query of [
      getIntrospectionQuery(),
      getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }),
    ]) {
      const answer = await post(steward, { query });
      expect(answer.status).toBe(200);
      expect(answer.text).toContain("PersonFacts");
    }
  });

  it("is shown to it also where only trusted documents are served, and nothing else is", async () => {
    const there = await onlyTrusted.through("introspection-steward", { mayIntrospect: true });
    expect((await post(there, { query: getIntrospectionQuery() })).text).toContain("PersonFacts");
    expect((await post(there, { query: "{ __schema { queryType { name } } counties { code } }" })).status).toBe(400);
    const hidden = "{ ...F __schema { queryType { name } } } fragment F on Query { counties { code } }";
    expect((await post(there, { query: hidden })).status).toBe(400);
  });

  it("is shown to nobody else, also behind fragments and aliases", async () => {
    for (const query of [
      getIntrospectionQuery(),
      `{ __type(name: "Case") { name } }`,
      `{ a: __schema { types { name } } counties { code } }`,
      `{ ...F } fragment F on Query { ... { __schema { types { name } } } }`,
    ]) {
      const answer = await post(partner, { query });
      expect(answer.status).toBe(400);
      expect(answer.text).not.toMatch(/PersonFacts|introspection/);
    }
  });

  it("is not to be guessed: every mistake in a document is told in the same words", async () => {
    const documents = [
      "{ __schema { types { name } } }",
      "{ prisoners { id } }",
      "{ countys { code } }",
      "{ counties { cod } }",
      "{ counties }",
      "{ counties(frist: 1) { code } }",
      `query ($a: CountyFilter) { counties { code } }`,
      "{ case { id } }",
      "{ case(id: [1]) { id } }",
      "{ counties { ...F } } fragment F on Prisoner { code }",
      "{ counties {",
      "{ cases(first: true) { edges { cursor } } }",
    ];
    const answers = new Set<string>();
    for (const query of documents) {
      const { status, text } = await post(partner, { query });
      expect(status).toBe(400);
      answers.add(undated(text));
    }
    expect([...answers], [...answers].join("\n")).toHaveLength(1);
    expect([...answers][0]).not.toMatch(/Did you mean|locations|countie/);
  });

  it("the names of types may be asked for in an answer, as clients do", async () => {
    const answer = await post(partner, { query: "{ counties { __typename code } }" });
    expect(answer.text).toContain(`"__typename":"County"`);
  });
});

describe("in development", () => {
  it("everything is shown, and what was meant is guessed", async () => {
    expect((await post(worker, { query: getIntrospectionQuery() })).text).toContain("PersonFacts");
    expect((await post(worker, { query: "{ countys { code } }" })).text).toContain("Did you mean");
  });
});
