import { expect } from "vitest";
import { type AppClient, ask, download, send } from "../../src/cli/graphql-client.ts";
import {
  FormDraftDocument,
  type FormDraftInput,
  type FormDraftQuery,
  GenerateDocumentDocument,
  type GenerateDocumentMutation,
  RecordConsentDocument,
} from "../../src/cli/operations.generated.ts";
import { addMonths, today } from "../../src/kernel/dates.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { sendWithFault } from "../support/hub.ts";

export const APPLICATION = "taydentava-toimeentulotuki";

export const applicationInput = (caseId: string, more: Partial<FormDraftInput> = {}): FormDraftInput => ({
  caseId,
  form: APPLICATION,
  language: "fi",
  overrides: [],
  ...more,
});

type Draft = NonNullable<FormDraftQuery["formDraft"]["draft"]>;
export type DraftField = Draft["fields"][number];

/** The fields of a draft by name. */
export async function draftFields(
  app: AppClient,
  input: FormDraftInput,
  fault?: string,
): Promise<(name: string) => DraftField> {
  const { data, errors } = await (fault === undefined
    ? send(app, FormDraftDocument, { input })
    : sendWithFault(app, FormDraftDocument, { input }, fault));
  expect(errors).toBeUndefined();
  expect(data!.formDraft.userErrors).toEqual([]);
  const byName = new Map(data!.formDraft.draft!.fields.map((field) => [field.name, field]));
  return (name) => byName.get(name)!;
}

export type Made = GenerateDocumentMutation["generateDocument"];

export async function generate(app: AppClient, input: FormDraftInput, fault?: string): Promise<Made> {
  const { data, errors } = await (fault === undefined
    ? send(app, GenerateDocumentDocument, { input })
    : sendWithFault(app, GenerateDocumentDocument, { input }, fault));
  expect(errors).toBeUndefined();
  return data!.generateDocument;
}

/** Makes the document and fetches it. */
export async function makeAndFetch(app: AppClient, input: FormDraftInput, fault?: string) {
  const made = await generate(app, input, fault);
  expect(made.userErrors).toEqual([]);
  const document = made.document!;
  const { status, bytes } = await download(app, document.url);
  expect(status).toBe(200);
  return { made, document, bytes };
}

/** The person consents to Rise's getting what the county and Kela hold. */
export async function recordConsent(app: AppClient, caseId: string): Promise<string> {
  const on = today(systemClock);
  const { recordConsent } = await ask(app, RecordConsentDocument, {
    input: {
      caseId,
      answer: "GIVEN",
      disclosers: ["COUNTY", "KELA"],
      receiver: "RISE",
      categories: ["SOCIAL_SERVICES", "BENEFITS"],
      purposes: ["RELEASE_PLANNING", "SOCIAL_ASSISTANCE"],
      informedIn: "fi",
      form: "WRITTEN",
      rightToRefuseExplained: true,
      givenOn: on,
      validUntil: addMonths(on, 6),
    },
  });
  expect(recordConsent.userErrors).toEqual([]);
  return recordConsent.consentId!;
}
