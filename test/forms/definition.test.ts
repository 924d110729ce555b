import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { type FormCatalogue, loadForms } from "../../src/forms/catalogue.ts";
import { factPathsOf, formDefinitionJsonSchema } from "../../src/forms/form-definition.ts";
import { fieldsOf } from "../../src/forms/form-fields.ts";
import { checkTemplates } from "../../src/forms/template-files.ts";

let catalogue: FormCatalogue;
beforeAll(async () => {
  catalogue = await loadForms("forms");
});

/** Domain reference 3.1, section by section; what is listed there must be a field (or a row) of the form. */
const APPLICATION: Record<string, string[]> = {
  A: ["arrived-on", "received-by", "application-manner", "application-order", "urgent", "urgency-reason"],
  "1": [
    "supplementary-assistance",
    "preventive-assistance",
    "period-first",
    "period-last",
    ...["what", "why", "amount", "due-on", "payee"].map((column) => `expense-1-${column}`),
    "purpose",
  ],
  "2": [
    ...person("applicant"),
    "applicant-marital-status",
    "applicant-separated-since",
    "applicant-iban",
    "applicant-bank",
  ],
  "3": [...person("spouse"), "spouse-iban", "spouse-bank"],
  "4": [
    ...[1, 2, 3, 4, 5, 6].flatMap((row) => [`child-at-home-${row}-name`, `child-at-home-${row}-hetu`]),
    "other-resident-1-name",
    "child-elsewhere-1-name",
  ],
  "5": [
    "housing-form",
    "building-type",
    "heating",
    "floor-area",
    "rooms",
    "acquired-in",
    "landlord",
    "landlord-account",
    "landlord-reference",
    "moved-in-on",
    "stayed-elsewhere",
  ],
  "6": [
    "wages",
    "earnings-related-allowance",
    "labour-market-subsidy",
    "sickness-allowance",
    "parental-allowance",
    "home-care-allowance",
    "national-pension",
    "earnings-pension",
    "study-grant",
    "housing-allowance",
    "child-benefit",
    "child-maintenance",
    "other",
    "prison-allowance",
    "prison-activity-allowance",
    "prison-account",
  ].flatMap((row) => [`income-${row}-applicant`, `income-${row}-spouse`, `income-${row}-next-on`]),
  "7": [
    "rent",
    "water",
    "electricity",
    "sauna",
    "heating",
    "home-insurance",
    "mortgage-interest",
    "health-care",
    "commuting",
    "day-care",
    "maintenance-paid",
    "other",
  ].map((row) => `cost-${row}-amount`),
  "8": [
    "account-1-owner",
    "account-1-iban",
    "account-1-balance",
    ...["property", "shares", "car", "cottage", "deposits", "funds"].map((row) => `asset-${row}-value`),
  ],
  "9": [
    "kela-decided-on",
    "kela-period-first",
    "kela-period-last",
    "kela-outcome",
    "kela-pending",
    "kela-transferred",
    "kelmu-permitted",
  ],
  "10": [
    "kela-decision",
    "bank-statements",
    "payslips",
    "receipts",
    "lease",
    "prescriptions",
    "residence-permit",
    "statement",
    "other",
  ].map((name) => `attached-${name}`),
  "11": ["declared-true", "worker-may-be-contacted", "worker-name"],
  "12": ["signed-at-place", "signed-on", "applicant-signature", "spouse-signature"],
};

function person(who: string): string[] {
  return [
    "family-name",
    "given-names",
    "hetu",
    "street-address",
    "postal-code",
    "post-office",
    "home-municipality",
    "phone",
    "email",
    "mother-tongue",
    "service-language",
    "needs-interpreter",
    "citizenship",
    "residence-permit",
    "residence-permit-until",
    "eu-registration",
    "education",
    "occupation",
    "employer",
    "workplace-address",
  ].map((field) => `${who}-${field}`);
}

describe("the application", () => {
  it.each(Object.entries(APPLICATION))("has every field of section %s of the domain reference", (number, names) => {
    const { definition } = catalogue.get("taydentava-toimeentulotuki");
    const section = definition.sections.find((one) => one.number === number)!;
    const inSection = new Set(fieldsOf({ ...definition, sections: [section] }).map((field) => field.name));
    expect(names.filter((name) => !inSection.has(name))).toEqual([]);
  });

  it("offers every housing form and marital status of the real forms", () => {
    const fields = fieldsOf(catalogue.get("taydentava-toimeentulotuki").definition);
    const options = (name: string) => fields.find((field) => field.name === name)!.options.map((option) => option.code);
    expect(options("housing-form")).toEqual([
      "OWNED",
      "RENTED",
      "SUBLET",
      "RIGHT_OF_OCCUPANCY",
      "SERVICE_HOUSING",
      "WITH_PARENTS",
      "SHARED",
      "INSTITUTION",
      "HOMELESS",
    ]);
    expect(options("applicant-marital-status")).toHaveLength(7);
  });

  it("never maps a field of a spouse, a child or another resident (D6)", () => {
    const others = fieldsOf(catalogue.get("taydentava-toimeentulotuki").definition).filter(({ name }) =>
      /^(spouse-(?!sign)|child-(at-home|elsewhere)|other-resident)|^income-.*-spouse$/.test(name),
    );
    expect(others.length).toBeGreaterThan(50);
    for (const field of others) {
      expect(field.from, field.name).toBeUndefined();
      expect(field.leftBlank, field.name).toEqual({ for: "PERSON", reason: "third-party" });
    }
  });

  it("tells the ground of secrecy and that it is a model", () => {
    const { definition } = catalogue.get("taydentava-toimeentulotuki");
    expect(definition.secrecy.fi).toBe("SALASSA PIDETTÄVÄ, JulkL 24.1 § 25 k");
    expect(definition.model).toBe(true);
  });

  it("asks for no fact of other people or of health", () => {
    const paths = factPathsOf(catalogue.get("taydentava-toimeentulotuki").definition);
    expect(paths).toContain("person.familyName");
    expect(paths.filter((path) => /^(family|health|social)\./.test(path))).toEqual([]);
  });
});

it("the statement has every field of the domain reference", () => {
  const names = new Set(fieldsOf(catalogue.get("vankilan-tyontekijan-lausunto").definition).map((field) => field.name));
  const listed = [
    "client-name",
    "client-hetu",
    "unit",
    "author-name",
    "author-title",
    "author-phone",
    "author-email",
    "sanction",
    "enforcement-start-on",
    "release-on",
    "supervised-freedom-on",
    "allowance",
    "activity-allowance",
    "account-balance",
    "deductions",
    "need",
    "arranged-by-prison",
    "housing-on-release",
    "link-to-sentence-plan",
    "prepared-together",
    "client-has-read",
    "client-agrees",
    "written-at",
    "signature",
  ];
  expect(listed.filter((name) => !names.has(name))).toEqual([]);
});

it("the templates are what their definitions draw; otherwise run: npm run nivel -- forms build", async () => {
  expect(await checkTemplates("forms")).toEqual([]);
});

it("the JSON schema for editors is what the code says", async () => {
  const committed: unknown = JSON.parse(await readFile("schema/form-definition.schema.json", "utf8"));
  expect(committed).toEqual(formDefinitionJsonSchema());
});
