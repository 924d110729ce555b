import { describe, expect, it } from "vitest";
import { ask } from "../../src/cli/graphql-client.ts";
import {
  CaseOfPersonDocument,
  DocumentsOfCaseDocument,
  SubmitApplicationDocument,
} from "../../src/cli/operations.generated.ts";
import { seededCaseId } from "../../src/cli/seed.ts";
import { reference } from "../../src/contacts/reference.ts";
import { PROTECTED_PERSON } from "../../src/sandbox/population.ts";
import { type ReadPdf, readPdf } from "../forms/read-pdf.ts";
import { freshPerson, prisonWorkerOf } from "../http/front.ts";
import { signedStatement } from "../statements/signed.ts";
import { testHub } from "../support/hub.ts";
import { applicationInput, generate, makeAndFetch } from "./making.ts";
import { nodesOf } from "../support/nodes.ts";

/** Everything that a reader of the file can find: pages, fields, tips, embedded files and metadata. */
async function everything(read: ReadPdf): Promise<string> {
  const files = await Promise.all(
    [...read.files].map(async ([name, bytes]) =>
      name.endsWith(".pdf") ? everything(await readPdf(bytes)) : `${name} ${Buffer.from(bytes).toString("utf8")}`,
    ),
  );
  const parts = [read.pages, [...read.fields], [...read.drawn], [...read.tooltips], JSON.stringify(read.info), files];
  return parts.flat(2).join("\n").toLocaleLowerCase("fi");
}

/** Beginnings of the places that the demo's protected person, at home in Kuopio and held in Jyväskylä, could be found by. */
const PLACES = [
  "kuopio",
  "pohjois-savo",
  "norra savo",
  "salattukuj",
  "jyväskyl",
  "keski-suom",
  "mellersta",
  "70100",
  "297",
];

describe("a protected address (D6)", () => {
  const caseId = seededCaseId(1);

  it.each([
    ["with every source answering", undefined, "fi"],
    ["in Swedish", undefined, "sv"],
    ["while Rise, who would tell of the protection, does not answer", "rise=down", "fi"],
    ["while Rise is too slow to tell", "rise=garbage", "sv"],
  ] as const)("leaves no place anywhere in the application, %s", async (_, fault, language) => {
    const { as } = await testHub();
    const app = await as("prison-worker", "SOCIAL_ASSISTANCE");
    const statementId = await signedStatement(app, caseId, { housingOnRelease: "Asunto on järjestetty." });
    const { document, bytes } = await makeAndFetch(app, applicationInput(caseId, { statementId, language }), fault);
    expect(document.receiverCounty).toBeNull();
    const text = await everything(await readPdf(bytes));
    const raw = Buffer.from(bytes).toString("latin1").toLowerCase();
    if (fault === undefined) expect(text).toContain(PROTECTED_PERSON.familyName.toLowerCase());
    for (const place of PLACES.filter((one) => one !== "297")) {
      expect(text, place).not.toContain(place);
      expect(`${document.fileName!}${raw}`, place).not.toContain(place);
    }
    expect(text).not.toMatch(/\b297\b/);
  });

  it("leaves no place in the file for any protected person of the population, wherever held", async () => {
    const inCase = await freshPerson((person) => person.traits.includes("PROTECTED_ADDRESS"));
    const { person, unit } = inCase;
    const { municipalities, riseUnits } = reference();
    const home = municipalities.get(person.rise.henkilo.kotikunta!.koodi!)!;
    const { document, bytes } = await makeAndFetch(await prisonWorkerOf(inCase), applicationInput(inCase.caseId));
    const text = await everything(await readPdf(bytes));
    const names = [home.fi, home.sv, riseUnits.get(unit)!.fi, riseUnits.get(unit)!.sv];
    for (const name of names) expect(text).not.toContain(name.toLocaleLowerCase("fi"));
    expect(document.receiverCounty).toBeNull();
  });

  it("is not told by the answer either: a submission says no more than for an unknown receiver", async () => {
    const { as } = await testHub();
    const app = await as("prison-worker", "SOCIAL_ASSISTANCE");
    const withheld = (await generate(app, applicationInput(caseId))).document!;
    const unknown = (await generate(app, applicationInput(seededCaseId(0)), "rise=down")).document!;
    const submit = async (documentId: string) =>
      ask(app, SubmitApplicationDocument, { input: { documentId, personApplies: true, freeTextReviewed: true } });
    const answer = await submit(withheld.id);
    expect(answer.submitApplication.userErrors).toMatchObject([{ code: "RECEIVER_UNKNOWN" }]);
    expect(answer).toEqual(await submit(unknown.id));
  });

  it("does not close the sender's name for a person without one", async () => {
    const { as } = await testHub();
    const app = await as("prison-worker", "SOCIAL_ASSISTANCE");
    const { bytes } = await makeAndFetch(app, applicationInput(seededCaseId(0)));
    expect((await readPdf(bytes)).fields.get("sender")).toBe(reference().riseUnits.get("jyvaskylan-vankila")!.fi);
  });
});

const countyOfUnit = (unit: string): string | undefined => {
  const { riseUnits, municipalities } = reference();
  return municipalities.get(riseUnits.get(unit)!.municipality!)?.county;
};

describe("where an application goes (D15)", () => {
  it("is the county of the prison for a person who has no home municipality", async () => {
    const inCase = await freshPerson((person) => person.traits.includes("NO_HOME_MUNICIPALITY"));
    const { document } = await makeAndFetch(await prisonWorkerOf(inCase), applicationInput(inCase.caseId));
    expect(document.receiverCounty).toBe(countyOfUnit(inCase.unit));
  });

  it("is the county of the home municipality otherwise, whatever the prison", async () => {
    const { municipalities } = reference();
    const inCase = await freshPerson(({ rise, units, traits }) => {
      const home = rise.henkilo.kotikunta?.koodi;
      if (home == null || traits.length > 1 || traits.includes("PROTECTED_ADDRESS")) return false;
      return municipalities.get(home)?.county !== countyOfUnit(units[0]!);
    });
    const { document } = await makeAndFetch(await prisonWorkerOf(inCase), applicationInput(inCase.caseId));
    const home = municipalities.get(inCase.person.rise.henkilo.kotikunta!.koodi!)!;
    expect(document.receiverCounty).toBe(home.county);
  });

  it("is nobody while Rise does not answer: nothing is sent, and the draft is kept", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const { document, made } = await makeAndFetch(app, applicationInput(inCase.caseId), "rise=down");
    expect(document.receiverCounty).toBeNull();
    expect(made.draft?.fields.find(({ name }) => name === "receiver")?.state).not.toBe("FILLED");
    const { submitApplication } = await ask(app, SubmitApplicationDocument, {
      input: { documentId: document.id, personApplies: true, freeTextReviewed: true },
    });
    expect(submitApplication).toMatchObject({ referral: null, userErrors: [{ code: "RECEIVER_UNKNOWN" }] });
    const documents = nodesOf((await ask(app, DocumentsOfCaseDocument, { caseId: inCase.caseId })).documents);
    expect(documents).toMatchObject([{ id: document.id, sentAt: null }]);
  });
});

describe("a missing value never stops the PDF (D24)", () => {
  it.each(["rise=down", "rise=garbage, kela=down, county=down, employment=down, vth=down", "rise=refuse"])(
    "with %s",
    async (fault) => {
      const inCase = await freshPerson();
      const app = await prisonWorkerOf(inCase);
      const statementId = await signedStatement(app, inCase.caseId);
      const { made, bytes } = await makeAndFetch(app, applicationInput(inCase.caseId, { statementId }), fault);
      expect(made.draft?.fields.find(({ name }) => name === "applicant-family-name")?.state).toBe("FAILED");
      const read = await readPdf(bytes);
      expect(read.fields.get("applicant-family-name") ?? "").toBe("");
      expect(read.pages.length).toBeGreaterThan(4);
      const { case: seen } = await ask(app, CaseOfPersonDocument, { id: inCase.caseId });
      expect(seen?.person.familyName.value).toBe(inCase.person.familyName);
    },
  );
});
