import { beforeAll, describe, expect, it } from "vitest";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import { RecordContactDocument } from "../../src/cli/operations.generated.ts";
import { newId } from "../../src/kernel/ids.ts";
import { DEMO_PERSON, PROTECTED_PERSON } from "../../src/sandbox/population.ts";
import { caseIdOf, textsIn, widestConsent, withConsent } from "../support/case-client.ts";
import { nodesOf } from "../support/nodes.ts";
import { type TestHub, sendText, testHub } from "../support/hub.ts";
import { comparable, post } from "../support/raw-request.ts";

let hub: TestHub;
let worker: AppClient;
beforeAll(async () => {
  hub = await testHub();
  worker = await hub.as("prison-worker", "RELEASE_PLANNING");
});

const CONSENTS = "id answer receiver disclosers categories withdrawnAt";
const CONTACTS = "id whom channel outcome recordedByName";
interface Listed {
  id: string;
  withdrawnAt?: string | null;
  whom?: string | null;
}
const listOf = async (app: AppClient, field: "consents" | "recordedContacts", caseId: string, headers = {}) => {
  const fields = field === "consents" ? CONSENTS : CONTACTS;
  const query = `{ ${field}(caseId: "${caseId}", first: 100) { edges { node { ${fields} } } } }`;
  const { data, errors } = await sendText(app, query, {}, headers);
  if (errors) throw new Error(errors[0]!.message);
  const lists = data as unknown as Record<string, { edges: { node: Listed }[] }>;
  return nodesOf(lists[field]!);
};
const note = (caseId: string, whom: string, app = worker) => {
  const contactedAt = new Date(Date.now() - 1000).toISOString();
  return ask(app, RecordContactDocument, { input: { caseId, whom, channel: "phone", outcome: "AGREED", contactedAt } });
};

describe("what workers put on record about a case", () => {
  it("D2: a consent is seen by the authorities that it names, also when it is withdrawn, and by no other", async () => {
    const id = caseIdOf(DEMO_PERSON);
    const kela = await hub.as("kela-officer", "BENEFITS");
    const nurse = await hub.as("vth-nurse", "HEALTH_CARE");
    const consent = { ...widestConsent(id), disclosers: ["KELA" as const] };
    const consentId = await withConsent(worker, consent, async (recorded) => {
      for (const app of [worker, kela]) {
        expect(await listOf(app, "consents", id)).toContainEqual(
          expect.objectContaining({ id: recorded, withdrawnAt: null }),
        );
      }
      expect((await listOf(nurse, "consents", id)).map((one) => one.id)).not.toContain(recorded);
      return recorded;
    });
    const ended = (await listOf(worker, "consents", id)).find((one) => one.id === consentId);
    expect(ended!.withdrawnAt).not.toBeNull();
  });

  it("D25: a noted contact is seen in the service of the authority that noted it alone", async () => {
    const id = caseIdOf(DEMO_PERSON);
    const whom = `Hyvaks ${newId()}`;
    await note(id, whom);
    expect((await listOf(worker, "recordedContacts", id)).map((one) => one.whom)).toContain(whom);
    for (const [caller, purpose] of [
      ["vth-nurse", "HEALTH_CARE"],
      ["county-worker", "SOCIAL_WELFARE"],
      ["kela-officer", "BENEFITS"],
    ] as const) {
      expect(JSON.stringify(await listOf(await hub.as(caller, purpose), "recordedContacts", id))).not.toContain(whom);
    }
  });

  it("D6: of a protected person no contact tells the place, nor of anybody while Rise does not answer", async () => {
    const whom = "Kuopion sosiaalitoimisto";
    await note(caseIdOf(PROTECTED_PERSON), whom);
    const list = await listOf(worker, "recordedContacts", caseIdOf(PROTECTED_PERSON));
    expect(list).not.toEqual([]);
    expect(textsIn(list).filter((text) => /kuopio/i.test(text))).toEqual([]);
    await note(caseIdOf(DEMO_PERSON), whom);
    const open = await listOf(worker, "recordedContacts", caseIdOf(DEMO_PERSON));
    expect(open.map((one) => one.whom)).toContain(whom);
    const down = await listOf(worker, "recordedContacts", caseIdOf(DEMO_PERSON), { "nivel-sandbox": "rise=down" });
    expect(textsIn(down).filter((text) => /kuopio/i.test(text))).toEqual([]);
  });

  it.each(["consents", "recordedContacts"])(
    "D3: %s of another's case are byte-equal to those of none",
    async (field) => {
      const county = await hub.as("county-worker", "SOCIAL_WELFARE");
      const query = (id: string) => ({ query: `{ ${field}(caseId: "${id}") { edges { node { id } } } }` });
      const answerFor = async (id: string) => {
        const { status, text } = await post(county, query(id));
        return { status, text: comparable(text) };
      };
      const never = await answerFor(newId());
      expect(JSON.parse(never.text)).toMatchObject({ data: { [field]: { edges: [] } } });
      expect(await answerFor(caseIdOf(PROTECTED_PERSON))).toEqual(never);
    },
  );
});

describe("the list of what hangs on a case", () => {
  it("goes page by page by its cursors, and refuses a cursor that it never gave", async () => {
    const id = caseIdOf(DEMO_PERSON);
    for (const whom of ["Paging one", "Paging two", "Paging three"]) await note(id, whom);
    const whole = (await listOf(worker, "recordedContacts", id)).map((one) => one.id);
    const seen: string[] = [];
    let after = "";
    do {
      const query = `query($after: String) { recordedContacts(caseId: "${id}", first: 2, after: $after) {
        edges { node { id } } pageInfo { hasNextPage endCursor } } }`;
      const { data } = await sendText(worker, query, { after: after || null });
      const { recordedContacts } = data as unknown as {
        recordedContacts: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
      };
      seen.push(...nodesOf(recordedContacts).map((one) => one.id));
      after = recordedContacts.pageInfo.hasNextPage ? recordedContacts.pageInfo.endCursor : "";
    } while (after);
    expect(seen).toEqual(whole);
    const foreign = `{ recordedContacts(caseId: "${id}", after: "bm90IG1pbmU") { edges { node { id } } } }`;
    expect((await sendText(worker, foreign)).errors?.[0]?.extensions?.["code"]).toBe("BAD_USER_INPUT");
  });
});
