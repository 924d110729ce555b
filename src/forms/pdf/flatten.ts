import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef, PDFStream } from "pdf-lib";
import type { PagePainter } from "./page-painter.ts";

/** Makes the fields part of their pages: what they show stays, and can no longer be changed. */
export function flatten(document: PDFDocument, painter: PagePainter): void {
  const { context, catalog } = document;
  for (const page of document.getPages()) {
    const annotations = page.node.lookupMaybe(PDFName.of("Annots"), PDFArray);
    if (!annotations) continue;
    const drawings: Record<string, PDFRef> = {};
    const operators: string[] = [];
    for (let at = 0; at < annotations.size(); at++) {
      const widget = annotations.lookup(at, PDFDict);
      const drawing = shownDrawing(widget, document);
      if (!drawing) continue;
      const { x, y } = widget.lookup(PDFName.of("Rect"), PDFArray).asRectangle();
      const key = `NivelField${at}`;
      drawings[key] = drawing;
      operators.push(`q 1 0 0 1 ${x} ${y} cm /${key} Do Q`);
    }
    page.node.delete(PDFName.of("Annots"));
    const resources = page.node.Resources()!;
    const objects = resources.lookupMaybe(PDFName.of("XObject"), PDFDict) ?? context.obj({});
    for (const [key, ref] of Object.entries(drawings)) objects.set(PDFName.of(key), ref);
    resources.set(PDFName.of("XObject"), objects);
    page.node.set(
      PDFName.of("Contents"),
      context.obj([
        context.register(painter.stream("q")),
        ...contentsOf(page.node),
        context.register(painter.stream(`Q\n${operators.join("\n")}`)),
      ]),
    );
  }
  catalog.delete(PDFName.of("AcroForm"));
}

/** The drawing that a field shows now; undefined for an empty one. */
function shownDrawing(widget: PDFDict, document: PDFDocument): PDFRef | undefined {
  const appearance = widget.lookupMaybe(PDFName.of("AP"), PDFDict);
  let normal: PDFObject | undefined = appearance?.get(PDFName.of("N"));
  const states = document.context.lookup(normal);
  if (states instanceof PDFDict) {
    normal = states.get(widget.lookupMaybe(PDFName.of("AS"), PDFName) ?? PDFName.of("Off"));
  }
  return normal instanceof PDFRef && document.context.lookup(normal) instanceof PDFStream ? normal : undefined;
}

function contentsOf(page: PDFDict): PDFObject[] {
  const contents = page.get(PDFName.of("Contents"));
  const resolved = page.lookup(PDFName.of("Contents"));
  if (resolved instanceof PDFArray) return resolved.asArray();
  return contents ? [contents] : [];
}
