import { beforeAll, describe, expect, it } from "vitest";
import { insertRemits } from "../../src/cases/case.repository.ts";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import type { CaseId } from "../../src/kernel/ids.ts";
import { countyWorkerOf, freshPerson, prisonWorkerOf, testFront } from "../http/front.ts";
import { factOf, onDay, readCase, widestConsent } from "../support/case-client.ts";
import { sendText } from "../support/hub.ts";

beforeAll(() => testFront(), 240_000);

/** Lets a unit know a case as it did before its own system changed its mind. */
async function formerRemit(
  caseId: CaseId,
  role: "EMPLOYMENT_CONTACT" | "PRISON_WORKER",
  unit: string,
  ground: "CLIENT_RELATIONSHIP" | "UNIT",
): Promise<void> {
  const { hub } = await testFront();
  const em = hub.database.fork();
  await insertRemits(em, [{ caseId, role, unit, workerId: null, ground, since: onDay, until: null }]);
}

async function changed(app: AppClient, name: string, type: string, input: object, answer = "caseId") {
  const sent = await sendText(
    app,
    `mutation M($input: ${type}!) { ${name}(input: $input) { ${answer} userErrors { code } } }`,
    { input },
  );
  expect(sent.errors).toBeUndefined();
  return (sent.data as unknown as Record<string, Record<string, unknown>>)[name]!;
}

const asked = async (app: AppClient, caseId: string, fields: string) =>
  (await sendText(app, `{ case(id: "${caseId}") { ${fields} } }`)).data;

const held = async (app: AppClient, caseId: string) => {
  const { data, errors } = await sendText(
    app,
    `{ subjectAccess(caseId: "${caseId}", first: 100) {
      trace { edges { node { operation sentTo { fi } sentence { fi } subjectId } } } holdings { table fields { name value } } } }`,
  );
  expect(errors).toBeUndefined();
  return JSON.stringify(data);
};

describe("a remit whose ground is gone", () => {
  it("D3: an employment contact keeps no former client by asking what Rise alone holds", async () => {
    const { as } = await testFront();
    const { caseId } = await freshPerson();
    const unit = "no-area";
    await formerRemit(caseId, "EMPLOYMENT_CONTACT", unit, "CLIENT_RELATIONSHIP");
    const contact = await as({ id: "former-contact", role: "EMPLOYMENT_CONTACT", unit }, "EMPLOYMENT_SERVICES");
    expect(await asked(contact, caseId, "sentence { conditionalReleaseOn { value } }")).toEqual({ case: null });
  });

  it("D13: a prison that the person has left keeps no view by asking what others hold", async () => {
    const { caseId, unit } = await freshPerson();
    const former = unit === "kuopion-vankila" ? "jyvaskylan-vankila" : "kuopion-vankila";
    await formerRemit(caseId, "PRISON_WORKER", former, "UNIT");
    const worker = await prisonWorkerOf({ unit: former });
    expect(await asked(worker, caseId, "employment { jobSearchActive { status value } }")).toEqual({ case: null });
  });
});

describe("a county that answers for another", () => {
  it("D5: grants nothing of its neighbour's register", async () => {
    const { caseId, unit, person } = await freshPerson(
      ({ county }) => county.length === 1 && county[0]!.asiakkuudet.length > 0,
    );
    const neighbour = person.county[0]!.alue === "13" ? "15" : "13";
    const worker = await prisonWorkerOf({ unit }, { id: `social-${unit}`, socialDataRight: true }, "RELEASE_PLANNING");
    const { requestId: id } = await changed(
      worker,
      "requestInformation",
      "InformationRequestInput",
      {
        caseId,
        basis: "R1301_16_2_3",
        holder: "COUNTY",
        holderUnit: neighbour,
        categories: ["SOCIAL_SERVICES"],
        reason: "Vapautumisen suunnittelu.",
      },
      "requestId",
    );
    const county = await countyWorkerOf(neighbour);
    const grant = { id, granted: true, categories: ["SOCIAL_SERVICES"] };
    expect(await changed(county, "answerInformationRequest", "AnswerInformationRequestInput", grant)).toMatchObject({
      userErrors: [],
    });
    const fact = factOf(
      (await readCase(worker, caseId, ["social.clientRelationships"]))!,
      "social.clientRelationships",
    );
    expect(JSON.stringify(fact)).not.toContain(`"${person.county[0]!.alue}"`);
    expect(fact.facts).toEqual([]);
  });
});

describe("what hangs on a case, told by subject access", () => {
  it("D5: a county that was only asked does not learn of its neighbour's client", async () => {
    const { as, hub } = await testFront();
    const { caseId, unit, person } = await freshPerson(
      ({ county }) => county.length === 1 && county[0]!.asiakkuudet.length > 0,
    );
    const own = person.county[0]!.alue;
    const neighbour = own === "13" ? "15" : "13";
    await hub.database
      .fork()
      .execute("update case_file set opened_by_authority = 'COUNTY', opened_by = 'own-county-opener' where id = ?", [
        caseId,
      ]);
    const em = hub.database.fork();
    await insertRemits(em, [
      {
        caseId,
        role: "COUNTY_WORKER",
        unit: own,
        workerId: null,
        ground: "CLIENT_RELATIONSHIP",
        since: onDay,
        until: null,
      },
    ]);
    const first = await as({ id: "own-county-recorder", role: "COUNTY_WORKER", unit: own }, "SOCIAL_WELFARE");
    const consent = {
      ...widestConsent(caseId),
      disclosers: ["COUNTY"],
      receiver: "KELA",
      purposes: ["BENEFITS"],
      categories: ["SOCIAL_SERVICES"],
    };
    expect(await changed(first, "recordConsent", "RecordConsentInput", consent)).toMatchObject({ userErrors: [] });
    const worker = await prisonWorkerOf({ unit }, { id: `social-${unit}`, socialDataRight: true }, "RELEASE_PLANNING");
    const request = {
      caseId,
      basis: "R1301_16_2_3",
      holder: "COUNTY",
      holderUnit: neighbour,
      categories: ["SOCIAL_SERVICES"],
      reason: "Vapautumisen suunnittelu.",
    };
    await changed(worker, "requestInformation", "InformationRequestInput", request);
    const second = await as({ id: "neighbour", role: "COUNTY_WORKER", unit: neighbour }, "SOCIAL_WELFARE");
    const told = await held(second, caseId);
    expect(told).not.toContain("own-county");
    expect(told).not.toContain("KELA");
    expect(await held(first, caseId)).toContain("own-county-recorder");
  });

  it("D2: a prison worker without the right to social data does not learn that a county was asked", async () => {
    const { caseId, unit } = await freshPerson(({ county }) => county.length === 0);
    const social = await prisonWorkerOf({ unit }, { id: `social-${unit}`, socialDataRight: true }, "RELEASE_PLANNING");
    const request = {
      caseId,
      basis: "R1301_16_2_3",
      holder: "COUNTY",
      holderUnit: "13",
      categories: ["SOCIAL_SERVICES"],
      reason: "Vapautumisen suunnittelu.",
    };
    await changed(social, "requestInformation", "InformationRequestInput", request);
    expect(await held(social, caseId)).toContain("requestInformation");
    const told = await held(await prisonWorkerOf({ unit }, {}, "RELEASE_PLANNING"), caseId);
    expect(told).not.toContain('"table":"permit"');
    expect(told).not.toContain("requestInformation");
  });
});
