import type { LocalizedText } from "../../kernel/text.ts";
import type { FormDefinition, FormLanguage } from "../form-definition.ts";
import { fontFace } from "./font-face.ts";
import { COLOUR, CONTENT_WIDTH, LEADING, type Mark, PAGE, SIZE } from "./page-style.ts";
import { wrapText } from "./wrap-text.ts";

const MODEL: LocalizedText = {
  fi: "Mallilomake, ei viranomaisen lomake",
  sv: "Modellblankett, inte myndighetens blankett",
  en: "Model form, not the authority's form",
};
const EDITION: LocalizedText = { fi: "painos", sv: "utgåva", en: "edition" };

/** The right edge and baseline of the page number, which every page keeps free for it. */
export const PAGE_NUMBER = { right: PAGE.width - PAGE.right, baseline: PAGE.height - PAGE.top - 8.5 } as const;

/** The top of the first page. Returns where the content starts. */
export function firstPageTop(definition: FormDefinition, language: FormLanguage, marks: Mark[]): number {
  let y = PAGE_NUMBER.baseline;
  marks.push(text(PAGE.left, y, definition.authorityLine[language], SIZE.furniture, "bold", COLOUR.ink));
  y -= 13;
  secrecyLine(definition, language, y, marks);
  y -= 30;
  const title = definition.title[language];
  for (const line of wrapText(title, fontFace("bold"), SIZE.title, CONTENT_WIDTH)) {
    marks.push(text(PAGE.left, y, title.slice(line.start, line.end), SIZE.title, "bold", COLOUR.accent));
    y -= LEADING.title;
  }
  return y + 4;
}

/** The top of every later page. Returns where the content starts. */
export function laterPageTop(definition: FormDefinition, language: FormLanguage, marks: Mark[]): number {
  let y = PAGE_NUMBER.baseline;
  marks.push(text(PAGE.left, y, definition.title[language], SIZE.furniture, "regular", COLOUR.muted));
  y -= 13;
  secrecyLine(definition, language, y, marks);
  return y - 14;
}

export function pageFoot(definition: FormDefinition, language: FormLanguage, marks: Mark[]): void {
  const y = PAGE.bottom - 22;
  const edition = `${definition.code}, ${EDITION[language]} ${definition.edition}`;
  marks.push(text(PAGE.left, y, edition, 8, "regular", COLOUR.muted));
}

function secrecyLine(definition: FormDefinition, language: FormLanguage, y: number, marks: Mark[]): void {
  const secrecy = definition.secrecy[language];
  const width = fontFace("bold").measure(secrecy, SIZE.furniture);
  if (definition.model) marks.push(text(PAGE.left, y, MODEL[language], SIZE.furniture, "regular", COLOUR.muted));
  marks.push(text(PAGE.width - PAGE.right - width, y, secrecy, SIZE.furniture, "bold", COLOUR.ink));
}

function text(
  x: number,
  y: number,
  written: string,
  size: number,
  weight: "regular" | "bold",
  colour: readonly [number, number, number],
): Mark {
  return { kind: "text", x, y, text: written, size, weight, colour };
}
