import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import { encodeCursor } from "../../src/kernel/page.ts";
import { DEMO_PERSON } from "../../src/sandbox/population.ts";
import { prisonWorkerOf } from "../http/front.ts";
import { type Sent, sent } from "../referrals/sent.ts";
import { caseIdOf } from "../support/case-client.ts";
import { type TestHub, testHub } from "../support/hub.ts";
import { hubBeside } from "../support/second-hub.ts";
import { type Answer, ask, attack, bodyOf, headersOf, requestsSent } from "./attacker.ts";
import { type HiddenCase, absentThings, hiddenCase } from "./hidden-case.ts";

const id = caseIdOf(DEMO_PERSON);

let hub: TestHub;
let hidden: HiddenCase;
let application: Sent;
let stranger: AppClient;
let before: number;
beforeAll(async () => {
  before = requestsSent();
  hub = await testHub();
  hidden = await hiddenCase();
  application = await sent();
  stranger = await prisonWorkerOf({ unit: application.unit === "oulun-vankila" ? "turun-vankila" : "oulun-vankila" });
});
afterAll(() => console.info(`Paths, ids and headers: ${requestsSent() - before} requests.`));

/** Without what every answer has of its own. */
const told = ({ status, text, headers }: Answer) => ({
  status,
  text: text.replace(/"(correlationId|remaining|resetsAt)":("[^"]*"|\d+)/g, ""),
  names: Object.keys(headers).sort(),
});
const get = (path: string, app: AppClient = stranger, more: Record<string, string | string[]> = {}) =>
  attack(`${app.url}${path}`, { headers: { ...headersOf(app), ...more } });

describe("a download's address", () => {
  const evil = (document: string): string[] => [
    "../../etc/passwd",
    "..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%252f..%252fetc%252fpasswd",
    "..%5c..%5cpackage.json",
    "..\\..\\package.json",
    "....//....//etc/passwd",
    "%c0%ae%c0%ae%c0%afetc%c0%afpasswd",
    "%00",
    `${document}%00`,
    `${document}%00.pdf`,
    `${document}.pdf`,
    `${document}/`,
    `${document}/../${document}`,
    `${document}%2f..%2f${document}`,
    `${document};jsessionid=1`,
    `${document}%0d%0aset-cookie:%20a=b`,
    `${document}%20`,
    `%20${document}`,
    `${document}'%20or%20'1'='1`,
    "*",
    "%25",
    "%",
    "%zz",
    "__proto__",
    "constructor",
    "-1",
    "1e9",
    "x".repeat(8000),
    "%61".repeat(2000),
    "",
    ".",
    "..",
    "file:///etc/passwd",
    "http://127.0.0.1/",
    `{${document}}`,
    `urn:uuid:${document}`,
    document.replaceAll("-", ""),
    document.replaceAll("-", "%2D").slice(0, -1),
    `${document.slice(0, -1)}%${document.charCodeAt(35).toString(16)}0`,
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "00000000-0000-0000-0000-000000000000",
  ];

  it("finds nothing but a document's own id, and repeats nothing of it, for its maker too", async () => {
    for (const app of [application.worker, stranger]) {
      for (const path of evil(application.documentId)) {
        const answer = await get(`/documents/${path}`, app);
        expect(answer.status, path).toBeGreaterThanOrEqual(400);
        expect(answer.status, path).toBeLessThan(500);
        expect(answer.headers["content-type"], path).toContain("application/problem+json");
        expect(answer.text, path).not.toMatch(/root:|passwd|"name"|jsessionid|set-cookie/);
        expect(answer.headers["set-cookie"]).toBeUndefined();
      }
    }
    expect((await get(`/documents/${application.documentId}`, application.worker)).status).toBe(200);
  });

  it.each([
    "/log-extract/../documents",
    "/log-extract%2f",
    "/log-extract?language=../../x",
    "/log-extract?language=sv&language=fi",
    "/graphql/..",
    "//graphql",
    "/health/../documents",
    "/schema/hub.graphql",
    "/.env",
    "/package.json",
    "/graphiql/../../package.json",
    "/graphiql/%2e%2e/%2e%2e/package.json",
    "/.git/config",
    "/metrics",
    "/debug",
    "/admin",
  ])("%s tells nothing", async (path) => {
    const answer = await get(path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  it("an id in capitals is the same document to its maker, and hidden from everybody else as one that never was", async () => {
    const capitals = application.documentId.toUpperCase();
    expect((await get(`/documents/${capitals}`, application.worker)).status).toBe(200);
    const absent = told(await get(`/documents/${absentThings().document.toUpperCase()}`));
    expect(told(await get(`/documents/${capitals}`))).toEqual(absent);
  });

  it("ids of other kinds, of one's own and of others, find no document", async () => {
    const absent = told(await get(`/documents/${absentThings().document}`));
    for (const other of [
      ...Object.values(hidden.things).filter((thing) => thing !== hidden.things.hetu),
      id,
      application.caseId,
    ]) {
      for (const app of [stranger, application.worker]) {
        const answer = await get(`/documents/${other}`, app);
        expect(answer.status).toBe(404);
        if (app === stranger) expect(told(answer)).toEqual(absent);
      }
    }
  });
});

describe("an id", () => {
  const root = (name: string) => async (value: string) =>
    ask(stranger, { query: `query ($id: ID!) { ${name} }`, variables: { id: value } });

  it("in another spelling opens nothing that the right one does not, and differs from none that never was", async () => {
    const spell = (one: string) => [
      one.toUpperCase(),
      `{${one}}`,
      `urn:uuid:${one}`,
      one.replaceAll("-", ""),
      ` ${one}`,
      `${one}\n`,
      `${one}'--`,
      one.replace(/[a-f]/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    ];
    for (const [name, thing] of [
      ["case(id: $id) { id }", "case"],
      ["statements(caseId: $id) { edges { cursor } }", "case"],
      ["subjectAccess(caseId: $id) { holdings { id } }", "case"],
    ] as const) {
      if (name.startsWith("subject")) continue;
      const [there, never] = [spell(hidden.things[thing]), spell(absentThings()[thing])];
      for (const [index, one] of there.entries()) {
        expect(told(await root(name)(one)), name).toEqual(told(await root(name)(never[index]!)));
      }
    }
  });

  it("of another kind finds nothing, even of the own case", async () => {
    const own = { ...application.worker, purpose: "SOCIAL_ASSISTANCE" as const };
    for (const query of [
      `query ($id: ID!) { case(id: $id) { id } }`,
      `query ($id: ID!) { documents(caseId: $id) { edges { node { id } } } }`,
      `mutation ($id: ID!) { signStatement(statementId: $id) { statement { id } userErrors { code } } }`,
      `mutation ($id: ID!) { withdrawConsent(consentId: $id) { caseId userErrors { code } } }`,
    ]) {
      const answer = bodyOf(await ask(own, { query, variables: { id: application.documentId } }));
      const never = bodyOf(await ask(own, { query, variables: { id: absentThings().document } }));
      expect(answer.data).toEqual(never.data);
    }
  });
});

describe("a cursor", () => {
  const pages: [string, string][] = [
    ["cases", "cases(first: 2, after: $after)"],
    ["documents", `documents(caseId: "%", first: 2, after: $after)`],
    ["statements", `statements(caseId: "%", first: 2, after: $after)`],
    ["consents", `consents(caseId: "%", first: 2, after: $after)`],
    ["recordedContacts", `recordedContacts(caseId: "%", first: 2, after: $after)`],
    ["referrals", `referrals(caseId: "%", first: 2, after: $after)`],
  ];
  const forged = [
    "",
    "x",
    "eyJ9",
    encodeCursor([]),
    encodeCursor(["1"]),
    encodeCursor(["1", "2"]),
    encodeCursor(["1", "2", "3", "4"]),
    encodeCursor(["'; drop table case_file; --", "' or 1=1 --"]),
    encodeCursor(["9999-99-99T99:99:99Z", id]),
    encodeCursor(["infinity", id]),
    encodeCursor(["-infinity", "00000000-0000-0000-0000-000000000000"]),
    encodeCursor(["2026-11-23T00:00:00.000Z", "not an id"]),
    Buffer.from('{"length":2}').toString("base64url"),
    Buffer.from('[{"toString":1},null]').toString("base64url"),
    Buffer.from('["a"').toString("base64url"),
    "A".repeat(100_000),
    "%00",
    "../../etc/passwd",
  ];

  it.each(pages)(
    "of %s that is forged, of another list, or huge is the caller's mistake and tells nothing",
    async (_, page) => {
      const query = `query ($after: String) { ${page.replace("%", application.caseId)} { edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
      const foreign = [hidden.things.document, hidden.things.statement, hidden.caseId].map((one) =>
        encodeCursor([one]),
      );
      for (const after of [...forged, ...foreign]) {
        const answer = await ask(application.worker, { query, variables: { after } });
        expect(answer.text, after.slice(0, 60)).not.toContain("INTERNAL_SERVER_ERROR");
        expect(answer.status).toBeLessThan(500);
        for (const thing of Object.values(hidden.things)) expect(answer.text.includes(thing)).toBe(false);
      }
      // A row that is hidden is as unknown a place to begin at as one that is not there.
      const [there, never] = [hidden.things.document, absentThings().document].map((one) => encodeCursor([one]));
      const bare = async (after: string) => told(await ask(application.worker, { query, variables: { after } }));
      expect(await bare(there!)).toEqual(await bare(never!));
    },
  );
});

describe("a header", () => {
  const query = {
    query: "query ($id: ID!) { case(id: $id) { id sourceIssues { source } person { familyName { status } } } }",
    variables: { id },
  };

  it.each<[string, Record<string, string | string[]>]>([
    ["two purposes", { "nivel-purpose": ["ENFORCEMENT", "SOCIAL_ASSISTANCE"] }],
    ["the same purpose twice", { "nivel-purpose": ["ENFORCEMENT", "ENFORCEMENT"] }],
    ["a list of purposes", { "nivel-purpose": "ENFORCEMENT, RELEASE_PLANNING" }],
    ["a purpose in small letters", { "nivel-purpose": "enforcement" }],
    ["a purpose with a space", { "nivel-purpose": "ENFORCEMENT x" }],
    ["a purpose of all things", { "nivel-purpose": "constructor" }],
    ["an empty purpose", { "nivel-purpose": "" }],
  ])("with %s is refused, and no purpose is chosen", async (_, more) => {
    const worker = await hub.as("prison-worker", "ENFORCEMENT");
    const answer = await ask(worker, query, { headers: more });
    expect(answer.status).toBe(400);
    expect(bodyOf(answer).data ?? null).toBeNull();
    const download = await get(`/documents/${absentThings().document}`, worker, more);
    expect(download.status).toBe(400);
  });

  it("twice with a token opens no download either", async () => {
    const token = `Bearer ${stranger.token}`;
    const own = `Bearer ${application.worker.token}`;
    for (const authorization of [
      [token, own],
      [own, token],
      [own, own],
    ]) {
      expect((await get(`/documents/${application.documentId}`, application.worker, { authorization })).status).toBe(
        401,
      );
    }
  });

  it("that makes a source fail does nothing in production", async () => {
    const worker = await hub.as("prison-worker", "ENFORCEMENT");
    const production = await hubBeside(hub, { production: true });
    try {
      for (const fault of ["rise=down", "rise=down, kela=down", ["rise=down", "rise=garbage"]]) {
        const answer = await ask({ ...worker, url: production.url }, query, { headers: { "nivel-sandbox": fault } });
        expect(bodyOf(answer).data).toMatchObject({
          case: { id, sourceIssues: [], person: { familyName: { status: "KNOWN" } } },
        });
      }
    } finally {
      await production.close();
    }
  });

  it("that names another host, address, method or user changes nothing", async () => {
    const worker = await hub.as("prison-worker", "ENFORCEMENT");
    const own = bodyOf(await ask(worker, query)).data;
    for (const headers of [
      { host: "evil.example" },
      { "x-forwarded-host": "evil.example", "x-forwarded-proto": "https" },
      { "x-original-url": "/admin", "x-rewrite-url": "/admin" },
      { "x-user": "admin", "x-remote-user": "admin", "x-nivel-role": "VTH_NURSE", "nivel-role": "VTH_NURSE" },
      {
        "nivel-request-id": "00000000-0000-4000-8000-000000000000",
        "x-request-id": "00000000-0000-4000-8000-000000000000",
      },
      { origin: "https://evil.example", referer: "https://evil.example" },
    ]) {
      const answer = await ask(worker, query, { headers });
      expect(bodyOf(answer).data).toEqual(own);
      expect(answer.requestId).not.toBe("00000000-0000-4000-8000-000000000000");
      expect(JSON.stringify(answer.headers)).not.toContain("evil");
    }
  });
});
