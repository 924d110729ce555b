import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import {
  RecordConsentDocument,
  type RecordConsentInput,
  WithdrawConsentDocument,
} from "../../src/cli/operations.generated.ts";
import type { FactPath } from "../../src/cases/case.ts";
import { addDays, addMonths } from "../../src/kernel/dates.ts";
import { newId } from "../../src/kernel/ids.ts";
import { DEMO_PERSON, SUPERVISED_PERSON } from "../../src/sandbox/population.ts";
import {
  caseIdOf,
  factOf,
  holdersIn,
  onDay,
  readCase,
  readOwnCase,
  statusesOf,
  textsIn,
  widestConsent,
  withConsent,
} from "../support/case-client.ts";
import { type TestHub, sendText, testHub } from "../support/hub.ts";

const id = caseIdOf(DEMO_PERSON);
const joined: FactPath[] = ["benefits.pendingApplications", "social.clientRelationships", "matters.held"];
const social = "social.clientRelationships";
const benefits = "benefits.pendingApplications";

let hub: TestHub;
let worker: AppClient;
let socialWorker: AppClient;
beforeAll(async () => {
  hub = await testHub();
  worker = await hub.as("prison-worker", "RELEASE_PLANNING");
  socialWorker = await hub.as("prison-social-worker", "RELEASE_PLANNING");
});

const reasonsOf = async (app: AppClient) =>
  Object.fromEntries(
    (await readOwnCase(app, id, joined)).withheld.map(({ path, holder, reason }) => [`${path} ${holder}`, reason]),
  );
const statuses = async (app: AppClient) => statusesOf(await readOwnCase(app, id, joined), joined);

const byCountyAndKela = (): RecordConsentInput => ({
  ...widestConsent(id),
  disclosers: ["COUNTY", "KELA"],
  categories: ["SOCIAL_SERVICES", "BENEFITS"],
});

describe("the joined case before and after a recorded consent", () => {
  it("D2: before it, each is told what is withheld and why, and the two prison workers differ in the why", async () => {
    expect(await reasonsOf(worker)).toEqual({
      [`${benefits} KELA`]: "CONSENT_MISSING",
      [`${social} COUNTY`]: "SOCIAL_DATA_RIGHT_MISSING",
    });
    expect(await reasonsOf(socialWorker)).toEqual({
      [`${benefits} KELA`]: "CONSENT_MISSING",
      [`${social} COUNTY`]: "CONSENT_MISSING",
    });
  });

  it("D2: after it, Kela's facts are there for both, the county's only for the one with the right to social data", async () => {
    await withConsent(worker, byCountyAndKela(), async () => {
      expect(await statuses(worker)).toMatchObject({ [benefits]: "KNOWN", [social]: "WITHHELD" });
      expect(await statuses(socialWorker)).toMatchObject({ [benefits]: "KNOWN", [social]: "KNOWN" });
      expect(await reasonsOf(worker)).toEqual({ [`${social} COUNTY`]: "SOCIAL_DATA_RIGHT_MISSING" });
    });
  });

  it("D2: without the right to social data nothing at all of the county's register reaches a prison worker", async () => {
    await withConsent(worker, widestConsent(id), async () => {
      expect(holdersIn(await readOwnCase(worker, id))).toEqual(["EMPLOYMENT", "KELA", "RISE"]);
      expect(holdersIn(await readOwnCase(socialWorker, id))).toEqual(["COUNTY", "EMPLOYMENT", "KELA", "RISE"]);
    });
  });

  it("D4: nothing of the health service reaches either, by the widest consent, and the reason is no missing consent", async () => {
    await withConsent(worker, widestConsent(id), async () => {
      for (const app of [worker, socialWorker]) {
        const answer = await readOwnCase(app, id);
        expect(holdersIn(answer)).not.toContain("VTH");
        expect(textsIn(answer.groups).filter((text) => /CARE|HEALTH|seurantak|suun/i.test(text))).toEqual([]);
        const health = answer.withheld.filter(({ holder }) => holder === "VTH");
        expect(health.map(({ path }) => path)).toEqual(["health.contacts", "health.substitutionTreatment"]);
        expect(new Set(health.map(({ reason }) => reason))).toEqual(new Set(["NO_LEGAL_BASIS"]));
      }
    });
  });

  it("D4: a probation worker is no side door", async () => {
    const probation = await hub.as("probation-worker", "RELEASE_PLANNING");
    const own = caseIdOf(SUPERVISED_PERSON);
    await withConsent(probation, widestConsent(own), async () => {
      const answer = await readOwnCase(probation, own);
      expect(factOf(answer, "health.contacts")).toEqual({ status: "WITHHELD", value: null, facts: [] });
      expect(answer.withheld).toContainEqual({ path: "health.contacts", holder: "VTH", reason: "NO_LEGAL_BASIS" });
    });
  });
});

describe("what is no consent to this disclosure", () => {
  const closed: [string, () => RecordConsentInput][] = [
    [
      "one that ended yesterday",
      () => ({ ...byCountyAndKela(), givenOn: addMonths(onDay, -2), validUntil: addDays(onDay, -1) }),
    ],
    ["one for another purpose", () => ({ ...byCountyAndKela(), purposes: ["SOCIAL_ASSISTANCE"] })],
    ["one for another unit", () => ({ ...byCountyAndKela(), receiverUnit: "kuopion-vankila" })],
    ["one for another receiver", () => ({ ...byCountyAndKela(), disclosers: ["RISE", "KELA"], receiver: "VTH" })],
    ["one that names other disclosers", () => ({ ...byCountyAndKela(), disclosers: ["EMPLOYMENT", "VTH"] })],
    ["one for other categories", () => ({ ...byCountyAndKela(), categories: ["ECONOMY", "HOUSING"] })],
  ];

  it.each(closed)("D2: %s opens nothing", async (_, consent) => {
    const before = await reasonsOf(socialWorker);
    await withConsent(worker, consent(), async () => {
      expect(await reasonsOf(socialWorker)).toEqual(before);
      expect(await statuses(socialWorker)).toMatchObject({ [benefits]: "WITHHELD", [social]: "WITHHELD" });
    });
  });

  it("D2: a recorded refusal opens nothing, and is told as what it is to those to whom it exists", async () => {
    await withConsent(worker, { ...byCountyAndKela(), answer: "REFUSED" }, async () => {
      expect(await reasonsOf(socialWorker)).toEqual({
        [`${benefits} KELA`]: "CONSENT_REFUSED",
        [`${social} COUNTY`]: "CONSENT_REFUSED",
      });
      expect(await statuses(socialWorker)).toMatchObject({ [benefits]: "WITHHELD", [social]: "WITHHELD" });
    });
    expect(await reasonsOf(socialWorker)).toMatchObject({ [`${benefits} KELA`]: "CONSENT_MISSING" });
  });

  it("D2: for the purpose that it names, it opens", async () => {
    await withConsent(worker, { ...byCountyAndKela(), purposes: ["SOCIAL_ASSISTANCE"] }, async () => {
      const assisting = await hub.as("prison-worker", "SOCIAL_ASSISTANCE");
      expect(await statuses(assisting)).toMatchObject({ [benefits]: "KNOWN" });
    });
  });

  it("D2: its last day is included", async () => {
    const consent = { ...byCountyAndKela(), givenOn: addMonths(onDay, -1), validUntil: onDay };
    await withConsent(worker, consent, async () => {
      expect(await statuses(worker)).toMatchObject({ [benefits]: "KNOWN" });
    });
  });

  it("D2: withdrawal takes effect on the next operation", async () => {
    const { recordConsent } = await ask(worker, RecordConsentDocument, { input: byCountyAndKela() });
    expect(await statuses(worker)).toMatchObject({ [benefits]: "KNOWN" });
    const consentId = recordConsent.consentId!;
    expect(await ask(worker, WithdrawConsentDocument, { consentId })).toEqual({
      withdrawConsent: { caseId: id, userErrors: [] },
    });
    expect(await statuses(worker)).toMatchObject({ [benefits]: "WITHHELD" });
    expect(await statuses(socialWorker)).toMatchObject({ [social]: "WITHHELD" });
  });
});

describe("a consent that is withdrawn while the sources are asked", () => {
  it("D2: opens nothing any more: it is judged again when the answer is made", async () => {
    const { recordConsent } = await ask(worker, RecordConsentDocument, { input: byCountyAndKela() });
    const reading = readOwnCase(worker, id, [benefits, "employment.area"], "employment=slow");
    await setTimeout(400);
    await ask(worker, WithdrawConsentDocument, { consentId: recordConsent.consentId! });
    const answer = await reading;
    expect(answer.sourceIssues).toMatchObject([{ source: "EMPLOYMENT", kind: "TIMED_OUT" }]);
    expect(factOf(answer, benefits)).toEqual({ status: "WITHHELD", value: null, facts: [] });
  });
});

describe("the remit that a consent gives", () => {
  const stranger = () =>
    hub.sandbox.population.find(
      (person) => person.units.includes("jyvaskylan-vankila") && person.county.length === 0 && person.kela,
    )!;
  const toCounty = (caseId: string, receiverUnit: string | null): RecordConsentInput => ({
    ...widestConsent(caseId),
    receiver: "COUNTY",
    receiverUnit,
    categories: ["IDENTIFICATION", "SENTENCE_DATES"],
    purposes: ["SOCIAL_WELFARE"],
  });

  it("D3: the county that it names knows of the case, gets what it covers, and no longer after the withdrawal", async () => {
    const own = caseIdOf(stranger());
    const county = await hub.as("county-worker", "SOCIAL_WELFARE");
    const paths: FactPath[] = ["person.familyName", "sentence.enforcementStartOn", "sentence.sanction"];
    expect(await readCase(county, own, paths)).toBeNull();
    await withConsent(worker, toCounty(own, "15"), async () => {
      expect(statusesOf(await readOwnCase(county, own, paths), paths)).toEqual({
        "person.familyName": "KNOWN",
        "sentence.enforcementStartOn": "KNOWN",
        "sentence.sanction": "WITHHELD",
      });
    });
    expect(await readCase(county, own, paths)).toBeNull();
  });

  it.each([
    ["another county", "13"],
    ["no county by name", null],
  ])("D3: a consent naming %s gives this county nothing", async (_, unit) => {
    const own = caseIdOf(stranger());
    await withConsent(worker, toCounty(own, unit), async () => {
      expect(await readCase(await hub.as("county-worker", "SOCIAL_WELFARE"), own)).toBeNull();
    });
  });

  it("D3: a refusal gives nobody a remit", async () => {
    const own = caseIdOf(stranger());
    await withConsent(worker, { ...toCounty(own, "15"), answer: "REFUSED" }, async () => {
      expect(await readCase(await hub.as("county-worker", "SOCIAL_WELFARE"), own)).toBeNull();
    });
  });
});

describe("recording a consent", () => {
  const wrong: [string, Partial<RecordConsentInput>, string][] = [
    ["given before anybody lived", { givenOn: "0000-01-01", validUntil: "0000-12-31" }, "DATE_INVALID"],
    ["given tomorrow", { givenOn: addDays(onDay, 1) }, "DATE_IN_FUTURE"],
    ["ending before it begins", { validUntil: addDays(onDay, -1) }, "PERIOD_INVALID"],
    ["lasting over two years", { validUntil: addDays(addMonths(onDay, 24), 1) }, "PERIOD_TOO_LONG"],
    ["naming no discloser", { disclosers: [] }, "CONSENT_NOT_SPECIFIC"],
    ["naming no category", { categories: [] }, "CONSENT_NOT_SPECIFIC"],
    ["naming no purpose", { purposes: [] }, "CONSENT_NOT_SPECIFIC"],
    ["naming no way of disclosing", { methods: [] }, "CONSENT_NOT_SPECIFIC"],
    ["of a person who was not told that they may refuse", { rightToRefuseExplained: false }, "CONSENT_NOT_INFORMED"],
    ["given by word of mouth for longer than the day", { form: "ORAL" }, "ORAL_FOR_ONE_DAY"],
    [
      "given on the person's behalf by nobody knows what right",
      { representative: { name: "Esko Edunvalvoja", capacity: "edunvalvoja", authority: " " } },
      "REPRESENTATIVE_INCOMPLETE",
    ],
  ];
  it.each(wrong)("refuses one %s", async (_, change, code) => {
    const { recordConsent } = await ask(worker, RecordConsentDocument, { input: { ...byCountyAndKela(), ...change } });
    expect(recordConsent).toMatchObject({ consentId: null, caseId: null, userErrors: [{ code }] });
    expect(await statuses(worker)).toMatchObject({ [benefits]: "WITHHELD" });
  });

  it.each(["form", "rightToRefuseExplained", "informedIn"] as const)(
    "is no input at all without %s: nobody records one without knowing it",
    async (left) => {
      const { [left]: _, ...input } = byCountyAndKela();
      const text = "mutation($input: RecordConsentInput!) { recordConsent(input: $input) { consentId } }";
      const answer = await sendText(worker, text, { input });
      expect(answer).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
      expect(answer).not.toHaveProperty("data.recordConsent");
    },
  );

  it("keeps how it was given, by whom, in which words and when it ends, and gives it back", async () => {
    const given = {
      ...byCountyAndKela(),
      form: "ELECTRONIC" as const,
      representative: { name: "Esko Edunvalvoja", capacity: "edunvalvoja", authority: "DVV 2026/1" },
      methods: ["ELECTRONIC" as const],
      informedIn: "sv" as const,
      interpreterUsed: true,
      endsWith: "RELEASE" as const,
    };
    await withConsent(worker, given, async (consentId) => {
      const { data } = await sendText(
        worker,
        `query($c: ID!) { consents(caseId: $c, first: 100) { edges { node { id form representative { name capacity authority }
           methods informedIn interpreterUsed rightToRefuseExplained endsWith } } } }`,
        { c: id },
      );
      const { caseId: _, ...told } = given;
      const { form, representative, methods, informedIn, interpreterUsed, rightToRefuseExplained, endsWith } = told;
      const node = { form, representative, methods, informedIn, interpreterUsed, rightToRefuseExplained, endsWith };
      expect(data).toMatchObject({
        consents: { edges: expect.arrayContaining([{ node: { id: consentId, ...node } }]) as unknown },
      });
    });
  });

  it("D3: is refused outside the remit in the same words as for a case that never was", async () => {
    const nurse = await hub.as("county-worker", "SOCIAL_WELFARE");
    const outside = caseIdOf(hub.sandbox.population[1]!);
    const [real, invented] = await Promise.all(
      [outside, newId()].map((caseId) =>
        ask(nurse, RecordConsentDocument, { input: { ...byCountyAndKela(), caseId } }),
      ),
    );
    expect(real!.recordConsent.userErrors[0]!.code).toBe("CASE_NOT_FOUND");
    expect(JSON.stringify(real)).toBe(JSON.stringify(invented));
  });

  it("D3: a consent outside the remit is withdrawn by nobody, and is not told from one that never was", async () => {
    const employment = await hub.as("employment-contact", "EMPLOYMENT_SERVICES");
    const outside = caseIdOf(hub.sandbox.population[1]!);
    await withConsent(worker, widestConsent(outside), async (consentId) => {
      const [real, invented] = await Promise.all(
        [consentId, newId()].map((one) => ask(employment, WithdrawConsentDocument, { consentId: one })),
      );
      expect(JSON.stringify(real)).toBe(JSON.stringify(invented));
      expect(real!.withdrawConsent.userErrors).toHaveLength(1);
      expect(statusesOf(await readOwnCase(worker, outside, [benefits]), [benefits])[benefits]).not.toBe("WITHHELD");
    });
  });
});
