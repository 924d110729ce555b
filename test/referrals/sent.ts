import { expect } from "vitest";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import {
  ReceivedReferralsDocument,
  type ReceivedReferralsQuery,
  SubmitApplicationDocument,
} from "../../src/cli/operations.generated.ts";
import type { SyntheticPerson } from "../../src/sandbox/population.ts";
import { applicationInput, generate } from "../documents/making.ts";
import { type PersonInCase, freshPerson, prisonWorkerOf } from "../http/front.ts";

/** Someone whose county is known and may be told, and who is no client there yet. */
export const hasPlainHome = ({ rise, traits, county }: SyntheticPerson): boolean =>
  rise.henkilo.kotikunta?.koodi != null &&
  county.length === 0 &&
  !traits.includes("PROTECTED_ADDRESS") &&
  !traits.includes("AUTHORITIES_DISAGREE");

export interface Sent extends PersonInCase {
  /** The prison worker who made and sent it. */
  worker: AppClient;
  documentId: string;
  county: string;
}

/** An application that is made and not sent. */
export async function made(wanted: (person: SyntheticPerson) => boolean = hasPlainHome): Promise<Sent> {
  const inCase = await freshPerson(wanted);
  const worker = await prisonWorkerOf(inCase);
  const { document } = await generate(worker, applicationInput(inCase.caseId));
  return { ...inCase, worker, documentId: document!.id, county: document!.receiverCounty! };
}

export const submit = async (app: AppClient, documentId: string, more = {}) =>
  (
    await ask(app, SubmitApplicationDocument, {
      input: { documentId, personApplies: true, freeTextReviewed: false, ...more },
    })
  ).submitApplication;

/** An application on its way to the county. */
export async function sent(wanted?: (person: SyntheticPerson) => boolean): Promise<Sent> {
  const application = await made(wanted);
  const { userErrors } = await submit(application.worker, application.documentId);
  expect(userErrors).toEqual([]);
  return application;
}

type Received = ReceivedReferralsQuery["receivedReferrals"]["edges"][number]["node"];

/** What the county's inbox shows of one document. */
export async function inInbox(app: AppClient, documentId: string): Promise<Received | undefined> {
  let after: string | null = null;
  do {
    const { receivedReferrals }: ReceivedReferralsQuery = await ask(app, ReceivedReferralsDocument, {
      first: 100,
      after,
    });
    const found = receivedReferrals.edges.find(({ node }) => node.documentId === documentId);
    if (found) return found.node;
    after = receivedReferrals.pageInfo.hasNextPage ? receivedReferrals.pageInfo.endCursor : null;
  } while (after !== null);
  return undefined;
}
