import { describe, expect, it } from "vitest";
import { ask } from "../../src/cli/graphql-client.ts";
import {
  DocumentsOfCaseDocument,
  ExplainDisclosureDocument,
  ReferralsOfCaseDocument,
} from "../../src/cli/operations.generated.ts";
import { applicationInput, generate } from "../documents/making.ts";
import { countyWorkerOf, freshPerson, prisonWorkerOf } from "../http/front.ts";
import { signedStatement } from "../statements/signed.ts";
import { rowsDuring } from "../support/audit-rows.ts";
import { testHub } from "../support/hub.ts";
import { hasPlainHome, inInbox, made, submit } from "./sent.ts";
import { nodesOf } from "../support/nodes.ts";

describe("sending an application", () => {
  it("happens only when the person asks for it", async () => {
    const { worker, documentId, county, caseId } = await made();
    expect(await submit(worker, documentId, { personApplies: false })).toMatchObject({
      referral: null,
      userErrors: [{ code: "PERSON_DOES_NOT_APPLY" }],
    });
    expect(await inInbox(await countyWorkerOf(county), documentId)).toBeUndefined();
    expect(nodesOf((await ask(worker, ReferralsOfCaseDocument, { caseId })).referrals)).toEqual([]);
  });

  it("stops at words of health or crime until the worker has looked at them, and then sends them (D14)", async () => {
    const inCase = await freshPerson(hasPlainHome);
    const worker = await prisonWorkerOf(inCase);
    const statementId = await signedStatement(worker, inCase.caseId, { need: "Masennus ja velat." });
    const { document } = await generate(worker, applicationInput(inCase.caseId, { statementId }));
    const stopped = await submit(worker, document!.id);
    expect(stopped).toMatchObject({
      referral: null,
      notices: [{ field: "need", topic: "HEALTH", word: "Masennus" }],
      userErrors: [{ code: "FREE_TEXT_NOT_REVIEWED", field: "freeTextReviewed" }],
    });
    const sent = await submit(worker, document!.id, { freeTextReviewed: true });
    expect(sent).toMatchObject({ notices: [{ word: "Masennus" }], userErrors: [] });

    const { database } = await testHub();
    const rows = await database
      .fork()
      .execute<
        { free_text_reviewed: boolean }[]
      >("select free_text_reviewed from referral where document_id = ?", [document!.id]);
    expect(rows).toEqual([{ free_text_reviewed: true }]);
  });

  it("is not held up where there is nothing to look at", async () => {
    const { worker, documentId, county } = await made();
    const sent = await submit(worker, documentId);
    expect(sent).toMatchObject({ notices: [], userErrors: [], referral: { receiverUnit: county } });
  });

  it("is explained before it happens: to whom it would send what, as it then goes on record", async () => {
    const { worker, documentId, caseId } = await made();
    const operation = `mutation($d: ID!) { submitApplication(input: { documentId: $d, personApplies: true }) { referral { id } } }`;
    const variables = { operation, variables: { d: documentId } };
    const { explainDisclosure } = await ask(worker, ExplainDisclosureDocument, variables);
    const [person] = explainDisclosure.roots[0]!.people;
    expect(person).toMatchObject({
      caseId,
      sends: [{ category: "APPLICATION", basis: { citation: "1301/2014 35.1 §" } }],
    });
    const rows = await rowsDuring(await testHub(), () => submit(worker, documentId));
    const recorded = rows.flatMap(({ receiverAuthority: receiver, disclosed }) =>
      receiver === null ? [] : disclosed.map((one) => ({ ...one, receiver })),
    );
    expect(recorded).toEqual(
      person!.sends.map(({ path, holder, basis, receiver }) => ({ path, holder, basis: basis.code, receiver })),
    );
  });

  it("happens once: a second time is told so, and the county has one", async () => {
    const { worker, documentId, caseId } = await made();
    await submit(worker, documentId);
    expect(await submit(worker, documentId)).toMatchObject({
      referral: null,
      userErrors: [{ code: "ALREADY_SENT", field: "documentId" }],
    });
    expect(nodesOf((await ask(worker, ReferralsOfCaseDocument, { caseId })).referrals)).toHaveLength(1);
  });

  it("happens once also when it is clicked four times at the same time", async () => {
    const { worker, documentId, caseId } = await made();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => submit(worker, documentId)));
    expect(outcomes.filter(({ referral }) => referral !== null)).toHaveLength(1);
    expect(outcomes.flatMap(({ userErrors }) => userErrors.map(({ code }) => code))).toEqual(
      Array.from({ length: 3 }, () => "ALREADY_SENT"),
    );
    expect(nodesOf((await ask(worker, ReferralsOfCaseDocument, { caseId })).referrals)).toHaveLength(1);
    expect(nodesOf((await ask(worker, DocumentsOfCaseDocument, { caseId })).documents)[0]!.sentAt).not.toBeNull();
  });

  it("of a document outside the worker's remit is the same as of one that never was (D3)", async () => {
    const { documentId, unit, worker } = await made();
    const stranger = await prisonWorkerOf({ unit: unit === "vaasan-vankila" ? "turun-vankila" : "vaasan-vankila" });
    const hidden = await submit(stranger, documentId);
    expect(hidden).toMatchObject({ referral: null, userErrors: [{ code: "DOCUMENT_NOT_FOUND" }] });
    expect(await submit(stranger, crypto.randomUUID())).toEqual(hidden);
    expect(await submit(stranger, "'; drop table referral; --")).toEqual(hidden);
    expect((await submit(worker, documentId)).userErrors).toEqual([]);
  });

  it("leaves its trace in the audit log, refused or done", async () => {
    const { worker, documentId, caseId } = await made();
    await submit(worker, documentId, { personApplies: false });
    await submit(worker, documentId);
    const { database } = await testHub();
    const rows = await database
      .fork()
      .execute<
        { subject_id: string; outcome: string }[]
      >("select subject_id, outcome from audit_event where case_id = ? and operation = 'submitApplication' order by id", [caseId]);
    expect(rows.map((row) => row.outcome)).not.toContain("REFUSED");
    expect(rows[0]!.subject_id).toBe(documentId);
    expect(rows.length).toBeGreaterThanOrEqual(2);
  });
});
