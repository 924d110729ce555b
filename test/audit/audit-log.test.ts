import { beforeAll, describe, expect, it } from "vitest";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import { OpenCaseDocument, RecordFactDocument } from "../../src/cli/operations.generated.ts";
import { RecordedFactEntity } from "../../src/cases/case.entity.ts";
import { LEGAL_BASES } from "../../src/disclosure/legal-basis.ts";
import { HETU_IN_TEXT } from "../../src/kernel/hetu.ts";
import { type CaseId, newId } from "../../src/kernel/ids.ts";
import { DEMO_PERSON, PROTECTED_PERSON } from "../../src/sandbox/population.ts";
import { allRows, rowsDuring } from "../support/audit-rows.ts";
import { caseIdOf, onDay, readCase, readOwnCase, widestConsent, withConsent } from "../support/case-client.ts";
import { type TestHub, sendText, testHub } from "../support/hub.ts";
import { post, request } from "../support/raw-request.ts";

const id = caseIdOf(DEMO_PERSON);

let hub: TestHub;
let worker: AppClient;
beforeAll(async () => {
  hub = await testHub();
  worker = await hub.as("prison-worker", "RELEASE_PLANNING");
});

const read = (selection: string, app = worker, one: string = id) =>
  sendText(app, `{ case(id: "${one}") { ${selection} } }`);

describe("the log of a case that was read", () => {
  it("says who read whose case, for what, through which app", async () => {
    const before = Date.now();
    const all = await rowsDuring(hub, () => read("sentence { sanction { status } }"));
    // The first look of all may move the remit by what the source says of the phase.
    const rows = all.filter(({ operation }) => operation !== "settleRemit");
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      operation: "getCase",
      outcome: "DONE",
      callerId: "demo-prison-worker",
      callerName: expect.stringMatching(/\w+ \w+/),
      callerRole: "PRISON_WORKER",
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      callerAuthority: "RISE",
      callerUnit: "jyvaskylan-vankila",
      client: "nivel-demo-app",
      purpose: "RELEASE_PLANNING",
      caseId: id,
    });
    expect(rows[0]!.at.getTime()).toBeGreaterThanOrEqual(before - 1);
    expect(rows[0]!.at.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it("says field by field what left, of whose register and on which basis, and what was withheld and why", async () => {
    const selection =
      "sentence { sanction { status } } employment { area { status } } benefits { benefits { status } }";
    const rows = await rowsDuring(hub, () =>
      read(`${selection} social { clientRelationships { status } } health { contacts { status } }`),
    );
    expect(rows[0]!.disclosed).toEqual([
      { path: "sentence.sanction", holder: "RISE", basis: "RISE_TASK" },
      { path: "employment.area", holder: "EMPLOYMENT", basis: "R1301_16_1_7" },
    ]);
    expect(rows[0]!.withheld).toEqual([
      { path: "benefits.benefits", holder: "KELA", reason: "CONSENT_MISSING" },
      { path: "social.clientRelationships", holder: "COUNTY", reason: "SOCIAL_DATA_RIGHT_MISSING" },
      { path: "health.contacts", holder: "VTH", reason: "NO_LEGAL_BASIS" },
    ]);
  });

  it("D2: names consent as the basis of what left by consent", async () => {
    await withConsent(worker, widestConsent(id), async () => {
      const rows = await rowsDuring(hub, () => read("benefits { benefits { status } }"));
      expect(rows[0]!.disclosed).toEqual([
        {
          path: "benefits.benefits",
          holder: "KELA",
          basis: "CONSENT",
          ground: expect.stringMatching(/^[0-9a-f-]{36}$/),
        },
      ]);
    });
  });

  it("holds also a holder that stays closed beside one that opens the same field", async () => {
    const rows = await rowsDuring(hub, () => read("person { motherTongue { status } }"));
    expect(rows[0]!.disclosed).toEqual([{ path: "person.motherTongue", holder: "RISE", basis: "RISE_TASK" }]);
    expect(rows[0]!.withheld).toMatchObject([{ path: "person.motherTongue", holder: "COUNTY" }]);
  });

  it("is one row a case in a list, and one a field that reads", async () => {
    const list = await rowsDuring(hub, () => sendText(worker, "{ cases(first: 2) { edges { node { id } } } }"));
    expect(list.map((row) => [row.operation, row.caseId])).toEqual([
      ["listCases", id],
      ["listCases", caseIdOf(PROTECTED_PERSON)],
    ]);
    const twice = await rowsDuring(hub, () =>
      sendText(worker, `{ a: case(id: "${id}") { id } b: case(id: "${id}") { id } }`),
    );
    expect(twice.map((row) => row.caseId)).toEqual([id, id]);
  });

  it("is written also when a source failed, since the rest left", async () => {
    const rows = await rowsDuring(hub, () => readOwnCase(worker, id, ["sentence.sanction"], "rise=down"));
    expect(rows).toMatchObject([{ operation: "getCase", outcome: "DONE", caseId: id }]);
  });
});

describe("the log of what was not given", () => {
  it("D3: a look outside the remit is on record, and nothing left", async () => {
    const county = await hub.as("county-worker", "SOCIAL_WELFARE");
    for (const one of [caseIdOf(PROTECTED_PERSON), newId<CaseId>()]) {
      const rows = await rowsDuring(hub, () => readCase(county, one));
      expect(rows).toMatchObject([
        {
          operation: "getCase",
          outcome: "DONE",
          callerId: "demo-county-worker",
          caseId: null,
          soughtId: one,
          disclosed: [],
          withheld: [],
        },
      ]);
    }
  });

  it("a refusal is on record with what the caller claimed", async () => {
    const foreign = await hub.as("prison-worker", "BENEFITS");
    const person = await hub.as("person", "OWN_DATA");
    const open = `mutation { openCase(input: { familyName: "A", givenNames: "B" }) { caseId } }`;
    const rows = await rowsDuring(hub, async () => {
      await read("id", foreign);
      await sendText(person, open);
      await post(worker, { query: `{ case(id: "${id}") { id } }` }, { "nivel-purpose": "" });
      await request(`${worker.url}/graphql`, {
        method: "POST",
        headers: { authorization: `Bearer ${worker.token}`, "content-type": "application/json" },
        body: JSON.stringify({ query: `{ case(id: "${id}") { id } }` }),
      });
    });
    expect(
      rows.map((row) => [row.operation, row.outcome, row.callerId, row.purpose, row.reason, row.soughtId]),
    ).toEqual([
      ["getCase", "REFUSED", "demo-prison-worker", "BENEFITS", "FORBIDDEN", id],
      ["openCase", "REFUSED", "demo-person", "OWN_DATA", "FORBIDDEN", null],
      ["getCase", "REFUSED", "demo-prison-worker", null, "PURPOSE_REQUIRED", id],
    ]);
    for (const row of rows) expect([row.disclosed, row.withheld]).toEqual([[], []]);
  });

  it("without a token there is nobody to write down", async () => {
    expect(await rowsDuring(hub, () => read("id", { ...worker, token: "x.y.z" }))).toEqual([]);
  });

  it("a request that is refused before it reaches a case leaves no row that says otherwise", async () => {
    const rows = await rowsDuring(hub, () => sendText(worker, `{ cases(first: 1, after: "x") { edges { cursor } } }`));
    expect(rows.filter((row) => row.outcome === "DONE")).toEqual([]);
  });
});

describe("the log and the answer", () => {
  async function whileTheLogRefuses(callerId: string, run: () => Promise<void>): Promise<void> {
    const em = hub.database.fork();
    await em.execute(`create function refuse_this_caller() returns trigger language plpgsql as $$
      begin raise exception 'the log is full'; end $$`);
    await em.execute(`create trigger full_log before insert on audit_event for each row
      when (new.caller_id = '${callerId}') execute function refuse_this_caller()`);
    try {
      await run();
    } finally {
      await em.execute("drop trigger full_log on audit_event");
      await em.execute("drop function refuse_this_caller()");
    }
  }

  it("no answer leaves when its row cannot be written", async () => {
    await whileTheLogRefuses("demo-prison-worker", async () => {
      const { text } = await post(worker, { query: `{ case(id: "${id}") { person { familyName { value } } } }` });
      expect(JSON.parse(text)).toMatchObject({
        data: { case: null },
        errors: [{ extensions: { code: "INTERNAL_SERVER_ERROR" } }],
      });
      expect(text).not.toMatch(/Öhman|log is full|audit_event/);
    });
    expect(await readCase(worker, id, [])).toMatchObject({ id });
  });

  it("no change is kept when its row cannot be written", async () => {
    const opened = await ask(worker, OpenCaseDocument, { input: { familyName: "Käsin", givenNames: "Avattu" } });
    const caseId = opened.openCase.caseId!;
    const kept = () => hub.database.fork().count(RecordedFactEntity, { caseId });
    const before = await kept();
    const input = { caseId, path: "readiness.debts", value: "Velkaa", confirmedOn: onDay };
    await whileTheLogRefuses("demo-prison-worker", async () => {
      await expect(ask(worker, RecordFactDocument, { input })).rejects.toThrow("Something went wrong");
    });
    expect(await kept()).toBe(before);
    await ask(worker, RecordFactDocument, { input });
    expect(await kept()).toBe(before + 1);
  });

  it("a row that is written can neither be changed nor removed", async () => {
    await read("id");
    for (const statement of [
      "update audit_event set caller_id = 'nobody'",
      "delete from audit_event",
      "truncate audit_event",
      "truncate audit_event cascade",
    ]) {
      await expect(hub.database.fork().execute(statement), statement).rejects.toThrow("append-only");
    }
  });

  it("D1: holds paths, codes and ids, and never a value, whatever was read, entered or refused", async () => {
    await withConsent(worker, widestConsent(id), async () => {
      for (const [caller, purpose] of [
        ["prison-social-worker", "RELEASE_PLANNING"],
        ["vth-nurse", "HEALTH_CARE"],
        ["kela-officer", "BENEFITS"],
        ["person", "OWN_DATA"],
      ] as const) {
        await readOwnCase(await hub.as(caller, purpose), id);
      }
    });
    await readCase(worker, DEMO_PERSON.hetu, []);
    const rows = await allRows(hub);
    // The user's own name is demanded; of the person's own looks there is none.
    for (const row of rows)
      expect(row.callerName === null).toBe(row.callerRole === "PERSON" || row.callerRole === "HUB");
    const text = JSON.stringify(rows.map(({ callerName: _, ...row }) => row));
    expect(text.match(HETU_IN_TEXT)).toBeNull();
    const { familyName, givenNames } = DEMO_PERSON;
    for (const value of [familyName, givenNames, "Mallikatu", "40100", "FI2112345600000785", "Elsa", "Mallisaari"]) {
      expect(text).not.toContain(value);
    }
    for (const row of rows) {
      for (const { path, basis } of row.disclosed) {
        expect(path).toMatch(/^[A-Za-z_]+\.[A-Za-z0-9_]+$/);
        expect(LEGAL_BASES).toHaveProperty(basis);
      }
      for (const { path, reason } of row.withheld) {
        expect(path).toMatch(/^[A-Za-z_]+\.[A-Za-z0-9_]+$/);
        expect(reason).toMatch(/^[A-Z_]+$/);
      }
    }
  });
});
