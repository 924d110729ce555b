import type { PDFDocument } from "pdf-lib";
import type { FormLanguage } from "../form-definition.ts";
import type { FormDraft } from "../form-model.ts";
import type { LoadedForm } from "../loaded-form.ts";
import { fast } from "./compression.ts";
import { addContinuationPages } from "./continuation-pages.ts";
import { fillFields } from "./fill-fields.ts";
import { flatten } from "./flatten.ts";
import { PagePainter } from "./page-painter.ts";
import { describe, numberPages, openPdf, savePdf } from "./pdf-document.ts";

/** A form to fill and what goes into it. */
export interface FormToFill {
  form: LoadedForm;
  draft: FormDraft;
  language: FormLanguage;
}

export interface FilledPdf {
  bytes: Uint8Array;
  /** Names of the fields whose text continues on an added page. */
  continued: string[];
  /** Characters that the font lacks, as `U+XXXX`; printed so, and kept exactly in the data. */
  unprintable: string[];
}

/**
 * Fills one form.
 * @param at the instant that the document tells as its making
 * @param options.flat the fields become part of the page and cannot be changed
 */
export async function fillPdf(toFill: FormToFill, at: Date, options: { flat?: boolean } = {}): Promise<FilledPdf> {
  const filled = await openFilled(toFill, options.flat ?? false);
  numberPages(filled.document, filled.painter);
  filled.painter.finish();
  describeFilled(filled.document, toFill, at);
  return {
    bytes: await savePdf(filled.document),
    continued: filled.continued,
    unprintable: [...filled.painter.unprintable].sort(),
  };
}

/** A filled document that is still open: pages may be added before its fonts are finished. */
export async function openFilled(
  { form, draft, language }: FormToFill,
  flat: boolean,
): Promise<{ document: PDFDocument; painter: PagePainter; continued: string[] }> {
  const { definition } = form;
  const document = await openPdf(form.template(language));
  const painter = new PagePainter(document.context, fast, flat ? "Flat" : "Filled");
  const continued = fillFields(document, painter, definition, draft, language);
  if (flat) flatten(document, painter);
  addContinuationPages(document, painter, definition, draft, language, continued);
  return { document, painter, continued: continued.map(({ field }) => field) };
}

export function describeFilled(
  document: PDFDocument,
  { form, draft, language }: FormToFill,
  at: Date,
  more: readonly string[] = [],
): void {
  const { definition } = form;
  describe(document, {
    title: definition.title[language],
    subject: definition.secrecy[language],
    language,
    at,
    identity: [
      definition.code,
      definition.edition,
      language,
      at.toISOString(),
      JSON.stringify(valuesOf(draft)),
      ...more,
    ],
  });
}

/** The values of a draft by field name, exactly as given; empty fields left out. */
export function valuesOf(draft: FormDraft): Record<string, string> {
  return Object.fromEntries(draft.fields.flatMap(({ name, value }) => (value === null ? [] : [[name, value]])));
}
