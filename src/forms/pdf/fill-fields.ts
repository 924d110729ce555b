import { PDFArray, type PDFDict, type PDFDocument, PDFName } from "pdf-lib";
import type { FormDefinition, FormLanguage } from "../form-definition.ts";
import { type FormField, fieldsOf } from "../form-fields.ts";
import type { FieldDraft, FormDraft } from "../form-model.ts";
import { type PdfField, readFields, statesOf } from "./acro-form.ts";
import { type FittedText, type TextBox, fitText } from "./fit-text.ts";
import { fontFace } from "./font-face.ts";
import type { PagePainter } from "./page-painter.ts";
import { COLOUR, PADDING } from "./page-style.ts";
import { pdfText } from "./pdf-text.ts";

/** A text that did not fit its box. */
export interface Continued {
  field: string;
  number: string;
  label: string;
  /** The part that the box does not hold. */
  rest: string;
}

/** Fills the fields of a document from a draft: values and what they look like. Blank fields stay as they are. */
export function fillFields(
  document: PDFDocument,
  painter: PagePainter,
  definition: FormDefinition,
  draft: FormDraft,
  language: FormLanguage,
): Continued[] {
  const pdfFields = new Map(readFields(document).map((field) => [field.name, field]));
  const formFields = new Map(fieldsOf(definition).map((field) => [field.name, field]));
  return draft.fields.flatMap((drafted) => {
    const target = pdfFields.get(drafted.name);
    const field = formFields.get(drafted.name);
    if (drafted.value === null || !target || !field) return [];
    if (field.kind === "check") tick(target, drafted.value === "true" ? (target.states[0] ?? "Yes") : "Off");
    else if (field.kind === "choice") tick(target, drafted.value);
    else return write(document, painter, target, field, drafted, language);
    return [];
  });
}

function tick(field: PdfField, state: string): void {
  field.dict.set(PDFName.of("V"), PDFName.of(state));
  for (const widget of field.widgets) {
    widget.set(PDFName.of("AS"), PDFName.of(statesOf(widget).includes(state) ? state : "Off"));
  }
}

function write(
  document: PDFDocument,
  painter: PagePainter,
  target: PdfField,
  field: FormField,
  drafted: FieldDraft,
  language: FormLanguage,
): Continued[] {
  const text = drafted.value!.replace(/\r\n?/g, "\n");
  const widget = target.widgets[0]!;
  const box = { ...boxOf(widget), multiline: target.multiline };
  const fitted = fitText(text, box, fontFace("regular"), field.number, language);
  target.dict.set(PDFName.of("V"), pdfText(fitted.shown));
  for (const place of target.widgets) {
    place.set(PDFName.of("AP"), document.context.obj({ N: appearance(painter, box, fitted) }));
  }
  return fitted.rest === null
    ? []
    : [{ field: drafted.name, number: field.number, label: drafted.label[language], rest: fitted.rest }];
}

/** The drawing of a value, so that every viewer shows the same. */
function appearance(painter: PagePainter, box: TextBox, fitted: FittedText) {
  const { context } = painter;
  const first = box.multiline ? box.height - PADDING.y - fitted.size * 0.95 : (box.height - fitted.size * 0.73) / 2;
  const lines = fitted.lines.map((line, at) =>
    painter.text(PADDING.x, first - at * fitted.leading, line, fitted.size, "regular", COLOUR.ink),
  );
  return context.register(
    painter.stream(`/Tx BMC q\n${lines.join("\n")}\nQ EMC`, {
      Type: "XObject",
      Subtype: "Form",
      BBox: [0, 0, box.width, box.height],
      Resources: { Font: painter.fonts("regular") },
    }),
  );
}

function boxOf(widget: PDFDict): { width: number; height: number } {
  const { width, height } = widget.lookup(PDFName.of("Rect"), PDFArray).asRectangle();
  return { width, height };
}
