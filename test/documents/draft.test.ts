import { describe, expect, it } from "vitest";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import { FormDraftDocument, FormsDocument, RecordFactDocument } from "../../src/cli/operations.generated.ts";
import { today } from "../../src/kernel/dates.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { freshPerson, prisonWorkerOf } from "../http/front.ts";
import { signedStatement, writeStatement } from "../statements/signed.ts";
import { applicationInput, draftFields, recordConsent } from "./making.ts";

const userErrors = async (app: AppClient, input: ReturnType<typeof applicationInput>) =>
  (await ask(app, FormDraftDocument, { input })).formDraft;

describe("the draft of an application, before anything is made", () => {
  it("tells of each filled field which authority it came from, and as of when", async () => {
    const inCase = await freshPerson();
    const field = await draftFields(await prisonWorkerOf(inCase), applicationInput(inCase.caseId));
    expect(field("applicant-family-name")).toMatchObject({
      value: inCase.person.familyName,
      state: "FILLED",
      reason: null,
      provenance: [{ holder: "RISE", origin: "SYSTEM", asOf: expect.stringMatching(/^\d{4}-/) }],
    });
  });

  it("tells a worker's own entry from a system's word", async () => {
    const inCase = await freshPerson(({ traits }) => !traits.includes("PROTECTED_ADDRESS"));
    const app = await prisonWorkerOf(inCase);
    await ask(app, RecordFactDocument, {
      input: {
        caseId: inCase.caseId,
        path: "readiness.housingOnRelease",
        value: "Tuttavan luona",
        confirmedOn: today(systemClock),
      },
    });
    const field = await draftFields(app, applicationInput(inCase.caseId));
    expect(field("housing-on-release")).toMatchObject({
      value: "Tuttavan luona",
      provenance: [{ holder: "RISE", origin: "WORKER" }],
    });
  });

  it("says of an empty field whether it is withheld, failed, unknown, none, for the person or for the office", async () => {
    const inCase = await freshPerson(
      ({ kela, rise, traits }) =>
        kela !== null && !traits.includes("PROTECTED_ADDRESS") && rise.sijoitus.virkamies.puhelin === null,
    );
    const app = await prisonWorkerOf(inCase);
    const input = applicationInput(inCase.caseId);
    const before = await draftFields(app, input);
    expect(before("kela-decided-on")).toMatchObject({ value: null, state: "WITHHELD" });
    expect(before("kela-decided-on").reason?.fi).toContain("Kela");
    expect(before("benefits-known")).toMatchObject({ value: null, state: "WITHHELD" });
    expect(before("housing-on-release")).toMatchObject({ value: null, state: "UNKNOWN" });
    expect(before("applicant-phone")).toMatchObject({ value: null, state: "UNKNOWN" });
    expect(before("worker-phone")).toMatchObject({ value: null, state: "NONE" });
    expect(before("spouse-hetu")).toMatchObject({ value: null, state: "FOR_PERSON" });
    expect(before("arrived-on")).toMatchObject({ value: null, state: "OFFICE_USE" });

    await recordConsent(app, inCase.caseId);
    const consented = await draftFields(app, input);
    expect(consented("kela-decided-on").state).not.toBe("WITHHELD");
    const failed = await draftFields(app, input, "kela=down");
    expect(failed("kela-decided-on")).toMatchObject({ value: null, state: "FAILED" });
    expect(failed("applicant-family-name").state).toBe("FILLED");
  });

  it("gives every empty field a reason in both languages", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const { formDraft } = await ask(app, FormDraftDocument, { input: applicationInput(inCase.caseId) });
    const silent = formDraft.draft!.fields.filter(({ value, reason }) => value === null && !reason?.fi);
    expect(silent.map((field) => field.name)).toEqual([]);
  });

  it("shows a worker's override as such, and what a system said beside it", async () => {
    const inCase = await freshPerson();
    const overrides = [
      { name: "applicant-family-name", value: "Toinen" },
      { name: "applicant-given-names", value: "" },
      { name: "urgent", value: "true" },
    ];
    const field = await draftFields(await prisonWorkerOf(inCase), applicationInput(inCase.caseId, { overrides }));
    expect(field("applicant-family-name")).toMatchObject({
      value: "Toinen",
      state: "OVERRIDDEN",
      provenance: [{ holder: "RISE" }],
    });
    expect(field("applicant-given-names")).toMatchObject({ value: null, state: "OVERRIDDEN" });
    expect(field("urgent")).toMatchObject({ value: "true", state: "OVERRIDDEN" });
  });

  it.each([
    ["a field that the form lacks", { name: "no-such-field", value: "x" }],
    ["a field that the office fills", { name: "arrived-on", value: "1.1.2027" }],
    ["a check box that is neither", { name: "urgent", value: "maybe" }],
    ["an option that there is not", { name: "application-order", value: "THIRD" }],
    ["a name from an object's prototype", { name: "__proto__", value: "x" }],
    ["another such name", { name: "constructor", value: "x" }],
  ])("answers an override of %s with what to mend, not with an error", async (_, override) => {
    const inCase = await freshPerson();
    const outcome = await userErrors(
      await prisonWorkerOf(inCase),
      applicationInput(inCase.caseId, { overrides: [override] }),
    );
    expect(outcome).toMatchObject({ draft: null, userErrors: [{ code: "OVERRIDE_INVALID", field: "overrides" }] });
  });

  it("takes a statement only when it is of this case, signed, and agreed to", async () => {
    const inCase = await freshPerson();
    const other = await freshPerson(({ units }) => units[0] === inCase.unit);
    const app = await prisonWorkerOf(inCase);
    const codeOf = async (statementId: string) =>
      (await userErrors(app, applicationInput(inCase.caseId, { statementId }))).userErrors.map(({ code }) => code);
    expect(await codeOf(await signedStatement(app, other.caseId))).toEqual(["STATEMENT_NOT_FOUND"]);
    expect(await codeOf(crypto.randomUUID())).toEqual(["STATEMENT_NOT_FOUND"]);
    expect(await codeOf("not-an-id")).toEqual(["STATEMENT_NOT_FOUND"]);
    expect(await codeOf(await writeStatement(app, inCase.caseId))).toEqual(["STATEMENT_NOT_SIGNED"]);
    expect(await codeOf(await signedStatement(app, inCase.caseId))).toEqual([]);
  });

  it("does not exist for a worker of another unit, nor for a form that there is not", async () => {
    const inCase = await freshPerson(({ units }) => !units.includes("vaasan-vankila"));
    const stranger = await prisonWorkerOf({ unit: "vaasan-vankila" });
    const hidden = await userErrors(stranger, applicationInput(inCase.caseId));
    expect(hidden).toEqual(await userErrors(stranger, applicationInput(crypto.randomUUID())));
    expect(hidden).toMatchObject({ draft: null, userErrors: [{ code: "CASE_NOT_FOUND" }] });

    const unknown = await userErrors(
      await prisonWorkerOf(inCase),
      applicationInput(inCase.caseId, { form: "../../etc/passwd" }),
    );
    expect(unknown).toMatchObject({ draft: null, userErrors: [{ code: "FORM_NOT_FOUND" }] });
    expect(unknown.userErrors[0]!.message).not.toContain("passwd");
  });

  it("is of one of the forms that are listed, marked as our own model", async () => {
    const { forms } = await ask(await prisonWorkerOf(await freshPerson()), FormsDocument, {});
    expect(forms.map(({ code, languages, model }) => [code, languages, model])).toEqual([
      ["taydentava-toimeentulotuki", ["fi", "sv"], true],
      ["vankilan-tyontekijan-lausunto", ["fi", "sv"], true],
    ]);
  });
});
