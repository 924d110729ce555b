import { print } from "graphql";
import { describe, expect, it } from "vitest";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import {
  AcceptReferralDocument,
  WhomToContactInCaseDocument,
  type WhomToContactInCaseQueryVariables,
  WithdrawConsentDocument,
} from "../../src/cli/operations.generated.ts";
import { recordConsent } from "../documents/making.ts";
import { countyWorkerOf, freshPerson, prisonWorkerOf, testFront } from "../http/front.ts";
import { type Sent, hasPlainHome, inInbox, sent } from "../referrals/sent.ts";
import { comparable } from "../support/raw-request.ts";

const NAME = "Outi Mallisaari";

const variables = (caseId: string): WhomToContactInCaseQueryVariables => ({
  caseId,
  situation: "SUPPLEMENTARY_ASSISTANCE",
  phase: "ENFORCEMENT",
});

/** The very bytes of the answer. */
async function bytesFor(app: AppClient, caseId: string): Promise<string> {
  const response = await fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${app.token}`,
      "nivel-purpose": app.purpose,
      "content-type": "application/json",
    },
    body: JSON.stringify({ query: print(WhomToContactInCaseDocument), variables: variables(caseId) }),
  });
  expect(response.status).toBe(200);
  return comparable(await response.text());
}

async function accepted(application: Sent): Promise<void> {
  const app = await countyWorkerOf(application.county);
  const { id, version } = (await inInbox(app, application.documentId))!;
  const input = { referralId: id, version: version!, ownWorker: { name: NAME, phone: "050 311 9001" } };
  expect((await ask(app, AcceptReferralDocument, { input })).acceptReferral.userErrors).toEqual([]);
}

const contactsFor = async (app: AppClient, caseId: string) =>
  (await ask(app, WhomToContactInCaseDocument, variables(caseId))).whomToContactInCase!.steps.flatMap(
    (step) => step.contacts,
  );

describe("whom to contact about a person who has an own worker (D5)", () => {
  it("is byte for byte the same before and after for those who may not know of one", async () => {
    const application = await sent(
      (person) => person.vth !== null && person.kela?.rikosseuraamusilmoitus != null && hasPlainHome(person),
    );
    const { caseId, unit, worker } = application;
    const { as } = await testFront();
    const unknowing: [string, AppClient][] = [
      ["a prison worker without the right", worker],
      ["a social worker without consent", await prisonWorkerOf({ unit }, { id: "social", socialDataRight: true })],
      ["the nurse", await as({ id: "nurse", role: "VTH_NURSE", unit }, "HEALTH_CARE")],
      ["the Kela officer", await as({ id: "kela", role: "KELA_OFFICER", unit: "KELA" }, "BENEFITS")],
    ];
    const before = await Promise.all(unknowing.map(([, app]) => bytesFor(app, caseId)));
    await accepted(application);
    for (const [at, [who, app]] of unknowing.entries()) {
      const after = await bytesFor(app, caseId);
      expect(after, who).toBe(before[at]);
      expect(after, who).not.toContain(NAME);
    }
  });

  it("stays the same for a prison worker without the right, also once the person has consented", async () => {
    const application = await sent();
    const before = await bytesFor(application.worker, application.caseId);
    await accepted(application);
    await recordConsent(application.worker, application.caseId);
    expect(await bytesFor(application.worker, application.caseId)).toBe(before);
  });

  it("puts the own worker first for the social worker to whom the person consented, until it is withdrawn", async () => {
    const application = await sent();
    const { caseId, worker } = application;
    const social = await prisonWorkerOf(application, { id: "social", socialDataRight: true });
    const before = await bytesFor(social, caseId);
    await accepted(application);
    const consentId = await recordConsent(worker, caseId);
    expect((await contactsFor(social, caseId))[0]).toMatchObject({
      role: "OWN_WORKER",
      name: { fi: NAME },
      displayValue: "050 311 9001",
    });
    await ask(worker, WithdrawConsentDocument, { consentId });
    expect(await bytesFor(social, caseId)).toBe(before);
  });

  it("does not exist for a worker of another unit", async () => {
    const inCase = await freshPerson(({ units }) => !units.includes("vaasan-vankila"));
    const stranger = await prisonWorkerOf({ unit: "vaasan-vankila" });
    const hidden = await bytesFor(stranger, inCase.caseId);
    expect(JSON.parse(hidden)).toMatchObject({ data: { whomToContactInCase: null } });
    expect(hidden).toBe(await bytesFor(stranger, crypto.randomUUID()));
  });

  it("tells no receiver while nobody knows the home municipality, and none of a protected person (D6, D15)", async () => {
    const protectedOne = await freshPerson((person) => person.traits.includes("PROTECTED_ADDRESS"));
    const app = await prisonWorkerOf(protectedOne);
    const text = await bytesFor(app, protectedOne.caseId);
    const { kotikunta } = protectedOne.person.rise.henkilo;
    expect(kotikunta?.koodi).toBeDefined();
    const { steps } = (await ask(app, WhomToContactInCaseDocument, variables(protectedOne.caseId)))
      .whomToContactInCase!;
    for (const step of steps) {
      expect(step.receiver).toBeNull();
      expect(step.receiverStatus).not.toBe("FOUND");
    }
    expect(text).not.toContain(kotikunta!.koodi!);
  });
});
