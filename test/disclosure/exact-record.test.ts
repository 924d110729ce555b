import { readFileSync, readdirSync } from "node:fs";
import { type DefinitionNode, Kind, parse, print } from "graphql";
import { beforeAll, describe, expect, it } from "vitest";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import { ExplainDisclosureDocument, type ExplainDisclosureQuery } from "../../src/cli/operations.generated.ts";
import { isFactPath } from "../../src/cases/case.ts";
import { addMonths } from "../../src/kernel/dates.ts";
import { DEMO_PERSON } from "../../src/sandbox/population.ts";
import { applicationInput } from "../documents/making.ts";
import { countyWorkerOf, freshPerson, prisonWorkerOf, testFront } from "../http/front.ts";
import { hasPlainHome } from "../referrals/sent.ts";
import { type AuditRow, rowsDuring } from "../support/audit-rows.ts";
import { caseIdOf, onDay, widestConsent, withConsent } from "../support/case-client.ts";
import { type TestHub, sendText, testHub } from "../support/hub.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub();
});

type Data = Record<string, Record<string, never>>;
type Explanation = ExplainDisclosureQuery["explainDisclosure"];
type Planned = Explanation["roots"][number]["people"][number]["fields"][number]["verdicts"][number];

interface Ran {
  data: Data;
  rows: AuditRow[];
  plan: Explanation;
}

/** What else the hub puts on record on the way: its own work, and what is sent to another receiver. */
const ofTheAnswer = (row: AuditRow) =>
  row.operation !== "explainDisclosure" && row.operation !== "settleRemit" && row.receiverAuthority == null;

/** Explains the operation, runs it, and holds what went on record against what was explained. */
async function run(app: AppClient, text: string, variables: Record<string, unknown> = {}): Promise<Ran> {
  const { explainDisclosure: plan } = await ask(app, ExplainDisclosureDocument, { operation: text, variables });
  expect(plan.userErrors).toEqual([]);
  let data: Data = {};
  const rows = await rowsDuring(hub, async () => {
    const answer = await sendText(app, text, variables);
    expect(answer.errors).toBeUndefined();
    data = answer.data as Data;
  });
  const answered = rows.filter(ofTheAnswer);
  for (const row of answered) compare(row, plan);
  // An export is explained with every column that it may hold; a register holds only its own.
  const whole = answered.filter((row) => row.operation !== "subjectAccess");
  for (const caseId of new Set(whole.flatMap((row) => row.caseId ?? []))) complete(caseId, whole, plan);
  return { data, rows: answered, plan };
}

function plannedOf(plan: Explanation, caseId: string): Map<string, Planned> {
  const fields = plan.roots
    .flatMap(({ people }) => people.filter((one) => one.caseId === caseId))
    .flatMap((one) => one.fields);
  return new Map(
    fields.flatMap(({ path, verdicts, enteredWords }) =>
      [...verdicts, ...(enteredWords as Planned[])].map((verdict) => [`${path} ${verdict.holder}`, verdict]),
    ),
  );
}

/** Nothing is on record that was not explained so. */
function compare(row: AuditRow, plan: Explanation): void {
  const planned = plannedOf(plan, row.caseId ?? "");
  for (const { path, holder, basis, ground } of row.disclosed) {
    const verdict = planned.get(`${path} ${holder}`);
    expect(verdict?.verdict, `${row.operation}: ${path} of ${holder} left`).toMatch(/MAY_LEAVE|DEPENDS_ON_PLACE/);
    expect([verdict?.basis?.code, verdict?.groundId ?? undefined], path).toEqual([basis, ground]);
  }
  for (const { path, holder, reason } of row.withheld) {
    const verdict = planned.get(`${path} ${holder}`);
    const why = verdict?.verdict === "DEPENDS_ON_PLACE" ? "NO_LEGAL_BASIS" : verdict?.reason?.code;
    expect(why, `${row.operation}: ${path} of ${holder} was withheld`).toBe(reason);
  }
}

/** What was explained of facts is on record, and of other records, when there were any. */
function complete(caseId: string, rows: AuditRow[], plan: Explanation): void {
  const recorded = rows.filter((row) => row.caseId === caseId).flatMap((row) => [...row.disclosed, ...row.withheld]);
  const kinds = new Set(recorded.map(({ path }) => path.split(".")[0]));
  const keys = new Set(recorded.map(({ path, holder }) => `${path} ${holder}`));
  const fields = plan.roots
    .flatMap(({ people }) => people.filter((one) => one.caseId === caseId))
    .flatMap((one) => one.fields);
  for (const { path, verdicts } of fields) {
    if (!isFactPath(path) && !kinds.has(path.split(".")[0])) continue;
    // Of the log only those registers are on record whose entries there were.
    if (path === "document.notices" || path.startsWith("trace.")) continue;
    for (const { holder } of verdicts) expect(keys, `${path} of ${holder}`).toContain(`${path} ${holder}`);
  }
}

const folder = new URL("../../schema/operations/", import.meta.url);
const definitions = readdirSync(folder).flatMap((file): readonly DefinitionNode[] =>
  file.endsWith(".graphql") ? parse(readFileSync(new URL(file, folder), "utf8")).definitions : [],
);

/** An operation that partner apps send, with its fragments. */
function operationText(name: string): string {
  const fragments = definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION && node.name?.value === name);
  if (!operation) throw new Error(`there is no operation ${name}`);
  const text = print(operation);
  return [text, ...fragments.filter((node) => text.includes(`...${node.name.value}`)).map(print)].join("\n");
}

const played = new Set<string>();
function play(app: AppClient, name: string, variables: Record<string, unknown> = {}): Promise<Ran> {
  played.add(name);
  return run(app, operationText(name), variables);
}

describe("every operation that partner apps send leaves on record what its explanation said", () => {
  it("in the story of one application, from opening to the county's own worker", async () => {
    const inCase = await freshPerson(hasPlainHome);
    const { caseId } = inCase;
    const worker = await prisonWorkerOf(inCase);
    await play(worker, "CasesOfUnit", { first: 3, after: null });
    await play(worker, "CaseOfPerson", { id: caseId });
    await play(worker, "OpenCase", { input: { familyName: "Avattu", givenNames: "Käsin" } });
    await play(worker, "RecordFact", {
      input: { caseId, path: "readiness.identityDocumentValid", value: "true", confirmedOn: onDay },
    });
    await play(worker, "RecordContact", {
      input: { caseId, whom: "Asuntotoimi", channel: "phone", outcome: "REACHED", contactedAt: "2026-01-02T10:00:00Z" },
    });
    const consent = await play(worker, "RecordConsent", {
      input: { ...widestConsent(caseId), disclosers: ["KELA", "RISE"], validUntil: addMonths(onDay, 1) },
    });
    await play(worker, "CaseOfPerson", { id: caseId });
    await play(worker, "RecordOfCase", { caseId });
    await play(worker, "WhomToContactInCase", { caseId, situation: "HOMELESSNESS", phase: "RELEASE" });

    const written = await play(worker, "WriteStatement", {
      input: { caseId, language: "fi", content: { need: "Vuokravakuus; ei sairautta." }, author: { title: "Ohjaaja" } },
    });
    const statementId = (written.data["writeStatement"] as unknown as { statement: { id: string } }).statement.id;
    await play(worker, "RecordAgreement", { statementId, hasRead: true, agreesToAttach: true });
    await play(worker, "SignStatement", { statementId });
    await play(worker, "StatementsOfCase", { caseId });

    await play(worker, "Forms");
    await play(worker, "FormDraft", { input: applicationInput(caseId, { statementId }) });
    const made = await play(worker, "GenerateDocument", { input: applicationInput(caseId, { statementId }) });
    const document = (made.data["generateDocument"] as unknown as { document: { id: string; receiverCounty: string } })
      .document;
    await play(worker, "DocumentsOfCase", { caseId });
    const input = { documentId: document.id, personApplies: true };
    const noticed = await play(worker, "SubmitApplication", { input });
    expect(JSON.stringify(noticed.data)).toContain("FREE_TEXT_NOT_REVIEWED");
    expect(noticed.rows.flatMap((row) => row.disclosed.map((one) => one.path))).toContain("statement.content");
    const sent = await play(worker, "SubmitApplication", { input: { ...input, freeTextReviewed: true } });
    const referralId = (sent.data["submitApplication"] as unknown as { referral: { id: string } }).referral.id;
    await play(worker, "ReferralsOfCase", { caseId });

    const county = await countyWorkerOf(document.receiverCounty);
    await play(county, "ReceivedReferrals", { first: 5, after: null });
    await play(county, "ReceiveReferral", { referralId });
    await play(county, "AcceptReferral", { input: { referralId, version: 2, ownWorker: { name: "Outi Esimerkki" } } });
    await play(county, "CaseOfPerson", { id: caseId });

    const consentId = (consent.data["recordConsent"] as unknown as { consentId: string }).consentId;
    await play(worker, "WithdrawConsent", { consentId });
    const after = await play(worker, "CaseOfPerson", { id: caseId });
    expect(after.rows[0]!.disclosed.some(({ basis }) => basis === "CONSENT")).toBe(false);
    await play(worker, "ExplainDisclosure", { operation: "{ counties { code } }" });

    const holderUnit = document.receiverCounty;
    const social = await prisonWorkerOf(
      inCase,
      { id: "social-of-the-story", socialDataRight: true },
      "RELEASE_PLANNING",
    );
    const asked = await play(social, "RequestInformation", {
      input: {
        caseId,
        basis: "R1301_16_2_3",
        holder: "COUNTY",
        holderUnit,
        categories: ["SOCIAL_SERVICES"],
        reason: "Jatko",
      },
    });
    const { requestId } = asked.data["requestInformation"] as unknown as { requestId: string };
    await play(social, "InformationRequestsOfCase", { caseId });
    const helper = await (
      await testFront()
    ).as({ id: "county-of-the-story", role: "COUNTY_WORKER", unit: holderUnit }, "SOCIAL_WELFARE");
    await play(helper, "AnswerInformationRequest", { input: { id: requestId, granted: false, reason: "Ei tarpeen." } });
    await play(worker, "NotifyByStatute", {
      input: { basis: "SHL_35_2", caseId, reason: "Tuen tarve on ilmeinen.", receiverUnit: holderUnit },
    });
    const toUnit = inCase.unit === "turun-vankila" ? "vaasan-vankila" : "turun-vankila";
    await play(worker, "TransferCase", { input: { caseId, toUnit, on: onDay, reason: "PLACEMENT" } });
    await play(worker, "SubjectAccessOfCase", { caseId });
    const { hetu } = inCase.person;
    const person = await (
      await testFront()
    ).as({ id: "person-of-the-story", role: "PERSON", unit: null, hetu }, "OWN_DATA");
    await play(person, "MyTrace");
  });

  it("and there is none that the story leaves out", () => {
    const names = definitions.flatMap((node) => (node.kind === Kind.OPERATION_DEFINITION ? [node.name!.value] : []));
    expect(
      names.filter((name) => !played.has(name)),
      "play it above",
    ).toEqual([]);
  });
});

const ID = caseIdOf(DEMO_PERSON);
const hostile: [string, string, Record<string, unknown>][] = [
  [
    "the same fields under many aliases and twice",
    `query($c: ID!) { a: case(id: $c) { x: person { h: hetu { value } hetu { status } } x: person { hetu { value } } }
       b: case(id: $c) { person { hetu { value } } benefits { benefits { status } } } a: case(id: $c) { earliestReleaseOn } }`,
    { c: ID },
  ],
  [
    "fragments nested in fragments, some of them skipped by a variable",
    `query($c: ID!, $on: Boolean = false, $off: Boolean!) { case(id: $c) { ...A @skip(if: $off) ...B } }
     fragment A on Case { social { clientRelationships { status } } }
     fragment B on Case { ... @include(if: $on) { health { contacts { status } } } ... on Case { ...C } }
     fragment C on Case { person { ...P @include(if: $off) } withheld { path reason } }
     fragment P on PersonFacts { homeMunicipality { status facts { holder } } phone @skip(if: $on) { value } }`,
    { c: ID, off: true },
  ],
  [
    "a list of cases beside one, with what is derived",
    `query($c: ID!) { cases(first: 3) { edges { node { id earliestReleaseOn economy { iban { status } } } } }
       ... on Query { one: case(id: $c) { matters { held { value { kind } facts { holder } } } } } }`,
    { c: ID },
  ],
  [
    "every fact of entered words and of places",
    `query($c: ID!) { case(id: $c) { readiness { firstNight { status } debts { status } minorsInDwelling { status } }
       employment { area { status } contactPerson { status } } person { streetAddress { status } addressProtected { status } } } }`,
    { c: ID },
  ],
  [
    "what hangs on a case, a field or two of each",
    `query($c: ID!) { consents(caseId: $c) { edges { node { id answer } } }
       again: consents(caseId: $c) { edges { node { ...V } } } recordedContacts(caseId: $c) { edges { node { whom } } } }
     fragment V on Consent { validUntil receiverUnit }`,
    { c: ID },
  ],
];

const callers = [
  ["prison-worker", "RELEASE_PLANNING"],
  ["prison-social-worker", "RELEASE_PLANNING"],
  ["probation-worker", "ENFORCEMENT"],
  ["vth-nurse", "HEALTH_CARE"],
  ["county-worker", "SOCIAL_WELFARE"],
  ["employment-contact", "EMPLOYMENT_SERVICES"],
  ["kela-officer", "BENEFITS"],
] as const;

describe("hostile documents leave on record exactly what they select", () => {
  it.each(hostile)("%s", async (_, text, variables) => {
    const consenting = await hub.as("prison-worker", "RELEASE_PLANNING");
    for (const [caller, purpose] of callers) {
      const app = await hub.as(caller, purpose);
      await run(app, text, variables);
      await withConsent(consenting, widestConsent(ID), () => run(app, text, variables));
    }
  });

  it("nothing at all when nothing personal is selected, and yet the look is on record", async () => {
    const app = await hub.as("prison-worker", "RELEASE_PLANNING");
    for (const selection of [
      `case(id: $c) { id openedAt person { __typename } }`,
      `consents(caseId: $c) { edges { node { id } } pageInfo { hasNextPage } }`,
      `statements(caseId: $c) { edges { node { id caseId __typename } } }`,
      `documents(caseId: $c) { edges { node { id url } } }`,
      `formDraft(input: { caseId: $c, form: "taydentava-toimeentulotuki", language: fi }) { draft { fields { name label { fi } } } }`,
      `whomToContactInCase(caseId: $c, situation: HOMELESSNESS, phase: RELEASE) { __typename }`,
    ]) {
      const { rows } = await run(app, `query($c: ID!) { ${selection} }`, { c: ID });
      expect(
        rows.map((row) => [row.caseId, row.disclosed, row.withheld]),
        selection,
      ).toEqual([[ID, [], []]]);
    }
  });

  it("of a statement only the selected fields, in a mutation's answer too", async () => {
    const inCase = await freshPerson();
    const worker = await prisonWorkerOf(inCase);
    const content = { need: "Huonekalut" };
    const input = { caseId: inCase.caseId, language: "fi", content, author: { title: "Ohjaaja" } };
    const { rows } = await run(
      worker,
      `mutation($i: WriteStatementInput!) { writeStatement(input: $i) { statement { id v: version } userErrors { code } } }`,
      { i: input },
    );
    expect(rows.map((row) => row.disclosed)).toEqual([
      [{ path: "statement.version", holder: "RISE", basis: "RISE_TASK" }],
    ]);
    const listed = await run(worker, `query($c: ID!) { statements(caseId: $c) { edges { node { id signedAt } } } }`, {
      c: inCase.caseId,
    });
    expect(listed.rows.map((row) => row.disclosed.map(({ path }) => path))).toEqual([["statement.signedAt"]]);
  });
});
