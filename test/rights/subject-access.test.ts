import { beforeAll, describe, expect, it } from "vitest";
import { AuditEventEntity } from "../../src/audit/audit.entity.ts";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import {
  AcceptReferralDocument,
  ExplainDisclosureDocument,
  RecordContactDocument,
} from "../../src/cli/operations.generated.ts";
import { allRows } from "../support/audit-rows.ts";
import { countyWorkerOf, freshPerson, prisonWorkerOf, testFront } from "../http/front.ts";
import { insertRemits } from "../../src/cases/case.repository.ts";
import { localDate } from "../../src/kernel/dates.ts";
import type { WorkerId } from "../../src/kernel/ids.ts";
import { readCase } from "../support/case-client.ts";
import { sendText } from "../support/hub.ts";
import { type Sent, inInbox, sent } from "../referrals/sent.ts";

interface Access {
  trace: { edges: { node: Entry }[] };
  holdings: { id: string; table: string; fields: { name: string; value: string | null }[] }[];
  limits: { code: string }[];
  userErrors: { code: string }[];
}
interface Entry {
  at: string;
  operation: string;
  userId: string;
  who: { organisation: { fi: string } } | null;
  data: { category: string | null }[];
}

const accessOf = async (app: AppClient, caseId: string, args = ""): Promise<Access> => {
  const { data, errors } = await sendText(
    app,
    `{ subjectAccess(caseId: "${caseId}", first: 100${args}) {
      trace { edges { node { at operation userId who { organisation { fi } } data { category } sentence { fi } } } }
      holdings { id table fields { name value } } limits { code } userErrors { code } } }`,
  );
  if (errors) throw new Error(errors[0]!.message);
  return (data as unknown as { subjectAccess: Access }).subjectAccess;
};
const entriesOf = (access: Access): Entry[] => access.trace.edges.map(({ node }) => node);
const heldIn = (access: Access, table: string) => access.holdings.filter((one) => one.table === table);

let story: Sent;
let county: AppClient;
beforeAll(async () => {
  story = await sent();
  county = await countyWorkerOf(story.county);
  const received = (await inInbox(county, story.documentId))!;
  await ask(county, AcceptReferralDocument, {
    input: { referralId: received.id, version: received.version!, ownWorker: { name: "Outi Mallisaari" } },
  });
  await readCase(story.worker, story.caseId, ["sentence.sanction"]);
  await ask(story.worker, RecordContactDocument, {
    input: {
      caseId: story.caseId,
      whom: "Kirjaamo Šimić",
      channel: "phone",
      outcome: "REACHED",
      contactedAt: new Date(Date.now() - 1000).toISOString(),
    },
  });
}, 240_000);

describe("subject access by the controller", () => {
  it("gives Rise the log of its own register with ids, and what the hub holds in it, texts included", async () => {
    const access = await accessOf(story.worker, story.caseId);
    expect(access.userErrors).toEqual([]);
    expect(entriesOf(access)).toContainEqual(
      expect.objectContaining({ operation: "getCase", userId: `officer-${story.unit}` }),
    );
    expect(entriesOf(access).map((entry) => entry.operation)).toContain("submitApplication");
    expect(heldIn(access, "referral")).toHaveLength(1);
    expect(heldIn(access, "document")[0]!.fields.map((field) => field.name)).toContain("sha256");
    expect(heldIn(access, "recorded_contact")[0]!.fields).toContainEqual({ name: "whom", value: "Kirjaamo Šimić" });
    expect(heldIn(access, "case_file")[0]!.fields).toContainEqual({ name: "hetu", value: story.person.hetu });
    expect(access.limits.map((limit) => limit.code)).toContain("SECURITY_REGISTER");
  });

  it("D5: tells a prison worker without the right to social data nothing of what the county did with it", async () => {
    const access = await accessOf(story.worker, story.caseId);
    expect(JSON.stringify(access)).not.toContain("hyvinvointialueen työntekijä");
    expect(entriesOf(access).map((entry) => entry.operation)).not.toContain("acceptReferral");
    expect(heldIn(access, "referral")[0]!.fields.map((field) => field.name)).not.toContain("ownWorkerName");
    expect(JSON.stringify(access)).not.toContain("Outi Mallisaari");
  });

  it("gives a county its own workers' acts and its own answers, and nothing of Rise's register", async () => {
    const access = await accessOf(county, story.caseId);
    expect(new Set(entriesOf(access).map((entry) => entry.userId))).toEqual(new Set([`county-${story.county}`]));
    expect(heldIn(access, "referral")[0]!.fields).toContainEqual({ name: "ownWorkerName", value: "Outi Mallisaari" });
    expect(access.holdings.map((one) => one.table)).not.toContain("document");
    expect(JSON.stringify(access.holdings)).not.toContain(story.person.hetu);
  });

  it("gives Rise every unit of its own that may know of the case, and no other authority's (D5)", async () => {
    const { hub } = await testFront();
    const em = hub.database.fork();
    const remit = { caseId: story.caseId, ground: "ASSIGNMENT", begunAt: new Date(), workerId: null } as const;
    const since = localDate("2026-01-01");
    const child = {
      ...remit,
      role: "CHILD_PROTECTION_WORKER",
      ground: "CLIENT_RELATIONSHIP",
      unit: story.county,
    } as const;
    await insertRemits(em, [
      { ...remit, role: "PROBATION_WORKER", unit: "lansi-suomen-yks", workerId: "w-1" as WorkerId, since, until: null },
      { ...child, since, until: null },
    ]);
    const rolesOf = async (app: AppClient) =>
      heldIn(await accessOf(app, story.caseId), "case_remit").map(
        ({ fields }) => fields.find((field) => field.name === "role")?.value,
      );
    expect(new Set(await rolesOf(story.worker))).toEqual(new Set(["PRISON_WORKER", "PROBATION_WORKER"]));
    expect(new Set(await rolesOf(county))).toEqual(new Set(["COUNTY_WORKER"]));
  });

  it("D2: shows a request to a county only to the worker who may handle social data, as the list of requests does", async () => {
    const social = await prisonWorkerOf(story, { id: "social-of-access", socialDataRight: true }, "RELEASE_PLANNING");
    const plain = await prisonWorkerOf(story, {}, "RELEASE_PLANNING");
    const { data } = await sendText(
      social,
      `mutation { requestInformation(input: { caseId: "${story.caseId}", basis: R1301_16_2_3, holder: COUNTY, holderUnit: "15",
         categories: [SOCIAL_SERVICES], reason: "Vapautumisen suunnittelu" }) { userErrors { code } } }`,
    );
    expect(data).toEqual({ requestInformation: { userErrors: [] } });
    expect(heldIn(await accessOf(social, story.caseId), "permit")).toHaveLength(1);
    const access = await accessOf(plain, story.caseId);
    expect(heldIn(access, "permit")).toEqual([]);
    expect(JSON.stringify(access.holdings)).not.toContain("R1301_16_2_3");
  });

  it("wants a special reason for entries older than two years, and puts it on record (703/2023 section 11.2)", async () => {
    const { hub } = await testFront();
    const [row] = (await allRows(hub)).filter((one) => one.caseId === story.caseId && one.operation === "getCase");
    const { id: _, ...base } = row!;
    await hub.database
      .fork()
      .insert(AuditEventEntity, { ...base, at: new Date("2020-03-01T10:00:00Z"), requestId: null });
    const since = ', since: "2020-01-01"';
    expect((await accessOf(story.worker, story.caseId, since)).userErrors).toEqual([{ code: "REASON_MISSING" }]);
    const older = await accessOf(story.worker, story.caseId, `${since}, reason: SUSPECTED_MISUSE`);
    expect(entriesOf(older).at(-1)!.at).toBe("2020-03-01T10:00:00.000Z");
    const asked = (await allRows(hub)).filter(
      (one) => one.operation === "subjectAccess" && one.caseId === story.caseId,
    );
    expect(asked.map((one) => one.subjectId)).toContain("OLDER_LOG:SUSPECTED_MISUSE");
  });

  it("puts on record by column what left, and is refused to the person and to a stranger alike", async () => {
    const { hub, as } = await testFront();
    await accessOf(story.worker, story.caseId);
    const row = (await allRows(hub)).findLast((one) => one.operation === "subjectAccess")!;
    expect(row.disclosed).toContainEqual({ path: "case_file.hetu", holder: "RISE", basis: "RISE_TASK" });
    expect(row.disclosed).toContainEqual({ path: "subjectTrace.sentence", holder: "RISE", basis: "RISE_TASK" });
    expect(new Set(row.disclosed.map((one) => `${one.path}/${one.holder}`)).size).toBe(row.disclosed.length);

    const operation = `{ subjectAccess(caseId: "${story.caseId}") { holdings { fields { name value } } trace { edges { node { sentence { fi } } } } } }`;
    const { explainDisclosure } = await ask(story.worker, ExplainDisclosureDocument, { operation });
    const explained = explainDisclosure.roots[0]!.people[0]!.fields;
    const verdicts = new Map(explained.map(({ path, verdicts: [one] }) => [path, one!.basis?.code]));
    const columns = row.disclosed.filter(({ path }) => !/^(subjectTrace|holding)\./.test(path));
    expect(columns.length).toBeGreaterThan(20);
    for (const { path, basis } of columns) expect(verdicts.get(path), path).toBe(basis);

    const stranger = await prisonWorkerOf(await freshPerson((one) => one.units[0] !== story.unit));
    expect(await accessOf(stranger, story.caseId)).toMatchObject({
      trace: { edges: [] },
      holdings: [],
      userErrors: [{ code: "CASE_NOT_FOUND" }],
    });
    const person = await as({ id: "p", role: "PERSON", unit: null, hetu: story.person.hetu }, "OWN_DATA");
    await expect(accessOf(person, story.caseId)).rejects.toThrow("Your role does not include this action.");
  });
});
