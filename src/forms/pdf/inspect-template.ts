import { type PdfField, readFields } from "./acro-form.ts";
import { openPdf } from "./pdf-document.ts";

/** What a template offers for filling. */
export type TemplateField = Pick<PdfField, "name" | "kind" | "multiline" | "states">;

/** @throws whatever the PDF library throws for bytes that are no PDF; the caller names the file. */
export async function inspectTemplate(bytes: Uint8Array): Promise<TemplateField[]> {
  const document = await openPdf(bytes);
  return readFields(document).map(({ name, kind, multiline, states }) => ({ name, kind, multiline, states }));
}
