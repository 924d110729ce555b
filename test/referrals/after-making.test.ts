import { describe, expect, it } from "vitest";
import { ask, download } from "../../src/cli/graphql-client.ts";
import { RecordFactDocument } from "../../src/cli/operations.generated.ts";
import { applicationInput, generate } from "../documents/making.ts";
import { freshPerson, prisonWorkerOf } from "../http/front.ts";
import { hasPlainHome, made, submit } from "./sent.ts";

describe("what changes between making and sending", () => {
  it("D14: words of health or crime in an override are shown before anything is sent", async () => {
    const inCase = await freshPerson(hasPlainHome);
    const worker = await prisonWorkerOf(inCase);
    const overrides = [{ name: "urgency-reason", value: "Asiakkaalla on skitsofrenia" }];
    const { document } = await generate(worker, applicationInput(inCase.caseId, { overrides }));
    const first = await submit(worker, document!.id);
    expect(first).toMatchObject({ referral: null, userErrors: [{ code: "FREE_TEXT_NOT_REVIEWED" }] });
    expect(first.notices).toMatchObject([{ field: "urgency-reason", topic: "HEALTH", word: "skitsofrenia" }]);
    expect((await submit(worker, document!.id, { freeTextReviewed: true })).userErrors).toEqual([]);
  });

  it("D6: a document that tells the place is read no more once the address is protected", async () => {
    const { worker, documentId, caseId } = await made();
    expect((await download(worker, `/documents/${documentId}`)).status).toBe(200);
    const input = { caseId, path: "person.addressProtected", value: "true", confirmedOn: "2026-01-01" };
    expect((await ask(worker, RecordFactDocument, { input })).recordFact.userErrors).toEqual([]);
    expect((await download(worker, `/documents/${documentId}`)).status).toBe(404);
    expect((await submit(worker, documentId)).userErrors).toMatchObject([{ code: "RECEIVER_UNKNOWN" }]);
  });
});
