import { describe, expect, it } from "vitest";
import { type AppClient, ask, send } from "../../src/cli/graphql-client.ts";
import {
  AcceptReferralDocument,
  CaseOfPersonDocument,
  DocumentsOfCaseDocument,
  ReceiveReferralDocument,
  ReceivedReferralsDocument,
  type ReceivedReferralsQuery,
  ReferralsOfCaseDocument,
} from "../../src/cli/operations.generated.ts";
import { reference } from "../../src/contacts/reference.ts";
import { countyWorkerOf, prisonWorkerOf, testFront } from "../http/front.ts";
import { hasPlainHome, inInbox, sent } from "./sent.ts";
import { nodesOf } from "../support/nodes.ts";

const receive = async (app: AppClient, referralId: string) =>
  (await ask(app, ReceiveReferralDocument, { referralId })).receiveReferral;

const accept = async (
  app: AppClient,
  referralId: string,
  version: number,
  ownWorker: { name: string; phone?: string },
) => (await ask(app, AcceptReferralDocument, { input: { referralId, version, ownWorker } })).acceptReferral;

const anotherCounty = (county: string) => (county === "07" ? "08" : "07");

describe("a county's inbox", () => {
  it("goes page by page, first sent first, each exactly once", async () => {
    // Three to one county: the homeless person's is the prison's, so any three of one home do.
    const first = await sent();
    const home = (person: Parameters<typeof hasPlainHome>[0]) =>
      hasPlainHome(person) &&
      reference().municipalities.get(person.rise.henkilo.kotikunta!.koodi!)?.county === first.county;
    const others = [await sent(home), await sent(home)];
    const county = await countyWorkerOf(first.county);

    const seen: (string | null)[] = [];
    let after: string | null = null;
    for (let page = 0; page < 100; page++) {
      const { receivedReferrals }: ReceivedReferralsQuery = await ask(county, ReceivedReferralsDocument, {
        first: 1,
        after,
      });
      expect(receivedReferrals.edges).toHaveLength(1);
      seen.push(receivedReferrals.edges[0]!.node.documentId);
      after = receivedReferrals.pageInfo.endCursor;
      if (!receivedReferrals.pageInfo.hasNextPage) break;
    }
    expect(new Set(seen).size).toBe(seen.length);
    const mine = [first, ...others].map(({ documentId }) => documentId);
    expect(seen.filter((id) => mine.includes(id!))).toEqual(mine);
    const { receivedReferrals: whole } = await ask(county, ReceivedReferralsDocument, { first: 100 });
    expect(whole.edges.map(({ node }) => node.documentId)).toEqual(seen);
  });

  it("says what is wrong with a page size or a cursor that it cannot use", async () => {
    const county = await countyWorkerOf("15");
    for (const variables of [
      { first: 0 },
      { first: 101 },
      { first: 5, after: "not-a-cursor" },
      { first: 5, after: Buffer.from('["x","y"]').toString("base64url") },
    ]) {
      const { errors } = await send(county, ReceivedReferralsDocument, variables);
      expect(errors?.[0]?.extensions?.["code"]).toBe("BAD_USER_INPUT");
    }
  });

  it("shows nothing of another county's, whatever that county asks (D3)", async () => {
    const { documentId, county, caseId } = await sent();
    const owner = await countyWorkerOf(county);
    const other = await countyWorkerOf(anotherCounty(county));
    const referral = (await inInbox(owner, documentId))!;
    expect(await inInbox(other, documentId)).toBeUndefined();
    const absent = crypto.randomUUID();
    expect(await receive(other, referral.id)).toEqual(await receive(other, absent));
    const named = { name: "Väärä Työntekijä" };
    expect(await accept(other, referral.id, 1, named)).toEqual(await accept(other, absent, 1, named));
    expect(nodesOf((await ask(other, ReferralsOfCaseDocument, { caseId })).referrals)).toEqual([]);
    expect(nodesOf((await ask(other, DocumentsOfCaseDocument, { caseId })).documents)).toEqual([]);
    expect((await ask(other, CaseOfPersonDocument, { id: caseId })).case).toBeNull();
    expect((await inInbox(owner, documentId))?.state).toBe("REQUESTED");
  });

  it("is refused to the child-protection worker of the same county and to a prison worker (D7)", async () => {
    const { as } = await testFront();
    const { county, unit } = await sent();
    const child = await as({ id: "cp", role: "CHILD_PROTECTION_WORKER", unit: county }, "CHILD_PROTECTION");
    for (const app of [child, await prisonWorkerOf({ unit })]) {
      const { data, errors } = await send(app, ReceivedReferralsDocument, { first: 1 });
      expect(data).toBeNull();
      expect(errors?.[0]?.extensions?.["code"]).toBe("FORBIDDEN");
    }
  });
});

describe("a county's answer", () => {
  it("is RECEIVED when it is taken in, which the sender sees, and ACCEPTED with an own worker", async () => {
    const { documentId, county, caseId, worker } = await sent();
    const app = await countyWorkerOf(county);
    const { id } = (await inInbox(app, documentId))!;
    const { referral: received } = await receive(app, id);
    expect(received).toMatchObject({ state: "RECEIVED", receivedAt: expect.any(String) });
    expect((await receive(app, id)).referral).toEqual(received);
    const referrals = nodesOf((await ask(worker, ReferralsOfCaseDocument, { caseId })).referrals);
    expect(referrals[0]!.receivedAt).toBe(received!.receivedAt);

    const accepted = await accept(app, id, received!.version!, { name: " Outi Mallisaari ", phone: "050 311 9001" });
    expect(accepted).toMatchObject({
      userErrors: [],
      referral: { state: "ACCEPTED", ownWorker: { name: "Outi Mallisaari", phone: "+358503119001" } },
    });
  });

  it("with a version that is no longer so is STALE, changes nothing, and shows how it stands", async () => {
    const { documentId, county } = await sent();
    const app = await countyWorkerOf(county);
    const { id, version } = (await inInbox(app, documentId))!;
    await receive(app, id);
    const stale = await accept(app, id, version!, { name: "Myöhäinen" });
    expect(stale).toMatchObject({ userErrors: [{ code: "STALE" }], referral: { state: "RECEIVED", ownWorker: null } });
  });

  it("comes from one of two workers who answer at the same time; the other is told", async () => {
    const { documentId, county, caseId } = await sent();
    const apps = [await countyWorkerOf(county, "first"), await countyWorkerOf(county, "second")];
    const { id, version } = (await inInbox(apps[0]!, documentId))!;
    const outcomes = await Promise.all(
      apps.map((app, at) => accept(app, id, version!, { name: `Työntekijä ${String(at)}` })),
    );
    const codes = outcomes.map(({ userErrors }) => userErrors[0]?.code);
    expect(codes.toSorted()).toEqual(["STALE", undefined]);
    const winner = outcomes.find(({ userErrors }) => userErrors.length === 0)!;
    const now = nodesOf((await ask(apps[0]!, ReferralsOfCaseDocument, { caseId })).referrals)[0]!;
    expect(now.ownWorker).toEqual(winner.referral!.ownWorker);
  });

  it("needs a name and a telephone number that is one", async () => {
    const { documentId, county } = await sent();
    const app = await countyWorkerOf(county);
    const { id, version } = (await inInbox(app, documentId))!;
    expect((await accept(app, id, version!, { name: "  " })).userErrors).toMatchObject([
      { code: "OWN_WORKER_MISSING" },
    ]);
    const wrong = await accept(app, id, version!, { name: "Nimi", phone: "12" });
    expect(wrong.userErrors).toMatchObject([{ code: "PHONE_INVALID" }]);
    expect(wrong.userErrors[0]!.message).not.toContain("12");
  });

  it("opens the application to the county and nothing else of the case (D11)", async () => {
    const { documentId, county, caseId } = await sent(
      (person) => hasPlainHome(person) && person.kela !== null && person.vth !== null,
    );
    const app = await countyWorkerOf(county);
    expect(await inInbox(app, documentId)).toBeDefined();
    const { case: seen } = await ask(app, CaseOfPersonDocument, { id: caseId });
    for (const fact of [
      seen!.sentence.sanction,
      seen!.sentence.conditionalReleaseOn,
      seen!.placement.unit,
      seen!.health.contacts,
      seen!.benefits.benefits,
      seen!.employment.jobSearchActive,
    ]) {
      expect(fact).toMatchObject({ status: "WITHHELD", value: null });
    }
  });
});
