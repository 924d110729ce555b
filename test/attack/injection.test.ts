import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import { letters, readPdf } from "../forms/read-pdf.ts";
import { applicationInput } from "../documents/making.ts";
import { freshPerson, prisonWorkerOf, testFront } from "../http/front.ts";
import { type Sent, hasPlainHome, sent } from "../referrals/sent.ts";
import { signedStatement, writeStatement } from "../statements/signed.ts";
import { type TestHub, testHub } from "../support/hub.ts";
import { type Answer, ask, attack, bodyOf, headersOf, requestsSent } from "./attacker.ts";
import { type Place, type RootField, type Thing, readSchema, rootFieldsOf, variablesOf } from "./schema-operations.ts";

/** What is typed where a text is asked for. */
const PAYLOADS: readonly (readonly [kind: string, text: string])[] = [
  ["SQL that ends the statement", "'; drop table case_file; --"],
  ["SQL in double quotes", '"; drop table statement; --'],
  ["SQL by its parameters", "$1 ? :name ${1} ??"],
  ["SQL's wild cards", "%_\\%\\\\ _ %"],
  ["SQL's other quotes", "$$; drop table document; $$ E'\\047' U&'\\0027'"],
  ["a template", "{{7*7}} ${7*7} <%= 7*7 %> #{7*7} {% raw %}"],
  ["HTML and script", "<script>alert(1)</script><img src=x onerror=alert(1)>\"'`"],
  ["a PDF's own signs", ") Tj ET endstream endobj << /JS (app.alert(1)) /OpenAction 1 0 R >> ( \\"],
  ["a PDF's escapes", "\\) \\( \\\\ \\053 <FEFF0041> /AA /Launch /URI (http://evil.example)"],
  ["lines of a header", "a\r\nset-cookie: a=b\r\n\r\nb"],
  ["control characters", "a\u0001\u0007\u0008\u001b[31m\u007f\u0085b"],
  ["words that are turned round", "a\u202egnp.exe\u202c\u2066b\u2069\u200f\u200b\ufeff"],
  ["signs beyond the first plane, and combined ones", "\u{1f469}\u{200d}\u{1f527}Å\u0301\u0308\u{10ffff}\ufffd"],
  ["a path", "../../../../etc/passwd"],
  ["the prototype", "__proto__"],
  ["a formula", "=cmd|'/C calc'!A0"],
];
/** What no database keeps, or nobody means. */
const REFUSED: readonly (readonly [kind: string, text: string])[] = [
  ["NUL", "a\u0000b"],
  ["half a surrogate pair", "a\ud800b"],
  ["the other half", "\udc00"],
];
const LONG: readonly (readonly [kind: string, text: string])[] = [
  ["200 kB of text", "ä".repeat(100_000)],
  ["1 MB of text", "x".repeat(1_000_000)],
];

/** Places for a text of the writer's own; in the others stand codes, numbers and names that the hub knows. */
const FREE =
  /\.(need|arrangedByPrison|housingOnRelease|linkToSentencePlan|title|whom|channel|reason|source|printed|note\.(fi|sv|en)|name\.(fi|sv|en)|representative\.\w+)$/;

let hub: TestHub;
let application: Sent;
let writers: Record<string, AppClient>;
let fields: RootField[];
let before: number;
let things: Record<Thing, string>;
const size = { places: 0, kept: 0, refused: 0, readBack: 0 };
const folder = mkdtempSync(join(tmpdir(), "nivel-attack-"));

beforeAll(async () => {
  before = requestsSent();
  hub = await testHub();
  application = await sent();
  const { as } = await testFront();
  const prison = {
    id: `officer-${application.unit}`,
    role: "PRISON_WORKER",
    unit: application.unit,
    socialDataRight: true,
  } as const;
  writers = {
    prison: await as(prison, "SOCIAL_ASSISTANCE"),
    release: await as(prison, "RELEASE_PLANNING"),
    county: await as(
      { id: "steward", role: "COUNTY_WORKER", unit: application.county, stewardOf: [application.county] },
      "SOCIAL_ASSISTANCE",
    ),
  };
  fields = rootFieldsOf(await readSchema(writers["prison"]!), () => 4);
  things = {
    case: application.caseId,
    document: application.documentId,
    statement: await writeStatement(writers["prison"]!, application.caseId),
    referral: "00000000-0000-4000-8000-000000000000",
    consent: "00000000-0000-4000-8000-000000000000",
    permit: "00000000-0000-4000-8000-000000000000",
    hetu: "x",
  };
}, 120_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
  console.info(
    `Injection: ${size.places} places for text by ${PAYLOADS.length + REFUSED.length + LONG.length} texts, ${requestsSent() - before} requests: ` +
      `${size.kept} kept, ${size.readBack} of them read back as they were, ${size.refused} refused.`,
  );
});

const WRITER_OF: Record<string, string> = {
  acceptReferral: "county",
  answerInformationRequest: "county",
  expireContactPoint: "county",
  proposeContactPoint: "county",
  recordAreaReadiness: "county",
  recordConsent: "release",
  requestInformation: "release",
};
const writerOf = (name: string) => writers[WRITER_OF[name] ?? "prison"]!;

const mutate = (field: RootField, place: Place, text: string): Promise<Answer> =>
  ask(
    writerOf(field.name),
    {
      query: field.text,
      variables: variablesOf(field, {
        things,
        at: { [place.join(".")]: text, ...COMPANY[`${field.name}.${place.join(".")}`] },
      }),
    },
    { submitted: text },
  );

/** What must stand beside a text, so that it is the text that is judged. */
const COMPANY: Record<string, Record<string, unknown>> = {
  "recordFact.input.value": { "input.path": "person.familyName" },
};

/** All texts of the data of an answer. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Where the hub's queries tell what a mutation kept. */
const READ_BY: Record<string, { writer: string; query: string }> = {
  writeStatement: {
    writer: "prison",
    query:
      "query ($c: ID!) { statements(caseId: $c, first: 100) { edges { node { author { title phone email } content { need arrangedByPrison housingOnRelease linkToSentencePlan } } } } }",
  },
  recordContact: {
    writer: "prison",
    query: "query ($c: ID!) { recordedContacts(caseId: $c, first: 100) { edges { node { whom channel } } } }",
  },
  requestInformation: {
    writer: "prison",
    query: "query ($c: ID!) { informationRequests(caseId: $c, first: 100) { edges { node { reason } } } }",
  },
  recordConsent: {
    writer: "release",
    query:
      "query ($c: ID!) { consents(caseId: $c, first: 100) { edges { node { representative { name capacity authority } } } } }",
  },
  // The mutation answers what it kept.
  proposeContactPoint: { writer: "county", query: "query { __typename }" },
};

async function isReadable(field: RootField, answer: Answer, text: string): Promise<boolean> {
  const holds = (one: Answer) => textsIn(bodyOf(one).data).some((found) => found === text || found === text.trim());
  if (holds(answer)) return true;
  const { writer, query } = READ_BY[field.name]!;
  return holds(await ask(writers[writer]!, { query, variables: { c: application.caseId } }, { submitted: text }));
}

const userErrorsOf = (answer: Answer): unknown[] => {
  const [payload] = Object.values(bodyOf(answer).data ?? {}) as ({ userErrors?: unknown[] } | null)[];
  return payload?.userErrors ?? [];
};
const isKept = (answer: Answer): boolean =>
  answer.status === 200 && bodyOf(answer).errors === undefined && userErrorsOf(answer).length === 0;

const tablesThere = async () => {
  const rows = await hub.database
    .fork()
    .execute<
      { count: number }[]
    >("select count(*)::int as count from pg_class where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')");
  return rows[0]!.count;
};

describe("a text in any place of any mutation", { timeout: 300_000 }, () => {
  it.each([...PAYLOADS, ...REFUSED, ...LONG])(
    "%s: kept as it is, or refused in the hub's own words",
    async (kind, text) => {
      const tables = await tablesThere();
      const mutations = fields.filter(({ kind: operation }) => operation === "mutation");
      size.places = mutations.flatMap(({ texts }) => texts).length;
      for (const field of mutations) {
        for (const place of field.texts) {
          const where = `${field.name}.${place.join(".")}`;
          const answer = await mutate(field, place, text);
          expect(answer.status, where).toBeLessThan(500);
          expect(answer.text, where).not.toContain("INTERNAL_SERVER_ERROR");
          expect(answer.headers["set-cookie"], where).toBeUndefined();
          if (!isKept(answer)) {
            size.refused += 1;
            continue;
          }
          expect(
            REFUSED.some(([name]) => name === kind) || LONG.some(([name]) => name === kind),
            `${where} keeps ${kind}`,
          ).toBe(false);
          size.kept += 1;
          if (FREE.test(`.${where}`) && field.name in READ_BY) {
            expect(await isReadable(field, answer, text), `${where}: ${kind} comes back`).toBe(true);
            size.readBack += 1;
          }
        }
      }
      expect(await tablesThere()).toBe(tables);
    },
  );

  it("where something is kept of each: the attack reaches the places it is meant for", async () => {
    for (const field of fields.filter(({ name }) => name in READ_BY)) {
      for (const place of field.texts.filter((one) => FREE.test(`.${one.join(".")}`))) {
        const where = `${field.name}.${place.join(".")}`;
        expect(isKept(await mutate(field, place, "An ordinary text")), where).toBe(true);
      }
    }
  });

  it("as a search or an argument of a query finds nothing and breaks nothing", async () => {
    const { caseId, unit } = await freshPerson(hasPlainHome);
    const reader = await prisonWorkerOf({ unit });
    for (const [, text] of [...PAYLOADS, ...REFUSED]) {
      for (const field of fields.filter(({ kind }) => kind === "query")) {
        for (const place of field.texts) {
          const chosen = { things: { ...things, case: caseId }, at: { [place.join(".")]: text } };
          const variables = variablesOf(field, chosen);
          const answer = await ask(reader, { query: field.text, variables }, { submitted: text });
          expect(answer.status, field.name).toBeLessThan(500);
          expect(answer.text, field.name).not.toContain("INTERNAL_SERVER_ERROR");
        }
      }
    }
  });
});

describe("a PDF made of it", { timeout: 300_000 }, () => {
  /** Everything of the file, streams unpacked, as another program writes it. */
  function inspect(bytes: Buffer): string {
    const [from, to] = [join(folder, "in.pdf"), join(folder, "out.pdf")];
    writeFileSync(from, bytes);
    expect(execFileSync("qpdf", ["--check", from], { encoding: "utf8" })).toContain(
      "No syntax or stream encoding errors",
    );
    execFileSync("qpdf", ["--qdf", "--object-streams=disable", from, to]);
    return execFileSync("qpdf", ["--json", "--json-stream-data=none", to], { encoding: "utf8", maxBuffer: 1 << 28 });
  }
  /** Names of the file's dictionaries; texts are told as "u:…" and are no names. */
  const ACTIVE = /"\/(JS|JavaScript|OpenAction|AA|Launch|URI|SubmitForm|ImportData|RichMedia|GoToR|GoToE|XFA)"/;

  let fieldsThatTakeText: Promise<string[]> | undefined;
  /** By trying; the others hold dates, codes and marks, and refuse it in a sentence. */
  async function findFieldsThatTakeText(): Promise<string[]> {
    // A case without what the attacks above left in theirs.
    const inCase = await freshPerson(hasPlainHome);
    const worker = await prisonWorkerOf(inCase);
    const draft = async (overrides: { name: string; value: string }[]) =>
      ask(worker, {
        query: "query ($i: FormDraftInput!) { formDraft(input: $i) { draft { fields { name } } userErrors { code } } }",
        variables: { i: applicationInput(inCase.caseId, { overrides }) },
      });
    const { data } = bodyOf(await draft([])) as { data: { formDraft: { draft: { fields: { name: string }[] } } } };
    const taking: string[] = [];
    for (const { name } of data.formDraft.draft.fields) {
      if (userErrorsOf(await draft([{ name, value: PAYLOADS[0]![1] }])).length === 0) taking.push(name);
    }
    return taking;
  }

  it.each([0, 5, 11])(
    "is valid, without a script or an action, and each text stands in it as text (from text %i on)",
    async (first) => {
      const all = PAYLOADS.map(([, one]) => one).join("\n");
      const inCase = await freshPerson(hasPlainHome);
      const worker = await prisonWorkerOf(inCase);
      const statementId = await signedStatement(worker, inCase.caseId, { need: all, arrangedByPrison: all });
      const make = (overrides: { name: string; value: string }[]) =>
        ask(worker, {
          query:
            "mutation ($i: FormDraftInput!) { generateDocument(input: $i) { document { id fileName url } draft { fields { name value } } userErrors { code } } }",
          variables: { i: applicationInput(inCase.caseId, { statementId, overrides }) },
        });
      const taking = await (fieldsThatTakeText ??= findFieldsThatTakeText());
      // Every field holds one of them, and every one of them stands in several fields.
      const overrides = taking.map((name, index) => ({ name, value: PAYLOADS[(index + first) % PAYLOADS.length]![1] }));
      expect(overrides.length).toBeGreaterThanOrEqual(PAYLOADS.length);
      const answer = await make(overrides);
      const made = (
        bodyOf(answer).data as { generateDocument: { document: { id: string; fileName: string } | null } | null } | null
      )?.generateDocument;
      expect(answer.status).toBe(200);
      if (!made?.document) throw new Error(`no document was made: ${answer.text.slice(0, 300)}`);
      const file = await attack(`${worker.url}/documents/${made.document.id}`, { headers: headersOf(worker) });
      expect(file.status).toBe(200);
      expect(file.headers["content-disposition"]).toBe(`attachment; filename="nivel-${made.document.id}.pdf"`);
      const json = inspect(file.bytes);
      expect(json).not.toMatch(ACTIVE);
      const read = await readPdf(file.bytes);
      const shown = letters([...read.pages, ...read.drawn.values(), ...read.fields.values()].join(" "));
      for (const [kind, text] of PAYLOADS) {
        for (const run of text.split(/[^\x21-\x7e]+/)) {
          for (const part of run.match(/.{1,12}/g) ?? [])
            expect(shown.includes(part), `${kind}: ${part} stands in the PDF`).toBe(true);
        }
      }
    },
  );
});
