import { type PDFDict, type PDFDocument, PDFName, type PDFRef, PDFString } from "pdf-lib";
import type { FormDefinition, FormLanguage } from "../form-definition.ts";
import { checkAppearances } from "./check-appearance.ts";
import { portable } from "./compression.ts";
import { layoutForm } from "./layout-form.ts";
import { PagePainter } from "./page-painter.ts";
import { COLOUR, SIZE, type WidgetBox } from "./page-style.ts";
import { addPage, describe, emptyPdf, numberPages, savePdf } from "./pdf-document.ts";
import { pdfText } from "./pdf-text.ts";

const FLAGS = { multiline: 1 << 12, radio: 1 << 15, doNotScroll: 1 << 23 } as const;
/** Drawn on paper as well as on the screen. */
const PRINT = 4;

/** Draws a form of ours as a fillable PDF. The same definition gives the same bytes. */
export async function buildTemplate(definition: FormDefinition, language: FormLanguage): Promise<Uint8Array> {
  const document = await emptyPdf();
  const painter = new PagePainter(document.context, portable, "Template");
  const fields = new FieldWriter(document, definition, language);
  for (const layout of layoutForm(definition, language)) {
    const page = addPage(document, painter, painter.paint(layout.marks));
    fields.write(page, document.getPages().at(-1)!.ref, layout.widgets);
  }
  fields.finish();
  numberPages(document, painter);
  painter.finish();
  describe(document, {
    title: definition.title[language],
    subject: definition.secrecy[language],
    language,
    at: new Date(`${definition.edition}T00:00:00Z`),
    identity: [definition.code, definition.edition, language],
  });
  return savePdf(document);
}

/** Writes the fields of a template: one widget a field, and for a choice one an option. */
class FieldWriter {
  readonly #document: PDFDocument;
  readonly #tooltips: Map<string, string>;
  readonly #fields: PDFRef[] = [];
  readonly #choices = new Map<string, { ref: PDFRef; kids: PDFRef[] }>();
  readonly #checks: ReturnType<typeof checkAppearances>;

  constructor(document: PDFDocument, definition: FormDefinition, language: FormLanguage) {
    this.#document = document;
    this.#checks = checkAppearances(document.context);
    this.#tooltips = new Map(
      definition.sections.flatMap(({ items }) =>
        items.flatMap((item) => ("name" in item ? [[item.name, item.label[language]]] : [])),
      ) as [string, string][],
    );
  }

  write(page: PDFDict, pageRef: PDFRef, widgets: readonly WidgetBox[]): void {
    const { context } = this.#document;
    const annotations = widgets.map((widget) =>
      widget.kind === "option" ? this.#option(widget, pageRef) : this.#field(widget, pageRef),
    );
    page.set(PDFName.of("Annots"), context.obj(annotations));
    // The order of the keyboard is the order of reading: row by row.
    page.set(PDFName.of("Tabs"), PDFName.of("R"));
  }

  finish(): void {
    const { context, catalog } = this.#document;
    for (const [name, { ref, kids }] of this.#choices) {
      context.assign(
        ref,
        context.obj({
          FT: "Btn",
          Ff: FLAGS.radio,
          T: pdfText(name),
          TU: pdfText(this.#tooltips.get(name) ?? name),
          V: "Off",
          Kids: kids,
        }),
      );
    }
    const helvetica = context.register(
      context.obj({ Type: "Font", Subtype: "Type1", BaseFont: "Helvetica", Encoding: "WinAnsiEncoding" }),
    );
    catalog.set(
      PDFName.of("AcroForm"),
      context.register(context.obj({ Fields: this.#fields, DR: { Font: { Helv: helvetica } }, DA: typedText() })),
    );
  }

  #field(widget: WidgetBox, page: PDFRef): PDFRef {
    const { context } = this.#document;
    const kind =
      widget.kind === "check"
        ? { FT: "Btn", V: "Off", ...this.#box("Yes") }
        : { FT: "Tx", Ff: FLAGS.doNotScroll | (widget.kind === "multiline" ? FLAGS.multiline : 0), DA: typedText() };
    const ref = context.register(
      context.obj({ ...annotation(widget, page), T: pdfText(widget.field), TU: pdfText(widget.tooltip), ...kind }),
    );
    this.#fields.push(ref);
    return ref;
  }

  #option(widget: WidgetBox, page: PDFRef): PDFRef {
    const { context } = this.#document;
    let choice = this.#choices.get(widget.field);
    if (!choice) {
      choice = { ref: context.nextRef(), kids: [] };
      this.#choices.set(widget.field, choice);
      this.#fields.push(choice.ref);
    }
    const ref = context.register(
      context.obj({
        ...annotation(widget, page),
        Parent: choice.ref,
        TU: pdfText(widget.tooltip),
        ...this.#box(widget.option!),
      }),
    );
    choice.kids.push(ref);
    return ref;
  }

  #box(state: string) {
    return { AS: "Off", AP: { N: { [state]: this.#checks.on, Off: this.#checks.off } } };
  }
}

function annotation(widget: WidgetBox, page: PDFRef) {
  return {
    Type: "Annot",
    Subtype: "Widget",
    Rect: [widget.x, widget.y, widget.x + widget.width, widget.y + widget.height].map(
      (edge) => Math.round(edge * 100) / 100,
    ),
    F: PRINT,
    P: page,
  };
}

/** How a viewer writes what a person types. */
const typedText = (): PDFString => PDFString.of(`/Helv ${SIZE.value} Tf ${COLOUR.ink.join(" ")} rg`);
