import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type LoadedForm, loadForms } from "../../src/forms/catalogue.ts";
import { draftForm } from "../../src/forms/draft.ts";
import type { FormLanguage } from "../../src/forms/form-definition.ts";
import { fieldsOf } from "../../src/forms/form-fields.ts";
import { composeApplication } from "../../src/forms/pdf/compose-application.ts";
import { type FormToFill, fillPdf } from "../../src/forms/pdf/fill-pdf.ts";
import { AT, input, municipalityName, statement } from "./form-input.ts";
import { letters, readPdf } from "./read-pdf.ts";

let application: LoadedForm;
let statementForm: LoadedForm;
beforeAll(async () => {
  const forms = await loadForms("forms");
  application = forms.get("taydentava-toimeentulotuki");
  statementForm = forms.get("vankilan-tyontekijan-lausunto");
});

function toFill(form: LoadedForm, overrides: Record<string, string>, language: FormLanguage = "fi"): FormToFill {
  const given = input({ "person.familyName": "Öhman-Šimić", "person.givenNames": "Åsa" }, { statement: statement() });
  return { form, language, draft: draftForm(form.definition, given, language, overrides, municipalityName) };
}

const REFERENCE = /\s*(\((jatkuu|fortsätter|forts\.)[^()]*\)|→ [A\d.]+)$/;

/** Everything that a text field and its continuation say, by another reader; the drawn text, not the stored value. */
async function readBack(bytes: Uint8Array, field: string, number: string): Promise<{ drawn: string; stored: string }> {
  const read = await readPdf(bytes);
  const shown = read.drawn.get(field) ?? "";
  const stored = read.fields.get(field) ?? "";
  if (!REFERENCE.test(stored)) return { drawn: shown, stored };
  const added = read.pages.findIndex((page) => /^(Jatkosivu|Fortsättningssida)$/m.test(page));
  const rest = read.bodies
    .slice(added)
    .map((body) => body.replace(/^\s*(Jatkosivu|Fortsättningssida)\n\s*(Koskee|Gäller): .*\n/, ""))
    .join("\n");
  expect(rest.trimStart().startsWith(`${number} `), rest.slice(0, 200)).toBe(true);
  const text = rest.slice(rest.search(/\((jatkoa|forts\.)\)/)).replace(/^\((jatkoa|forts\.)\)/, "");
  return { drawn: shown.trimEnd().replace(REFERENCE, "") + text, stored: stored.replace(REFERENCE, "") + text };
}

const ALPHABET = [
  ..."abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ0123456789",
  ..."áčđŋšŧžÁČĐŊŠŦŽâǥǧǩʒǯõǤǦǨƷǮÕ",
  ..."āčēģīķļņšūžĀČĒĢĪĶĻŅŠŪŽąęėįųĄĘĖĮŲüÜéÉøØæÆłŁśżźćń",
  ..."абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯіїєґђћљњџІЇЄҐЂЋЉЊЏ",
  ..."  \n.,;:!?()-–€§%/\"'&@+=<>",
];

describe("any text of the alphabets in any text field", () => {
  it("comes back whole from another reader, box and continuation together", async () => {
    const fields = fieldsOf(application.definition).filter(
      ({ kind, leftBlank, from }) =>
        (kind === "text" || kind === "multiline") &&
        leftBlank?.for !== "OFFICE" &&
        !(from && "source" in from && ["receiver", "sender"].includes(from.source)),
    );
    // The names stand on every added page and would be read as part of the rest.
    const candidates = fields.filter(({ name }) => !application.definition.subject.includes(name));
    const text = fc
      .oneof(
        { weight: 2, arbitrary: fc.array(fc.constantFrom(...ALPHABET), { minLength: 1, maxLength: 60 }) },
        {
          weight: 1,
          arbitrary: fc.array(fc.constantFrom(...ALPHABET), { minLength: 200, maxLength: 5000, size: "max" }),
        },
      )
      .map((characters) => characters.join(""))
      .filter((made) => made.trim() !== "" && !REFERENCE.test(made));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...candidates),
        text,
        fc.constantFrom("fi", "sv"),
        async (field, written, language) => {
          const { bytes, unprintable } = await fillPdf(
            toFill(application, { purpose: "", [field.name]: written }, language as FormLanguage),
            AT,
          );
          expect(unprintable).toEqual([]);
          const { drawn, stored } = await readBack(bytes, field.name, field.number);
          expect(letters(drawn)).toBe(letters(written));
          expect(letters(stored)).toBe(letters(written));
        },
      ),
      { numRuns: 60 },
    );
  }, 120_000);
});

describe("a long text", () => {
  const long = Array.from({ length: 400 }, (_, at) => `sana${at + 1}`).join(" ");

  it.each([
    ["fi", "(jatkuu jatkosivulla, kohta 1.7)", "Jatkosivu"],
    ["sv", "(fortsätter på fortsättningssidan, punkt 1.7)", "Fortsättningssida"],
  ] as const)("continues on an added page with a reference in the box (%s)", async (language, reference, title) => {
    const { bytes, continued } = await fillPdf(toFill(application, { purpose: long }, language), AT);
    expect(continued).toEqual(["purpose"]);
    const read = await readPdf(bytes);
    expect(read.fields.get("purpose")).toContain(reference);
    const page = read.pages.find((one) => one.includes(title))!;
    expect(page).toContain("sana400");
    expect(page).toContain("Öhman-Šimić Åsa");
    expect(page).toMatch(/SALASSA PIDETTÄVÄ|SEKRETESSBELAGD/);
  });

  it("fits no box however narrow, and still is not lost", async () => {
    const field = "income-other-next-on";
    const { bytes } = await fillPdf(toFill(application, { purpose: "", [field]: long }), AT);
    const { drawn } = await readBack(bytes, field, "6.1");
    expect(letters(drawn)).toBe(letters(long));
  });
});

describe("names of other scripts", () => {
  it("prints Arabic shaped and right to left, and reads back in the order of writing", async () => {
    const { bytes, unprintable } = await fillPdf(
      toFill(application, { "applicant-given-names": "عبد الرحمن (أبو علي)" }),
      AT,
    );
    const read = await readPdf(bytes);
    expect(unprintable).toEqual([]);
    expect(read.fields.get("applicant-given-names")).toBe("عبد الرحمن (أبو علي)");
    expect(read.drawn.get("applicant-given-names")?.trim()).toBe("عبد الرحمن (أبو علي)");
  });

  it("reports a character that the font lacks, prints its code and keeps it in the data", async () => {
    const made = await composeApplication({
      ...toFill(application, { "applicant-given-names": "李 Li\u0007" }),
      attachment: null,
      at: AT,
    });
    expect(made.unprintable).toEqual(["U+0007", "U+674E"]);
    const read = await readPdf(made.bytes);
    expect(read.drawn.get("applicant-given-names")).toContain("[U+674E] Li[U+0007]");
    const data = JSON.parse(Buffer.from(read.files.get("values.json")!).toString()) as {
      values: Record<string, string>;
    };
    expect(data.values["applicant-given-names"]).toBe("李 Li\u0007");
  });
});

describe("the composed application", () => {
  const compose = (overrides: Record<string, string> = {}) =>
    composeApplication({
      ...toFill(application, overrides),
      attachment: toFill(statementForm, { need: "Tarve ".repeat(600) }),
      at: AT,
    });

  it("has the statement as pages, and its page numbers are true from first to last", async () => {
    const { bytes, continued } = await compose({ purpose: "Syy ".repeat(900) });
    const { pages } = await readPdf(bytes);
    expect(continued).toEqual(["purpose", "need"]);
    pages.forEach((page, at) => expect(page).toContain(`${at + 1} (${pages.length})`));
    const first = pages.findIndex((page) => page.includes("1.1 Nimi"));
    expect(first).toBeGreaterThan(4);
    expect(pages[first]).toContain("Maija Virtanen");
    expect(pages[first - 1]).toContain("Jatkosivu");
  });

  it("embeds the statement and the values, byte for byte", async () => {
    const { bytes } = await compose();
    const { files } = await readPdf(bytes);
    expect([...files.keys()].sort()).toEqual(["lausunto.pdf", "values.json"]);
    const alone = await fillPdf(toFill(statementForm, { need: "Tarve ".repeat(600) }), AT, { flat: true });
    expect(Buffer.from(files.get("lausunto.pdf")!).equals(alone.bytes)).toBe(true);
    const data = JSON.parse(Buffer.from(files.get("values.json")!).toString()) as Record<string, unknown>;
    expect(data).toMatchObject({
      producedAt: "2026-03-01T10:00:00.000Z",
      form: "taydentava-toimeentulotuki",
      values: { "applicant-family-name": "Öhman-Šimić", "supplementary-assistance": "true" },
      statement: { form: "vankilan-tyontekijan-lausunto" },
    });
  });

  it("keeps the application's fields for typing, and the statement's not", async () => {
    const { bytes } = await compose();
    const { fields, tooltips } = await readPdf(bytes);
    expect(fields.get("total-amount")).toBe("");
    expect(fields.get("supplementary-assistance")).toBe("Yes");
    expect(fields.get("application-manner")).toBe("WRITTEN");
    expect(fields.has("author-name")).toBe(false);
    expect(tooltips.get("applicant-family-name")).toBe("2.1 Sukunimi");
  });

  it("tells its title, language and time, and is the same bytes twice", async () => {
    const [one, two] = [await compose(), await compose()];
    expect(Buffer.from(one.bytes).equals(two.bytes)).toBe(true);
    const { info } = await readPdf(one.bytes);
    expect(info).toMatchObject({
      Title: "Täydentävän ja/tai ehkäisevän toimeentulotuen hakemus",
      Language: "fi",
      CreationDate: "D:20260301100000Z",
    });
  });

  it("goes without the statement", async () => {
    const { bytes } = await composeApplication({ ...toFill(application, {}), attachment: null, at: AT });
    expect([...(await readPdf(bytes)).files.keys()]).toEqual(["values.json"]);
  });
});
