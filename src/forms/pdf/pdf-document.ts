import { createHash } from "node:crypto";
import { ParseSpeeds, PDFDict, PDFDocument, PDFHexString, PDFName, PDFRef, PDFString } from "pdf-lib";
import type { FormLanguage } from "../form-definition.ts";
import { PAGE_NUMBER_KEY, type PagePainter } from "./page-painter.ts";
import { PAGE } from "./page-style.ts";
import { pdfText } from "./pdf-text.ts";

/**
 * Opens a PDF. Those opened today were made by this room. A foreign PDF (an authority's own) will come in here, and
 * only here: it must then be opened in a process that can be killed, since the library inflates without a limit.
 */
export async function openPdf(bytes: Uint8Array): Promise<PDFDocument> {
  return PDFDocument.load(bytes, { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest });
}

export async function emptyPdf(): Promise<PDFDocument> {
  return PDFDocument.create({ updateMetadata: false });
}

/** Adds an A4 page with a content stream and a place for its number. */
export function addPage(document: PDFDocument, painter: PagePainter, content: string): PDFDict {
  const { context } = document;
  const page = document.addPage([PAGE.width, PAGE.height]).node;
  const number = context.nextRef();
  page.set(PDFName.of("Contents"), context.register(painter.stream(`${content}\n/${PAGE_NUMBER_KEY} Do`)));
  page.set(
    PDFName.of("Resources"),
    context.obj({ Font: painter.fonts("regular", "bold"), XObject: { [PAGE_NUMBER_KEY]: number } }),
  );
  return page;
}

/** Writes "page (pages)" on every page that keeps a place for it; a foreign page keeps its own number. */
export function numberPages(document: PDFDocument, painter: PagePainter): void {
  const pages = document.getPages();
  pages.forEach((page, at) => {
    const place = page.node.Resources()?.lookupMaybe(PDFName.of("XObject"), PDFDict)?.get(PDFName.of(PAGE_NUMBER_KEY));
    if (place instanceof PDFRef) painter.pageNumber(place, at + 1, pages.length);
  });
}

export interface Description {
  title: string;
  subject: string;
  language: FormLanguage;
  /** The instant that the document tells as its making. */
  at: Date;
  /** What the document's identity is computed from. */
  identity: readonly string[];
}

/** Title, language, dates and identity: all from the arguments, so that the same input gives the same bytes. */
export function describe(document: PDFDocument, description: Description): void {
  const { context, catalog } = document;
  const at = PDFString.fromDate(description.at);
  context.trailerInfo.Info = context.register(
    context.obj({
      Title: pdfText(description.title),
      Subject: pdfText(description.subject),
      Creator: PDFString.of("Nivel"),
      Producer: PDFString.of("Nivel"),
      CreationDate: at,
      ModDate: at,
    }),
  );
  catalog.set(PDFName.of("Lang"), PDFString.of(description.language));
  catalog.set(PDFName.of("ViewerPreferences"), context.obj({ DisplayDocTitle: true }));
  const digest = createHash("sha256").update(JSON.stringify(description.identity)).digest("hex").slice(0, 32);
  const id = PDFHexString.of(digest.toUpperCase());
  context.trailerInfo.ID = context.obj([id, id]);
}

export async function savePdf(document: PDFDocument): Promise<Uint8Array> {
  return document.save({
    useObjectStreams: true,
    addDefaultPage: false,
    updateFieldAppearances: false,
    // The default pauses after every 50 objects, which trebles the time of a document.
    objectsPerTick: Infinity,
  });
}
