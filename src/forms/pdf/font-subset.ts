import { createHash } from "node:crypto";
import type { FontkitSubset } from "fontkit";
import { type PDFContext, type PDFRef, PDFName } from "pdf-lib";
import type { Compression } from "./compression.ts";
import type { FontFace, Line } from "./font-face.ts";
import { hexText } from "./pdf-text.ts";

/**
 * The part of a typeface that one document uses. Each pair of shape and meaning has its own code, so that one shape
 * which serves two letters still reads back as the letter that was written.
 */
export class FontSubset {
  readonly ref: PDFRef;
  readonly #face: FontFace;
  readonly #subset: FontkitSubset;
  readonly #codes = new Map<string, number>();
  /** By code; code 0 is "no glyph". */
  readonly #entries: { glyph: number; text: string; width: number }[] = [{ glyph: 0, text: "", width: 0 }];

  constructor(context: PDFContext, face: FontFace) {
    this.ref = context.nextRef();
    this.#face = face;
    this.#subset = face.font.createSubset();
  }

  /** The operators that show a line at the pen's place; the font and size are set by the caller. */
  show(line: Line, size: number): string {
    if (line.glyphs.every((glyph) => glyph.dx === 0 && glyph.dy === 0 && glyph.advance === glyph.width)) {
      return `<${line.glyphs.map((glyph) => this.#code(glyph.id, glyph.text, glyph.width)).join("")}> Tj`;
    }
    const parts: string[] = [];
    for (const glyph of line.glyphs) {
      const code = this.#code(glyph.id, glyph.text, glyph.width);
      const after = glyph.dx - (glyph.advance - glyph.width);
      if (glyph.dy !== 0) parts.push(`${number((glyph.dy * size) / 1000)} Ts`);
      parts.push(`[${number(-glyph.dx)} <${code}> ${number(after)}] TJ`);
      if (glyph.dy !== 0) parts.push("0 Ts");
    }
    return parts.join(" ");
  }

  /** Writes the font's objects once all text is known. */
  finish(context: PDFContext, compressed: Compression): void {
    const bytes = this.#subset.encode();
    const tag = subsetTag(bytes);
    const name = `${tag}+${this.#face.font.postscriptName}`;
    const descriptor = context.register(
      context.obj({
        Type: "FontDescriptor",
        FontName: name,
        Flags: 4,
        FontBBox: this.#face.box,
        ItalicAngle: 0,
        Ascent: Math.round(this.#face.ascent),
        Descent: Math.round(this.#face.descent),
        CapHeight: 729,
        StemV: 80,
        FontFile2: context.register(compressed(context, bytes, { Length1: bytes.length })),
      }),
    );
    const toGlyph = new Uint8Array(this.#entries.length * 2);
    this.#entries.forEach((entry, code) => {
      toGlyph[code * 2] = entry.glyph >> 8;
      toGlyph[code * 2 + 1] = entry.glyph & 0xff;
    });
    const descendant = context.register(
      context.obj({
        Type: "Font",
        Subtype: "CIDFontType2",
        BaseFont: name,
        CIDSystemInfo: { Registry: hexText("Adobe"), Ordering: hexText("Identity"), Supplement: 0 },
        FontDescriptor: descriptor,
        DW: 0,
        W: [0, this.#entries.map((entry) => Math.round(entry.width))],
        CIDToGIDMap: context.register(compressed(context, toGlyph)),
      }),
    );
    context.assign(
      this.ref,
      context.obj({
        Type: "Font",
        Subtype: "Type0",
        BaseFont: name,
        Encoding: PDFName.of("Identity-H"),
        DescendantFonts: [descendant],
        ToUnicode: context.register(compressed(context, this.#unicodeMap())),
      }),
    );
  }

  #code(glyphId: number, text: string, width: number): string {
    const key = `${glyphId}|${text}`;
    let code = this.#codes.get(key);
    if (code === undefined) {
      code = this.#entries.length;
      this.#codes.set(key, code);
      this.#entries.push({ glyph: this.#subset.includeGlyph(glyphId), text, width });
    }
    return hex4(code);
  }

  #unicodeMap(): string {
    const lines = this.#entries.flatMap((entry, code) =>
      entry.text === "" ? [] : [`<${hex4(code)}> <${[...unitsOf(entry.text)].map(hex4).join("")}>`],
    );
    const blocks: string[] = [];
    for (let at = 0; at < lines.length; at += 100) {
      const block = lines.slice(at, at + 100);
      blocks.push(`${block.length} beginbfchar\n${block.join("\n")}\nendbfchar`);
    }
    return [
      "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
      "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
      "1 begincodespacerange <0000> <FFFF> endcodespacerange",
      ...blocks,
      "endcmap CMapName currentdict /CMap defineresource pop end end",
    ].join("\n");
  }
}

const hex4 = (value: number): string => value.toString(16).toUpperCase().padStart(4, "0");

function* unitsOf(text: string): Generator<number> {
  for (let at = 0; at < text.length; at++) yield text.charCodeAt(at);
}

const number = (value: number): string => String(Math.round(value * 1000) / 1000);

/** Six capitals that tell one subset from another, always the same for the same glyphs. */
function subsetTag(bytes: Uint8Array): string {
  const digest = createHash("sha256").update(bytes).digest();
  return [...digest.subarray(0, 6)].map((byte) => String.fromCharCode(65 + (byte % 26))).join("");
}
