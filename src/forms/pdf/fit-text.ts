import type { FormLanguage } from "../form-definition.ts";
import type { FontFace } from "./font-face.ts";
import { LEADING, PADDING, SIZE } from "./page-style.ts";
import { wrapText } from "./wrap-text.ts";

/** A text as it stands in its box. */
export interface FittedText {
  lines: string[];
  size: number;
  leading: number;
  /** What the box holds in words: the text, or its beginning and the reference. */
  shown: string;
  /** What goes on to an added page. */
  rest: string | null;
}

/** From the clearest to the shortest, since some boxes are narrow. */
const REFERENCES: Record<FormLanguage, readonly ((number: string) => string)[]> = {
  fi: [
    (number) => `(jatkuu jatkosivulla, kohta ${number})`,
    (number) => `(jatkuu, kohta ${number})`,
    (number) => `(jatkuu ${number})`,
  ],
  sv: [
    (number) => `(fortsätter på fortsättningssidan, punkt ${number})`,
    (number) => `(forts., punkt ${number})`,
    (number) => `(forts. ${number})`,
  ],
};

/** Room that the beginning of a text should have beside its reference for the longer form to be worth it, in points. */
const HEAD_ROOM = 60;

export interface TextBox {
  width: number;
  height: number;
  multiline: boolean;
}

/** Fits a text into its box at a legible size; what does not fit is given back with a reference in its place. */
export function fitText(
  text: string,
  box: TextBox,
  face: FontFace,
  number: string,
  language: FormLanguage,
): FittedText {
  const width = box.width - 2 * PADDING.x;
  for (const size of [SIZE.value, SIZE.valueMin]) {
    const leading = (LEADING.value * size) / SIZE.value;
    const capacity = box.multiline ? Math.max(1, Math.floor((box.height - 2 * PADDING.y) / leading)) : 1;
    const lines = wrapLines(text, face, size, width, box.multiline);
    if (lines.length <= capacity)
      return { lines: lines.map(({ drawn }) => drawn), size, leading, shown: text, rest: null };
    if (size === SIZE.valueMin) {
      return capacity > 1
        ? continuedLines(text, lines, capacity, face, width, leading, number, language)
        : continuedLine(text, face, width, leading, number, language);
    }
  }
  throw new Error("unreachable: the smallest size always answers");
}

function continuedLines(
  text: string,
  lines: readonly Drawn[],
  capacity: number,
  face: FontFace,
  width: number,
  leading: number,
  number: string,
  language: FormLanguage,
): FittedText {
  const reference = referencesOf(number, language).find((form) => face.measure(form, SIZE.valueMin) <= width)!;
  const head = lines.slice(0, capacity - 1);
  return {
    lines: [...head.map(({ drawn }) => drawn), reference],
    size: SIZE.valueMin,
    leading,
    shown: `${text.slice(0, head.at(-1)!.end)}\n${reference}`,
    rest: text.slice(lines[capacity - 1]!.start),
  };
}

function continuedLine(
  text: string,
  face: FontFace,
  width: number,
  leading: number,
  number: string,
  language: FormLanguage,
): FittedText {
  const size = SIZE.valueMin;
  const forms = referencesOf(number, language);
  const room = (form: string) => width - face.measure(` ${form}`, size);
  const roomy = forms.find((form) => room(form) >= HEAD_ROOM);
  if (roomy) {
    const first = wrapLines(text, face, size, room(roomy), false)[0]!;
    const shown = `${first.drawn} ${roomy}`;
    return { lines: [shown], size, leading, shown, rest: text.slice(first.next) };
  }
  // Too narrow for both: the whole text goes on, and the box only says where.
  const reference = forms.find((form) => face.measure(form, size) <= width) ?? forms.at(-1)!;
  return { lines: [reference], size, leading, shown: reference, rest: text };
}

const referencesOf = (number: string, language: FormLanguage): string[] => [
  ...REFERENCES[language].map((form) => form(number)),
  `→ ${number}`,
];

interface Drawn {
  drawn: string;
  start: number;
  end: number;
  next: number;
}

/** A box of one line shows a line end as a space. */
function wrapLines(text: string, face: FontFace, size: number, width: number, multiline: boolean): Drawn[] {
  const flowing = multiline ? text : text.replace(/\n/g, " ");
  return wrapText(flowing, face, size, width).map((line) => ({
    ...line,
    drawn: flowing.slice(line.start, line.end).trimEnd(),
  }));
}
