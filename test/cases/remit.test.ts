import { beforeAll, describe, expect, it } from "vitest";
import type { Purpose } from "../../src/access/purpose.ts";
import { insertCase, insertRemits } from "../../src/cases/case.repository.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { type CaseId, type WorkerId, newId } from "../../src/kernel/ids.ts";
import type { DemoCallerName } from "../../src/sandbox/demo-callers.ts";
import {
  DEMO_PERSON,
  HOMELESS_PERSON,
  PROTECTED_PERSON,
  SUPERVISED_PERSON,
  type SyntheticPerson,
} from "../../src/sandbox/population.ts";
import {
  caseIdOf,
  factOf,
  holdersIn,
  onDay,
  readCase,
  readOwnCase,
  selectionOf,
  textsIn,
  widestConsent,
  withConsent,
} from "../support/case-client.ts";
import { type TestHub, sendText, testHub } from "../support/hub.ts";
import { comparable, post } from "../support/raw-request.ts";
import { partnerBeside } from "../support/second-hub.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub();
});

type Someone = Pick<SyntheticPerson, "index">;
const first = (wanted: (person: SyntheticPerson) => boolean): Someone => hub.sandbox.population.find(wanted)!;
const inOtherPrison = () =>
  first((one) => one.units[0]!.endsWith("-vankila") && !one.units.includes("jyvaskylan-vankila"));
const underOtherOffice = () => first((one) => one.units[0] === "ita-suomen-yhdyskuntaseuraamustoimisto");

interface Remit {
  caller: DemoCallerName;
  purpose: Purpose;
  inside: () => Someone;
  outside: () => Someone[];
}

const REMITS: Remit[] = [
  {
    caller: "prison-worker",
    purpose: "ENFORCEMENT",
    inside: () => DEMO_PERSON,
    outside: () => [SUPERVISED_PERSON, inOtherPrison(), underOtherOffice()],
  },
  {
    caller: "prison-social-worker",
    purpose: "RELEASE_PLANNING",
    inside: () => PROTECTED_PERSON,
    outside: () => [SUPERVISED_PERSON, inOtherPrison()],
  },
  {
    caller: "probation-worker",
    purpose: "ENFORCEMENT",
    inside: () => SUPERVISED_PERSON,
    outside: () => [DEMO_PERSON, underOtherOffice()],
  },
  {
    caller: "vth-nurse",
    purpose: "HEALTH_CARE",
    inside: () => HOMELESS_PERSON,
    outside: () => [inOtherPrison(), SUPERVISED_PERSON],
  },
  {
    caller: "county-worker",
    purpose: "SOCIAL_WELFARE",
    inside: () => DEMO_PERSON,
    // The supervised and the homeless person live or stay in the county, and are nobody's clients there.
    outside: () => [PROTECTED_PERSON, SUPERVISED_PERSON, HOMELESS_PERSON],
  },
  {
    caller: "employment-contact",
    purpose: "EMPLOYMENT_SERVICES",
    inside: () => DEMO_PERSON,
    outside: () => [PROTECTED_PERSON, first((one) => one.traits.includes("UNKNOWN_TO_EMPLOYMENT"))],
  },
  {
    caller: "kela-officer",
    purpose: "BENEFITS",
    inside: () => DEMO_PERSON,
    outside: () => [first((one) => one.traits.includes("UNKNOWN_TO_KELA"))],
  },
  {
    caller: "person",
    purpose: "OWN_DATA",
    inside: () => DEMO_PERSON,
    outside: () => [PROTECTED_PERSON, HOMELESS_PERSON, inOtherPrison()],
  },
];

describe("remit", () => {
  it.each(REMITS)("D3: for $caller the own case exists", async ({ caller, purpose, inside }) => {
    const id = caseIdOf(inside());
    expect(await readOwnCase(await hub.as(caller, purpose), id)).toMatchObject({ id });
  });

  it.each(REMITS)(
    "D3: $caller gets for another's case the very bytes of one that never was, whatever is selected",
    async ({ caller, purpose, outside }) => {
      const app = await hub.as(caller, purpose);
      for (const selection of ["id", selectionOf(["person.familyName", "health.contacts", "benefits.benefits"])]) {
        const answerFor = async (id: string) => {
          const { status, text, headers } = await post(app, { query: `{ case(id: "${id}") { ${selection} } }` });
          // The allowance goes down with every request, and with it, rarely, the length of the answer.
          const { "nivel-request-id": _, "content-length": __, ...same } = headers;
          return JSON.stringify([status, comparable(text), same]);
        };
        const never = await answerFor(newId());
        expect(never).toContain('{\\"data\\":{\\"case\\":null}');
        for (const person of outside()) expect(await answerFor(caseIdOf(person))).toBe(never);
        for (const text of ["", "x", "1 or 1=1", `${caseIdOf(DEMO_PERSON)}'--`, DEMO_PERSON.hetu]) {
          expect(await answerFor(text)).toBe(never);
        }
      }
    },
  );

  it.each(REMITS)(
    "D3: the list of $caller holds only cases that it may open one by one",
    async ({ caller, purpose }) => {
      const app = await hub.as(caller, purpose);
      const answer = (await sendText(app, "{ cases(first: 5) { edges { node { id } } } }")) as unknown as {
        data: { cases: { edges: { node: { id: string } }[] } };
      };
      const ids = answer.data.cases.edges.map((edge) => edge.node.id);
      expect(ids.length).toBeGreaterThan(0);
      for (const id of ids) expect(await readCase(app, id, [])).toMatchObject({ id });
    },
  );

  it("D3, D8: the person's list holds the own case alone", async () => {
    const app = await hub.as("person", "OWN_DATA");
    const answer = await sendText(app, "{ cases { edges { node { id } } pageInfo { hasNextPage } } }");
    expect(answer.data).toEqual({
      cases: { edges: [{ node: { id: caseIdOf(DEMO_PERSON) } }], pageInfo: { hasNextPage: false } },
    });
  });

  // The sandbox's seed (src/cli/seed.ts) gives a Kela officer everybody whom Kela knows, instead of who has a matter.
  it("D3: Kela's knowing a person is no remit without the prison's notice or a pending matter", async () => {
    const unnoticed = first((one) => one.kela?.vireilla.length === 0 && one.kela.rikosseuraamusilmoitus === null);
    expect(await readCase(await hub.as("kela-officer", "BENEFITS"), caseIdOf(unnoticed), [])).toBeNull();
  });

  it("D3: a partner app of its own sees nothing personal, for any purpose", async () => {
    const partner = await partnerBeside(hub);
    for (const purpose of ["OWN_DATA", "BENEFITS", "ENFORCEMENT"] as const) {
      const app = { url: partner.url, token: partner.token, purpose };
      for (const query of [`{ case(id: "${caseIdOf(DEMO_PERSON)}") { id } }`, "{ cases { edges { cursor } } }"]) {
        const answer = await sendText(app, query);
        expect(textsIn(answer.data)).toEqual([]);
        expect(answer.errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
      }
    }
    await partner.close();
  });

  it("D3: an assignment is the worker's own, not the office's", async () => {
    const colleague = await insertedCase({ role: "PROBATION_WORKER", workerId: "worker-somebody-else" as WorkerId });
    const probation = await hub.as("probation-worker", "ENFORCEMENT");
    expect(await readCase(probation, colleague, [])).toBeNull();
    const own = await insertedCase({ role: "PROBATION_WORKER", workerId: "demo-probation-worker" as WorkerId });
    expect(await readCase(probation, own, [])).toMatchObject({ id: own });
  });

  it("D3: a remit begins with its first day and ends after its last", async () => {
    const county = await hub.as("county-worker", "SOCIAL_WELFARE");
    const role = "COUNTY_WORKER" as const;
    const ended = await insertedCase({ role, unit: "15", since: "2026-01-01", until: "2026-01-31" });
    const today = await insertedCase({ role, unit: "15", since: onDay, until: onDay });
    const future = await insertedCase({ role, unit: "15", since: "2999-01-01" });
    expect(await Promise.all([ended, today, future].map(async (id) => (await readCase(county, id, []))?.id))).toEqual([
      undefined,
      today,
      undefined,
    ]);
  });

  it("D7: adult services' client is no case of child protection in the same county, nor the other way round", async () => {
    const childProtection = await hub.as("child-protection-worker", "CHILD_PROTECTION");
    const adult = await hub.as("county-worker", "SOCIAL_WELFARE");
    expect(await readCase(childProtection, caseIdOf(DEMO_PERSON), [])).toBeNull();
    const child = await insertedCase({ role: "CHILD_PROTECTION_WORKER", unit: "15" });
    expect(await readCase(childProtection, child, [])).toMatchObject({ id: child });
    expect(await readCase(adult, child, [])).toBeNull();
  });

  it("D3: a county's worker never gets another county's register, also when a consent gives the remit", async () => {
    const prisonWorker = await hub.as("prison-worker", "RELEASE_PLANNING");
    const id = caseIdOf(PROTECTED_PERSON);
    const consent = { ...widestConsent(id), receiver: "COUNTY" as const, receiverUnit: "15" };
    await withConsent(prisonWorker, { ...consent, purposes: ["SOCIAL_WELFARE"] }, async () => {
      const county = await hub.as("county-worker", "SOCIAL_WELFARE");
      const answer = await readOwnCase(county, id);
      expect(factOf(answer, "person.familyName").status).toBe("KNOWN");
      expect(holdersIn(answer)).not.toContain("COUNTY");
      expect(textsIn(answer).filter((text) => /Suojanperä|Salattukuja|kuopio/i.test(text))).toEqual([]);
      expect(factOf(answer, "social.clientRelationships")).toEqual({ status: "UNKNOWN", value: null, facts: [] });
    });
  });

  async function insertedCase(remit: {
    role: "PROBATION_WORKER" | "COUNTY_WORKER" | "CHILD_PROTECTION_WORKER";
    unit?: string;
    workerId?: WorkerId;
    since?: string;
    until?: string;
  }): Promise<CaseId> {
    const id = newId<CaseId>();
    const em = hub.database.fork();
    await insertCase(em, { id, hetu: null, openedAt: systemClock.now() }, "test");
    const { role, unit = "vali-suomen-yhdyskuntaseuraamustoimisto", workerId = null, since = onDay, until } = remit;
    const dates = { since: since as typeof onDay, until: (until ?? null) as typeof onDay | null };
    await insertRemits(em, [{ caseId: id, role, unit, workerId, ground: "ASSIGNMENT", ...dates }]);
    return id;
  }
});
