import { beforeAll, describe, expect, it } from "vitest";
import { ask } from "../../src/cli/graphql-client.ts";
import { RecordFactDocument, WhomToContactInCaseDocument } from "../../src/cli/operations.generated.ts";
import type { FactPath } from "../../src/cases/case.ts";
import { homeIn } from "../../src/sandbox/population-places.ts";
import { DEMO_PERSON, PROTECTED_PERSON } from "../../src/sandbox/population.ts";
import {
  caseIdOf,
  factOf,
  onDay,
  readOwnCase,
  selectionOf,
  statusesOf,
  textsIn,
  widestConsent,
  withConsent,
} from "../support/case-client.ts";
import { type TestHub, sendText, testHub } from "../support/hub.ts";

const id = caseIdOf(PROTECTED_PERSON);
const home = homeIn("297");
/** Codes are compared whole, since their digits stand in dates too. */
const CODES = [home.municipality, home.county, home.employmentArea, home.postalCode];
const WORDS = /kuopi|savo|salattukuja|suojanperä|297|^13\/|\b70\d{3}\b/i;
const telling = (answer: unknown) => textsIn(answer).filter((text) => CODES.includes(text) || WORDS.test(text));

const PLACES: FactPath[] = [
  "person.homeMunicipality",
  "person.streetAddress",
  "person.postalCode",
  "person.postOffice",
  "social.clientRelationships",
  "employment.area",
  "employment.contactPerson",
  "readiness.firstNight",
  "readiness.leaseHeld",
  "readiness.housingOnRelease",
];

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub();
});

const rise = [
  ["prison-worker", "RELEASE_PLANNING"],
  ["prison-worker", "SOCIAL_ASSISTANCE"],
  ["prison-social-worker", "RELEASE_PLANNING"],
] as const;

describe("a protected address", () => {
  it.each(rise)("D6: nothing that tells the place reaches the %s for %s, without consent", async (caller, purpose) => {
    const answer = await readOwnCase(await hub.as(caller, purpose), id);
    expect(telling(answer)).toEqual([]);
    expect(new Set(Object.values(statusesOf(answer, PLACES)))).toEqual(new Set(["WITHHELD"]));
    expect(factOf(answer, "person.addressProtected")).toMatchObject({ status: "KNOWN", value: true });
    expect(factOf(answer, "person.familyName").value).toBe(PROTECTED_PERSON.familyName);
  });

  const faults = [
    undefined,
    "rise=down",
    "rise=garbage",
    "rise=refuse",
    "county=down",
    "county=contradict",
    "rise=contradict",
    "rise=down,county=down",
    "rise=down,employment=down,kela=down",
  ];
  it.each(faults)("D6: nor by the widest consent, with the fault %s", async (fault) => {
    const socialWorker = await hub.as("prison-social-worker", "RELEASE_PLANNING");
    await withConsent(socialWorker, widestConsent(id), async () => {
      const answer = await readOwnCase(socialWorker, id, undefined, fault);
      expect(telling(answer)).toEqual([]);
      expect(new Set(Object.values(statusesOf(answer, PLACES)))).toEqual(new Set(["WITHHELD"]));
    });
  });

  it("D6: nor to the prison's health service, which does not serve at the place", async () => {
    const nurse = await hub.as("vth-nurse", "HEALTH_CARE");
    const consent = { ...widestConsent(id), receiver: "VTH" as const, purposes: ["HEALTH_CARE" as const] };
    await withConsent(nurse, consent, async () => {
      const answer = await readOwnCase(nurse, id);
      expect(telling(answer)).toEqual([]);
      expect(factOf(answer, "health.contacts").status).not.toBe("WITHHELD");
    });
  });

  it("D6: nor in a list of cases", async () => {
    const worker = await hub.as("prison-worker", "RELEASE_PLANNING");
    const query = `{ cases(first: 2) { edges { node { ${selectionOf(PLACES)} } } } }`;
    const { data } = (await sendText(worker, query)) as unknown as {
      data: { cases: { edges: { node: { id: string } }[] } };
    };
    const node = data.cases.edges.find((edge) => edge.node.id === id)?.node;
    expect(node).toBeDefined();
    expect(telling(node)).toEqual([]);
  });

  it.each(["EXISTING_CLIENT_RELATIONSHIP", "SUPPLEMENTARY_ASSISTANCE", "EMPLOYMENT_GENERAL"] as const)(
    "D6: nor by whom to contact in the situation %s",
    async (situation) => {
      const socialWorker = await hub.as("prison-social-worker", "RELEASE_PLANNING");
      await withConsent(socialWorker, widestConsent(id), async () => {
        const input = { caseId: id, situation, phase: "PREPARATION" as const };
        const answer = await ask(socialWorker, WhomToContactInCaseDocument, input);
        expect(answer.whomToContactInCase).not.toBeNull();
        expect(telling(answer)).toEqual([]);
      });
    },
  );

  it("D6: a place that a worker entered is closed too, and the closing does not tell that it was entered", async () => {
    const worker = await hub.as("prison-worker", "RELEASE_PLANNING");
    const before = await readOwnCase(worker, id, PLACES);
    const entered = { caseId: id, path: "readiness.firstNight", value: "Salattukuja 7, Kuopio", confirmedOn: onDay };
    expect((await ask(worker, RecordFactDocument, { input: entered })).recordFact.userErrors).toEqual([]);
    expect(await readOwnCase(worker, id, PLACES)).toEqual(before);
  });

  it("D6: while Rise does not answer, everybody's place is closed", async () => {
    const worker = await hub.as("prison-worker", "RELEASE_PLANNING");
    const demo = caseIdOf(DEMO_PERSON);
    const open = await readOwnCase(worker, demo, PLACES);
    expect(factOf(open, "employment.area").status).toBe("KNOWN");
    const closed = await readOwnCase(worker, demo, PLACES, "rise=down");
    expect(new Set(Object.values(statusesOf(closed, PLACES)))).toEqual(new Set(["WITHHELD"]));
    expect(closed.sourceIssues).toMatchObject([{ source: "RISE", kind: "UNAVAILABLE" }]);
  });

  it("D6: a case without an identity code shows no place until somebody confirms that the address is open", async () => {
    const worker = await hub.as("prison-worker", "RELEASE_PLANNING");
    const answer = (await sendText(
      worker,
      `mutation { openCase(input: { familyName: "Käsin", givenNames: "Avattu" }) { caseId } }`,
    )) as unknown as { data: { openCase: { caseId: string } } };
    const { caseId } = answer.data.openCase;
    const record = (path: string, value: string) =>
      ask(worker, RecordFactDocument, { input: { caseId, path, value, confirmedOn: onDay } });
    await record("person.homeMunicipality", "297");
    const paths: FactPath[] = ["person.homeMunicipality"];
    expect(telling(await readOwnCase(worker, caseId, paths))).toEqual([]);
    await record("person.addressProtected", "false");
    const opened = await readOwnCase(worker, caseId, paths);
    expect(factOf(opened, "person.homeMunicipality")).toMatchObject({ status: "KNOWN", value: "297" });
    await record("person.addressProtected", "true");
    expect(telling(await readOwnCase(worker, caseId, paths))).toEqual([]);
  });

  it("D1: who may not know of the protection cannot read it from the reasons", async () => {
    const nurse = await hub.as("vth-nurse", "HEALTH_CARE");
    const paths: FactPath[] = [...PLACES, "matters.held"];
    const [open, closed] = await Promise.all(
      [caseIdOf(DEMO_PERSON), id].map(async (one) => (await readOwnCase(nurse, one, paths)).withheld),
    );
    expect(closed).toEqual(open);
  });
});
