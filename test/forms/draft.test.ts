import { readFile, readdir } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { type LoadedForm, loadForms } from "../../src/forms/catalogue.ts";
import { draftForm } from "../../src/forms/draft.ts";
import type { FieldDraft, FormInput } from "../../src/forms/form-model.ts";
import { InvalidInput } from "../../src/kernel/errors.ts";
import type { LocalDate } from "../../src/kernel/dates.ts";
import { type Example, input, inputOf, municipalityName, statement } from "./form-input.ts";

let application: LoadedForm;
let statementForm: LoadedForm;
beforeAll(async () => {
  const forms = await loadForms("forms");
  application = forms.get("taydentava-toimeentulotuki");
  statementForm = forms.get("vankilan-tyontekijan-lausunto");
});

function drafted(
  given: FormInput,
  overrides: Record<string, string> = {},
  form = application,
  language: "fi" | "sv" = "fi",
) {
  const { fields } = draftForm(form.definition, given, language, overrides, municipalityName);
  const byName = new Map(fields.map((field) => [field.name, field]));
  return (name: string): FieldDraft => {
    const field = byName.get(name);
    if (!field) throw new Error(`the draft has no field ${name}`);
    return field;
  };
}

describe("a field of a draft", () => {
  it.each([
    ["FILLED", { "person.familyName": "Öhman-Šimić" }, "Öhman-Šimić"],
    ["NONE", { "person.familyName": null }, null],
    ["UNKNOWN", { "person.familyName": { status: "UNKNOWN" } }, null],
    ["FAILED", { "person.familyName": { status: "FAILED" } }, null],
    ["CONFLICT", { "person.familyName": { status: "CONFLICT", said: ["Öhman", "Ohman"] } }, null],
    ["WITHHELD", { "person.familyName": { status: "WITHHELD" } }, null],
    ["WITHHELD", {}, null],
  ] as const)("is %s as its fact is", (state, facts, value) => {
    const field = drafted(input(facts))("applicant-family-name");
    expect(field).toMatchObject({ state, value });
    if (state !== "FILLED") expect(field.reason?.fi).toBeTruthy();
  });

  it("carries the words of both holders when they disagree, and no value", () => {
    const field = drafted(input({ "person.phone": { status: "CONFLICT", said: ["+358401234567", "+358501234567"] } }))(
      "applicant-phone",
    );
    expect(field.provenance).toHaveLength(2);
    expect(JSON.stringify(field)).not.toContain("1234567");
  });

  it("prints formats as a Finnish form does", () => {
    const field = drafted(
      input({
        "person.phone": "+358401234567",
        "person.homeMunicipality": "091",
        "person.citizenship": "SY",
        "person.motherTongue": "ar",
        "economy.iban": "FI2112345600000785",
        "economy.accountBalance": "1234.56",
        "benefits.benefits": [
          { benefit: "LABOUR_MARKET_SUPPORT", from: "2025-01-01", until: null, monthlyAmount: "800.02" },
        ],
      }),
      {},
      application,
      "sv",
    );
    expect(field("applicant-phone").value).toBe("040 123 4567");
    expect(field("applicant-home-municipality").value).toBe("Helsingfors");
    expect(field("applicant-citizenship").value).toBe("Syrien");
    expect(field("applicant-mother-tongue").value).toBe("OTHER");
    expect(field("applicant-mother-tongue-other").value).toBe("arabiska");
    expect(field("applicant-iban").value).toBe("FI21 1234 5600 0007 85");
    expect(field("income-prison-account-applicant").value).toBe("1\u00a0234,56");
    expect(field("benefits-known").value).toBe("Arbetsmarknadsstöd, 800,02 €/mån (1.1.2025–)");
  });

  it("leaves a choice to the person when what is known fits no option", () => {
    expect(drafted(input({ "person.maritalStatus": "BETROTHED" }))("applicant-marital-status")).toMatchObject({
      state: "FOR_PERSON",
      value: null,
    });
  });

  it("is the person's own or the office's where the definition says so", () => {
    expect(drafted(input())("applicant-signature").state).toBe("FOR_PERSON");
    expect(drafted(input())("arrived-on").state).toBe("OFFICE_USE");
  });
});

describe("other people and protected places", () => {
  it("gives one reason for every field of others, whatever is known (D6)", () => {
    const { fields } = draftForm(
      application.definition,
      input({
        "family.dependants": [{ familyName: "Öhman", givenNames: "Xanthippa", birthYear: 2019, livesWithPerson: true }],
        "person.maritalStatus": "MARRIED",
      }),
      "fi",
      {},
      municipalityName,
    );
    const others = fields.filter(({ name }) => /^(spouse-(?!sign)|child-|other-resident)/.test(name));
    expect(new Set(others.map((field) => JSON.stringify([field.state, field.value, field.reason])))).toHaveLength(1);
    expect(JSON.stringify(fields)).not.toContain("Xanthippa");
  });

  it.each([
    ["is protected", true],
    ["is protected by one source's word against another's", { status: "CONFLICT", said: [false, true] }],
  ])("pre-fills nothing that tells the place when the address %s", (_, addressProtected) => {
    const facts = {
      "person.familyName": "Öhman",
      "person.addressProtected": addressProtected,
      "person.streetAddress": "Väinönkatu 1",
      "person.postalCode": "40100",
      "person.postOffice": "Jyväskylä",
      "person.homeMunicipality": "179",
      "readiness.housingOnRelease": "Väinönkatu 1",
    };
    const { fields } = draftForm(application.definition, input(facts, { receiver: null }), "fi", {}, municipalityName);
    expect(JSON.stringify(fields)).not.toMatch(/Väinönkatu|40100|Jyväskylä/);
    expect(fields.find((field) => field.name === "applicant-family-name")?.value).toBe("Öhman");
  });

  it("says the same of an unknown receiver and of one that must not be told", () => {
    const unknown = drafted(input({}, { receiver: null }))("receiver");
    expect(unknown).toMatchObject({ value: null, state: "UNKNOWN" });
  });
});

describe("the period and Kela's decision", () => {
  const decision = (from: string, until: string) => ({
    "benefits.basicAssistanceDecision": { decidedOn: "2026-02-25", from, until, granted: false },
  });

  it("applies for the current month", () => {
    const field = drafted(input({}, { today: "2028-02-10" as LocalDate }));
    expect([field("period-first").value, field("period-last").value]).toEqual(["1.2.2028", "29.2.2028"]);
  });

  it("fills the decision for the same period without a remark", () => {
    const field = drafted(input(decision("2026-03-01", "2026-03-31")));
    expect(field("kela-decided-on")).toMatchObject({ value: "25.2.2026", reason: null });
    expect(field("kela-outcome")).toMatchObject({ value: "REFUSED", reason: null });
  });

  it("says so when the decision is for another period", () => {
    const field = drafted(input(decision("2026-02-01", "2026-02-28")));
    expect(field("kela-period-first").value).toBe("1.2.2026");
    expect(field("kela-outcome").reason?.fi).toMatch(
      /1\.2\.2026–28\.2\.2026, ei haettavaa aikaa 1\.3\.2026–31\.3\.2026/,
    );
    expect(field("kela-outcome").reason?.sv).toContain("14 c §");
  });

  it("measures against the worker's own period", () => {
    const field = drafted(input(decision("2026-02-01", "2026-02-28")), {
      "period-first": "1.2.2026",
      "period-last": "28.2.2026",
    });
    expect(field("kela-outcome").reason).toBeNull();
  });

  it.each([
    {},
    { "benefits.basicAssistanceDecision": null },
    { "benefits.basicAssistanceDecision": { status: "FAILED" } },
  ])("offers the ways on when no decision is known (D22)", (facts) => {
    const field = drafted(input(facts))("kela-decided-on");
    expect(field.value).toBeNull();
    expect(field.reason?.fi).toMatch(/haetaan ensin Kelasta.*14 c §.*8\.2 §/);
  });
});

describe("the statement", () => {
  it("is not needed for the application", () => {
    const field = drafted(input());
    expect(field("attached-statement").value).toBe("false");
    expect(field("purpose").state).toBe("UNKNOWN");
  });

  it("fills its form, tells that it was signed, and that nobody asked is neither yes nor no", () => {
    const field = drafted(input({}, { statement: statement({ agreement: null }) }), {}, statementForm);
    expect(field("need").value).toContain("vaatteita");
    expect(field("signed-at").value).toBe("1.3.2026 12.00");
    expect(field("prepared-together").value).toBe("true");
    expect(field("client-agrees")).toMatchObject({ value: null, state: "UNKNOWN" });
    expect(field("need").provenance).toMatchObject([{ holder: "RISE", origin: "WORKER" }]);
  });
});

describe("an override", () => {
  it("stands in for the value and shows that it does", () => {
    const field = drafted(input({ "person.familyName": "Ohman" }), {
      "applicant-family-name": "Öhman",
      urgent: "true",
    });
    expect(field("applicant-family-name")).toMatchObject({ value: "Öhman", state: "OVERRIDDEN" });
    expect(field("applicant-family-name").provenance).toHaveLength(1);
    expect(field("urgent")).toMatchObject({ value: "true", state: "OVERRIDDEN" });
  });

  it("of nothing leaves the field for the pen", () => {
    expect(drafted(input(), { "period-first": "" })("period-first")).toMatchObject({
      value: null,
      state: "OVERRIDDEN",
    });
  });

  it.each([
    ["urgent", "yes"],
    ["applicant-marital-status", "BETROTHED"],
    ["arrived-on", "1.3.2026"],
    ["receiver", "Lapin hyvinvointialue"],
  ])("of %s with %s is refused by name, without the value", (name, value) => {
    const attempt = () => drafted(input(), { [name]: value });
    expect(attempt).toThrow(InvalidInput);
    expect(attempt).toThrow(`"${name}"`);
  });
});

it.each(["applicant-shoe-size", "constructor", "010190-999K"])(
  "an override of %s, which the form lacks, is refused without repeating it",
  (name) => {
    const attempt = () => drafted(input(), { [name]: "1" });
    expect(attempt).toThrow("the form lacks");
    expect(attempt).not.toThrow(name);
  },
);

describe.each(["taydentava-toimeentulotuki", "vankilan-tyontekijan-lausunto"])("the examples of %s", (code) => {
  it("come out as written", async () => {
    const folder = `forms/${code}/examples`;
    const files = await readdir(folder);
    expect(files.length).toBeGreaterThan(0);
    const form = (await loadForms("forms")).get(code);
    for (const file of files) {
      const example = JSON.parse(await readFile(`${folder}/${file}`, "utf8")) as Example;
      const draft = draftForm(form.definition, inputOf(example), example.language, example.overrides, municipalityName);
      const values = Object.fromEntries(
        draft.fields.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])),
      );
      expect(values, file).toEqual(example.values);
    }
  });
});
