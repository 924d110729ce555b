import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PURPOSES, PURPOSES_OF_ROLE, type Purpose } from "../../src/access/purpose.ts";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import { DEMO_CALLERS, DEMO_CALLER_NAMES, type DemoCallerName } from "../../src/sandbox/demo-callers.ts";
import { caseIdOf } from "../support/case-client.ts";
import { type TestHub, testHub } from "../support/hub.ts";
import { testFront } from "../http/front.ts";
import { PERSONAL_TABLES } from "../persistence/personal-rows.ts";
import { type Answer, ask, attack, codeOf, headersOf } from "./attacker.ts";
import { type HiddenCase, absentThings, hiddenCase } from "./hidden-case.ts";
import { type RootField, type Thing, readSchema, rootFieldsOf, variablesOf } from "./schema-operations.ts";

/** Root fields that touch no person; every other one must leave a trace of each look. */
const NO_PERSON = new Set([
  "contactPoint",
  "contactPoints",
  "contactPointsToVerify",
  "counties",
  "employmentAreas",
  "forms",
  "legalBases",
  "municipality",
  "riseUnits",
  "whomToContact",
  "expireContactPoint",
  "proposeContactPoint",
  "recordAreaReadiness",
  "verifyContactPoint",
]);
/** A hidden thing is asked of in the own case, so that it is the thing that is not found. */
const OWN_CASE_FIRST = new Set(["formDraft", "generateDocument"]);
const DEEPEST = 9;

type Attacker = Omit<AppClient, "purpose"> & { purpose: Purpose | null };

let hub: TestHub;
let hidden: HiddenCase;
let fields: RootField[];
/** What was asked and answered, for the words at the end. */
const size = { cells: 0, requests: 0, onRecord: 0 };
let rowsBefore: Record<string, string>;

beforeAll(async () => {
  hub = await testHub();
  hidden = await hiddenCase();
  const app = await hub.as("prison-worker", "RELEASE_PLANNING");
  const schema = await readSchema(app);
  // As deep as the hub answers at all; a cell that is refused for its size would prove nothing.
  const depths = new Map<string, number>();
  for (const { name } of rootFieldsOf(schema, () => 1)) {
    for (let depth = DEEPEST; ; depth -= 1) {
      if (depth === 0) throw new Error(`The matrix cannot ask ${name} within the hub's limits.`);
      const field = rootFieldsOf(schema, () => depth).find((one) => one.name === name)!;
      const answer = await ask(app, { query: field.text, variables: variablesOf(field, { things: absentThings() }) });
      if (/LIMIT|PRICE|COST|TOO/.test(codeOf(answer) ?? "")) continue;
      depths.set(name, depth);
      break;
    }
  }
  fields = rootFieldsOf(schema, (name) => depths.get(name)!);
  // The first question about a case settles how far enforcement has come; afterwards nothing may change.
  for (const caller of DEMO_CALLER_NAMES) {
    const own = DEMO_CALLERS[caller];
    const one = await hub.as(caller, PURPOSES_OF_ROLE[own.role][0] ?? "OWN_DATA");
    const query =
      "query ($id: ID!) { case(id: $id) { sentence { fullTermOn { status } } } cases(first: 5) { edges { node { sentence { fullTermOn { status } } } } } }";
    await ask(one, { query, variables: { id: ownCase() } });
  }
  rowsBefore = await personalRows();
}, 300_000);

const ownCase = () => caseIdOf(hub.sandbox.population[0]!);

/** What each personal table holds, as its owner sees it; the log, which grows, and attempts to notify aside. */
async function personalRows(): Promise<Record<string, string>> {
  const em = hub.database.fork();
  const found: Record<string, string> = {};
  for (const [table, column] of Object.entries(PERSONAL_TABLES)) {
    const rows = table === "audit_event" ? `where ${column} = '${hidden.caseId}'` : `where ${column} is not null`;
    const [row] = await em.execute<{ count: number; hash: string | null }[]>(
      `select count(*)::int as count, md5(string_agg(md5(t::text), '' order by md5(t::text))) as hash from ${table} t ${rows}`,
    );
    found[table] = `${row!.count} rows ${row!.hash ?? ""}`;
  }
  return found;
}

interface Cell {
  name: string;
  send(things: Record<Thing, string>): Promise<Answer>;
  /** Which of the things it points at; undefined: at none, so that it is asked once. */
  thing: Thing | undefined;
  personal: boolean;
}

/** Each root field by each of its places for an id, each explained too, and each download. */
function cellsOf(app: Attacker, ownCase: string): Cell[] {
  const cells: Cell[] = [];
  const explain = fields.find(({ name }) => name === "explainDisclosure")!;
  for (const field of fields) {
    const personal = !NO_PERSON.has(field.name);
    if (field.slots.length === 0) {
      const variables = () => variablesOf(field, { things: {} });
      const send = () => ask(app, { query: field.text, variables: variables() });
      cells.push({ name: field.name, send, thing: undefined, personal });
    }
    for (const { place, thing } of field.slots) {
      const variables = (things: Record<Thing, string>, first: string) =>
        variablesOf(field, {
          things: { ...things, case: first },
          at: {
            [place.join(".")]: things[thing],
            ...(thing === "hetu" ? { "input.familyName": hidden.person.rise.henkilo.sukunimi } : {}),
          },
        });
      const firstOf = (things: Record<Thing, string>) =>
        OWN_CASE_FIRST.has(field.name) && thing !== "case" ? ownCase : things.case;
      const name = `${field.name}(${place.join(".")})`;
      cells.push({
        name,
        thing,
        personal,
        send: (things) => ask(app, { query: field.text, variables: variables(things, firstOf(things)) }),
      });
      if (field.kind === "query" && personal && field.name !== explain.name) {
        cells.push({
          name: `explainDisclosure of ${name}`,
          thing,
          personal: true,
          send: (things) =>
            ask(app, {
              query: explain.text,
              variables: { operation: field.text, variables: variables(things, firstOf(things)) },
            }),
        });
      }
    }
  }
  const download = (path: string) => attack(`${app.url}${path}`, { headers: headersOf(app) });
  cells.push({
    name: "GET /documents/:id",
    thing: "document",
    personal: true,
    send: (things) => download(`/documents/${things.document}`),
  });
  cells.push({
    name: "GET /log-extract",
    thing: undefined,
    personal: true,
    send: () => download("/log-extract"),
  });
  return cells;
}

/** What may differ from one request to the next: its own ids and instants, and what is left of the allowance. */
const told = (answer: Answer, submitted: readonly string[]) => ({
  status: answer.status,
  type: answer.headers["content-type"],
  text: submitted
    .reduce((text, id) => text.replaceAll(id, "the id"), answer.text)
    .replace(/"(remaining|resetsAt|correlationId|notificationId)":("[^"]*"|\d+)/g, '"$1":0'),
});

/** Every purpose of the role, one of another's, and none. */
function purposesOf(caller: DemoCallerName): (Purpose | null)[] {
  const own = PURPOSES_OF_ROLE[DEMO_CALLERS[caller].role];
  return [...own, PURPOSES.find((purpose) => !own.includes(purpose))!, null];
}

const RANKS = DEMO_CALLER_NAMES.flatMap((caller) => purposesOf(caller).map((purpose) => [caller, purpose] as const));

/** Refusals by the role or the purpose are made before anything is looked for. */
async function recordedOf(requestIds: readonly string[]): Promise<Set<string>> {
  const rows = await hub.database
    .fork()
    .execute<
      { id: string }[]
    >(`select distinct request_id as id from audit_event where request_id in (${requestIds.map(() => "?").join(", ")})`, [...requestIds]);
  return new Set(rows.map((row) => row.id));
}

describe("every caller against everything of another's case", { timeout: 600_000 }, () => {
  afterAll(() => {
    console.info(
      `The matrix: ${fields.length} root fields and 2 downloads, ${RANKS.length} callers with purposes, ${size.cells} cells, ` +
        `${size.requests} requests: none told hidden from absent, none changed a person's row, ${size.onRecord} looks on record.`,
    );
  });

  it.each(RANKS)(
    "%s for %s: hidden equals absent byte for byte, and every look is on record",
    async (name, purpose) => {
      const app: Attacker = { ...(await hub.as(name, "ENFORCEMENT")), purpose };
      const looks: { cell: string; requestId: string }[] = [];
      for (const cell of cellsOf(app, ownCase())) {
        const asked = async (things: Record<Thing, string>) => {
          const answer = await cell.send(things);
          size.requests += 1;
          expect(answer.status, cell.name).toBeLessThan(500);
          expect(answer.text, cell.name).not.toMatch(
            /INTERNAL_SERVER_ERROR|GRAPHQL_|_LIMIT|BAD_|RATE_|VARIABLES_INVALID|OPERATION_/,
          );
          if (cell.personal) looks.push({ cell: cell.name, requestId: answer.requestId });
          return told(answer, Object.values(things));
        };
        size.cells += 1;
        if (cell.thing === undefined) {
          const { text } = await asked(hidden.things);
          for (const id of Object.values(hidden.things)) expect(text.includes(id), cell.name).toBe(false);
        } else {
          expect(await asked(hidden.things), cell.name).toEqual(await asked(absentThings()));
        }
      }
      const recorded = await recordedOf(looks.map(({ requestId }) => requestId));
      const missing = looks.filter(({ requestId }) => !recorded.has(requestId)).map(({ cell }) => cell);
      expect([...new Set(missing)]).toEqual([]);
      size.onRecord += looks.length;
    },
  );

  it("nothing of a person has changed in any table", async () => {
    expect(await personalRows()).toEqual(rowsBefore);
  });

  it("and who may know of the case is answered otherwise in the same words: the matrix asks what can be found", async () => {
    const { as } = await testFront();
    const askers: Attacker[] = [
      await as({ id: "attacked", role: "PRISON_WORKER", unit: hidden.unit }, "RELEASE_PLANNING"),
      await as(
        { id: "attacked", role: "PRISON_WORKER", unit: hidden.unit, socialDataRight: true },
        "SOCIAL_ASSISTANCE",
      ),
      await as({ id: "attacked", role: "COUNTY_WORKER", unit: "11" }, "SOCIAL_WELFARE"),
    ];
    const found = new Set<string>();
    const slots = new Set<string>();
    for (const app of askers) {
      for (const cell of cellsOf(app, hidden.caseId)) {
        if (cell.thing === undefined) continue;
        slots.add(cell.name);
        if (found.has(cell.name)) continue;
        const submitted = [hidden.things, absentThings()] as const;
        // One after the other: a change must not meet itself.
        const there = await cell.send(submitted[0]).catch((seen: unknown) => seen);
        const absent = await cell.send(submitted[1]);
        // The attacker's own search of the answer finds what was planted: that is the proof.
        if (there instanceof Error) found.add(cell.name);
        else if (
          JSON.stringify(told(there as Answer, Object.values(submitted[0]))) !==
          JSON.stringify(told(absent, Object.values(submitted[1])))
        )
          found.add(cell.name);
      }
    }
    expect([...slots].filter((slot) => !found.has(slot))).toEqual([]);
  });
});
