import { beforeAll, describe, expect, it } from "vitest";
import { type AppClient, ask, send } from "../../src/cli/graphql-client.ts";
import {
  OpenCaseDocument,
  RecordContactDocument,
  type RecordContactInput,
  RecordFactDocument,
  type RecordFactInput,
} from "../../src/cli/operations.generated.ts";
import { RecordedContactEntity } from "../../src/cases/case.entity.ts";
import { FACT_PATHS, type FactKind, type FactPath, factDefinition } from "../../src/cases/case.ts";
import { addDays } from "../../src/kernel/dates.ts";
import { newId } from "../../src/kernel/ids.ts";
import { caseIdOf, factOf, onDay, readOwnCase } from "../support/case-client.ts";
import { type TestHub, testHub } from "../support/hub.ts";

let hub: TestHub;
let worker: AppClient;
let caseId: string;
beforeAll(async () => {
  hub = await testHub();
  worker = await hub.as("prison-worker", "RELEASE_PLANNING");
  const opened = await ask(worker, OpenCaseDocument, { input: { familyName: "Käsin", givenNames: "Avattu" } });
  caseId = opened.openCase.caseId!;
});

const record = async (input: Partial<RecordFactInput>, app = worker) =>
  (
    await ask(app, RecordFactDocument, {
      input: { caseId, path: "readiness.debts", value: "Ei tiedossa", confirmedOn: onDay, ...input },
    })
  ).recordFact;
const contact = async (input: Partial<RecordContactInput>) =>
  (
    await ask(worker, RecordContactDocument, {
      input: {
        caseId,
        whom: "Hyvaks",
        channel: "phone",
        outcome: "REACHED",
        contactedAt: new Date().toISOString(),
        ...input,
      },
    })
  ).recordContact;
const read = async (path: FactPath) => factOf(await readOwnCase(worker, caseId, [path]), path);

describe("entering a fact", () => {
  const examples: [FactPath, string, unknown][] = [
    ["readiness.deviceAndDigitalSkills", "  Osaa käyttää; Đorđe ŋ Ж ع  ", "Osaa käyttää; Đorđe ŋ Ж ع"],
    ["readiness.identityDocumentValid", "true", true],
    ["readiness.bankAccess", "false", false],
    ["sentence.fullTermOn", "2031-02-28", "2031-02-28"],
    ["economy.allowance", "48,3", "48.30"],
    ["economy.accountBalance", "-7", "-7.00"],
    ["sentence.sanction", "REMAND", "REMAND"],
  ];
  it.each(examples)("D25: reads %s from %j, with the worker as its source", async (path, value, expected) => {
    expect(await record({ path, value, confirmedOn: addDays(onDay, -3) })).toEqual({ caseId, userErrors: [] });
    expect(await read(path)).toMatchObject({
      status: "KNOWN",
      value: expected,
      facts: [{ holder: "RISE", origin: "WORKER", asOf: `${addDays(onDay, -3)}T00:00:00.000Z` }],
    });
  });

  it("D25: the newest word of a holder is its word", async () => {
    await record({ path: "readiness.leaseHeld", value: "true" });
    await record({ path: "person.addressProtected", value: "false" });
    await record({ path: "readiness.leaseHeld", value: "false" });
    expect(await read("readiness.leaseHeld")).toMatchObject({ status: "KNOWN", value: false });
  });

  const wrong: Record<Exclude<FactKind, "record" | "records">, [FactPath, string[]]> = {
    text: ["readiness.debts", ["", "   ", "x".repeat(2001)]],
    date: ["sentence.fullTermOn", ["", "tomorrow", "2027-02-29", "28.2.2031", "2031-2-8"]],
    boolean: ["readiness.bankAccess", ["", "yes", "TRUE", "1", "kyllä"]],
    money: ["economy.allowance", ["", "48.305", "1e3", "48 €", "NaN", "1234567890"]],
    choice: ["sentence.sanction", ["", "remand", "OTHER", "toString"]],
  };
  it.each(Object.entries(wrong))("refuses what is no %s, and never repeats it", async (_, [path, values]) => {
    const before = await read(path);
    for (const value of values) {
      const answer = await record({ path, value });
      expect(answer, JSON.stringify(value)).toMatchObject({
        caseId: null,
        userErrors: [{ code: "FACT_VALUE_INVALID" }],
      });
      if (value.trim() !== "" && value !== "1") expect(answer.userErrors[0]!.message).not.toContain(value);
    }
    expect(await read(path)).toEqual(before);
  });

  const closed = FACT_PATHS.filter((path) => !factDefinition(path).enterable);
  it.each([
    ...closed,
    "",
    "person",
    "person.nothing",
    "health",
    "__proto__.x",
    "person.constructor",
    "readiness.debts ",
  ])("refuses the path %j, which is unknown or not entered by hand", async (path) => {
    expect(await record({ path, value: "true" })).toMatchObject({
      caseId: null,
      userErrors: [{ code: "FACT_NOT_ENTERABLE", field: "path" }],
    });
  });

  it("D4: health is never entered by hand", () => {
    expect(closed.filter((path) => path.startsWith("health."))).toEqual(
      FACT_PATHS.filter((path) => path.startsWith("health.")),
    );
  });

  it.each([addDays(onDay, 1), "9999-12-31", "0000-01-01"])("refuses the day %s", async (confirmedOn) => {
    expect(await record({ confirmedOn })).toMatchObject({
      caseId: null,
      userErrors: [{ code: confirmedOn > onDay ? "DATE_IN_FUTURE" : "DATE_INVALID", field: "confirmedOn" }],
    });
  });

  it("D3: is refused outside the remit in the words for a case that never was", async () => {
    const county = await hub.as("county-worker", "SOCIAL_WELFARE");
    const [real, never] = await Promise.all([record({}, county), record({ caseId: newId() }, county)]);
    expect(real).toMatchObject({ caseId: null, userErrors: [{ code: "CASE_NOT_FOUND" }] });
    expect(never).toEqual(real);
  });

  it("shows another word than the system's as a conflict, and chooses neither", async () => {
    const person = hub.sandbox.population.findLast(
      (one) => one.units.includes("jyvaskylan-vankila") && one.rise.suunnitelma?.tyollistyminen,
    )!;
    const own = caseIdOf(person);
    await record({ caseId: own, path: "plan.employmentContent", value: "Kurssi" });
    const answer = await readOwnCase(worker, own, ["plan.employmentContent"]);
    const fact = factOf(answer, "plan.employmentContent");
    expect(fact).toMatchObject({ status: "CONFLICT", value: null });
    expect(fact.facts.map(({ holder, origin }) => [holder, origin])).toEqual([
      ["RISE", "SYSTEM"],
      ["RISE", "WORKER"],
    ]);
  });

  it("D1: whom no holder opens a field to does not learn that somebody entered it", async () => {
    const person = hub.sandbox.population.findLast(
      (one) => one.units.includes("jyvaskylan-vankila") && one.vth && one.kela?.rikosseuraamusilmoitus,
    )!;
    const own = caseIdOf(person);
    const paths: FactPath[] = ["plan.activity", "readiness.identityDocumentValid", "sentence.fullTermOn"];
    const kela = await hub.as("kela-officer", "BENEFITS");
    const before = await readOwnCase(kela, own, paths);
    expect(before.withheld.map(({ path }) => path)).toContain("plan.activity");
    const nurse = await hub.as("vth-nurse", "HEALTH_CARE");
    await record({ caseId: own, path: "plan.activity", value: "Hoito" }, nurse);
    await record({ caseId: own, path: "readiness.identityDocumentValid", value: "true" }, nurse);
    const after = await readOwnCase(kela, own, paths);
    expect(after.withheld).toEqual(before.withheld);
    expect(after.groups["plan"]).toEqual(before.groups["plan"]);
  });
});

describe("noting a contact", () => {
  it("D25: keeps whom, when, how and with what outcome, and who noted it", async () => {
    const contactedAt = new Date(Date.now() - 60_000).toISOString();
    const whom = `Hyvaks ${newId()}`;
    expect(await contact({ whom, outcome: "MESSAGE_LEFT", contactedAt })).toEqual({ caseId, userErrors: [] });
    const kept = await hub.database.fork().find(RecordedContactEntity, { caseId });
    const row = kept.find((one) => one.whom === whom);
    expect(row).toMatchObject({
      holder: "RISE",
      channel: "phone",
      outcome: "MESSAGE_LEFT",
      recordedBy: "demo-prison-worker",
    });
    expect(row!.contactedAt.toISOString()).toBe(contactedAt);
  });

  const wrong: [string, Partial<RecordContactInput>, string][] = [
    ["nobody", { whom: " " }, "whom"],
    ["no channel", { channel: "" }, "channel"],
    ["a moment to come", { contactedAt: new Date(Date.now() + 86_400_000).toISOString() }, "contactedAt"],
    ["a moment before all telephones", { contactedAt: "0000-01-01T00:00:00.000Z" }, "contactedAt"],
  ];
  it.each(wrong)("refuses %s", async (_, input, field) => {
    expect(await contact(input)).toMatchObject({ caseId: null, userErrors: [{ field }] });
  });

  it("D3: is refused outside the remit", async () => {
    expect(await contact({ caseId: newId() })).toMatchObject({
      caseId: null,
      userErrors: [{ code: "CASE_NOT_FOUND" }],
    });
  });

  it("is no right of the person or of a partner app", async () => {
    const person = await hub.as("person", "OWN_DATA");
    const input = { caseId, path: "readiness.debts", value: "x", confirmedOn: onDay };
    expect((await send(person, RecordFactDocument, { input })).errors).toMatchObject([
      { extensions: { code: "FORBIDDEN" } },
    ]);
  });
});
