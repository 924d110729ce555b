import { describe, expect, it } from "vitest";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import {
  AcceptReferralDocument,
  CaseOfPersonDocument,
  ReceiveReferralDocument,
  ReferralsOfCaseDocument,
} from "../../src/cli/operations.generated.ts";
import { recordConsent } from "../documents/making.ts";
import { countyWorkerOf, prisonWorkerOf } from "../http/front.ts";
import { type Sent, inInbox, sent } from "./sent.ts";
import { nodesOf } from "../support/nodes.ts";

const NAME = "Outi Mallisaari";

/** Everything that a caller can ask about a case's referrals and facts; times of asking left out. */
async function answers(app: AppClient, caseId: string): Promise<string> {
  const both = [
    await ask(app, ReferralsOfCaseDocument, { caseId }),
    await ask(app, CaseOfPersonDocument, { id: caseId }),
  ];
  return JSON.stringify(both, (key, value: unknown) => (key === "retrievedAt" ? undefined : value));
}

async function take({ documentId, county }: Sent, also: "receive only" | "accept"): Promise<void> {
  const app = await countyWorkerOf(county);
  const { id } = (await inInbox(app, documentId))!;
  const { receiveReferral } = await ask(app, ReceiveReferralDocument, { referralId: id });
  if (also === "receive only") return;
  const { acceptReferral } = await ask(app, AcceptReferralDocument, {
    input: { referralId: id, version: receiveReferral.referral!.version!, ownWorker: { name: NAME } },
  });
  expect(acceptReferral.userErrors).toEqual([]);
}

describe("that the county took the person as a client (D5)", () => {
  it("is null for a prison worker without the right to social data, state, worker and time alike", async () => {
    const application = await sent();
    await recordConsent(application.worker, application.caseId);
    await take(application, "accept");
    const referrals = nodesOf(
      (await ask(application.worker, ReferralsOfCaseDocument, { caseId: application.caseId })).referrals,
    );
    expect(referrals).toMatchObject([{ state: null, ownWorker: null, receivedAt: expect.any(String) }]);
  });

  it("is told by nothing derived either: every answer is the same before and after (D1)", async () => {
    const application = await sent();
    await take(application, "receive only");
    const before = await answers(application.worker, application.caseId);
    const app = await countyWorkerOf(application.county);
    const { id, version } = (await inInbox(app, application.documentId))!;
    const input = { referralId: id, version: version!, ownWorker: { name: NAME } };
    expect((await ask(app, AcceptReferralDocument, { input })).acceptReferral.userErrors).toEqual([]);
    expect(await answers(application.worker, application.caseId)).toBe(before);
  });

  it("is null for the prison's social worker too while the person has not consented, and told once they have", async () => {
    const application = await sent();
    const { caseId, worker } = application;
    const social = await prisonWorkerOf(application, { id: "social", socialDataRight: true });
    await take(application, "accept");
    const read = async () => nodesOf((await ask(social, ReferralsOfCaseDocument, { caseId })).referrals)[0];
    expect(await read()).toMatchObject({ state: null, ownWorker: null });
    await recordConsent(worker, caseId);
    expect(await read()).toMatchObject({ state: "ACCEPTED", ownWorker: { name: NAME } });
  });
});
