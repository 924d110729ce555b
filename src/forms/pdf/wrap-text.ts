import type { FontFace } from "./font-face.ts";

/** A line of a text: `text.slice(start, end)`, the space at which it was broken excluded. */
export interface TextLine {
  start: number;
  end: number;
  /** Where the next line starts. */
  next: number;
}

const graphemes = new Intl.Segmenter("fi", { granularity: "grapheme" });

/**
 * Breaks a text into lines no wider than `width` points, at line ends, then between words, then inside a word that is
 * wider than a line. Nothing but the white space at a break is left out of the lines.
 */
export function wrapText(text: string, face: FontFace, size: number, width: number): TextLine[] {
  const lines: TextLine[] = [];
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    wrapParagraph(text, start, end, newline === -1 ? text.length : newline + 1, face, size, width, lines);
    if (newline === -1) break;
    start = newline + 1;
  }
  return lines;
}

function wrapParagraph(
  text: string,
  from: number,
  to: number,
  next: number,
  face: FontFace,
  size: number,
  width: number,
  lines: TextLine[],
): void {
  let start = from;
  let end = from;
  let used = 0;
  for (const token of text.slice(from, to).match(/[ \t]+|[^ \t]+/g) ?? []) {
    const tokenEnd = end + token.length;
    const tokenWidth = face.measure(token, size);
    if (used + tokenWidth <= width) {
      used += tokenWidth;
      end = tokenEnd;
      continue;
    }
    if (/^[ \t]/.test(token)) {
      // Space that does not fit is where the line breaks; it ends its line and is not drawn.
      lines.push({ start, end, next: tokenEnd });
      start = end = tokenEnd;
      used = 0;
      continue;
    }
    if (end > start) {
      lines.push({ start, end, next: end });
      start = end;
      used = 0;
    }
    if (tokenWidth <= width) {
      used = tokenWidth;
      end = tokenEnd;
      continue;
    }
    for (const { segment } of graphemes.segment(token)) {
      const segmentWidth = face.measure(segment, size);
      if (used + segmentWidth > width && end > start) {
        lines.push({ start, end, next: end });
        start = end;
        used = 0;
      }
      used += segmentWidth;
      end += segment.length;
    }
  }
  lines.push({ start, end, next });
}
