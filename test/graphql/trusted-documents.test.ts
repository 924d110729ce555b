import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, print } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { registerDocuments, removeRegistered } from "../../src/access/trusted-document.repository.ts";
import { type AppClient, send } from "../../src/cli/graphql-client.ts";
import { CasesOfUnitDocument } from "../../src/cli/operations.generated.ts";
import { hashOf, readManifest, trustedDocument } from "../../src/graphql/trusted-document.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { testHub } from "../support/hub.ts";
import { post, request } from "../support/raw-request.ts";
import { hubForClients } from "./own-clients.ts";

interface Body {
  data?: unknown;
  errors?: { message: string; extensions: { code: string } }[];
}
const ask = async (app: AppClient, body: unknown) => {
  const { status, text } = await post(app, body);
  return { status, text, ...(JSON.parse(text) as Body) };
};

let strict: Awaited<ReturnType<typeof hubForClients>>;
let open: Awaited<ReturnType<typeof hubForClients>>;
let app: AppClient;
let other: AppClient;
beforeAll(async () => {
  strict = await hubForClients({ production: true, requests: { trustedOnly: true } });
  open = await hubForClients({});
  app = await strict.through("trusted-app");
  other = await strict.through("trusted-other");
});
afterAll(async () => {
  await strict.close();
  await open.close();
});

const own = [...readManifest().values()];
const cases = own.find(({ name }) => name === "CasesOfUnit")!;
const PARTNERS = trustedDocument(parse("query PartnersCounties { counties { code } }"));

describe("the hub's own trusted documents", () => {
  it("are those of schema/operations, each under the hash of its text", () => {
    expect(own.length).toBeGreaterThan(10);
    for (const { hash, text } of own) {
      expect(createHash("sha256").update(text).digest("hex")).toBe(hash);
      expect(trustedDocument(parse(text)).hash).toBe(hash);
    }
  });

  it("keep their hash whatever their white space, comments and order of fragments", () => {
    const one = "query A { ...X ...Y } fragment Y on Query { __typename } fragment X on Query { counties { code } }";
    const two = `# hello
      fragment X on Query { counties { code, } }
      query A { ...X, ...Y } fragment Y on Query { __typename }`;
    expect(trustedDocument(parse(one)).hash).toBe(trustedDocument(parse(two)).hash);
  });

  it("do not start a hub whose list was tampered with", async () => {
    const folder = await mkdtemp(join(tmpdir(), "nivel-manifest-"));
    const file = join(folder, "manifest.json");
    writeFileSync(file, readFileSync("schema/trusted-documents.json", "utf8").replace("counties", "cases"));
    const changed = readFileSync("schema/trusted-documents.json", "utf8").replace("first: $first", "first: 100");
    writeFileSync(file, changed);
    expect(() => readManifest(file)).toThrow("is not what its hash says");
    await rm(folder, { recursive: true });
  });
});

describe("where only trusted documents are served", () => {
  const variables = { first: 2 };

  it("one is served by its identifier, alone or by GET", async () => {
    expect(await ask(app, { documentId: `sha256:${cases.hash}`, variables })).toMatchObject({
      status: 200,
      data: { cases: {} },
    });
    const headers = {
      authorization: `Bearer ${app.token}`,
      "nivel-purpose": app.purpose,
      "apollo-require-preflight": "1",
    };
    const search = `documentId=sha256:${cases.hash}&variables=${encodeURIComponent(JSON.stringify(variables))}`;
    const answer = await request(`${app.url}/graphql?${search}`, { headers });
    expect(JSON.parse(answer.text)).toMatchObject({ data: { cases: {} } });
  });

  it("one is served as Apollo's clients name it", async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: cases.hash } };
    expect(await ask(app, { extensions, variables })).toMatchObject({ status: 200, data: { cases: {} } });
  });

  it("one is served by its text, however that is laid out", async () => {
    const text = print(parse(cases.text)).replaceAll("\n", "\n  # our comment\n");
    expect(await ask(app, { query: text, variables })).toMatchObject({ status: 200, data: { cases: {} } });
    expect((await send(app, CasesOfUnitDocument, variables)).data).toHaveProperty("cases");
  });

  it("anything else gets one and the same refusal, whatever is wrong with it", async () => {
    await register("trusted-other", PARTNERS);
    const refused = [
      { query: "{ counties { code } }" },
      { query: "{ nothing }" },
      { query: "{" },
      { query: "" },
      {},
      { query: "{ __typename }" },
      { query: "{ __schema { queryType { name } } }" },
      { query: cases.text.replace("first: $first", "first: 100") },
      { query: `${cases.text}\nquery More { counties { code } }`, operationName: "More" },
      { documentId: `sha256:${"0".repeat(64)}` },
      { documentId: "sha256:__proto__" },
      { documentId: 7 },
      // Another client's.
      { documentId: `sha256:${PARTNERS.hash}` },
      { query: PARTNERS.text },
      { extensions: { persistedQuery: { version: 1, sha256Hash: PARTNERS.hash } } },
    ];
    const answers = new Set<string>();
    for (const body of refused) {
      const { status, text } = await ask(app, body);
      expect(status, text).toBe(400);
      answers.add(text.replaceAll(/"(correlationId|resetsAt)":"[^"]+"|"remaining":\d+/g, ""));
    }
    // A body of no field at all is no GraphQL request, and says nothing of documents.
    expect(answers.size).toBeLessThanOrEqual(2);
    expect([...answers].filter((text) => text.includes("DOCUMENT_NOT_TRUSTED"))).toHaveLength(1);
  });

  it("nothing comes in beside a trusted document", async () => {
    const both = await ask(app, { documentId: `sha256:${cases.hash}`, query: "{ counties { code } }" });
    expect(both).toMatchObject({ status: 400, errors: [{ extensions: { code: "BAD_REQUEST" } }] });
    const extensions = { persistedQuery: { version: 1, sha256Hash: cases.hash } };
    const another = await ask(app, { extensions, query: "{ counties { code } }" });
    expect(another).toMatchObject({ status: 400, errors: [{ extensions: { code: "BAD_REQUEST" } }] });
    expect((await post(app, [{ documentId: `sha256:${cases.hash}`, variables }])).status).toBe(400);
  });

  it("a client's own document is served to it alone, and no longer once it is taken back", async () => {
    await register("trusted-other", PARTNERS);
    const body = { documentId: `sha256:${PARTNERS.hash}` };
    expect(await ask(other, body)).toMatchObject({ status: 200, data: { counties: {} } });
    expect((await ask(app, body)).status).toBe(400);
    const { database } = await testHub();
    await removeRegistered(database.fork(), "trusted-other", PARTNERS.hash);
    expect((await ask(other, body)).status).toBe(400);
  });

  it("a client's entry says otherwise for it", async () => {
    const free = await strict.through("trusted-free", { onlyTrusted: false });
    expect((await ask(free, { query: "{ counties { code } }" })).status).toBe(200);
    const bound = await open.through("trusted-bound", { onlyTrusted: true });
    expect((await ask(bound, { query: "{ counties { code } }" })).status).toBe(400);
  });
});

describe("where any document is served", () => {
  it("Apollo's clients learn that they must send the text, and then get their answer", async () => {
    const there = await open.through("trusted-open");
    const query = "{ counties { code } }";
    const extensions = { persistedQuery: { version: 1, sha256Hash: hashOf(query) } };
    expect(await ask(there, { extensions })).toMatchObject({
      errors: [{ message: "PersistedQueryNotFound", extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }],
    });
    expect(await ask(there, { extensions, query })).toMatchObject({ status: 200, data: { counties: {} } });
    // It was not kept: only people register documents.
    expect((await ask(there, { extensions })).errors).toHaveLength(1);
  });
});

async function register(client: string, { hash, name, text }: { hash: string; name: string; text: string }) {
  const { database } = await testHub();
  await registerDocuments(database.fork(), [{ client, hash, name, text, registeredAt: systemClock.now() }]);
}
