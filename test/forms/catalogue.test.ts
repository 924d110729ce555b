import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadForms } from "../../src/forms/catalogue.ts";
import { StartupError } from "../../src/kernel/errors.ts";

const CODE = "vankilan-tyontekijan-lausunto";
let root: string;
let plant = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "nivel-forms-"));
});
afterAll(() => rm(root, { recursive: true }));

interface RawDefinition {
  [key: string]: unknown;
  sections: { items: Record<string, unknown>[] }[];
}

/** A copy of the statement's form, its `form.json` changed as text. */
async function plantedText(change: (json: string) => string): Promise<string> {
  const directory = join(root, String(plant++));
  await cp(join("forms", CODE), join(directory, CODE), { recursive: true });
  const file = join(directory, CODE, "form.json");
  await writeFile(file, change(await readFile(file, "utf8")));
  return directory;
}

const planted = (change: (definition: RawDefinition) => void): Promise<string> =>
  plantedText((json) => {
    const definition = JSON.parse(json) as RawDefinition;
    change(definition);
    return JSON.stringify(definition);
  });

const field = (definition: RawDefinition, name: string): Record<string, unknown> =>
  definition.sections.flatMap(({ items }) => items).find((item) => item.name === name)!;

/** Changes one field. */
const onField = (name: string, changes: Record<string, unknown>) => (definition: RawDefinition) => {
  Object.assign(field(definition, name), changes);
};

async function refusal(directory: string): Promise<string> {
  const error: unknown = await loadForms(directory).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StartupError);
  return (error as StartupError).message;
}

it("loads the forms of the project", async () => {
  const { codes } = await loadForms("forms");
  expect(codes).toEqual(expect.arrayContaining(["taydentava-toimeentulotuki", CODE]));
});

it.each([
  [
    "an unknown fact path",
    onField("allowance", { from: { source: "economy.pocketMoney", as: "money" } }),
    ['"allowance"', "source", "form-definition.schema.json"],
  ],
  ["an unknown PDF field", onField("deductions", { name: "reductions" }), ['"reductions" is not in the template']],
  [
    "a check box that the template has as text",
    onField("need", { kind: "check", from: { source: "statement.present", is: true } }),
    ['"need" is check here and text in the template', "draw the template again"],
  ],
  [
    "several lines where the template has one",
    onField("author-name", { kind: "multiline" }),
    ['"author-name" is multiline here and has one line in the template'],
  ],
  ["two fields of one name", onField("need", { name: "deductions" }), ['"deductions" appears twice']],
  [
    "an unknown reason",
    onField("deductions", { leftBlank: { for: "PERSON", reason: "weather" } }),
    ['"deductions" gives the unknown reason "weather"', "needed, worker, signature"],
  ],
  [
    "a format that does not fit",
    onField("allowance", { from: { source: "economy.allowance", as: "date" } }),
    ['"allowance" prints "economy.allowance" as date', "Use one of: money"],
  ],
  [
    "a field neither mapped nor left blank",
    onField("need", { from: undefined }),
    ['"need" is neither mapped nor left blank', "leftBlank"],
  ],
  [
    "a field both mapped and left blank",
    onField("need", { leftBlank: { for: "PERSON", reason: "worker" } }),
    ['"need" is both mapped and left blank'],
  ],
  [
    "a template field that the definition does not know",
    (definition: RawDefinition) => {
      for (const section of definition.sections)
        section.items = section.items.filter(({ name }) => name !== "deductions");
    },
    ['"deductions" is in the template and is neither mapped nor listed as left blank', "Add it to form.json"],
  ],
  [
    "another folder",
    (definition: RawDefinition) => void (definition.code = "muu-lomake"),
    ["must be the folder's name"],
  ],
  ["a date that is none", (definition: RawDefinition) => void (definition.edition = "2026-11-31"), ["YYYY-MM-DD"]],
  ["an unknown subject", (definition: RawDefinition) => void (definition.subject = ["client-nome"]), ['"client-nome"']],
])("refuses %s, naming folder, field and cure", async (_, change, told) => {
  const message = await refusal(await planted(change));
  expect(message).toContain(`forms/${CODE}/`);
  for (const part of told) expect(message).toContain(part);
});

it("refuses what is no JSON", async () => {
  expect(await refusal(await plantedText((json) => `{${json}`))).toContain(`forms/${CODE}/form.json is not JSON`);
});

it("refuses a template that is no PDF or is missing", async () => {
  const directory = await planted(() => {});
  await writeFile(join(directory, CODE, "template.sv.pdf"), "not a PDF");
  expect(await refusal(directory)).toContain(`forms/${CODE}/template.sv.pdf cannot be read as a PDF`);
  await rm(join(directory, CODE, "template.sv.pdf"));
  expect(await refusal(directory)).toContain(`forms/${CODE}/template.sv.pdf is missing`);
});
