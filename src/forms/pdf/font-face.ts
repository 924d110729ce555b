import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import bidiFactory from "bidi-js";
import { type FontkitFont, create } from "fontkit";

/** One drawn shape of a line, in the order in which it is drawn. Measures are in thousandths of the font size. */
export interface Glyph {
  id: number;
  /** The characters that it stands for, so that a reader of the PDF gets them back. */
  text: string;
  /** How far the pen moves after it. */
  advance: number;
  /** What the font says that the pen moves; differs from `advance` only in shaped text. */
  width: number;
  dx: number;
  dy: number;
}

export interface Line {
  glyphs: Glyph[];
  /** Thousandths of the font size. */
  width: number;
}

const FILES = { regular: "DejaVuSansCondensed.ttf", bold: "DejaVuSansCondensed-Bold.ttf" } as const;
export type Weight = keyof typeof FILES;

/** Scripts whose letters stand one after another unchanged; the rest goes through shaping and the bidi algorithm. */
const PLAIN =
  /^[\u0020-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u2bff]*$/;
const CONTROL = /^\p{Cc}$/u;
const bidi = bidiFactory();
const require = createRequire(import.meta.url);

/** A parsed typeface with its glyphs and widths at hand: measuring is a map look-up per character. */
export class FontFace {
  readonly font: FontkitFont;
  /** Another copy: fontkit remembers of a glyph the first character that asked for it, and shaping must read its own. */
  readonly #shaper: FontkitFont;
  readonly #glyphs = new Map<number, Glyph>();
  readonly #scale: number;

  constructor(file: string) {
    const bytes = readFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${file}`));
    this.font = create(bytes);
    this.#shaper = create(bytes);
    this.#scale = 1000 / this.font.unitsPerEm;
    for (const codePoint of this.font.characterSet) {
      const text = String.fromCodePoint(codePoint);
      if (CONTROL.test(text)) continue;
      const glyph = this.font.glyphForCodePoint(codePoint);
      const width = glyph.advanceWidth * this.#scale;
      this.#glyphs.set(codePoint, { id: glyph.id, text, advance: width, width, dx: 0, dy: 0 });
    }
  }

  get ascent(): number {
    return this.font.ascent * this.#scale;
  }

  get descent(): number {
    return this.font.descent * this.#scale;
  }

  get box(): number[] {
    const { minX, minY, maxX, maxY } = this.font.bbox;
    return [minX, minY, maxX, maxY].map((edge) => Math.round(edge * this.#scale));
  }

  /** Characters of the text that the face cannot draw, as `U+XXXX`. Line ends and tabs are drawn as space. */
  missing(text: string): string[] {
    const missing: string[] = [];
    for (const character of text) {
      if (!this.#glyphs.has(character.codePointAt(0)!) && !/[\n\t]/.test(character)) missing.push(codeName(character));
    }
    return missing;
  }

  /** Lays one line out: shaped, in visual order, what cannot be drawn written as `[U+XXXX]`. */
  line(text: string): Line {
    const printable = this.#printable(text);
    return PLAIN.test(printable) ? this.#plainLine(printable) : this.#shapedLine(printable);
  }

  /** Width of one line at the given size. */
  measure(text: string, size: number): number {
    return (this.line(text).width * size) / 1000;
  }

  #printable(text: string): string {
    let printable = "";
    for (const character of text) {
      if (this.#glyphs.has(character.codePointAt(0)!)) printable += character;
      else if (character === "\t") printable += "    ";
      else if (character === "\n") printable += " ";
      else printable += `[${codeName(character)}]`;
    }
    return printable;
  }

  #plainLine(text: string): Line {
    const glyphs: Glyph[] = [];
    let width = 0;
    for (const character of text) {
      const glyph = this.#glyphs.get(character.codePointAt(0)!)!;
      glyphs.push(glyph);
      width += glyph.advance;
    }
    return { glyphs, width };
  }

  #shapedLine(text: string): Line {
    const embedding = bidi.getEmbeddingLevels(text);
    const { levels } = embedding;
    const order = bidi.getReorderedIndices(text, embedding);
    const mirrored = bidi.getMirroredCharactersMap(text, levels);
    const glyphs: Glyph[] = [];
    for (const run of visualRuns(order, levels)) {
      const rtl = levels[run.start]! % 2 === 1;
      let logical = "";
      for (let at = run.start; at < run.end; at++) logical += mirrored.get(at) ?? text[at]!;
      glyphs.push(...this.#shape(logical, rtl));
    }
    return { glyphs, width: glyphs.reduce((sum, glyph) => sum + glyph.advance, 0) };
  }

  #shape(text: string, rtl: boolean): Glyph[] {
    if (!rtl && PLAIN.test(text)) return this.#plainLine(text).glyphs;
    const { glyphs, positions } = this.#shaper.layout(text, undefined, undefined, undefined, rtl ? "rtl" : "ltr");
    return glyphs.map((glyph, at) => ({
      id: glyph.id,
      text: meaning(String.fromCodePoint(...glyph.codePoints), rtl),
      advance: positions[at]!.xAdvance * this.#scale,
      width: glyph.advanceWidth * this.#scale,
      dx: positions[at]!.xOffset * this.#scale,
      dy: positions[at]!.yOffset * this.#scale,
    }));
  }
}

/** A mirrored bracket looks like its twin and still means what was written. */
const meaning = (drawn: string, rtl: boolean): string => (rtl ? (bidi.getMirroredCharacter(drawn) ?? drawn) : drawn);

function codeName(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Stretches of one level in visual order, each given by its logical start and end (end excluded). */
function visualRuns(order: readonly number[], levels: Uint8Array): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = [];
  for (const index of order) {
    const last = runs.at(-1);
    if (last && levels[index] === levels[last.start] && index === last.end) last.end += 1;
    else if (last && levels[index] === levels[last.start] && index === last.start - 1) last.start -= 1;
    else runs.push({ start: index, end: index + 1 });
  }
  return runs;
}

const faces = new Map<Weight, FontFace>();

/** The one parsed copy of a typeface in this process. */
export function fontFace(weight: Weight): FontFace {
  let face = faces.get(weight);
  if (!face) {
    face = new FontFace(FILES[weight]);
    faces.set(weight, face);
  }
  return face;
}
