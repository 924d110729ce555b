import { getDocumentProxy } from "unpdf";

/** A PDF as another program reads it (pdf.js), so that no test asks our own library about itself. */
export interface ReadPdf {
  /** Text of each page's own content. */
  pages: string[];
  /** The same without the lines at the top and the foot of the page. */
  bodies: string[];
  /** Values of the form's fields. */
  fields: Map<string, string>;
  /** What the drawn appearance of each text field says. */
  drawn: Map<string, string>;
  tooltips: Map<string, string>;
  /** Embedded files by name. */
  files: Map<string, Uint8Array>;
  info: Record<string, unknown>;
}

interface Annotation {
  fieldName?: string;
  fieldType?: string;
  fieldValue?: unknown;
  checkBox?: boolean;
  alternativeText?: string;
  textContent?: string[];
}

export async function readPdf(bytes: Uint8Array): Promise<ReadPdf> {
  const pdf = await getDocumentProxy(new Uint8Array(bytes));
  const read: ReadPdf = {
    pages: [],
    bodies: [],
    fields: new Map(),
    drawn: new Map(),
    tooltips: new Map(),
    files: new Map(),
    info: {},
  };
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const content = await page.getTextContent();
    const items = content.items.filter((item) => "str" in item);
    const textOf = (some: typeof items) => some.map((item) => item.str + (item.hasEOL ? "\n" : "")).join("");
    read.pages.push(textOf(items));
    read.bodies.push(textOf(items.filter(({ transform }) => transform[5] > 40 && transform[5] < 770)));
    for (const annotation of (await page.getAnnotations()) as Annotation[]) {
      if (annotation.fieldName === undefined) continue;
      if (typeof annotation.fieldValue === "string") read.fields.set(annotation.fieldName, annotation.fieldValue);
      if (annotation.textContent) read.drawn.set(annotation.fieldName, annotation.textContent.join("\n"));
      if (annotation.alternativeText) read.tooltips.set(annotation.fieldName, annotation.alternativeText);
    }
  }
  for (const name of (await pdf.getAttachments())?.keys() ?? []) {
    const content: unknown = await pdf.getAttachmentContent(name);
    if (content instanceof Uint8Array) read.files.set(name, content);
  }
  read.info = (await pdf.getMetadata()).info as Record<string, unknown>;
  await pdf.loadingTask.destroy();
  return read;
}

/** Letters without the white space, which a line break may swallow. */
export const letters = (text: string): string => text.replace(/\s+/g, "");
