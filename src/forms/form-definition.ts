import { z } from "zod";
import type { FactPath } from "../cases/case.ts";
import { AUTHORITIES } from "../kernel/authority.ts";
import { isLocalDate } from "../kernel/dates.ts";
import { EVIDENCE } from "../kernel/evidence.ts";
import { FORMATS, SOURCE_NAMES, factOf } from "./sources.ts";

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const localized = z.strictObject({ fi: z.string().min(1), sv: z.string().min(1), en: z.string().min(1) });
const name = z.string().regex(KEBAB).describe("Name of the field in the PDF, in small letters with hyphens.");
const width = z.int().min(1).max(12).describe("Columns of twelve; a row is full at twelve.");
const evidence = z
  .enum(EVIDENCE)
  .describe("DOCUMENT: seen in a real form. STATUTE: the law asks for it. UNVERIFIED: a reasonable addition.");

const source = z.enum(SOURCE_NAMES).describe("A fact path, a part of the statement, or something of the occasion.");

const mapping = z.union([
  z
    .strictObject({ source, as: z.enum(FORMATS), unless: z.array(z.string()).optional() })
    .describe("Text fields: the value of the source in a format; not printed when it is one of `unless`."),
  z
    .strictObject({ join: z.array(source).min(2), with: z.string() })
    .describe("Text fields: several texts one after another; those without a value are left out."),
  z.strictObject({ source, is: z.boolean() }).describe("Check boxes: ticked when the source has this value."),
  z
    .strictObject({ source, choose: z.record(z.string(), z.string()) })
    .describe("Choices: value of the source -> code of the option; `*` for every other value."),
  z
    .strictObject({ constant: z.string() })
    .describe("A default that the worker may change: text, `true`, or an option's code."),
]);

const leftBlank = z.strictObject({
  for: z.enum(["PERSON", "OFFICE"]),
  reason: z.string().describe("Key of the definition's `reasons`."),
});

const options = z.array(z.strictObject({ code: z.string().regex(/^[A-Z0-9_]+$/), label: localized })).min(2);

const content = {
  kind: z.enum(["text", "multiline", "check", "choice"]),
  from: mapping.optional(),
  leftBlank: leftBlank.optional(),
};

const field = z.strictObject({
  name,
  label: localized,
  ...content,
  width,
  rows: z.int().min(1).max(30).optional().describe("Lines of a multiline field."),
  options: options.optional().describe("Options of a choice."),
  evidence,
});

const cell = z.strictObject({ from: mapping.optional(), leftBlank: leftBlank.optional() });

const table = z.strictObject({
  table: name,
  label: localized,
  evidence,
  rowLabelWidth: width.optional().describe("Columns of twelve for the names of the rows."),
  columns: z.array(z.strictObject({ name, label: localized, width, ...content })).min(1),
  rows: z.union([
    z.int().min(1).max(20),
    z
      .array(
        z.strictObject({
          name,
          label: localized,
          evidence: evidence.optional(),
          cells: z.record(z.string(), cell).optional().describe("What differs from the column, by column name."),
        }),
      )
      .min(1),
  ]),
});

const note = z.strictObject({ note: localized, evidence });

export const formDefinitionSchema = z
  .strictObject({
    $schema: z.string().optional(),
    code: z.string().regex(KEBAB),
    authority: z.enum(AUTHORITIES).describe("Whose form it is."),
    authorityLine: localized.describe("The line of the authority at the top of the first page."),
    edition: z.string().refine(isLocalDate, "must be a date YYYY-MM-DD").describe("The day of this edition."),
    languages: z.array(z.enum(["fi", "sv"])).min(1),
    title: localized,
    model: z.boolean().describe("true: drawn by this project as a model, not the authority's own form."),
    secrecy: localized.describe("The ground of secrecy as printed on every page."),
    subject: z.array(name).min(1).describe("Fields that name the person on added pages."),
    reasons: z.record(z.string().regex(KEBAB), localized).describe("Why fields are left blank, by key."),
    sections: z
      .array(
        z.strictObject({
          number: z.string().min(1),
          title: localized,
          items: z.array(z.union([field, table, note])).min(1),
        }),
      )
      .min(1),
  })
  .meta({ title: "Form definition", description: "forms/<code>/form.json of Nivel: one form of one authority." });

export type FormDefinition = z.infer<typeof formDefinitionSchema>;
export type FormSection = FormDefinition["sections"][number];
export type FormItem = FormSection["items"][number];
export type ItemField = z.infer<typeof field>;
export type ItemTable = z.infer<typeof table>;
export type Mapping = z.infer<typeof mapping>;
export type FormLanguage = FormDefinition["languages"][number];
export type FieldKind = ItemField["kind"];

/** JSON schema of `form.json`, for editors; committed as `schema/form-definition.schema.json`. */
export function formDefinitionJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(formDefinitionSchema, { target: "draft-2020-12" });
}

/** The facts that a form is filled from: what its filler has to ask for. */
export function factPathsOf(definition: FormDefinition): FactPath[] {
  const paths = new Set<FactPath>(["person.addressProtected"]);
  for (const name of sourceNamesOf(definition)) {
    const fact = factOf(name);
    if (fact) paths.add(fact.path);
  }
  return [...paths];
}

/** Every source that a field of the form reads. */
export const sourceNamesOf = (definition: FormDefinition): string[] =>
  definition.sections.flatMap((section) => section.items.flatMap(mappingsOf)).flatMap(sourcesOf);

/** The sources that a mapping reads. */
export function sourcesOf(mapping: Mapping): string[] {
  if ("constant" in mapping) return [];
  return "join" in mapping ? mapping.join : [mapping.source];
}

function mappingsOf(item: FormItem): Mapping[] {
  if ("note" in item) return [];
  const parts = "table" in item ? [...item.columns, ...tableCells(item)] : [item];
  return parts.flatMap((part) => (part.from ? [part.from] : []));
}

function tableCells(item: ItemTable): z.infer<typeof cell>[] {
  return typeof item.rows === "number" ? [] : item.rows.flatMap((row) => Object.values(row.cells ?? {}));
}
