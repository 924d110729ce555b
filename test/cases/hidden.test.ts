import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { insertConsent } from "../../src/disclosure/consent.repository.ts";
import { insertPermit } from "../../src/disclosure/permit.repository.ts";
import { DocumentEntity } from "../../src/forms/document.entity.ts";
import { AUTHORITIES } from "../../src/kernel/authority.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { type CaseId, type DocumentId, type WorkerId, newId } from "../../src/kernel/ids.ts";
import { insertReferral } from "../../src/referrals/referral.repository.ts";
import type { DemoCallerName } from "../../src/sandbox/demo-callers.ts";
import { insertStatement } from "../../src/statements/statement.repository.ts";
import { caseIdOf, onDay } from "../support/case-client.ts";
import { consentOf } from "../support/decisions.ts";
import { type TestHub, testHub } from "../support/hub.ts";
import { comparable, post, request } from "../support/raw-request.ts";

let hub: TestHub;
/** Ids of things of a case in another prison: the consent, the statement, the document, the referral, the request. */
const hidden = { case: "", consent: "", statement: "", document: "", referral: "", permit: "" };
type Thing = keyof typeof hidden;

beforeAll(async () => {
  hub = await testHub();
  const person = hub.sandbox.population.find((one) => one.units[0] === "kuopion-vankila")!;
  const caseId: CaseId = caseIdOf(person);
  const em = hub.database.fork();
  const now = systemClock.now();
  const by = "worker-elsewhere" as WorkerId;
  const consent = consentOf({ caseId, receiver: "RISE", givenOn: onDay, validUntil: onDay, recordedAt: now });
  await insertConsent(em, consent);
  const permit = {
    id: newId<never>(),
    caseId,
    basis: "ATL_64" as const,
    state: "REQUESTED" as const,
    holder: "RISE" as const,
    holderUnit: null,
    receiver: "COUNTY" as const,
    receiverUnit: "11",
    categories: [],
    requested: ["SENTENCE_DATES" as const],
    purpose: "SOCIAL_WELFARE" as const,
    from: onDay,
    until: onDay,
    reason: "-",
    requestedBy: by,
    requestedByName: "-",
    requestedAt: now,
    answeredBy: null,
    answeredAt: null,
    answer: null,
  };
  await insertPermit(em, permit);
  const statement = await insertStatement(em, {
    id: newId(),
    caseId,
    language: "fi",
    author: { workerId: by, name: "-", title: "-", phone: null, email: null },
    content: { need: "-", arrangedByPrison: "", housingOnRelease: "", linkToSentencePlan: "", preparedTogether: true },
    agreement: null,
    writtenAt: now,
    signedAt: null,
    signedHash: null,
  });
  const document = newId<DocumentId>();
  await em.insert(DocumentEntity, {
    id: document,
    caseId,
    form: "taydentava-toimeentulotuki",
    edition: "1",
    language: "fi",
    statementId: null,
    receiverCounty: "11",
    tellsPlace: true,
    fileName: `nivel-${document}.pdf`,
    sha256: "00",
    bytes: Buffer.from("%PDF"),
    notices: [],
    grounds: [],
    createdBy: by,
    createdAt: now,
    sentAt: now,
  });
  const referral = newId<never>();
  await insertReferral(em, {
    id: referral,
    caseId,
    kind: "SUPPLEMENTARY_ASSISTANCE_APPLICATION",
    documentId: document,
    state: "REQUESTED",
    senderUnit: "kuopion-vankila",
    senderId: by,
    senderName: "-",
    sentAt: now,
    freeTextReviewed: true,
    receiverUnit: "11",
    receivedAt: null,
    ownWorker: null,
    answeredAt: null,
    version: 1,
  });
  Object.assign(hidden, { case: caseId, consent: consent.id, statement: statement.id });
  Object.assign(hidden, { document, referral, permit: permit.id });
  // The first question about the own case settles how far enforcement has come; the next ones find it settled.
  await costOf("{ case(id: $id) { sentence { fullTermOn { status } } } }", caseIdOf(hub.sandbox.population[0]!));
});
afterEach(() => vi.restoreAllMocks());

const errors = "userErrors { code message field }";
const page = "edges { cursor node { id } } pageInfo { hasNextPage endCursor }";
const form = `form: "taydentava-toimeentulotuki", language: fi`;

/** Each operation that takes an id, asked with `$id`; `%` is the worker's own case. */
const OPERATIONS: [name: string, thing: Thing, text: string, caller?: DemoCallerName][] = [
  ["case", "case", "{ case(id: $id) { id openedAt person { familyName { status } homeMunicipality { status } } } }"],
  ["consents", "case", `{ consents(caseId: $id) { ${page} } }`],
  ["recordedContacts", "case", `{ recordedContacts(caseId: $id) { ${page} } }`],
  ["informationRequests", "case", `{ informationRequests(caseId: $id) { ${page} } }`],
  ["statements", "case", `{ statements(caseId: $id) { ${page} } }`],
  ["documents", "case", `{ documents(caseId: $id) { ${page} } }`],
  ["referrals", "case", `{ referrals(caseId: $id) { ${page} } }`],
  [
    "whomToContactInCase",
    "case",
    "{ whomToContactInCase(caseId: $id, situation: HOMELESSNESS, phase: RELEASE) { __typename } }",
  ],
  ["subjectAccess", "case", "{ subjectAccess(caseId: $id) { __typename } }"],
  ["formDraft", "case", `{ formDraft(input: { caseId: $id, ${form} }) { draft { form } ${errors} } }`],
  [
    "formDraft with another's statement",
    "statement",
    `{ formDraft(input: { caseId: "%", ${form}, statementId: $id }) { draft { form } ${errors} } }`,
  ],
  [
    "generateDocument",
    "case",
    `mutation { generateDocument(input: { caseId: $id, ${form} }) { document { id } ${errors} } }`,
  ],
  [
    "recordFact",
    "case",
    `mutation { recordFact(input: { caseId: $id, path: "sentence.fullTermOn", value: "2031-01-01", confirmedOn: "${onDay}" }) { caseId ${errors} } }`,
  ],
  [
    "recordContact",
    "case",
    `mutation { recordContact(input: { caseId: $id, whom: "x", channel: "x", outcome: REACHED, contactedAt: "${onDay}T00:00:00Z" }) { caseId ${errors} } }`,
  ],
  [
    "recordConsent",
    "case",
    `mutation { recordConsent(input: { caseId: $id, answer: GIVEN, disclosers: [KELA], receiver: RISE, categories: [BENEFITS],
       purposes: [RELEASE_PLANNING], informedIn: fi, form: WRITTEN, rightToRefuseExplained: true,
       givenOn: "${onDay}", validUntil: "${onDay}" }) { consentId ${errors} } }`,
  ],
  [
    "requestInformation",
    "case",
    `mutation { requestInformation(input: { caseId: $id, basis: R1301_16_2_3, holder: COUNTY, holderUnit: "15",
       categories: [SOCIAL_SERVICES], reason: "x" }) { ${errors} } }`,
  ],
  [
    "transferCase",
    "case",
    `mutation { transferCase(input: { caseId: $id, toUnit: "kuopion-vankila", on: "${onDay}", reason: PLACEMENT }) { caseId ${errors} } }`,
  ],
  [
    "writeStatement",
    "case",
    `mutation { writeStatement(input: { caseId: $id, language: fi, author: { title: "x" }, content: { need: "x", arrangedByPrison: "",
       housingOnRelease: "", linkToSentencePlan: "", preparedTogether: true } }) { statement { id } ${errors} } }`,
  ],
  ["withdrawConsent", "consent", `mutation { withdrawConsent(consentId: $id) { caseId ${errors} } }`],
  [
    "answerInformationRequest",
    "permit",
    `mutation { answerInformationRequest(input: { id: $id, granted: false, reason: "x" }) { ${errors} } }`,
  ],
  [
    "recordAgreement",
    "statement",
    `mutation { recordAgreement(statementId: $id, hasRead: true, agreesToAttach: true) { statement { id } ${errors} } }`,
  ],
  ["signStatement", "statement", `mutation { signStatement(statementId: $id) { statement { id } ${errors} } }`],
  [
    "submitApplication",
    "document",
    `mutation { submitApplication(input: { documentId: $id, personApplies: true }) { referral { id } ${errors} } }`,
  ],
  [
    "receiveReferral",
    "referral",
    `mutation { receiveReferral(referralId: $id) { referral { id } ${errors} } }`,
    "county-worker",
  ],
  [
    "acceptReferral",
    "referral",
    `mutation { acceptReferral(input: { referralId: $id, version: 1, ownWorker: { name: "x" } }) { referral { id } ${errors} } }`,
    "county-worker",
  ],
  ["a download", "document", "GET"],
];

/** What an id cost: the answer, the SQL about persons in its order, and how often each authority was asked. */
async function costOf(text: string, id: string, caller: DemoCallerName = "prison-worker") {
  const app = await hub.as(caller, "SOCIAL_ASSISTANCE");
  const execute = vi.spyOn(hub.database.fork().getConnection(), "execute");
  const before = { ...hub.sandbox.authorities.requests };
  const query = text.replace("%", caseIdOf(hub.sandbox.population[0]!)).replace("$id", JSON.stringify(id));
  const headers = { authorization: `Bearer ${app.token}`, "nivel-purpose": app.purpose };
  const { status, text: body } =
    text === "GET" ? await request(`${app.url}/documents/${id}`, { headers }) : await post(app, { query });
  const statements = execute.mock.calls
    .map(([sql]) => (typeof sql === "string" ? sql.replace(/\s+/g, " ").trim() : "?"))
    // The log is sealed between requests, whoever asked.
    .filter((sql) => (/audit_event/.test(sql) ? sql.startsWith("insert") : PERSONAL.test(sql)));
  execute.mockRestore();
  const asked = AUTHORITIES.map((one) => hub.sandbox.authorities.requests[one] - before[one]);
  return { status, body: comparable(body).replaceAll(id, "the id"), statements, asked };
}

const PERSONAL = /case_|recorded_|consent|permit|statement|document|referral/;

describe("hidden equals absent", () => {
  it.each(OPERATIONS)(
    "D1, D3: %s answers and works the same for another's %s and for one that never was",
    async (name, thing, text, caller = "prison-worker") => {
      const absent = await costOf(text, newId(), caller);
      const seen = await costOf(text, hidden[thing], caller);
      expect(seen).toEqual(absent);
      expect(absent.body).not.toMatch(/GRAPHQL_VALIDATION_FAILED|INTERNAL|BAD_USER_INPUT|FORBIDDEN/);
      expect(absent.statements.length).toBeGreaterThan(0);
      // The own case of a draft with another's statement is the caller's to ask about.
      if (!name.startsWith("formDraft with")) expect(absent.asked).toEqual([0, 0, 0, 0, 0]);
    },
  );
});
