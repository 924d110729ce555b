import { setImmediate } from "node:timers/promises";
import type { FormLanguage } from "../form-definition.ts";
import { fast } from "./compression.ts";
import { type Weight, fontFace } from "./font-face.ts";
import { PAGE_NUMBER } from "./page-furniture.ts";
import { PagePainter } from "./page-painter.ts";
import { COLOUR, CONTENT_WIDTH, type Colour, LEADING, type Mark, PAGE, SIZE } from "./page-style.ts";
import { addPage, describe, emptyPdf, numberPages, savePdf } from "./pdf-document.ts";
import { wrapText } from "./wrap-text.ts";

/** A log extract as it is printed: every text is ready in the one language. */
export interface LogExtractToPrint {
  language: FormLanguage;
  /** Upper left corner of every page: who gives it. */
  issuer: string;
  secrecy: string;
  title: string;
  /** Label and value, one a line, above the entries. */
  facts: readonly { label: string; value: string }[];
  /** Names of the two columns. */
  columns: { when: string; what: string };
  entries: readonly { when: string; what: string }[];
  /** Stands in place of the entries when there is none. */
  none: string;
  /** What follows the entries: a heading and its paragraphs. */
  notes: readonly { heading: string; paragraphs: readonly string[] }[];
  /** The instant that the document tells as its making. */
  at: Date;
}

const WHEN_WIDTH = 98;
const WHAT = { x: PAGE.left + WHEN_WIDTH, width: CONTENT_WIDTH - WHEN_WIDTH } as const;
const LABEL_WIDTH = 150;
const LEAD = LEADING.value;
const ROW_GAP = 7;

/** Makes the PDF of a log extract on A4. The same input gives the same bytes. */
export async function composeLogExtract(extract: LogExtractToPrint): Promise<Uint8Array> {
  const document = await emptyPdf();
  const painter = new PagePainter(document.context, fast, "LogExtract");
  for (const marks of await layOut(extract)) {
    await setImmediate();
    addPage(document, painter, painter.paint(marks));
  }
  numberPages(document, painter);
  painter.finish();
  describe(document, {
    title: extract.title,
    subject: extract.secrecy,
    language: extract.language,
    at: extract.at,
    identity: [extract.language, extract.at.toISOString(), JSON.stringify(extract.entries)],
  });
  return savePdf(document);
}

/**
 * Fills pages from the top; what does not fit goes on to the next one, which repeats the names of the columns. Between
 * pages others get their turn: an extract of thousands of entries would else hold up the whole hub for seconds.
 */
async function layOut(extract: LogExtractToPrint): Promise<Mark[][]> {
  const pages: Mark[][] = [];
  let marks: Mark[] = [];
  let y = 0;
  const turn = (withColumns: boolean) => {
    marks = [];
    pages.push(marks);
    y = pageTop(extract, marks, pages.length === 1);
    if (withColumns) columnHeads();
  };
  const columnHeads = () => {
    marks.push({ kind: "fill", x: PAGE.left, y: y - 5, width: CONTENT_WIDTH, height: 17, colour: COLOUR.bar });
    marks.push(text(PAGE.left + 4, y, extract.columns.when, SIZE.label + 0.5, "bold", COLOUR.accent));
    marks.push(text(WHAT.x, y, extract.columns.what, SIZE.label + 0.5, "bold", COLOUR.accent));
    y -= 21;
  };
  const room = (lines: number): boolean => y - (lines - 1) * LEAD >= PAGE.bottom;

  turn(false);
  for (const { label, value } of extract.facts) {
    marks.push(text(PAGE.left, y, label, SIZE.value, "regular", COLOUR.muted));
    for (const line of linesOf(value, "regular", SIZE.value, CONTENT_WIDTH - LABEL_WIDTH)) {
      marks.push(text(PAGE.left + LABEL_WIDTH, y, line, SIZE.value, "regular", COLOUR.ink));
      y -= LEAD + 1;
    }
  }
  y -= 14;
  columnHeads();
  if (extract.entries.length === 0) {
    marks.push(text(PAGE.left + 4, y, extract.none, SIZE.value, "regular", COLOUR.ink));
    y -= LEAD + ROW_GAP;
  }
  for (const { when, what } of extract.entries) {
    const lines = linesOf(what, "regular", SIZE.value, WHAT.width);
    // An entry is kept together unless it is longer than a page.
    if (!room(Math.min(lines.length, 20))) {
      turn(true);
      await setImmediate();
    }
    marks.push(text(PAGE.left + 4, y, when, SIZE.value, "bold", COLOUR.ink));
    for (const line of lines) {
      if (!room(1)) turn(true);
      marks.push(text(WHAT.x, y, line, SIZE.value, "regular", COLOUR.ink));
      y -= LEAD;
    }
    marks.push({ kind: "fill", x: PAGE.left, y: y + 5, width: CONTENT_WIDTH, height: 0.4, colour: COLOUR.line });
    y -= ROW_GAP;
  }
  for (const { heading, paragraphs } of extract.notes) {
    if (!room(5)) turn(false);
    y -= 8;
    marks.push(text(PAGE.left, y, heading, SIZE.section, "bold", COLOUR.accent));
    y -= LEAD + 3;
    for (const paragraph of paragraphs) {
      for (const line of linesOf(paragraph, "regular", SIZE.value, CONTENT_WIDTH)) {
        if (!room(1)) turn(false);
        marks.push(text(PAGE.left, y, line, SIZE.value, "regular", COLOUR.ink));
        y -= LEAD;
      }
      y -= 3;
    }
  }
  return pages;
}

/** Issuer and secrecy on every page, the title on the first. Returns where the content starts. */
function pageTop({ issuer, secrecy, title }: LogExtractToPrint, marks: Mark[], first: boolean): number {
  let y: number = PAGE_NUMBER.baseline;
  marks.push(text(PAGE.left, y, issuer, SIZE.furniture, "bold", COLOUR.ink));
  y -= 13;
  const width = fontFace("bold").measure(secrecy, SIZE.furniture);
  marks.push(text(PAGE.width - PAGE.right - width, y, secrecy, SIZE.furniture, "bold", COLOUR.ink));
  if (!first) {
    marks.push(text(PAGE.left, y, title, SIZE.furniture, "regular", COLOUR.muted));
    return y - 26;
  }
  y -= 34;
  for (const line of linesOf(title, "bold", SIZE.title, CONTENT_WIDTH)) {
    marks.push(text(PAGE.left, y, line, SIZE.title, "bold", COLOUR.accent));
    y -= LEADING.title;
  }
  return y - 6;
}

const linesOf = (written: string, weight: Weight, size: number, width: number): string[] =>
  wrapText(written, fontFace(weight), size, width).map(({ start, end }) => written.slice(start, end));

const text = (x: number, y: number, written: string, size: number, weight: Weight, colour: Colour): Mark => ({
  kind: "text",
  x,
  y,
  text: written,
  size,
  weight,
  colour,
});
