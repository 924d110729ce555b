import type { PDFDocument } from "pdf-lib";
import type { LocalizedText } from "../../kernel/text.ts";
import type { FormDefinition, FormLanguage } from "../form-definition.ts";
import type { FormDraft } from "../form-model.ts";
import type { Continued } from "./fill-fields.ts";
import { fontFace } from "./font-face.ts";
import { laterPageTop, pageFoot } from "./page-furniture.ts";
import type { PagePainter } from "./page-painter.ts";
import { COLOUR, CONTENT_WIDTH, LEADING, type Mark, PAGE, SIZE } from "./page-style.ts";
import { addPage } from "./pdf-document.ts";
import { wrapText } from "./wrap-text.ts";

const TITLE: LocalizedText = { fi: "Jatkosivu", sv: "Fortsättningssida", en: "Continuation page" };
const CONCERNS: LocalizedText = { fi: "Koskee", sv: "Gäller", en: "Concerns" };
const GOES_ON: LocalizedText = { fi: "jatkoa", sv: "forts.", en: "continued" };
const HEADING_HEIGHT = 20;

/** Adds pages with what did not fit the boxes, each text under the number and label of its field. */
export function addContinuationPages(
  document: PDFDocument,
  painter: PagePainter,
  definition: FormDefinition,
  draft: FormDraft,
  language: FormLanguage,
  continued: readonly Continued[],
): void {
  if (continued.length === 0) return;
  const subject = subjectOf(definition, draft);
  let marks: Mark[] = [];
  let y = 0;
  const turn = () => {
    marks = [];
    y = laterPageTop(definition, language, marks) - 16;
    marks.push(written(y, TITLE[language], SIZE.title, "bold"));
    y -= LEADING.title;
    for (const line of linesOf(`${CONCERNS[language]}: ${subject}`, "regular", SIZE.value)) {
      marks.push(written(y, line, SIZE.value, "regular"));
      y -= LEADING.value;
    }
    y -= 6;
  };
  const end = () => {
    pageFoot(definition, language, marks);
    addPage(document, painter, painter.paint(marks));
  };
  turn();
  for (const { number, label, rest } of continued) {
    if (y - HEADING_HEIGHT - LEADING.value < PAGE.bottom) {
      end();
      turn();
    }
    y -= 6;
    for (const line of linesOf(`${number}  ${label} (${GOES_ON[language]})`, "bold", SIZE.value)) {
      marks.push(written(y, line, SIZE.value, "bold"));
      y -= LEADING.value;
    }
    y -= 2;
    for (const line of linesOf(rest, "regular", SIZE.value)) {
      if (y < PAGE.bottom) {
        end();
        turn();
      }
      marks.push(written(y, line, SIZE.value, "regular"));
      y -= LEADING.value;
    }
  }
  end();
}

/** Whose form it is, so that a loose page finds its way back. */
function subjectOf(definition: FormDefinition, draft: FormDraft): string {
  return definition.subject.flatMap((name) => draft.fields.find((field) => field.name === name)?.value ?? []).join(" ");
}

function linesOf(text: string, weight: "regular" | "bold", size: number): string[] {
  return wrapText(text, fontFace(weight), size, CONTENT_WIDTH).map(({ start, end }) => text.slice(start, end));
}

const written = (y: number, text: string, size: number, weight: "regular" | "bold"): Mark => ({
  kind: "text",
  x: PAGE.left,
  y,
  text,
  size,
  weight,
  colour: size === SIZE.title ? COLOUR.accent : COLOUR.ink,
});
