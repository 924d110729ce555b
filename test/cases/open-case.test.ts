import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AppClient, ask, send } from "../../src/cli/graphql-client.ts";
import { type OpenCaseInput, OpenCaseDocument } from "../../src/cli/operations.generated.ts";
import { CaseFileEntity, CaseRemitEntity, RecordedFactEntity } from "../../src/cases/case.entity.ts";
import { localDate } from "../../src/kernel/dates.ts";
import { artificialHetu } from "../../src/kernel/hetu.ts";
import type { CaseId } from "../../src/kernel/ids.ts";
import { DEMO_PERSON, PROTECTED_PERSON, SUPERVISED_PERSON } from "../../src/sandbox/population.ts";
import { caseIdOf, factOf, readCase, readOwnCase } from "../support/case-client.ts";
import { type TestHub, testHub } from "../support/hub.ts";
import { hubBeside } from "../support/second-hub.ts";

let hub: TestHub;
let worker: AppClient;
let withoutRise: Awaited<ReturnType<typeof hubBeside>>;
beforeAll(async () => {
  hub = await testHub();
  worker = await hub.as("prison-worker", "ENFORCEMENT");
  withoutRise = await hubBeside(hub, { without: ["RISE"] });
});
afterAll(() => withoutRise.close());

const open = async (app: AppClient, input: Partial<OpenCaseInput>) =>
  (await ask(app, OpenCaseDocument, { input: { familyName: "Käsin", givenNames: "Avattu", ...input } })).openCase;
const unhandled = (): AppClient => ({ ...worker, url: withoutRise.url });

/** Nobody in the sandbox: the population has no such birth year. */
let last = 899;
const unknownHetu = () => artificialHetu(localDate("1931-05-17"), ++last);
const casesOf = (hetu: string) =>
  hub.database
    .fork()
    .find(CaseFileEntity, { hetuIndex: { $in: hub.database.vault.indexesOf("case_file.hetu", hetu) } });
const remitsOf = (caseId: CaseId) => hub.database.fork().find(CaseRemitEntity, { caseId });

describe("opening a case where the authority's system is connected", () => {
  it("joins a worker to the case that there is, and does nothing the second time", async () => {
    const id = caseIdOf(DEMO_PERSON);
    const before = await remitsOf(id);
    for (let turn = 0; turn < 2; turn += 1) {
      expect(await open(worker, { hetu: DEMO_PERSON.hetu })).toEqual({ caseId: id, userErrors: [] });
    }
    expect(await remitsOf(id)).toEqual(before);
    expect(await hub.database.fork().count(RecordedFactEntity, { caseId: id, path: "person.familyName" })).toBe(0);
  });

  it("D3: is refused for another unit's person in the words for one whom nobody knows, and opens nothing", async () => {
    const other = hub.sandbox.population.find((person) => person.units[0] === "kuopion-vankila")!;
    const nobody = unknownHetu();
    const [real, unknown] = await Promise.all([other.hetu, nobody].map((hetu) => open(worker, { hetu })));
    expect(real).toMatchObject({ caseId: null, userErrors: [{ code: "NOT_YOUR_CLIENT", field: "hetu" }] });
    expect(unknown).toEqual(real);
    expect(await readCase(worker, caseIdOf(other), [])).toBeNull();
    expect(await casesOf(nobody)).toEqual([]);
  });

  it("D3: place of residence alone opens nothing for the county's or the employment area's worker", async () => {
    const county = await hub.as("county-worker", "SOCIAL_WELFARE");
    const refused = { caseId: null, userErrors: [{ code: "NOT_YOUR_CLIENT" }] };
    expect(await open(county, { hetu: SUPERVISED_PERSON.hetu })).toMatchObject(refused);
    expect(await open(county, { hetu: PROTECTED_PERSON.hetu })).toMatchObject(refused);
    const employment = await hub.as("employment-contact", "EMPLOYMENT_SERVICES");
    expect(await open(employment, { hetu: PROTECTED_PERSON.hetu })).toMatchObject(refused);
  });

  it("D3: a Kela officer opens one with a pending matter or the prison's notice, and no other", async () => {
    const kela = await hub.as("kela-officer", "BENEFITS");
    expect(await open(kela, { hetu: DEMO_PERSON.hetu })).toMatchObject({ caseId: caseIdOf(DEMO_PERSON) });
    expect(await open(kela, { hetu: SUPERVISED_PERSON.hetu })).toMatchObject({
      caseId: null,
      userErrors: [{ code: "NOT_YOUR_CLIENT" }],
    });
  });

  it("D7: child protection opens no parent's case by the parent's own client relationship", async () => {
    const childProtection = await hub.as("child-protection-worker", "CHILD_PROTECTION");
    const input = { familyName: "A", givenNames: "B", hetu: DEMO_PERSON.hetu };
    const { data, errors } = await send(childProtection, OpenCaseDocument, { input });
    expect(data).toBeNull();
    expect(errors?.[0]?.extensions?.["code"]).toBe("FORBIDDEN");
  });

  it("says that the system did not answer, and opens nothing", async () => {
    const input = { familyName: "A", givenNames: "B", hetu: DEMO_PERSON.hetu };
    const answer = await send(worker, OpenCaseDocument, { input }, { "nivel-sandbox": "rise=down" });
    expect(answer.data!.openCase).toMatchObject({ caseId: null, userErrors: [{ code: "SOURCE_UNAVAILABLE" }] });
  });

  it.each(["", "041299-918", "041299-918E", "310299-918D", "abc", "x".repeat(5000)])(
    "refuses %j as an identity code without repeating it",
    async (hetu) => {
      const answer = await open(worker, { hetu });
      expect(answer).toMatchObject({ caseId: null, userErrors: [{ code: "IDENTITY_CODE_INVALID", field: "hetu" }] });
      if (hetu !== "") expect(JSON.stringify(answer)).not.toContain(hetu);
    },
  );
});

describe("opening a case by hand", () => {
  it("D25: where Rise is not connected, a case lives on entered facts alone", async () => {
    const hetu = unknownHetu();
    const { caseId, userErrors } = await open(unhandled(), { hetu, familyName: "Ōå", givenNames: "Đorđe Ŋárgu" });
    expect(userErrors).toEqual([]);
    const answer = await readOwnCase(unhandled(), caseId!, ["person.familyName", "person.givenNames", "person.hetu"]);
    expect(factOf(answer, "person.givenNames")).toMatchObject({
      status: "KNOWN",
      value: "Đorđe Ŋárgu",
      facts: [{ holder: "RISE", origin: "WORKER" }],
    });
    expect(factOf(answer, "person.hetu").value).toBe(hetu);
    expect(answer.sourceIssues).toMatchObject([{ source: "RISE", kind: "UNAVAILABLE" }]);
    expect(answer.sourceIssues[0]!.message).toMatch(/entered by hand/);
  });

  it("D3: takes no case that another prison holds", async () => {
    const other = hub.sandbox.population.find((person) => person.units[0] === "kuopion-vankila")!;
    expect(await open(unhandled(), { hetu: other.hetu })).toMatchObject({
      caseId: null,
      userErrors: [{ code: "NOT_YOUR_CLIENT" }],
    });
    expect(await readCase(worker, caseIdOf(other), [])).toBeNull();
  });

  it("D3: takes no case that the other kind of Rise's units holds: that is a transfer", async () => {
    const supervised = await open(unhandled(), { hetu: SUPERVISED_PERSON.hetu });
    expect(supervised).toMatchObject({ caseId: null, userErrors: [{ code: "NOT_YOUR_CLIENT" }] });
    const probation = { ...(await hub.as("probation-worker", "ENFORCEMENT")), url: withoutRise.url };
    const imprisoned = await open(probation, { hetu: DEMO_PERSON.hetu });
    expect(imprisoned).toMatchObject({ caseId: null, userErrors: [{ code: "NOT_YOUR_CLIENT" }] });
  });

  it("is open to Rise's workers alone: another authority's system must know the person", async () => {
    const county = await hub.as("county-worker", "SOCIAL_WELFARE");
    expect(await open(county, {})).toMatchObject({ caseId: null, userErrors: [{ code: "NOT_YOUR_CLIENT" }] });
  });

  it("D25: a person without an identity code gets a case that the own unit sees and no other", async () => {
    const { caseId } = await open(worker, {});
    expect(await readOwnCase(worker, caseId!, [])).toMatchObject({ id: caseId, sourceIssues: [] });
    expect(await readCase(await hub.as("probation-worker", "ENFORCEMENT"), caseId!, [])).toBeNull();
    expect(await readCase(await hub.as("vth-nurse", "HEALTH_CARE"), caseId!, [])).toBeNull();
  });

  it("opens one case when two workers of a unit open it in the same moment", async () => {
    const hetu = unknownHetu();
    const answers = await Promise.all(Array.from({ length: 4 }, () => open(unhandled(), { hetu })));
    expect(new Set(answers.map((answer) => answer.caseId)).size).toBe(1);
    expect(await casesOf(hetu)).toHaveLength(1);
  });

  it.each([
    ["", "Nimi"],
    ["  ", "Nimi"],
    ["Nimi", "x".repeat(2001)],
  ])("refuses the name %j %j and opens nothing", async (familyName, givenNames) => {
    const answer = await open(worker, { familyName, givenNames });
    expect(answer).toMatchObject({ caseId: null, userErrors: [{ code: "NAME_INVALID" }] });
  });
});
