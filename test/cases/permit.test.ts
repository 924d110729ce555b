import { beforeAll, describe, expect, it } from "vitest";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import type { FactPath } from "../../src/cases/case.ts";
import { insertDocument } from "../../src/forms/document.repository.ts";
import type { StoredDocument } from "../../src/forms/document.ts";
import { type DocumentId, type WorkerId, newId } from "../../src/kernel/ids.ts";
import { DEMO_PERSON } from "../../src/sandbox/population.ts";
import { strangerToCounties } from "../http/front.ts";
import { caseIdOf, factOf, readCase, readOwnCase, statusesOf } from "../support/case-client.ts";
import { rowsDuring } from "../support/audit-rows.ts";
import { type TestHub, sendText, testHub } from "../support/hub.ts";

const demo = caseIdOf(DEMO_PERSON);
const social: FactPath = "social.clientRelationships";

let hub: TestHub;
let worker: AppClient;
let socialWorker: AppClient;
let county: AppClient;
beforeAll(async () => {
  hub = await testHub();
  worker = await hub.as("prison-worker", "RELEASE_PLANNING");
  socialWorker = await hub.as("prison-social-worker", "RELEASE_PLANNING");
  county = await hub.as("county-worker", "SOCIAL_WELFARE");
});

interface Change {
  requestId: string | null;
  userErrors: { code: string; message: string }[];
}

async function mutate(app: AppClient, name: string, type: string, input: object): Promise<Change> {
  const answer = await sendText(
    app,
    `mutation Change($input: ${type}!) { ${name}(input: $input) { requestId userErrors { code message } } }`,
    { input },
  );
  expect(answer.errors).toBeUndefined();
  return (answer.data as unknown as Record<string, Change>)[name]!;
}

const request = (app: AppClient, caseId: string, more: object = {}) =>
  mutate(app, "requestInformation", "InformationRequestInput", {
    caseId,
    basis: "R1301_16_2_3",
    holder: "COUNTY",
    holderUnit: "15",
    categories: ["SOCIAL_SERVICES", "WORK_ABILITY"],
    reason: "Vapautumisen suunnittelu: mitä palveluja jatketaan.",
    ...more,
  });
const answer = (app: AppClient, id: string, more: object) =>
  mutate(app, "answerInformationRequest", "AnswerInformationRequestInput", { id, ...more });
const grant = (app: AppClient, id: string, categories: string[]) => answer(app, id, { granted: true, categories });

interface Listed {
  id: string;
  state: string;
  basis: string;
  requested: string[];
  categories: string[];
  reason: string;
  answer: string | null;
}

async function listed(app: AppClient, caseId: string): Promise<Listed[]> {
  const sent = await sendText(
    app,
    `query Read($c: ID!) { informationRequests(caseId: $c) { edges { node { id state basis requested categories reason answer } } } }`,
    { c: caseId },
  );
  expect(sent.errors).toBeUndefined();
  const { edges } = (sent.data as unknown as { informationRequests: { edges: { node: Listed }[] } })
    .informationRequests;
  return edges.map(({ node }) => node);
}

describe("a specified and reasoned request of Rise to a county", () => {
  it("opens nothing until it is granted, then what was granted, for that unit and purpose, to those with the right", async () => {
    const { requestId } = await request(socialWorker, demo);
    expect(statusesOf(await readOwnCase(socialWorker, demo, [social]), [social])[social]).toBe("WITHHELD");
    expect((await grant(county, requestId!, ["SOCIAL_SERVICES"])).userErrors).toEqual([]);

    const rows = await rowsDuring(hub, async () => {
      expect(factOf(await readOwnCase(socialWorker, demo, [social]), social).status).toBe("KNOWN");
    });
    expect(rows.flatMap((row) => row.disclosed)).toContainEqual({
      path: social,
      holder: "COUNTY",
      basis: "R1301_16_2_3",
      ground: requestId,
    });
    expect(factOf(await readOwnCase(worker, demo, [social]), social).status).toBe("WITHHELD");
    const assisting = await hub.as("prison-social-worker", "SOCIAL_ASSISTANCE");
    expect(factOf(await readOwnCase(assisting, demo, [social]), social).status).toBe("WITHHELD");
  });

  it("tells a county that did not know the person who it is, and nothing more, until it declines", async () => {
    const caseId = await strangerToCounties();
    const paths: FactPath[] = [
      "person.familyName",
      "sentence.enforcementStartOn",
      "sentence.sanction",
      "placement.unit",
    ];
    expect(await readCase(county, caseId, paths)).toBeNull();
    const { requestId } = await request(socialWorker, caseId);
    expect(statusesOf(await readOwnCase(county, caseId, paths), paths)).toEqual({
      "person.familyName": "KNOWN",
      "sentence.enforcementStartOn": "WITHHELD",
      "sentence.sanction": "WITHHELD",
      "placement.unit": "WITHHELD",
    });
    expect(await listed(county, caseId)).toEqual([
      {
        id: requestId,
        state: "REQUESTED",
        basis: "R1301_16_2_3",
        requested: ["SOCIAL_SERVICES", "WORK_ABILITY"],
        categories: [],
        reason: "Vapautumisen suunnittelu: mitä palveluja jatketaan.",
        answer: null,
      },
    ]);
    const declined = await answer(county, requestId!, { granted: false, reason: "Ei ole asiakkaamme." });
    expect(declined.userErrors).toEqual([]);
    expect(await readCase(county, caseId, paths)).toBeNull();
    expect(await listed(socialWorker, caseId)).toMatchObject([{ state: "DECLINED", answer: "Ei ole asiakkaamme." }]);
  });

  it("D2: neither exists for, nor is made by, a prison worker without the right to social data", async () => {
    const caseId = await strangerToCounties();
    expect((await request(worker, caseId)).userErrors[0]!.code).toBe("SOCIAL_DATA_RIGHT_MISSING");
    await request(socialWorker, caseId);
    expect(await listed(worker, caseId)).toEqual([]);
    expect(await listed(socialWorker, caseId)).toHaveLength(1);
  });

  it("is granted in part at most, once, and only by who was asked", async () => {
    const { requestId } = await request(socialWorker, demo, { categories: ["WORK_ABILITY"] });
    const code = async (change: Promise<Change>) => (await change).userErrors[0]?.code;
    expect(await code(grant(socialWorker, requestId!, ["WORK_ABILITY"]))).toBe("REQUEST_NOT_FOUND");
    expect(await code(grant(county, newId(), ["WORK_ABILITY"]))).toBe("REQUEST_NOT_FOUND");
    expect(await code(grant(county, requestId!, ["SOCIAL_SERVICES"]))).toBe("CATEGORIES_NOT_ASKED");
    expect(await code(grant(county, requestId!, []))).toBe("CATEGORIES_NOT_ASKED");
    expect(await code(answer(county, requestId!, { granted: false }))).toBe("REASON_MISSING");
    expect(await code(grant(county, requestId!, ["WORK_ABILITY"]))).toBeUndefined();
    expect(await code(grant(county, requestId!, ["WORK_ABILITY"]))).toBe("REQUEST_ANSWERED");
  });

  it("is taken back by its holder with a reason: closed on the next operation, and what rests on it is not kept", async () => {
    const { requestId } = await request(socialWorker, demo);
    await grant(county, requestId!, ["SOCIAL_SERVICES"]);
    const em = hub.database.fork();
    const documentId = newId<DocumentId>();
    const document: StoredDocument = {
      ...{ id: documentId, caseId: demo, form: "f", edition: "1", language: "fi", statementId: null },
      ...{ receiverCounty: null, tellsPlace: false, fileName: "f.pdf", sha256: "x", grounds: [requestId!] },
      ...{ createdBy: "w" as WorkerId, createdAt: new Date(), notices: [], sentAt: null },
    };
    await insertDocument(em, document, new Uint8Array([1]));
    const kept = () => em.execute("select 1 from document where id = ?", [documentId]);
    expect(await kept()).toHaveLength(1);
    expect((await answer(county, requestId!, { granted: false })).userErrors[0]?.code).toBe("REASON_MISSING");
    const rows = await rowsDuring(hub, async () => {
      const back = await answer(county, requestId!, { granted: false, reason: "Peruste on poistunut." });
      expect(back.userErrors).toEqual([]);
    });
    expect(rows.map(({ subjectId }) => subjectId)).toEqual([requestId, documentId]);
    expect(await kept()).toEqual([]);
    const mine = (await listed(socialWorker, demo)).find(({ id }) => id === requestId);
    expect(mine).toMatchObject({ state: "ENDED", categories: ["SOCIAL_SERVICES"], answer: "Peruste on poistunut." });
    const again = await grant(county, requestId!, ["SOCIAL_SERVICES"]);
    expect(again.userErrors[0]?.code).toBe("REQUEST_ANSWERED");
  });

  const wrong: [string, object, string][] = [
    ["for what the section does not name", { categories: ["BENEFITS"] }, "CATEGORIES_NOT_OF_BASIS"],
    ["for health (decision D4)", { categories: ["HEALTH"] }, "CATEGORIES_NOT_OF_BASIS"],
    ["for nothing", { categories: [] }, "CATEGORIES_NOT_OF_BASIS"],
    ["without a reason", { reason: "  " }, "REASON_MISSING"],
    ["to Kela, which no section obliges (decision D2)", { holder: "KELA", holderUnit: null }, "HOLDER_NOT_OF_BASIS"],
    ["to a county that is none", { holderUnit: "99" }, "HOLDER_UNIT_UNKNOWN"],
    ["by the county's own section", { basis: "ATL_64" }, "BASIS_NOT_YOURS"],
    ["by a section that needs no request", { basis: "RISE_TASK" }, "BASIS_NOT_YOURS"],
    ["for a purpose that the item does not serve", { basis: "R1301_16_2_1" }, "PURPOSE_NOT_OF_BASIS"],
  ];
  it.each(wrong)("is refused %s", async (_, more, code) => {
    const change = await request(socialWorker, demo, more);
    expect(change.requestId).toBeNull();
    expect(change.userErrors[0]!.code).toBe(code);
  });

  it("D3: is refused outside the remit as for a case that never was", async () => {
    const probation = await hub.as("probation-worker", "RELEASE_PLANNING");
    const [real, invented] = await Promise.all([demo, newId()].map((id) => request(probation, id)));
    expect(real).toEqual(invented);
    expect(real!.userErrors[0]!.code).toBe("CASE_NOT_FOUND");
  });
});

describe("a county's request to Rise", () => {
  it("opens what Rise grants of it, for that county and purpose", async () => {
    const paths: FactPath[] = ["sentence.conditionalReleaseOn", "placement.unit", "sentence.sanction"];
    const { requestId, userErrors } = await request(county, demo, {
      basis: "ATL_64",
      holder: "RISE",
      holderUnit: null,
      categories: ["SENTENCE_DATES", "PLACEMENT"],
      reason: "Palvelutarpeen arviointi ennen vapautumista.",
    });
    expect(userErrors).toEqual([]);
    expect((await grant(worker, requestId!, ["SENTENCE_DATES"])).userErrors[0]!.code).toBe("REQUEST_NOT_FOUND");
    expect((await grant(socialWorker, requestId!, ["SENTENCE_DATES"])).userErrors).toEqual([]);
    expect(statusesOf(await readOwnCase(county, demo, paths), paths)).toEqual({
      "sentence.conditionalReleaseOn": "KNOWN",
      "placement.unit": "WITHHELD",
      "sentence.sanction": "WITHHELD",
    });
  });
});

describe("the legal bases as published", () => {
  it("are told to everybody, also to an app without a user", async () => {
    const app = await hub.as("partner-app", "OWN_DATA");
    const sent = await sendText(
      app,
      `{ legalBases { code citation closed { en } needsRequest opens { senders receivers categories purposes } } }`,
    );
    const bases = (sent.data as unknown as { legalBases: { code: string; citation: string; closed: unknown }[] })
      .legalBases;
    expect(bases.find(({ code }) => code === "R1301_28_TYO")).toMatchObject({
      citation: "1301/2021 28 §",
      closed: null,
      opens: [{ senders: ["RISE"], receivers: ["EMPLOYMENT_CONTACT"] }],
    });
    expect(bases.find(({ code }) => code === "R1301_19")!.closed).not.toBeNull();
  });
});
