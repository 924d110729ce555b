import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import * as fontkit from "fontkit";
import { PDFCheckBox, PDFDocument, PDFRadioGroup, PDFTextField } from "pdf-lib";
import { loadForms } from "../../src/forms/catalogue.ts";
import { draftForm } from "../../src/forms/draft.ts";
import type { FormDraft } from "../../src/forms/form-model.ts";
import { composeApplication } from "../../src/forms/pdf/compose-application.ts";
import { AT, type Example, inputOf, municipalityName } from "../forms/form-input.ts";
import type { Row } from "./row.ts";

const CODE = "taydentava-toimeentulotuki";
const SECONDS = 4;

/** Filled applications, beside pdf-lib as its README shows how to fill a form with a font of one's own. */
export async function pdfRows(): Promise<Row[]> {
  const form = (await loadForms("forms")).get(CODE);
  const example = JSON.parse(await readFile(`forms/${CODE}/examples/whole-case.json`, "utf8")) as Example;
  const draft = draftForm(form.definition, { ...inputOf(example), statement: null }, "fi", {}, municipalityName);
  const template = form.template("fi");
  const require = createRequire(import.meta.url);
  const font = await readFile(require.resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf"));

  const figure = await perSecond(() => composeApplication({ form, draft, language: "fi", attachment: null, at: AT }));
  const peerFigure = await perSecond(() => asTheReadmeShows(template, font, draft));
  return [
    {
      what: "application PDFs, filled with values.json embedded",
      unit: "1/s",
      figure,
      peer: "pdf-lib by its README: load, set the same values, embed DejaVu, save",
      peerFigure,
      ratio: figure / peerFigure,
    },
  ];
}

async function asTheReadmeShows(template: Uint8Array, font: Uint8Array, draft: FormDraft): Promise<Uint8Array> {
  const document = await PDFDocument.load(template);
  document.registerFontkit(fontkit as unknown as Parameters<PDFDocument["registerFontkit"]>[0]);
  const embedded = await document.embedFont(font, { subset: true });
  const filled = document.getForm();
  for (const { name, value } of draft.fields) {
    if (value === null) continue;
    const field = filled.getField(name);
    if (field instanceof PDFTextField) field.setText(value);
    else if (field instanceof PDFCheckBox && value === "true") field.check();
    else if (field instanceof PDFRadioGroup) field.select(value);
  }
  filled.updateFieldAppearances(embedded);
  return document.save();
}

async function perSecond(make: () => Promise<unknown>): Promise<number> {
  await make();
  const start = performance.now();
  let count = 0;
  while (performance.now() - start < SECONDS * 1000) {
    await make();
    count += 1;
  }
  return (count * 1000) / (performance.now() - start);
}
