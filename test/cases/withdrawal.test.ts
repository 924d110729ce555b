import { beforeAll, describe, expect, it } from "vitest";
import { type AppClient, download } from "../../src/cli/graphql-client.ts";
import { DocumentEntity } from "../../src/forms/document.entity.ts";
import { rowsDuring } from "../support/audit-rows.ts";
import { addDays } from "../../src/kernel/dates.ts";
import { onDay } from "../support/case-client.ts";
import { sendText } from "../support/hub.ts";
import { applicationInput, generate, makeAndFetch, recordConsent } from "../documents/making.ts";
import { type Front, freshPerson, prisonWorkerOf, testFront } from "../http/front.ts";
import { hasPlainHome, submit } from "../referrals/sent.ts";

let front: Front;
beforeAll(async () => {
  front = await testFront();
});

interface Withdrawn {
  caseId: string | null;
  consent: { withdrawnByAuthority: string; withdrawalTold: string[] } | null;
  deletedDocumentIds: string[];
  userErrors: { code: string }[];
}

async function withdraw(app: AppClient, consentId: string): Promise<Withdrawn> {
  const answer = await sendText(
    app,
    `mutation Withdraw($id: ID!) { withdrawConsent(consentId: $id) { caseId deletedDocumentIds
       consent { withdrawnByAuthority withdrawalTold } userErrors { code } } }`,
    { id: consentId },
  );
  expect(answer.errors).toBeUndefined();
  return (answer.data as unknown as { withdrawConsent: Withdrawn }).withdrawConsent;
}

const groundsOf = async (id: string) => (await front.hub.database.fork().findOneOrFail(DocumentEntity, { id })).grounds;
const isKept = async (id: string) => (await front.hub.database.fork().count(DocumentEntity, { id })) === 1;

describe("the withdrawal of a consent (decision D11)", () => {
  it("deletes with its bytes what rests on it and was not sent, says so, and puts each on record", async () => {
    const { caseId, unit } = await freshPerson(hasPlainHome);
    const app = await prisonWorkerOf({ unit });
    const before = (await generate(app, applicationInput(caseId))).document!;
    const consentId = await recordConsent(app, caseId);
    const { document } = await makeAndFetch(app, applicationInput(caseId));
    expect(await groundsOf(document.id)).toEqual([consentId]);

    let withdrawn: Withdrawn | undefined;
    const rows = await rowsDuring(front.hub, async () => {
      withdrawn = await withdraw(app, consentId);
    });
    expect(withdrawn).toEqual({
      caseId,
      consent: { withdrawnByAuthority: "RISE", withdrawalTold: ["COUNTY", "KELA"] },
      deletedDocumentIds: [document.id],
      userErrors: [],
    });
    expect(rows.map(({ caseId: whose, subjectId }) => ({ whose, subjectId }))).toEqual([
      { whose: caseId, subjectId: consentId },
      { whose: caseId, subjectId: document.id },
    ]);
    expect((await download(app, document.url)).status).toBe(404);
    expect(await isKept(document.id)).toBe(false);
    expect(await groundsOf(before.id)).toEqual([]);
    expect((await download(app, before.url)).status).toBe(200);
    expect((await withdraw(app, consentId)).userErrors).toMatchObject([{ code: "CONSENT_WITHDRAWN" }]);
  });

  it("leaves what was sent on record; only its receiver and the person still open it", async () => {
    const inCase = await freshPerson(hasPlainHome);
    const app = await prisonWorkerOf(inCase);
    const consentId = await recordConsent(app, inCase.caseId);
    const { document } = await makeAndFetch(app, applicationInput(inCase.caseId));
    expect((await submit(app, document.id)).userErrors).toEqual([]);
    const county = await front.as(
      { id: "county-of-withdrawal", role: "COUNTY_WORKER", unit: document.receiverCounty! },
      "SOCIAL_ASSISTANCE",
    );
    expect((await withdraw(app, consentId)).deletedDocumentIds).toEqual([]);
    expect(await isKept(document.id)).toBe(true);
    expect((await download(app, document.url)).status).toBe(404);
    expect((await download(county, document.url)).status).toBe(200);
  });

  it("has its like in the end of a consent: what rests on it is not sent any more, and what is made anew is", async () => {
    const inCase = await freshPerson(hasPlainHome);
    const app = await prisonWorkerOf(inCase);
    const consentId = await recordConsent(app, inCase.caseId);
    const { document } = await makeAndFetch(app, applicationInput(inCase.caseId));
    const ended = [addDays(onDay, -9), addDays(onDay, -1), consentId];
    await front.hub.database.fork().execute("update consent set given_on = ?, valid_until = ? where id = ?", ended);
    expect(await submit(app, document.id)).toMatchObject({ referral: null, userErrors: [{ code: "GROUND_ENDED" }] });
    const anew = (await generate(app, applicationInput(inCase.caseId))).document!;
    expect((await submit(app, anew.id)).userErrors).toEqual([]);
  });

  it("is made by a refusal that takes back all of the consent", async () => {
    const inCase = await freshPerson(hasPlainHome);
    const app = await prisonWorkerOf(inCase);
    await recordConsent(app, inCase.caseId);
    const { document } = await makeAndFetch(app, applicationInput(inCase.caseId));
    const answer = await sendText(
      app,
      `mutation Refuse($input: RecordConsentInput!) { recordConsent(input: $input) { deletedDocumentIds userErrors { code } } }`,
      {
        input: {
          caseId: inCase.caseId,
          answer: "REFUSED",
          disclosers: ["KELA"],
          receiver: "RISE",
          categories: ["BENEFITS"],
          purposes: ["RELEASE_PLANNING", "SOCIAL_ASSISTANCE"],
          informedIn: "fi",
          form: "ORAL",
          rightToRefuseExplained: true,
          givenOn: onDay,
          validUntil: onDay,
        },
      },
    );
    expect(answer).toMatchObject({ data: { recordConsent: { deletedDocumentIds: [document.id], userErrors: [] } } });
    expect(await isKept(document.id)).toBe(false);
  });
});
