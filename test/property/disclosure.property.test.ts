import fc from "fast-check";
import { type GraphQLSchema, Kind, isObjectType, parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AUTHORITY_OF_ROLE } from "../../src/access/role.ts";
import { AuditEventEntity } from "../../src/audit/audit.entity.ts";
import { FACT_PATHS, factDefinition } from "../../src/cases/case.ts";
import { DATA_CATEGORIES, type DataCategory } from "../../src/disclosure/data-category.ts";
import { LEGAL_BASES } from "../../src/disclosure/legal-basis.ts";
import { publishedAs } from "../../src/disclosure/published.ts";
import { createSchema } from "../../src/graphql/schema.ts";
import { AUTHORITIES, type Authority } from "../../src/kernel/authority.ts";
import { addDays, addMonths, today } from "../../src/kernel/dates.ts";
import { heldColumns } from "../../src/rights/held-columns.ts";
import { comparable, post } from "../support/raw-request.ts";
import { type World as SourceWorld, headerOf } from "./canary-source.ts";
import {
  type ArgumentPool,
  type Draw,
  OMIT,
  type RandomOperation,
  drawFrom,
  randomOperation,
} from "./random-operation.ts";
import { shownIn } from "./shown.ts";
import { ASKERS, type Asker, FIRST_DAY, type World, startWorld } from "./world.ts";

/** More by hand: NIVEL_PROPERTY_RUNS=5000 npx vitest run test/property */
const RUNS = Number(process.env["NIVEL_PROPERTY_RUNS"] ?? "120");

interface Left {
  path: string;
  holder: Authority;
  basis: keyof typeof LEGAL_BASES;
  ground?: string;
}

/** One request and what the log says of it. */
interface Asked {
  operation: RandomOperation;
  text: string;
  data: Record<string, unknown> | null;
  requestId: string;
  left: Left[];
}

let world: World;
let schema: GraphQLSchema;
let personalRoots: string[];
const tried = { operations: 0, answered: 0, personalFields: 0, recorded: 0, withheldWorlds: 0, hidden: 0 };

beforeAll(async () => {
  world = await startWorld();
  schema = createSchema([]);
  personalRoots = Object.keys(schema.getQueryType()!.getFields());
  await recordGrounds();
  await recordMatters();
}, 120_000);

afterAll(async () => {
  await world.close();
  console.info(
    `property suite: ${tried.operations} random operations, ${tried.answered} answered with data, ` +
      `${tried.personalFields} personal fields shown, ${tried.recorded} disclosures on record, ` +
      `${tried.withheldWorlds} replayed in a world whose undisclosed facts differ, ${tried.hidden} on a hidden and an absent case`,
  );
});

/** Two of the three cases get consents, refusals and withdrawn ones of every shape; the third has none. */
async function recordGrounds(): Promise<void> {
  const draw = drawFrom(4711);
  const parties = ASKERS.slice(0, 10).filter((who) => who.role !== "CHILD_PROTECTION_WORKER");
  for (const [index, { id }] of world.cases.slice(0, 2).entries()) {
    for (let round = 0; round < 14; round += 1) {
      const recorder = draw.pick(parties.filter((who) => !who.name.startsWith("other")));
      const own = AUTHORITY_OF_ROLE[recorder.role]!;
      const receiver = draw.pick(AUTHORITIES);
      const input = {
        caseId: id,
        answer: draw.chance(0.8) ? "GIVEN" : "REFUSED",
        disclosers: [...new Set([own, draw.pick(AUTHORITIES)])],
        receiver,
        receiverUnit: null,
        categories: [...new Set(Array.from({ length: 1 + draw.int(12) }, () => draw.pick(CATEGORIES)))],
        purposes: [...new Set(ASKERS.flatMap((who) => (AUTHORITY_OF_ROLE[who.role] === receiver ? who.purposes : [])))],
        informedIn: "fi",
        givenOn: FIRST_DAY,
        validUntil: addMonths(FIRST_DAY, 1 + draw.int(12)),
        form: "WRITTEN",
        interpreterUsed: false,
        rightToRefuseExplained: true,
      };
      const { consentId } = await change(recorder, RECORD_CONSENT, { input });
      if (index === 1 && draw.chance(0.3)) await change(recorder, WITHDRAW_CONSENT, { consentId });
    }
  }
}

const CATEGORIES = DATA_CATEGORIES.filter((category) => category !== "CONSENTS");

const RECORD_CONSENT =
  "mutation($input: RecordConsentInput!) { done: recordConsent(input: $input) { consentId userErrors { code } } }";
const RECORD_CONTACT =
  "mutation($input: RecordContactInput!) { done: recordContact(input: $input) { userErrors { code } } }";
const WRITE_STATEMENT =
  "mutation($input: WriteStatementInput!) { done: writeStatement(input: $input) { statement { id } userErrors { code } } }";
const AGREE =
  "mutation($statementId: ID!) { done: recordAgreement(statementId: $statementId, hasRead: true, agreesToAttach: true) { userErrors { code } } }";
const SIGN = "mutation($statementId: ID!) { done: signStatement(statementId: $statementId) { userErrors { code } } }";
const GENERATE =
  "mutation($input: FormDraftInput!) { done: generateDocument(input: $input) { document { id } userErrors { code } } }";
const SUBMIT =
  "mutation($input: SubmitApplicationInput!) { done: submitApplication(input: $input) { userErrors { code } } }";
const WITHDRAW_CONSENT =
  "mutation($consentId: ID!) { done: withdrawConsent(consentId: $consentId) { userErrors { code } } }";

interface Changed {
  consentId?: string;
  statement?: { id: string };
  document?: { id: string };
}

/** What hangs on a case: a contact of everybody, and an application that was sent to the county. */
async function recordMatters(): Promise<void> {
  const askers = new Map(ASKERS.map((who) => [who.name, who]));
  const { id } = world.cases[0]!;
  for (const name of ["prison", "nurse", "county", "employment", "kela"]) {
    const input = {
      caseId: id,
      whom: `Whom ${name}`,
      channel: "PHONE",
      outcome: "REACHED",
      contactedAt: `${FIRST_DAY}T09:00:00Z`,
    };
    await change(askers.get(name)!, RECORD_CONTACT, { input });
  }
  const prison = askers.get("prison")!;
  const content = {
    need: "Clothes",
    arrangedByPrison: "",
    housingOnRelease: "",
    linkToSentencePlan: "",
    preparedTogether: true,
  };
  const written = await change(prison, WRITE_STATEMENT, {
    input: { caseId: id, language: "fi", author: { title: "Ohjaaja" }, content },
  });
  const statementId = written.statement!.id;
  await change(prison, AGREE, { statementId });
  await change(prison, SIGN, { statementId });
  const { document } = await change(prison, GENERATE, {
    input: { caseId: id, form: "taydentava-toimeentulotuki", language: "fi", statementId },
  });
  await change(prison, SUBMIT, { input: { documentId: document!.id, personApplies: true, freeTextReviewed: true } });
}

async function change(who: Asker, query: string, variables: object): Promise<Changed> {
  const app = await world.as(who, who.purposes[0]!);
  const answer = await post(app, { query, variables });
  const body = JSON.parse(answer.text) as { data?: { done: Changed & { userErrors: { code: string }[] } } };
  if (!body.data || body.data.done.userErrors.length > 0) throw new Error(answer.text);
  return body.data.done;
}

/** Ids of the world where ids are wanted; small pages; the rest is made up. */
const poolFor =
  (caseIds: readonly string[]): ArgumentPool =>
  (name, owner, draw) => {
    if (name === "caseId" || owner === "Query.case") return draw.pick(caseIds);
    if (name === "first") return 1 + draw.int(4);
    if (name === "after") return draw.chance(0.95) ? OMIT : "bm90LWEtY3Vyc29y";
    if (name === "form") return draw.pick(["taydentava-toimeentulotuki", "vankilan-lausunto", "none"]);
    if (name === "overrides") return [];
    if (/Id$|^id$/.test(name)) return draw.pick([world.absent, world.hidden]);
    if (name === "operation") return "query($id: ID!) { case(id: $id) { person { hetu { value } } } }";
    if (name === "variables") return { id: draw.pick(caseIds) };
    if (name === "operationName") return null;
    return undefined;
  };

const STRANGERS = /^(other-|child-protection)/;

/** Random day, caller and purpose, and the operation they send. */
function drawRequest(seed: number, caseIds: readonly string[], among = personalRoots) {
  const draw = drawFrom(seed);
  world.clock.moveTo(new Date(`${addDays(FIRST_DAY, draw.int(420))}T10:00:00.000Z`));
  // Strangers get nothing whatever they ask, so most questions come from those who hold the cases.
  const who = draw.pick(draw.chance(0.8) ? ASKERS.filter(({ name }) => !STRANGERS.test(name)) : ASKERS);
  const purpose = draw.pick(who.purposes);
  const roots = draw.chance(0.6) ? ["case", "cases"] : among;
  return { draw, who, purpose, operation: randomOperation(schema, draw, poolFor(caseIds), roots) };
}

async function send(
  who: Asker,
  purpose: Asker["purposes"][number],
  operation: RandomOperation,
  sources: SourceWorld,
): Promise<Asked> {
  const app = await world.as(who, purpose);
  const answer = await post(
    app,
    { query: operation.document, variables: operation.variables },
    { "nivel-sandbox": headerOf(sources) },
  );
  const requestId = answer.headers["nivel-request-id"]!;
  const rows = await world.database.fork().find(AuditEventEntity, { requestId });
  expect(answer.text, `${who.name} met a bug: ${operation.document}`).not.toContain("INTERNAL_SERVER_ERROR");
  const { data = null } = JSON.parse(answer.text) as { data?: Record<string, unknown> | null };
  return {
    operation,
    // Of several root fields that are refused side by side, which errors come before the end is chance.
    text: `${answer.status} ${data === null ? "no data" : comparable(answer.text)}`,
    data,
    requestId,
    left: rows.flatMap((row) => row.disclosed as Left[]),
  };
}

const sourcesOf = (draw: Draw): SourceWorld => ({
  flipped: [],
  protectedAddress: draw.chance(0.3),
  down: draw.chance(0.15) ? [draw.pick(AUTHORITIES)] : [],
});

/** The categories that a path on record may be of: as published types declare it, or the controller's export. */
function categoriesOf(path: string): DataCategory[] {
  const published = Object.values(schema.getTypeMap()).flatMap((type) => {
    const declared = isObjectType(type) ? publishedAs(type) : undefined;
    return declared?.kind === "PERSONAL" ? Object.values(declared.table) : [];
  });
  return [...published, ...heldColumns()].flatMap((rule) =>
    rule !== "PUBLIC" && rule.path === path ? [rule.category] : [],
  );
}

function basisFaults({ path, holder, basis, ground }: Left, who: Asker, purpose: string, grounds: Grounds): string[] {
  const law = LEGAL_BASES[basis];
  const on = today(world.clock);
  const categories: readonly string[] = categoriesOf(path);
  const faults: string[] = [];
  if (categories.length === 0) faults.push("nothing declares the path");
  if (law.closed !== null) faults.push("the basis is closed");
  if ((law.validFrom !== null && law.validFrom > on) || (law.validTo !== null && law.validTo < on)) {
    faults.push("the basis is not law on that day");
  }
  if (law.kind === "LAW") {
    const names = law.opens.some(
      (line) =>
        (line.senders as readonly string[]).includes(holder) &&
        (line.receivers as readonly string[]).includes(who.role) &&
        line.categories.some((category) => categories.includes(category)) &&
        (line.purposes as readonly string[]).includes(purpose),
    );
    if (!names) faults.push("the basis does not name it");
  } else if (law.kind === "CONSENT") {
    const consent = grounds.get(ground ?? "");
    if (!consent) return [...faults, "the consent is not there"];
    const { given_on: given, valid_until: until } = consent;
    if (consent.answer !== "GIVEN" || consent.withdrawn) faults.push("the consent does not stand");
    if (given > on || until < on) faults.push("the consent is not valid on that day");
    if (consent.receiver !== AUTHORITY_OF_ROLE[who.role]) faults.push("the consent names another receiver");
    if (!consent.disclosers.includes(holder)) faults.push("the consent names another discloser");
    if (!consent.categories.some((category) => categories.includes(category)))
      faults.push("the consent does not name the category");
    if (!consent.purposes.includes(purpose)) faults.push("the consent does not name the purpose");
  }
  return faults;
}

type Grounds = Awaited<ReturnType<typeof consentsNow>>;

async function consentsNow() {
  const rows = await world.database.fork().execute<
    {
      id: string;
      answer: string;
      receiver: string;
      disclosers: string[];
      categories: string[];
      purposes: string[];
      given_on: string;
      valid_until: string;
      withdrawn: boolean;
    }[]
  >(`select id, answer, receiver, disclosers, categories, purposes, given_on::text, valid_until::text,
            withdrawn_at is not null as withdrawn from consent`);
  return new Map(rows.map((row) => [row.id, row]));
}

describe("whatever is asked, by whom, for what and when", { timeout: 600_000 }, () => {
  it("every personal field of the answer is on record with its holder and a basis valid for that receiver on that day", async () => {
    const grounds = await consentsNow();
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 }), async (seed) => {
        const { draw, who, purpose, operation } = drawRequest(seed, [
          ...idsOf(),
          ...idsOf(),
          world.hidden,
          world.absent,
        ]);
        const asked = await send(who, purpose, operation, sourcesOf(draw));
        tried.operations += 1;
        if (asked.data) tried.answered += 1;

        tried.recorded += asked.left.length;
        for (const left of asked.left) {
          expect(basisFaults(left, who, purpose, grounds), `${who.name}: ${JSON.stringify(left)}`).toEqual([]);
        }
        for (const { paths, holders, where } of asked.data ? shownIn(schema, operation.document, asked.data) : []) {
          tried.personalFields += 1;
          const record = asked.left.filter((left) => paths.includes(left.path));
          expect(record, `${who.name} got ${where} (${paths.join()}) off the record`).not.toHaveLength(0);
          const recorded = new Set(record.map((left) => left.holder as string));
          for (const holder of holders) {
            expect(recorded.has(holder), `${who.name} got ${holder}'s word in ${where} off the record`).toBe(true);
          }
        }
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it("nothing that is not on record has any influence on the answer (decision D1)", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 }), async (seed) => {
        // The log tells of the first asking in the second.
        const among = personalRoots.filter((root) => !["myTrace", "subjectAccess"].includes(root));
        const { draw, who, purpose, operation } = drawRequest(seed, idsOf(), among);
        const sources = sourcesOf(draw);
        const first = await send(who, purpose, operation, sources);
        const open = new Set(first.left.map(({ path, holder }) => `${holder}:${path}`));
        const flipped = FACT_PATHS.flatMap((path) =>
          factDefinition(path).holders.map((holder) => `${holder}:${path}`),
        ).filter((fact) => !open.has(fact));
        const second = await send(who, purpose, operation, { ...sources, flipped });
        tried.operations += 2;
        tried.withheldWorlds += 1;
        expect(second.text, `${who.name}: ${operation.document}`).toBe(first.text);
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it("a hidden case is answered as one that never was", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 }), async (seed) => {
        const { who, purpose, operation } = drawRequest(seed, [world.hidden]);
        const never = JSON.parse(JSON.stringify(operation).replaceAll(world.hidden, world.absent)) as typeof operation;
        const sources: SourceWorld = { flipped: [], protectedAddress: false, down: [] };
        const hidden = await send(who, purpose, operation, sources);
        const absent = await send(who, purpose, never, sources);
        tried.operations += 2;
        tried.hidden += 1;
        expect(absent.text, `${who.name}: ${operation.document}`).toBe(
          hidden.text.replaceAll(world.hidden, world.absent),
        );
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
  });

  it("tries every root field that the schema has", () => {
    const seen = new Set<string>();
    for (let seed = 1; seed < 2000; seed += 1) {
      const { document } = randomOperation(schema, drawFrom(seed), poolFor([world.absent]), personalRoots);
      for (const node of parse(document).definitions) {
        if (node.kind !== Kind.OPERATION_DEFINITION) continue;
        for (const field of node.selectionSet.selections) if (field.kind === Kind.FIELD) seen.add(field.name.value);
      }
    }
    expect([...seen].sort()).toEqual([...personalRoots].sort());
  });
});

const idsOf = (): string[] => world.cases.map(({ id }) => id);
