import { beforeAll, describe, expect, it } from "vitest";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import type { FactPath } from "../../src/cases/case.ts";
import { DEMO_PERSON, HOMELESS_PERSON } from "../../src/sandbox/population.ts";
import { caseIdOf, factOf, pathsHeldBy, readOwnCase, widestConsent, withConsent } from "../support/case-client.ts";
import { type TestHub, testHub } from "../support/hub.ts";

const demo = caseIdOf(DEMO_PERSON);
const name: FactPath[] = ["person.familyName"];

let hub: TestHub;
let prisonWorker: AppClient;
let kelaOfficer: AppClient;
beforeAll(async () => {
  hub = await testHub();
  prisonWorker = await hub.as("prison-worker", "RELEASE_PLANNING");
  kelaOfficer = await hub.as("kela-officer", "BENEFITS");
});

describe("the joined case", () => {
  it("says of each word who holds it, as of when, and when the hub got it", async () => {
    const before = Date.now();
    const answer = await readOwnCase(prisonWorker, demo, ["sentence.conditionalReleaseOn", "employment.area"]);
    const { rise, employment } = hub.sandbox.population[0]!;
    const release = factOf(answer, "sentence.conditionalReleaseOn");
    expect(release).toMatchObject({ status: "KNOWN", facts: [{ holder: "RISE", origin: "SYSTEM" }] });
    expect(release.facts[0]!.value).toBe(release.value);
    expect(release.facts[0]!.asOf).toBe(new Date(rise.paivitetty).toISOString());
    const area = factOf(answer, "employment.area");
    expect(area).toMatchObject({ status: "KNOWN", value: "09", facts: [{ holder: "EMPLOYMENT" }] });
    expect(area.facts[0]!.asOf).toBe(new Date(employment!.muokattu).toISOString());
    for (const { retrievedAt } of [...release.facts, ...area.facts]) {
      expect(Date.parse(retrievedAt)).toBeGreaterThanOrEqual(before);
      expect(Date.parse(retrievedAt)).toBeLessThanOrEqual(Date.now());
    }
  });

  it("shows two holders who disagree as a conflict with every word, and chooses none", async () => {
    const fact = factOf(await readOwnCase(kelaOfficer, demo, name, "kela=contradict"), "person.familyName");
    expect(fact).toMatchObject({ status: "CONFLICT", value: null });
    expect(fact.facts.map(({ holder, value }) => [holder, value]).sort()).toEqual([
      ["KELA", `Toinen-${DEMO_PERSON.familyName}`],
      ["RISE", DEMO_PERSON.familyName],
    ]);
  });

  it("shows one value where all who spoke agree, with every word still there", async () => {
    const fact = factOf(await readOwnCase(kelaOfficer, demo, name), "person.familyName");
    expect(fact).toMatchObject({ status: "KNOWN", value: DEMO_PERSON.familyName });
    expect(fact.facts.map((word) => word.holder).sort()).toEqual(["KELA", "RISE"]);
  });

  it("adds up lists of several holders instead of letting them disagree", async () => {
    const paths: FactPath[] = ["family.dependants", "matters.held"];
    const socialWorker = await hub.as("prison-social-worker", "RELEASE_PLANNING");
    await withConsent(prisonWorker, widestConsent(demo), async () => {
      const dependants = factOf(await readOwnCase(socialWorker, demo, paths), "family.dependants");
      expect(dependants.status).toBe("KNOWN");
      expect(dependants.facts.map((word) => word.holder).sort()).toEqual(["COUNTY", "RISE"]);
      expect(dependants.value).toHaveLength(2);
    });
  });

  it("D15: none, unknown and failed are three things", async () => {
    const homeless = caseIdOf(HOMELESS_PERSON);
    const home: FactPath[] = ["person.homeMunicipality"];
    const none = factOf(await readOwnCase(prisonWorker, homeless, home), "person.homeMunicipality");
    expect(none).toMatchObject({ status: "NONE", value: null, facts: [{ holder: "RISE", value: null }] });
    const unknown = factOf(await readOwnCase(prisonWorker, demo, ["person.phone"]), "person.phone");
    expect(unknown).toEqual({ status: "UNKNOWN", value: null, facts: [] });
    const failed = await readOwnCase(kelaOfficer, demo, home, "kela=down");
    expect(factOf(failed, "person.homeMunicipality")).toEqual({ status: "FAILED", value: null, facts: [] });
  });

  it("D17: the earliest planned door is the earliest of the disclosed ones", async () => {
    const answer = await readOwnCase(prisonWorker, demo, ["sentence.supervisedFreedomOn"]);
    expect(answer.earliestReleaseOn).toBe(factOf(answer, "sentence.supervisedFreedomOn").value);
  });

  it("D17: derives no door from dates that are not disclosed", async () => {
    const county = await readOwnCase(await hub.as("county-worker", "SOCIAL_ASSISTANCE"), demo, ["person.familyName"]);
    expect(county.earliestReleaseOn).toBeNull();
    expect(county.withheld.map(({ path }) => path)).toContain("sentence.conditionalReleaseOn");
  });
});

describe("a source that does not answer as it should", () => {
  const faults = [
    ["kela=down", "UNAVAILABLE"],
    ["kela=slow", "TIMED_OUT"],
    ["kela=garbage", "MALFORMED"],
    ["kela=refuse", "REFUSED"],
  ] as const;

  it.each(faults)("%s costs Kela's facts only and is told as %s", async (fault, kind) => {
    const paths: FactPath[] = ["benefits.pendingApplications", "economy.iban", "sentence.fullTermOn", ...name];
    const answer = await readOwnCase(kelaOfficer, demo, paths, fault);
    expect(answer.sourceIssues).toHaveLength(1);
    const [issue] = answer.sourceIssues;
    expect(issue).toMatchObject({ source: "KELA", kind });
    expect(issue!.message).toMatch(/^Kela .*Its facts are missing|^Kela .*nothing of it is shown/);
    expect(issue!.message).not.toMatch(/127\.0\.0\.1|http|\d{6}/);
    expect(issue!.retriedAt === null).toBe(kind !== "UNAVAILABLE");
    for (const path of ["benefits.pendingApplications", "economy.iban"] as const) {
      expect(factOf(answer, path)).toEqual({ status: "FAILED", value: null, facts: [] });
    }
    expect(factOf(answer, "sentence.fullTermOn").status).toBe("KNOWN");
    expect(factOf(answer, "person.familyName")).toMatchObject({ status: "KNOWN", facts: [{ holder: "RISE" }] });
  });

  it.each(["rise", "employment"] as const)("%s down costs a prison worker its own facts only", async (source) => {
    const paths: FactPath[] = ["sentence.sanction", "employment.jobSearchActive"];
    const answer = await readOwnCase(prisonWorker, demo, paths, `${source}=down`);
    expect(answer.sourceIssues.map((issue) => [issue.source, issue.kind])).toEqual([
      [source.toUpperCase(), "UNAVAILABLE"],
    ]);
    const [own, other] = source === "rise" ? paths : paths.toReversed();
    expect(factOf(answer, own!).status).toBe("FAILED");
    expect(factOf(answer, other!).status).not.toBe("FAILED");
  });

  it("vth down costs a nurse the health facts only", async () => {
    const nurse = await hub.as("vth-nurse", "HEALTH_CARE");
    const answer = await readOwnCase(nurse, demo, ["health.contacts", "sentence.fullTermOn"], "vth=down");
    expect(answer.sourceIssues).toMatchObject([{ source: "VTH", kind: "UNAVAILABLE" }]);
    expect(factOf(answer, "health.contacts").status).toBe("FAILED");
    expect(factOf(answer, "sentence.fullTermOn").status).toBe("KNOWN");
  });

  it("all five down at once still gives an answer, with what the case itself holds", async () => {
    const all = "rise=down,vth=down,county=down,employment=down,kela=down";
    const answer = await readOwnCase(prisonWorker, demo, undefined, all);
    expect(answer.sourceIssues.map((issue) => issue.source)).toEqual(["EMPLOYMENT", "RISE"]);
    expect(factOf(answer, "person.hetu")).toMatchObject({ status: "KNOWN", facts: [{ origin: "WORKER" }] });
    for (const path of pathsHeldBy("RISE"))
      expect(["FAILED", "WITHHELD", "KNOWN"]).toContain(factOf(answer, path).status);
  });

  it("leaves nothing behind: the next question without the fault is answered in full", async () => {
    const answer = await readOwnCase(kelaOfficer, demo, ["benefits.pendingApplications"]);
    expect(answer.sourceIssues).toEqual([]);
    expect(factOf(answer, "benefits.pendingApplications").status).toBe("KNOWN");
  });
});
