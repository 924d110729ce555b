import { describe, expect, it } from "vitest";
import { NO_GROUNDS } from "../../src/disclosure/grounds.ts";
import { isSocialDataOfAnother } from "../../src/forms/document-grounds.ts";
import type { StoredDocument } from "../../src/forms/document.ts";
import type { WorkerId } from "../../src/kernel/ids.ts";
import { callerIn, consentOf } from "../support/decisions.ts";

describe("a document that may hold what a county holds (decision D2)", () => {
  const consent = consentOf({ disclosers: ["COUNTY"] });
  const grounds = { ...NO_GROUNDS, consents: [consent] };
  const document = { grounds: [consent.id], createdBy: "maker" } as unknown as StoredDocument;
  const worker = callerIn("PRISON_WORKER");

  it("is closed to another Rise worker without the right to social data, and to no one else", () => {
    expect(isSocialDataOfAnother(document, worker, grounds)).toBe(true);
    expect(isSocialDataOfAnother(document, { ...worker, socialDataRight: true }, grounds)).toBe(false);
    expect(isSocialDataOfAnother(document, { ...worker, id: "maker" as WorkerId }, grounds)).toBe(false);
    expect(isSocialDataOfAnother(document, callerIn("COUNTY_WORKER"), grounds)).toBe(false);
  });

  it("is open where it rests on nothing, or on what another authority holds", () => {
    expect(isSocialDataOfAnother({ ...document, grounds: [] }, worker, grounds)).toBe(false);
    const kela = consentOf({ disclosers: ["KELA"] });
    const restsOnKela = { ...document, grounds: [kela.id] };
    expect(isSocialDataOfAnother(restsOnKela, worker, { ...grounds, consents: [consent, kela] })).toBe(false);
  });
});
