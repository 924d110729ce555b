import type { FormLanguage, ItemField } from "../form-definition.ts";
import { fontFace } from "./font-face.ts";
import { COLOUR, COLUMN, LEADING, PADDING, type PageLayout, SIZE } from "./page-style.ts";
import { wrapText } from "./wrap-text.ts";

/** The frame of one field on a page. */
interface Cell {
  x: number;
  top: number;
  width: number;
  height: number;
}

const INSET = 4;
const TEXT_HEIGHT = 15;
const BOX = 9.5;
/** From the left edge of a check box to its text. */
const BOX_STEP = BOX + 5;
const OPTION_LINE = 14.5;
const OPTION_GAP = 12;

/** The height that a field asks for in its row. */
export function fieldHeight(field: ItemField, number: string, language: FormLanguage): number {
  const width = field.width * COLUMN;
  if (field.kind === "check") return Math.max(19, checkLines(field, language, width).length * LEADING.label + 9);
  const labels = labelLines(field, number, language, width).length * LEADING.label + 4;
  if (field.kind === "choice") {
    const lines = placeOptions(field, language, width).at(-1)!.line + 1;
    return labels + lines * OPTION_LINE + 3;
  }
  return labels + valueHeight(field) + 2;
}

/** Draws the frame, the label and the place for the value. */
export function drawField(
  page: PageLayout,
  field: ItemField,
  number: string,
  language: FormLanguage,
  cell: Cell,
): void {
  const bottom = cell.top - cell.height;
  page.marks.push({
    kind: "frame",
    x: cell.x,
    y: bottom,
    width: cell.width,
    height: cell.height,
    colour: COLOUR.line,
    thickness: 0.6,
  });
  const tooltip = `${number} ${field.label[language]}`;
  if (field.kind === "check") {
    drawCheck(page, field, language, cell, tooltip);
    return;
  }
  const lines = labelLines(field, number, language, cell.width);
  lines.forEach((line, at) => {
    write(page, cell.x + INSET, cell.top - 9.6 - at * LEADING.label, line, SIZE.label);
  });
  const below = cell.top - 4 - lines.length * LEADING.label;
  if (field.kind === "choice") {
    drawOptions(page, field, language, cell, below, tooltip);
    return;
  }
  const left = cell.x + INSET - PADDING.x;
  page.widgets.push({
    field: field.name,
    kind: field.kind,
    tooltip,
    x: left,
    y: bottom + 1.5,
    width: cell.width - 2 * (left - cell.x),
    height: field.kind === "multiline" ? below - bottom - 1.5 : TEXT_HEIGHT,
  });
}

function drawCheck(page: PageLayout, field: ItemField, language: FormLanguage, cell: Cell, tooltip: string): void {
  const lines = checkLines(field, language, cell.width);
  const middle = cell.top - cell.height / 2;
  const first = middle + ((lines.length - 1) * LEADING.label) / 2 - 3;
  const y = middle - BOX / 2;
  drawBox(page, cell.x + INSET, y);
  page.widgets.push({ field: field.name, kind: "check", tooltip, x: cell.x + INSET, y, width: BOX, height: BOX });
  lines.forEach((line, at) => {
    write(page, cell.x + INSET + BOX_STEP, first - at * LEADING.label, line, SIZE.option);
  });
}

function drawOptions(
  page: PageLayout,
  field: ItemField,
  language: FormLanguage,
  cell: Cell,
  below: number,
  tooltip: string,
): void {
  for (const { code, label, x, line } of placeOptions(field, language, cell.width)) {
    const y = below - (line + 1) * OPTION_LINE + 2.5;
    drawBox(page, cell.x + x, y);
    page.widgets.push({
      field: field.name,
      kind: "option",
      option: code,
      tooltip: `${tooltip}: ${label}`,
      x: cell.x + x,
      y,
      width: BOX,
      height: BOX,
    });
    write(page, cell.x + x + BOX_STEP, y + 1.8, label, SIZE.option);
  }
}

/** Options one after another, on as many lines as they need. */
function placeOptions(field: ItemField, language: FormLanguage, width: number) {
  let x = INSET;
  let line = 0;
  return (field.options ?? []).map((option) => {
    const label = option.label[language];
    const needed = BOX_STEP + fontFace("regular").measure(label, SIZE.option);
    if (x > INSET && x + needed > width - INSET) {
      x = INSET;
      line += 1;
    }
    const place = { code: option.code, label, x, line };
    x += needed + OPTION_GAP;
    return place;
  });
}

function labelLines(field: ItemField, number: string, language: FormLanguage, width: number): string[] {
  const text = `${number}  ${field.label[language]}`;
  return wrapText(text, fontFace("regular"), SIZE.label, width - 2 * INSET).map((line) =>
    text.slice(line.start, line.end),
  );
}

function checkLines(field: ItemField, language: FormLanguage, width: number): string[] {
  const text = field.label[language];
  return wrapText(text, fontFace("regular"), SIZE.option, width - 2 * INSET - BOX_STEP).map((line) =>
    text.slice(line.start, line.end),
  );
}

const valueHeight = (field: ItemField): number =>
  field.kind === "multiline" ? (field.rows ?? 3) * LEADING.value + 2 * PADDING.y : TEXT_HEIGHT;

function drawBox(page: PageLayout, x: number, y: number): void {
  page.marks.push({ kind: "frame", x, y, width: BOX, height: BOX, colour: COLOUR.ink, thickness: 0.7 });
}

function write(page: PageLayout, x: number, y: number, text: string, size: number): void {
  page.marks.push({ kind: "text", x, y, text, size, weight: "regular", colour: COLOUR.ink });
}
