import { beforeAll, describe, expect, it } from "vitest";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import {
  OpenCaseDocument,
  RecordConsentDocument,
  RecordFactDocument,
  WithdrawConsentDocument,
} from "../../src/cli/operations.generated.ts";
import { DEMO_PERSON, PROTECTED_PERSON } from "../../src/sandbox/population.ts";
import { caseIdOf, textsIn, widestConsent, withConsent } from "../support/case-client.ts";
import { type TestHub, sendText, testHub } from "../support/hub.ts";

let hub: TestHub;
let worker: AppClient;
beforeAll(async () => {
  hub = await testHub();
  worker = await hub.as("prison-worker", "RELEASE_PLANNING");
});

const read = (app: AppClient, caseId: string, fields: string) =>
  sendText(app, `{ case(id: "${caseId}") { ${fields} } }`).then(({ data }) => JSON.stringify(data));

describe("an insider who records a consent", () => {
  it("D4: opens no health and no sanction to the own authority", async () => {
    const id = caseIdOf(DEMO_PERSON);
    const officer = await hub.as("kela-officer", "BENEFITS");
    const grant = { ...widestConsent(id), receiver: "KELA" as const, purposes: ["BENEFITS" as const] };
    await withConsent(officer, grant, async () => {
      const seen = await read(officer, id, "sentence { sanction { status } } health { contacts { status } }");
      expect(seen.match(/WITHHELD/g)).toHaveLength(2);
    });
  });

  it("D3: makes no case known to a unit of another authority for a third one's data", async () => {
    const id = caseIdOf(PROTECTED_PERSON);
    const county = await hub.as("county-worker", "SOCIAL_WELFARE");
    const third = {
      ...widestConsent(id),
      disclosers: ["VTH" as const],
      receiver: "COUNTY" as const,
      receiverUnit: "15",
    };
    const { recordConsent } = await ask(worker, RecordConsentDocument, { input: third });
    expect(recordConsent).toMatchObject({ consentId: null, userErrors: [{ code: "NOT_A_PARTY" }] });
    expect(await read(county, id, "id")).toBe(JSON.stringify({ case: null }));
  });

  it("D4: does not show it to Rise when it tells of care, and nobody else withdraws it", async () => {
    const id = caseIdOf(DEMO_PERSON);
    const nurse = await hub.as("vth-nurse", "HEALTH_CARE");
    const officer = await hub.as("kela-officer", "BENEFITS");
    const care = { ...widestConsent(id), disclosers: ["VTH" as const], receiver: "COUNTY" as const };
    await withConsent(nurse, care, async (consentId) => {
      const { data } = await sendText(worker, `{ consents(caseId: "${id}", first: 100) { edges { node { id } } } }`);
      expect(JSON.stringify(data)).not.toContain(consentId);
      for (const stranger of [worker, officer]) {
        const { withdrawConsent } = await ask(stranger, WithdrawConsentDocument, { consentId });
        expect(withdrawConsent.userErrors).toMatchObject([{ code: "CONSENT_NOT_FOUND" }]);
      }
    });
  });

  it("D6: shows no receiving county of a protected person", async () => {
    const id = caseIdOf(PROTECTED_PERSON);
    const toHome = {
      ...widestConsent(id),
      disclosers: ["RISE" as const],
      receiver: "COUNTY" as const,
      receiverUnit: "13",
    };
    await withConsent(worker, toHome, async () => {
      const { data } = await sendText(worker, `{ consents(caseId: "${id}") { edges { node { receiverUnit } } } }`);
      expect(textsIn(data).filter((text) => text === "13")).toEqual([]);
    });
  });
});

describe("an insider who enters a fact", () => {
  it("D6: cannot say for an authority that does not know it that an address is open", async () => {
    const officer = await hub.as("kela-officer", "BENEFITS");
    const input = {
      caseId: caseIdOf(DEMO_PERSON),
      path: "person.addressProtected",
      value: "false",
      confirmedOn: "2026-01-01",
    };
    const { recordFact } = await ask(officer, RecordFactDocument, { input });
    expect(recordFact.userErrors).toMatchObject([{ code: "FACT_NOT_ENTERABLE" }]);
  });
});

describe("a worker who enters a place", () => {
  it.each([
    ["person.homeMunicipality", "Jyväskylä", []],
    ["person.homeMunicipality", "NONE", []],
    ["person.homeMunicipality", "999", ["FACT_VALUE_INVALID"]],
    ["placement.unit", "kuopion-vankila", []],
    ["placement.unit", "Kuopio", ["FACT_VALUE_INVALID"]],
  ])("D15: %s as %j is read by the directory", async (path, value, codes) => {
    const opened = await ask(worker, OpenCaseDocument, { input: { familyName: "Käsin", givenNames: "Kirjattu" } });
    const input = { caseId: opened.openCase.caseId!, path, value, confirmedOn: "2026-01-01" };
    const { recordFact } = await ask(worker, RecordFactDocument, { input });
    expect(recordFact.userErrors.map((error) => error.code)).toEqual(codes);
  });

  it("D15: none is said, not unknown, once the address is known to be open", async () => {
    const opened = await ask(worker, OpenCaseDocument, { input: { familyName: "Käsin", givenNames: "Kirjattu" } });
    const caseId = opened.openCase.caseId!;
    for (const [path, value] of [
      ["person.homeMunicipality", "NONE"],
      ["person.addressProtected", "false"],
    ] as const) {
      await ask(worker, RecordFactDocument, { input: { caseId, path, value, confirmedOn: "2026-01-01" } });
    }
    expect(await read(worker, caseId, "person { homeMunicipality { status value } }")).toBe(
      JSON.stringify({ case: { person: { homeMunicipality: { status: "NONE", value: null } } } }),
    );
  });
});
