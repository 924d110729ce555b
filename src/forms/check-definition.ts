import type { FieldKind, FormDefinition, FormItem, Mapping } from "./form-definition.ts";
import { sourcesOf } from "./form-definition.ts";
import { type FormField, fieldsOf } from "./form-fields.ts";
import { FORMATS_OF, SOURCES } from "./sources.ts";
import type { TemplateField } from "./pdf/inspect-template.ts";

/** What is wrong with a form, and what cures it. */
export interface Fault {
  field: string;
  problem: string;
  cure: string;
}

/** The first thing that keeps a definition from being filled, if any: names, mappings, reasons, options, tables. */
export function faultOfDefinition(definition: FormDefinition): Fault | undefined {
  const fields = fieldsOf(definition);
  const names = new Set<string>();
  for (const field of fields) {
    if (names.has(field.name)) {
      return { field: field.name, problem: "appears twice", cure: "Give each field its own name." };
    }
    names.add(field.name);
    const fault = faultOfField(field, definition);
    if (fault) return { field: field.name, ...fault };
  }
  for (const item of definition.sections.flatMap(({ items }) => items)) {
    const fault = faultOfTable(item);
    if (fault) return fault;
  }
  const stranger = definition.subject.find((name) => !names.has(name));
  return stranger === undefined
    ? undefined
    : {
        field: stranger,
        problem: "is named in `subject` and is no field",
        cure: "Name fields of the form in `subject`.",
      };
}

/** The first difference between a definition and a template of it, if any. */
export function faultOfTemplate(definition: FormDefinition, template: readonly TemplateField[]): Fault | undefined {
  const fields = fieldsOf(definition);
  const offered = new Map(template.map((field) => [field.name, field]));
  const redraw = "Correct the name, or draw the template again (npm run nivel -- forms build).";
  for (const field of fields) {
    const target = offered.get(field.name);
    if (!target) return { field: field.name, problem: "is not in the template", cure: redraw };
    const wanted = pdfKind(field.kind);
    if (target.kind !== wanted) {
      return { field: field.name, problem: `is ${field.kind} here and ${target.kind} in the template`, cure: redraw };
    }
    if (wanted === "text" && target.multiline !== (field.kind === "multiline")) {
      const is = target.multiline ? "has several lines" : "has one line";
      return { field: field.name, problem: `is ${field.kind} here and ${is} in the template`, cure: redraw };
    }
    const missing = field.options.find((option) => !target.states.includes(option.code));
    if (missing) {
      return { field: field.name, problem: `has the option ${missing.code}, which the template lacks`, cure: redraw };
    }
  }
  const known = new Set(fields.map((field) => field.name));
  const stranger = template.find((field) => !known.has(field.name));
  return stranger === undefined
    ? undefined
    : {
        field: stranger.name,
        problem: "is in the template and is neither mapped nor listed as left blank",
        cure: "Add it to form.json with `from` or `leftBlank`.",
      };
}

const pdfKind = (kind: FieldKind): TemplateField["kind"] => (kind === "multiline" ? "text" : kind);

function faultOfField(field: FormField, definition: FormDefinition): Omit<Fault, "field"> | undefined {
  const { from, leftBlank, kind, options } = field;
  if (from && leftBlank)
    return { problem: "is both mapped and left blank", cure: "Keep one of `from` and `leftBlank`." };
  if (!from && !leftBlank) {
    return { problem: "is neither mapped nor left blank", cure: "Add `from`, or `leftBlank` with its reason." };
  }
  if (leftBlank && !Object.hasOwn(definition.reasons, leftBlank.reason)) {
    const keys = Object.keys(definition.reasons).join(", ");
    return { problem: `gives the unknown reason "${leftBlank.reason}"`, cure: `Use one of: ${keys}.` };
  }
  if ((kind === "choice") !== options.length > 0) {
    return {
      problem: `is ${kind} ${options.length > 0 ? "with" : "without"} options`,
      cure: "Only a choice has `options`.",
    };
  }
  return from && faultOfMapping(from, field);
}

function faultOfMapping(from: Mapping, field: FormField): Omit<Fault, "field"> | undefined {
  const { kind } = field;
  const unknown = sourcesOf(from).find((source) => !SOURCES.has(source));
  if (unknown) return { problem: `maps the unknown path "${unknown}"`, cure: "Use a path of the catalogue of facts." };
  const codes = field.options.map((option) => option.code);
  if ("constant" in from) {
    if (kind === "check" && !["true", "false"].includes(from.constant)) {
      return { problem: "is a check box with another constant", cure: "Use `true` or `false`." };
    }
    return kind === "choice" ? faultOfCodes([from.constant], codes) : undefined;
  }
  if ("join" in from) {
    if (kind !== "text" && kind !== "multiline") return wrongMapping(kind);
    const untextual = from.join.find((source) => SOURCES.get(source) !== "text");
    return untextual === undefined
      ? undefined
      : { problem: `joins "${untextual}", which is no text`, cure: "Join texts only." };
  }
  const type = SOURCES.get(from.source)!;
  if ("is" in from) {
    if (kind !== "check") return wrongMapping(kind);
    return type === "boolean"
      ? undefined
      : { problem: `asks yes or no of "${from.source}"`, cure: "Use a yes/no source." };
  }
  if ("choose" in from) return kind === "choice" ? faultOfCodes(Object.values(from.choose), codes) : wrongMapping(kind);
  if (kind !== "text" && kind !== "multiline") return wrongMapping(kind);
  return FORMATS_OF[type].includes(from.as)
    ? undefined
    : {
        problem: `prints "${from.source}" as ${from.as}`,
        cure:
          FORMATS_OF[type].length > 0 ? `Use one of: ${FORMATS_OF[type].join(", ")}.` : "Use a check box or a choice.",
      };
}

const wrongMapping = (kind: FieldKind) => ({
  problem: `is ${kind} with a mapping of another kind`,
  cure: "Texts take `as` or `join`, check boxes `is`, choices `choose`; all take `constant`.",
});

function faultOfCodes(used: readonly string[], codes: readonly string[]): Omit<Fault, "field"> | undefined {
  const stranger = used.find((code) => !codes.includes(code));
  return stranger === undefined
    ? undefined
    : { problem: `chooses "${stranger}", which is no option`, cure: `Use one of: ${codes.join(", ")}.` };
}

function faultOfTable(item: FormItem): Fault | undefined {
  if (!("table" in item)) return undefined;
  const columns = item.columns.map((column) => column.name);
  if (item.columns.some((column) => column.kind !== "text" && column.kind !== "check")) {
    return {
      field: item.table,
      problem: "has a column that is neither text nor check",
      cure: "Use text or check columns.",
    };
  }
  const width = (item.rowLabelWidth ?? 0) + item.columns.reduce((sum, column) => sum + column.width, 0);
  if (width > 12) return { field: item.table, problem: `is ${width} columns wide`, cure: "Make it at most 12." };
  if (typeof item.rows === "number") return undefined;
  if (!item.rowLabelWidth) {
    return { field: item.table, problem: "names its rows and has no room for the names", cure: "Add `rowLabelWidth`." };
  }
  const stranger = item.rows.flatMap((row) => Object.keys(row.cells ?? {})).find((name) => !columns.includes(name));
  return stranger === undefined
    ? undefined
    : {
        field: item.table,
        problem: `has a cell in the unknown column "${stranger}"`,
        cure: `Use one of: ${columns.join(", ")}.`,
      };
}
