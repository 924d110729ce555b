import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CaseFileEntity, CaseRemitEntity } from "../../src/cases/case.entity.ts";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import { OpenCaseDocument, RecordFactDocument } from "../../src/cli/operations.generated.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { addDays, addMonths, today } from "../../src/kernel/dates.ts";
import { DEMO_PERSON } from "../../src/sandbox/population.ts";
import { rowsDuring } from "../support/audit-rows.ts";
import { caseIdOf, onDay, readCase } from "../support/case-client.ts";
import { type TestHub, sendText, testHub } from "../support/hub.ts";
import { hubBeside } from "../support/second-hub.ts";

let hub: TestHub;
let connected: AppClient;
let byHand: AppClient;
let withoutRise: Awaited<ReturnType<typeof hubBeside>>;
beforeAll(async () => {
  hub = await testHub();
  connected = await hub.as("prison-worker", "ENFORCEMENT");
  withoutRise = await hubBeside(hub, { without: ["RISE"] });
  byHand = { ...connected, url: withoutRise.url };
});
afterAll(() => withoutRise.close());

const opened = async (): Promise<string> => {
  const { openCase } = await ask(byHand, OpenCaseDocument, { input: { familyName: "Siirto", givenNames: "Sirkka" } });
  return openCase.caseId!;
};

async function transfer(app: AppClient, caseId: string, more: Record<string, unknown> = {}) {
  const input = { caseId, toUnit: "kuopion-vankila", on: onDay, reason: "PLACEMENT", ...more };
  const text = `mutation ($input: TransferCaseInput!) { transferCase(input: $input) { caseId userErrors { code } } }`;
  const { data, errors } = await sendText(app, text, { input });
  if (errors) throw new Error(errors[0]!.message);
  return (data as unknown as { transferCase: { caseId: string | null; userErrors: { code: string }[] } }).transferCase;
}
const codeOf = async (...args: Parameters<typeof transfer>) => (await transfer(...args)).userErrors[0]?.code;
const remitsOf = (caseId: string) =>
  hub.database.fork().find(CaseRemitEntity, { caseId }, { orderBy: { begunAt: "asc" } });

describe("handing over a case that Rise keeps by hand", () => {
  it("D3: moves the unit's remit that very day, on record under both remits by ids alone", async () => {
    const caseId = await opened();
    const rows = await rowsDuring(hub, () => transfer(byHand, caseId));
    expect(await readCase(byHand, caseId, [])).toBeNull();
    const [from, to] = await remitsOf(caseId);
    expect(from).toMatchObject({ unit: "jyvaskylan-vankila", until: addDays(onDay, -1) });
    expect(to).toMatchObject({ unit: "kuopion-vankila", role: "PRISON_WORKER", since: onDay, reason: "PLACEMENT" });
    const traced = rows.filter((row) => row.operation === "transferCase");
    expect(traced.map((row) => [row.caseId, row.subjectId])).toEqual([
      [caseId, to!.id],
      [caseId, from!.id],
    ]);
  });

  it("D13: to a probation office goes to one named worker, on the day told; until then the prison keeps it", async () => {
    const caseId = await opened();
    const on = addDays(onDay, 7);
    const office = { toUnit: "vali-suomen-yhdyskuntaseuraamustoimisto", on, reason: "RELEASE_TO_SUPERVISION" };
    expect(await codeOf(byHand, caseId, office)).toBe("WORKER_MISMATCH");
    expect(await transfer(byHand, caseId, { ...office, toWorker: "demo-probation-worker" })).toMatchObject({ caseId });
    expect(await readCase(byHand, caseId, [])).toMatchObject({ id: caseId });
    expect(await readCase(await hub.as("probation-worker", "ENFORCEMENT"), caseId, [])).toBeNull();
    expect((await remitsOf(caseId)).map(({ since, until }) => [since, until])).toEqual([
      [onDay, addDays(on, -1)],
      [on, null],
    ]);
  });

  it("is refused where Rise's system knows the person, to an unknown unit, to the same one, and on a day that is over", async () => {
    expect(await codeOf(connected, caseIdOf(DEMO_PERSON))).toBe("TRANSFER_FOLLOWS_SYSTEM");
    const caseId = await opened();
    expect(await codeOf(byHand, caseId, { toUnit: "no-such-unit" })).toBe("UNIT_UNKNOWN");
    expect(await codeOf(byHand, caseId, { toUnit: "jyvaskylan-vankila" })).toBe("ALREADY_THERE");
    expect(await codeOf(byHand, caseId, { on: addDays(onDay, -1) })).toBe("DATE_INVALID");
    expect(await codeOf(byHand, caseId, { on: addMonths(onDay, 4) })).toBe("DATE_INVALID");
    expect(await remitsOf(caseId)).toHaveLength(1);
  });
});

describe("the phase of a case that Rise keeps by hand", () => {
  const enter = async (caseId: string, path: string, value: string) =>
    (await ask(byHand, RecordFactDocument, { input: { caseId, path, value, confirmedOn: today(systemClock) } }))
      .recordFact.userErrors[0]?.code;
  const phaseOf = async (caseId: string) => {
    const { releasedOn, enforcementEndsOn } = await hub.database.fork().findOneOrFail(CaseFileEntity, { id: caseId });
    return [releasedOn, enforcementEndsOn];
  };

  it("D13, D17: follows what the worker enters, and a full term that is over closes nothing by a slip", async () => {
    const caseId = await opened();
    await enter(caseId, "sentence.conditionalReleaseOn", "2030-05-01");
    await enter(caseId, "sentence.fullTermOn", "2031-05-01");
    expect(await phaseOf(caseId)).toEqual(["2030-05-01", "2031-05-01"]);
    expect(await enter(caseId, "sentence.fullTermOn", "2021-05-01")).toBe("ENFORCEMENT_ENDED");
    expect(await phaseOf(caseId)).toEqual(["2030-05-01", "2031-05-01"]);
    await enter(caseId, "sentence.sanction", "LIFE_IMPRISONMENT");
    expect(await phaseOf(caseId)).toEqual(["2030-05-01", null]);
  });
});
