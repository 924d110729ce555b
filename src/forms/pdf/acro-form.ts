import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFNumber, PDFString } from "pdf-lib";

/** A field that a PDF really has. */
export interface PdfField {
  /** Full name: the partial names of its ancestors and its own, joined by dots. */
  name: string;
  kind: "text" | "check" | "choice" | "other";
  /** Where its value is kept. */
  dict: PDFDict;
  /** Its places on pages. */
  widgets: PDFDict[];
  multiline: boolean;
  /** States of a check box or choice, "Off" excluded. */
  states: string[];
}

const FLAGS = { multiline: 1 << 12, radio: 1 << 15, pushButton: 1 << 16 } as const;

/** All fields of a document, in the order of its form. Empty when it has no form. */
export function readFields(document: PDFDocument): PdfField[] {
  const form = document.catalog.lookupMaybe(PDFName.of("AcroForm"), PDFDict);
  const roots = form?.lookupMaybe(PDFName.of("Fields"), PDFArray);
  return dictsOf(roots).flatMap((root) => walk(root, "", {}));
}

interface Inherited {
  type?: string | undefined;
  flags?: number | undefined;
}

function walk(dict: PDFDict, parentName: string, inherited: Inherited): PdfField[] {
  const partial = textOf(dict, "T");
  const name = partial === undefined ? parentName : parentName === "" ? partial : `${parentName}.${partial}`;
  const type = dict.lookupMaybe(PDFName.of("FT"), PDFName)?.decodeText() ?? inherited.type;
  const flags = dict.lookupMaybe(PDFName.of("Ff"), PDFNumber)?.asNumber() ?? inherited.flags;
  const kids = dictsOf(dict.lookupMaybe(PDFName.of("Kids"), PDFArray));
  const children = kids.filter((kid) => kid.has(PDFName.of("T")));
  if (children.length > 0) return children.flatMap((kid) => walk(kid, name, { type, flags }));
  const widgets = kids.length > 0 ? kids : [dict];
  const states = type === "Btn" ? [...new Set(widgets.flatMap(statesOf))] : [];
  return [{ name, kind: kindOf(type, flags ?? 0), dict, widgets, multiline: has(flags ?? 0, FLAGS.multiline), states }];
}

function kindOf(type: string | undefined, flags: number): PdfField["kind"] {
  if (type === "Tx") return "text";
  if (type !== "Btn" || has(flags, FLAGS.pushButton)) return "other";
  return has(flags, FLAGS.radio) ? "choice" : "check";
}

/** The states that a box can show besides "Off". */
export function statesOf(widget: PDFDict): string[] {
  const normal = widget.lookupMaybe(PDFName.of("AP"), PDFDict)?.lookup(PDFName.of("N"));
  if (!(normal instanceof PDFDict)) return [];
  return normal
    .keys()
    .map((key) => key.decodeText())
    .filter((state) => state !== "Off");
}

function textOf(dict: PDFDict, key: string): string | undefined {
  const value = dict.lookup(PDFName.of(key));
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : undefined;
}

function dictsOf(array: PDFArray | undefined): PDFDict[] {
  return array ? Array.from({ length: array.size() }, (_, at) => array.lookup(at, PDFDict)) : [];
}

const has = (flags: number, flag: number): boolean => (flags & flag) !== 0;
