import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ask } from "../../src/cli/graphql-client.ts";
import { DocumentsOfCaseDocument } from "../../src/cli/operations.generated.ts";
import type { Trait } from "../../src/sandbox/population.ts";
import { letters, readPdf } from "../forms/read-pdf.ts";
import { freshPerson, prisonWorkerOf } from "../http/front.ts";
import { signedStatement, writeStatement } from "../statements/signed.ts";
import { applicationInput, generate, makeAndFetch } from "./making.ts";
import { nodesOf } from "../support/nodes.ts";

interface ValuesFile {
  form: string;
  edition: string;
  language: string;
  values: Record<string, unknown>;
  statement: { form: string; language: string; values: Record<string, unknown> } | null;
}

const valuesIn = (files: Map<string, Uint8Array>): ValuesFile =>
  JSON.parse(Buffer.from(files.get("values.json")!).toString("utf8")) as ValuesFile;

describe("a document that was made", () => {
  it("is the very bytes whose SHA-256 the answer told", async () => {
    const inCase = await freshPerson();
    const { document, bytes } = await makeAndFetch(await prisonWorkerOf(inCase), applicationInput(inCase.caseId));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(document.sha256);
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe("%PDF-");
  });

  it("has a name that tells nothing of the person or the place (D1)", async () => {
    const inCase = await freshPerson();
    const { document } = await makeAndFetch(await prisonWorkerOf(inCase), applicationInput(inCase.caseId));
    expect(document.fileName).toBe(`nivel-${document.id}.pdf`);
    expect(document.url).toBe(`/documents/${document.id}`);
  });

  it("is listed with the case, first made first, and not before it is made", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const list = async () => nodesOf((await ask(app, DocumentsOfCaseDocument, { caseId: inCase.caseId })).documents);
    expect(await list()).toEqual([]);
    const first = (await generate(app, applicationInput(inCase.caseId))).document!;
    const second = (await generate(app, applicationInput(inCase.caseId, { language: "sv" }))).document!;
    expect((await list()).map(({ id, language, sentAt }) => [id, language, sentAt])).toEqual([
      [first.id, "fi", null],
      [second.id, "sv", null],
    ]);
  });

  it("carries the statement as pages and as a file, and the exact values of both", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const need = "Välttämättömät huonekalut ja ensimmäisen kuukauden vuokra.";
    const statementId = await signedStatement(app, inCase.caseId, { need });
    const { bytes } = await makeAndFetch(app, applicationInput(inCase.caseId, { statementId }));
    const read = await readPdf(bytes);
    expect([...read.files.keys()].sort()).toEqual(["lausunto.pdf", "values.json"]);
    expect(letters(read.pages.join("\n"))).toContain(letters("Vankilan työntekijän lausunto"));
    expect(letters(read.pages.join("\n"))).toContain(letters(need));

    const statement = await readPdf(read.files.get("lausunto.pdf")!);
    expect(letters(statement.pages.join("\n"))).toContain(letters(need));

    const values = valuesIn(read.files);
    expect(values).toMatchObject({
      form: "taydentava-toimeentulotuki",
      language: "fi",
      statement: { form: "vankilan-tyontekijan-lausunto", language: "fi" },
    });
    expect(values.values).toMatchObject({ purpose: need, "applicant-hetu": inCase.person.hetu });
    expect(values.statement?.values).toMatchObject({ need, "client-agrees": "true" });
  });

  it("goes without a statement too: the manual says may, not must (D24)", async () => {
    const inCase = await freshPerson();
    const { bytes } = await makeAndFetch(await prisonWorkerOf(inCase), applicationInput(inCase.caseId));
    const read = await readPdf(bytes);
    expect([...read.files.keys()]).toEqual(["values.json"]);
    expect(valuesIn(read.files).statement).toBeNull();
  });

  it("is not made with a statement that nobody signed or agreed to", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const statementId = await writeStatement(app, inCase.caseId);
    const made = await generate(app, applicationInput(inCase.caseId, { statementId }));
    expect(made).toMatchObject({ document: null, userErrors: [{ code: "STATEMENT_NOT_SIGNED" }] });
    expect(nodesOf((await ask(app, DocumentsOfCaseDocument, { caseId: inCase.caseId })).documents)).toEqual([]);
  });

  it("speaks Finnish or Swedish from the first heading to the values, with the statement in its own language", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const statementId = await signedStatement(app, inCase.caseId, { need: "Nödvändiga möbler." }, "sv");
    for (const [language, heading] of [
      ["fi", "Täydentävän ja/tai ehkäisevän toimeentulotuen hakemus"],
      ["sv", "Ansökan om kompletterande och/eller förebyggande utkomststöd"],
    ] as const) {
      const { bytes } = await makeAndFetch(app, applicationInput(inCase.caseId, { language, statementId }));
      const read = await readPdf(bytes);
      expect(letters(read.pages[0]!)).toContain(letters(heading));
      expect(valuesIn(read.files)).toMatchObject({ language, statement: { language: "sv" } });
      expect(letters(read.pages.join(""))).toContain(letters("Utlåtande av"));
    }
  });

  it("shows the worker's override in print, and leaves an emptied field for the pen", async () => {
    const inCase = await freshPerson();
    const overrides = [
      { name: "applicant-family-name", value: "Ylikirjoitettu-Šæłō" },
      { name: "applicant-given-names", value: "" },
    ];
    const { bytes } = await makeAndFetch(await prisonWorkerOf(inCase), applicationInput(inCase.caseId, { overrides }));
    const read = await readPdf(bytes);
    expect(read.drawn.get("applicant-family-name")?.trim()).toBe("Ylikirjoitettu-Šæłō");
    expect(read.fields.get("applicant-given-names") ?? "").toBe("");
    expect(JSON.stringify(valuesIn(read.files))).not.toContain(inCase.person.givenNames);
  });

  it("loses no character of a text longer than its box", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const need = Array.from({ length: 600 }, (_, at) => `sana${String(at)}`).join(" ");
    const statementId = await signedStatement(app, inCase.caseId, { need });
    const { made, bytes } = await makeAndFetch(app, applicationInput(inCase.caseId, { statementId }));
    expect(made.continued.map(({ name }) => name)).toContain("purpose");
    const read = await readPdf(bytes);
    const shown = read.pages.join(" ") + [...read.drawn.values()].join(" ");
    expect(need.split(" ").filter((word) => !shown.includes(word))).toEqual([]);
    expect(valuesIn(read.files).values["purpose"]).toBe(need);
  });

  it.each(["SAMI_NAME", "CYRILLIC_NAME", "ARABIC_NAME", "SOUTH_SLAVIC_NAME"] satisfies Trait[])(
    "gives the name of a person of the population back whole: %s",
    async (trait) => {
      const inCase = await freshPerson((person) => person.traits.includes(trait));
      const { familyName, givenNames } = inCase.person;
      const { bytes } = await makeAndFetch(await prisonWorkerOf(inCase), applicationInput(inCase.caseId));
      const read = await readPdf(bytes);
      expect(read.fields.get("applicant-family-name")).toBe(familyName);
      expect(read.fields.get("applicant-given-names")).toBe(givenNames);
      expect(valuesIn(read.files).values).toMatchObject({
        "applicant-family-name": familyName,
        "applicant-given-names": givenNames,
      });
      // Arabic is drawn in its joined forms, from right to left.
      const drawn = (read.drawn.get("applicant-family-name") ?? "").normalize("NFKC").trim();
      expect([...drawn].sort().join("")).toBe([...familyName].sort().join(""));
    },
  );
});
