import { beforeAll, describe, expect, it } from "vitest";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import { AUTHORITIES, type Authority } from "../../src/kernel/authority.ts";
import { DEMO_PERSON } from "../../src/sandbox/population.ts";
import { caseIdOf, readOwnCase, widestConsent, withConsent } from "../support/case-client.ts";
import { type TestHub, sendText, testHub } from "../support/hub.ts";

const id = caseIdOf(DEMO_PERSON);

let hub: TestHub;
let prisonWorker: AppClient;
beforeAll(async () => {
  hub = await testHub();
  prisonWorker = await hub.as("prison-worker", "RELEASE_PLANNING");
});

/** How many requests each authority got while `run` ran; those that got none are absent. */
async function requestsDuring(run: () => Promise<unknown>): Promise<Partial<Record<Authority, number>>> {
  const before = { ...hub.sandbox.authorities.requests };
  await run();
  const after = hub.sandbox.authorities.requests;
  const counts = AUTHORITIES.map((authority) => [authority, after[authority] - before[authority]] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

async function sent(app: AppClient, query: string): Promise<void> {
  expect(await sendText(app, query)).not.toHaveProperty("errors");
}

describe("which sources are asked", () => {
  it("D2: without consent a prison worker's whole case makes no request to Kela, the county or the health service", async () => {
    expect(await requestsDuring(() => readOwnCase(prisonWorker, id))).toEqual({ RISE: 1, EMPLOYMENT: 1 });
  });

  it("D2, D4: with the widest consent Kela is asked, the county only for who may handle social data, health never", async () => {
    await withConsent(prisonWorker, widestConsent(id), async () => {
      const widest = { RISE: 1, EMPLOYMENT: 1, KELA: 1 };
      expect(await requestsDuring(() => readOwnCase(prisonWorker, id))).toEqual(widest);
      const socialWorker = await hub.as("prison-social-worker", "RELEASE_PLANNING");
      expect(await requestsDuring(() => readOwnCase(socialWorker, id))).toEqual({ ...widest, COUNTY: 1 });
    });
  });

  it("D3, D13: asks the holders of what was selected, and the own system whether it still serves the person", async () => {
    const query = `{ case(id: "${id}") { employment { jobSearchActive { status } } } }`;
    expect(await requestsDuring(() => sent(prisonWorker, query))).toEqual({ RISE: 1, EMPLOYMENT: 1 });
  });

  it("asks nobody when nothing of the facts was selected", async () => {
    expect(await requestsDuring(() => sent(prisonWorker, `{ case(id: "${id}") { id openedAt } }`))).toEqual({});
  });

  it("asks nobody about a case that is not the caller's", async () => {
    const other = hub.sandbox.population.find((person) => !person.units.includes("jyvaskylan-vankila"))!;
    const query = `{ case(id: "${caseIdOf(other)}") { sentence { sanction { status } } } }`;
    expect(await requestsDuring(() => sent(prisonWorker, query))).toEqual({});
  });

  it("asks a source once a request, however many aliases name the same person", async () => {
    const query = `{
      a: case(id: "${id}") { sentence { sanction { status } } }
      b: case(id: "${id}") { placement { unit { status } } }
      c: case(id: "${id}") { plan { activity { status } } person { familyName { status } } }
    }`;
    expect(await requestsDuring(() => sent(prisonWorker, query))).toEqual({ RISE: 1 });
  });

  it("asks Rise once also where one alias needs it for the protected address alone", async () => {
    const query = `{
      a: case(id: "${id}") { social { clientRelationships { status } } }
      b: case(id: "${id}") { sentence { sanction { status } } }
      c: case(id: "${id}") { readiness { firstNight { status } } }
    }`;
    expect(await requestsDuring(() => sent(prisonWorker, query))).toEqual({ RISE: 1 });
  });

  it("asks once for a case and the list in which it stands", async () => {
    const query = `{
      case(id: "${id}") { sentence { sanction { status } } }
      cases(first: 1) { edges { node { id placement { unit { status } } } } }
    }`;
    expect(await requestsDuring(() => sent(prisonWorker, query))).toEqual({ RISE: 1 });
  });

  it("asks again in the next request: nothing is kept between them", async () => {
    const read = () => readOwnCase(prisonWorker, id, ["sentence.sanction"]);
    expect(await requestsDuring(read)).toEqual({ RISE: 1 });
    expect(await requestsDuring(read)).toEqual({ RISE: 1 });
  });

  it("D2: a field of a holder that stays closed asks that holder nothing, beside a field that opens it", async () => {
    const narrow = { ...widestConsent(id), disclosers: ["KELA" as const], categories: ["BENEFITS" as const] };
    await withConsent(prisonWorker, narrow, async () => {
      const benefits = `{ case(id: "${id}") { benefits { benefits { status } } } }`;
      expect(await requestsDuring(() => sent(prisonWorker, benefits))).toEqual({ RISE: 1, KELA: 1 });
      const name = `{ case(id: "${id}") { person { familyName { status } } } }`;
      expect(await requestsDuring(() => sent(prisonWorker, name))).toEqual({ RISE: 1 });
    });
  });
});
