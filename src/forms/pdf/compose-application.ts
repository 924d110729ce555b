import { AFRelationship } from "pdf-lib";
import type { FormLanguage } from "../form-definition.ts";
import type { LocalizedText } from "../../kernel/text.ts";
import { type FilledPdf, type FormToFill, describeFilled, fillPdf, openFilled, valuesOf } from "./fill-pdf.ts";
import { numberPages, openPdf, savePdf } from "./pdf-document.ts";

/** Names of the files embedded in an application. */
export const EMBEDDED_FILES = { values: "values.json", statement: "lausunto.pdf" } as const;

const DESCRIPTIONS: Record<keyof typeof EMBEDDED_FILES, LocalizedText> = {
  values: {
    fi: "Lomakkeen tiedot koneluettavina",
    sv: "Blankettens uppgifter i maskinläsbar form",
    en: "The values of the form",
  },
  statement: {
    fi: "Vankilan työntekijän lausunto",
    sv: "Utlåtande av anställd vid fängelset",
    en: "Statement of the prison worker",
  },
};

export interface ApplicationToCompose extends FormToFill {
  /** The statement that goes along, in its own language. */
  attachment: FormToFill | null;
  /** The instant that the document tells as its making. */
  at: Date;
}

/**
 * The application as one document: the filled form, what did not fit it, and the statement as pages that cannot be
 * changed; the statement and the exact values also as embedded files. The same input and time give the same bytes.
 *
 * The application's own fields stay fields, so that what is blank can still be typed.
 */
export async function composeApplication(application: ApplicationToCompose): Promise<FilledPdf> {
  const { attachment, at } = application;
  const { document, painter, continued } = await openFilled(application, false);
  const attached = attachment && (await fillPdf(attachment, at, { flat: true }));
  if (attached) {
    const source = await openPdf(attached.bytes);
    for (const page of await document.copyPages(source, source.getPageIndices())) document.addPage(page);
    await document.attach(attached.bytes, EMBEDDED_FILES.statement, {
      ...fileOptions("statement", application.language, at),
      mimeType: "application/pdf",
      afRelationship: AFRelationship.Supplement,
    });
  }
  const values = Buffer.from(`${JSON.stringify(valuesFile(application), null, 2)}\n`);
  await document.attach(values, EMBEDDED_FILES.values, {
    ...fileOptions("values", application.language, at),
    mimeType: "application/json",
    afRelationship: AFRelationship.Data,
  });
  numberPages(document, painter);
  painter.finish();
  describeFilled(document, application, at, attachment ? [JSON.stringify(valuesOf(attachment.draft))] : []);
  return {
    bytes: await savePdf(document),
    continued: [...continued, ...(attached?.continued ?? [])],
    unprintable: [...new Set([...painter.unprintable, ...(attached?.unprintable ?? [])])].sort(),
  };
}

/** The exact values of both forms, as a receiver's system may read them. */
export function valuesFile(application: ApplicationToCompose) {
  const told = ({ form, draft, language }: FormToFill) => ({
    form: form.definition.code,
    edition: form.definition.edition,
    language,
    values: valuesOf(draft),
  });
  const { attachment, at } = application;
  return { producedAt: at.toISOString(), ...told(application), statement: attachment && told(attachment) };
}

const fileOptions = (file: keyof typeof EMBEDDED_FILES, language: FormLanguage, at: Date) => ({
  description: DESCRIPTIONS[file][language],
  creationDate: at,
  modificationDate: at,
});
