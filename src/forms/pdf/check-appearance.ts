import type { PDFContext, PDFRef } from "pdf-lib";

const SIDE = 9.5;

/** The cross in a ticked box and the nothing in an empty one; the frame belongs to the page. */
export function checkAppearances(context: PDFContext): { on: PDFRef; off: PDFRef } {
  const form = { Type: "XObject", Subtype: "Form", BBox: [0, 0, SIDE, SIDE], Resources: {} };
  const near = 2;
  const far = SIDE - near;
  const cross = `q 1.4 w 1 J 0.1 0.12 0.16 RG ${near} ${near} m ${far} ${far} l S ${near} ${far} m ${far} ${near} l S Q`;
  return {
    on: context.register(context.flateStream(cross, form)),
    off: context.register(context.flateStream("", form)),
  };
}
