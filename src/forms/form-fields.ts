import type { Evidence } from "../kernel/evidence.ts";
import type { LocalizedText } from "../kernel/text.ts";
import type { FieldKind, FormDefinition, FormItem, ItemTable, Mapping } from "./form-definition.ts";

/** One field of the PDF: a field of the definition, or one cell of one of its tables. */
export interface FormField {
  name: string;
  kind: FieldKind;
  label: LocalizedText;
  section: LocalizedText;
  /** Where the form shows it, e.g. `2.4`: section and item. Cells of one table share their item's number. */
  number: string;
  options: { code: string; label: LocalizedText }[];
  from: Mapping | undefined;
  leftBlank: { for: "PERSON" | "OFFICE"; reason: string } | undefined;
  evidence: Evidence;
}

/** All fields of a form in reading order. */
export function fieldsOf(definition: FormDefinition): FormField[] {
  return definition.sections.flatMap((section) =>
    numberedItems(section.number, section.items).flatMap(({ item, number }) =>
      itemFields(item, number).map((field) => ({ ...field, section: section.title })),
    ),
  );
}

/** The items of a section with the number that the form prints before them; notes have none. */
export function numberedItems(section: string, items: readonly FormItem[]): { item: FormItem; number: string }[] {
  let ordinal = 0;
  return items.map((item) => ({ item, number: "note" in item ? "" : `${section}.${++ordinal}` }));
}

/** Name of the PDF field in a row and column of a table. */
export const cellName = (table: string, row: string, column: string): string => `${table}-${row}-${column}`;

/** The rows of a table, those without a name numbered from 1. */
export function tableRows(table: ItemTable): { name: string; label: LocalizedText | undefined; evidence: Evidence }[] {
  if (typeof table.rows !== "number") {
    return table.rows.map((row) => ({ name: row.name, label: row.label, evidence: row.evidence ?? table.evidence }));
  }
  return Array.from({ length: table.rows }, (_, at) => ({
    name: String(at + 1),
    label: undefined,
    evidence: table.evidence,
  }));
}

function itemFields(item: FormItem, number: string): Omit<FormField, "section">[] {
  if ("note" in item) return [];
  if ("table" in item) return tableFields(item, number);
  const { name, kind, label, options, from, leftBlank, evidence } = item;
  return [{ name, kind, label, number, options: options ?? [], from, leftBlank, evidence }];
}

function tableFields(table: ItemTable, number: string): Omit<FormField, "section">[] {
  return tableRows(table).flatMap((row, at) =>
    table.columns.map((column) => {
      const cell = typeof table.rows === "number" ? undefined : table.rows[at]!.cells?.[column.name];
      return {
        name: cellName(table.table, row.name, column.name),
        kind: column.kind,
        label: cellLabel(table.label, row.label ?? numeral(row.name), column.label),
        number,
        options: [],
        from: cell ? cell.from : column.from,
        leftBlank: cell ? cell.leftBlank : column.leftBlank,
        evidence: row.evidence,
      };
    }),
  );
}

const numeral = (row: string): LocalizedText => ({ fi: `rivi ${row}`, sv: `rad ${row}`, en: `row ${row}` });

function cellLabel(table: LocalizedText, row: LocalizedText, column: LocalizedText): LocalizedText {
  const joined = (language: keyof LocalizedText) => `${table[language]}: ${row[language]}, ${column[language]}`;
  return { fi: joined("fi"), sv: joined("sv"), en: joined("en") };
}
