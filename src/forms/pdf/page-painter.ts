import type { PDFContext, PDFRef, PDFStream } from "pdf-lib";
import type { Compression } from "./compression.ts";
import { type FontFace, type Line, type Weight, fontFace } from "./font-face.ts";
import { FontSubset } from "./font-subset.ts";
import { type Colour, COLOUR, type Mark, SIZE } from "./page-style.ts";
import { PAGE_NUMBER } from "./page-furniture.ts";

/** Name of the drawing that holds a page's number, so that it can be put right when pages are added. */
export const PAGE_NUMBER_KEY = "NivelPageNumber";

/** Writes content streams of one document and remembers which glyphs of which typeface it needed. */
export class PagePainter {
  readonly context: PDFContext;
  readonly #compression: Compression;
  readonly #keys: Record<Weight, string>;
  readonly unprintable = new Set<string>();
  readonly #subsets = new Map<Weight, FontSubset>();

  /**
   * @param name its own for each document that lands in one PDF: some readers take two fonts of one name for one,
   * even where each stream names its own
   */
  constructor(context: PDFContext, compression: Compression, name: string) {
    this.context = context;
    this.#keys = { regular: `Nivel${name}Regular`, bold: `Nivel${name}Bold` };
    this.#compression = compression;
  }

  /** Resources for a stream that draws with these typefaces. */
  fonts(...weights: Weight[]): Record<string, PDFRef> {
    return Object.fromEntries(weights.map((weight) => [this.#keys[weight], this.#subset(weight).ref]));
  }

  /** A compressed stream, not yet registered. */
  stream(content: string, dictionary?: Parameters<Compression>[2]): PDFStream {
    return this.#compression(this.context, content, dictionary);
  }

  text(x: number, y: number, text: string, size: number, weight: Weight, colour: Colour): string {
    const face = fontFace(weight);
    this.#report(face, text);
    return this.#line(x, y, face.line(text), size, weight, colour);
  }

  paint(marks: readonly Mark[]): string {
    return marks.map((mark) => this.#mark(mark)).join("\n");
  }

  /** The drawing "2 (5)" in the upper right corner of a page, at the place of `ref`. */
  pageNumber(ref: PDFRef, page: number, pages: number): void {
    const face = fontFace("regular");
    const line = face.line(`${page} (${pages})`);
    const x = PAGE_NUMBER.right - (line.width * SIZE.furniture) / 1000;
    const content = this.#line(x, PAGE_NUMBER.baseline, line, SIZE.furniture, "regular", COLOUR.ink);
    const stream = this.stream(content, {
      Type: "XObject",
      Subtype: "Form",
      BBox: [PAGE_NUMBER.right - 90, PAGE_NUMBER.baseline - 4, PAGE_NUMBER.right, PAGE_NUMBER.baseline + 10],
      Resources: { Font: this.fonts("regular") },
    });
    this.context.assign(ref, stream);
  }

  /** Writes the fonts. Nothing can be drawn afterwards. */
  finish(): void {
    for (const subset of this.#subsets.values()) subset.finish(this.context, this.#compression);
  }

  #mark(mark: Mark): string {
    switch (mark.kind) {
      case "text":
        return this.text(mark.x, mark.y, mark.text, mark.size, mark.weight, mark.colour);
      case "fill":
        return `${fill(mark.colour)} ${box(mark)} re f`;
      case "frame":
        return `${stroke(mark.colour)} ${point(mark.thickness)} w ${box(mark)} re S`;
    }
  }

  #line(x: number, y: number, line: Line, size: number, weight: Weight, colour: Colour): string {
    const shown = this.#subset(weight).show(line, size);
    return `BT ${fill(colour)} /${this.#keys[weight]} ${point(size)} Tf ${point(x)} ${point(y)} Td ${shown} ET`;
  }

  #report(face: FontFace, text: string): void {
    for (const code of face.missing(text)) this.unprintable.add(code);
  }

  #subset(weight: Weight): FontSubset {
    let subset = this.#subsets.get(weight);
    if (!subset) {
      subset = new FontSubset(this.context, fontFace(weight));
      this.#subsets.set(weight, subset);
    }
    return subset;
  }
}

export const point = (value: number): string => String(Math.round(value * 100) / 100);
const fill = (colour: Colour): string => `${colour.map(point).join(" ")} rg`;
const stroke = (colour: Colour): string => `${colour.map(point).join(" ")} RG`;
const box = (mark: { x: number; y: number; width: number; height: number }): string =>
  [mark.x, mark.y, mark.width, mark.height].map(point).join(" ");
