import { beforeAll, describe, expect, it } from "vitest";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import type { FactPath } from "../../src/cases/case.ts";
import { NotificationEntity } from "../../src/disclosure/permit.entity.ts";
import { type CaseId, newId } from "../../src/kernel/ids.ts";
import { readCase, readOwnCase, statusesOf } from "../support/case-client.ts";
import { strangerToCounties } from "../http/front.ts";
import { type AuditRow, rowsDuring } from "../support/audit-rows.ts";
import { type TestHub, sendText, testHub } from "../support/hub.ts";

let hub: TestHub;
let worker: AppClient;
let county: AppClient;
beforeAll(async () => {
  hub = await testHub();
  worker = await hub.as("prison-worker", "RELEASE_PLANNING");
  county = await hub.as("county-worker", "SOCIAL_WELFARE");
});

interface Outcome {
  notificationId: string;
  opened: boolean;
  contactNow: { role: string; displayValue: string; verification: string }[];
  userErrors: { code: string }[];
}

const REASON = "Ei pysty huolehtimaan itsestään vapauduttuaan.";

async function notify(app: AppClient, input: object): Promise<Outcome> {
  const answer = await sendText(
    app,
    `mutation Notify($input: StatutoryNotificationInput!) { notifyByStatute(input: $input) {
       notificationId opened contactNow { role displayValue verification } userErrors { code } } }`,
    { input: { basis: "SHL_35_2", reason: REASON, receiverUnit: "15", ...input } },
  );
  expect(answer.errors).toBeUndefined();
  return (answer.data as unknown as { notifyByStatute: Outcome }).notifyByStatute;
}

const kept = (id: string) => hub.database.fork().findOneOrFail(NotificationEntity, { id });
/** Somebody whose notifications open nothing, for all tests that make such ones. */
let unopened: CaseId | undefined;

describe("a notification of a need for social welfare (SHL 35.2 §)", () => {
  const paths: FactPath[] = [
    "person.familyName",
    "placement.unit",
    "sentence.enforcementStartOn",
    "sentence.sanction",
    "economy.accountBalance",
    "health.contacts",
  ];

  it("D10: opens at once, without consent, what the county needs, and neither crime nor health nor money", async () => {
    const caseId = await strangerToCounties();
    expect(await readCase(county, caseId, paths)).toBeNull();
    const outcome = await notify(worker, { caseId });
    expect(outcome).toMatchObject({ opened: true, userErrors: [] });
    const rows = await rowsDuring(hub, async () => {
      expect(statusesOf(await readOwnCase(county, caseId, paths), paths)).toEqual({
        "person.familyName": "KNOWN",
        "placement.unit": "KNOWN",
        "sentence.enforcementStartOn": "KNOWN",
        "sentence.sanction": "WITHHELD",
        "economy.accountBalance": "WITHHELD",
        "health.contacts": "WITHHELD",
      });
    });
    expect(JSON.stringify(rows)).toContain("SHL_35_2");
    const assisting = await hub.as("county-worker", "SOCIAL_ASSISTANCE");
    expect(statusesOf(await readOwnCase(assisting, caseId, paths), paths)["placement.unit"]).toBe("WITHHELD");
  });

  it("D12: answers whom to call whatever is wrong, and keeps the attempt", async () => {
    const caseId = (unopened ??= await strangerToCounties());
    const attempts: [object, string][] = [
      [{ caseId, receiverUnit: null }, "RECEIVER_UNKNOWN"],
      [{ caseId, receiverUnit: "no such county" }, "RECEIVER_UNKNOWN"],
      [{ caseId, reason: "" }, "REASON_MISSING"],
      [{ caseId: newId() }, "CASE_NOT_FOUND"],
      [{ caseId: null }, "CASE_NOT_FOUND"],
    ];
    for (const [input, code] of attempts) {
      const { opened, contactNow, userErrors, notificationId } = await notify(worker, input);
      expect(opened).toBe(false);
      expect(userErrors.map((error) => error.code)).toEqual([code]);
      expect(contactNow[0]).toMatchObject({ role: "EMERGENCY_NUMBER", displayValue: "112" });
      expect(await kept(notificationId)).toMatchObject({ basis: "SHL_35_2", permitId: null });
    }
    expect(await readCase(county, caseId, paths)).toBeNull();
  });

  let notified: CaseId | undefined;

  it("D12: names the county's telephones after 112 while no steward has verified them", async () => {
    notified ??= await strangerToCounties();
    const { contactNow } = await notify(worker, { caseId: notified });
    expect(contactNow.map(({ displayValue }) => displayValue).slice(0, 1)).toEqual(["112"]);
    expect(contactNow.length).toBeGreaterThan(2);
    expect(contactNow.slice(1).every(({ verification }) => verification !== "VERIFIED")).toBe(true);
  });

  it("keeps the reason, sealed", async () => {
    notified ??= await strangerToCounties();
    const { notificationId } = await notify(worker, { caseId: notified });
    expect((await kept(notificationId)).reason).toBe(REASON);
    const [row] = await hub.database
      .fork()
      .execute<{ reason: Uint8Array }[]>("select reason from notification where id = ?", [notificationId]);
    expect(Buffer.from(row!.reason).toString("utf8")).not.toContain("huolehtimaan");
  });
});

describe("a child welfare notification (LsL 25 §, 25 c §)", () => {
  it.each(["LSL_25", "LSL_25C"])("D7: %s opens nothing, and leaves no trace in the parent's case", async (basis) => {
    const caseId = (unopened ??= await strangerToCounties());
    let outcome: Outcome | undefined;
    const rows: AuditRow[] = await rowsDuring(hub, async () => {
      outcome = await notify(worker, { basis, caseId });
    });
    expect(outcome).toMatchObject({ opened: false, userErrors: [] });
    expect(outcome!.contactNow[0]).toMatchObject({ displayValue: "112" });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ operation: "notifyByStatute", caseId: null, subjectId: outcome!.notificationId });
    expect(JSON.stringify(rows)).not.toContain(caseId);
    expect(await kept(outcome!.notificationId)).toMatchObject({ basis, caseId: null, permitId: null });
    expect(await readCase(county, caseId)).toBeNull();
    const children = await hub.as("child-protection-worker", "CHILD_PROTECTION");
    expect(await readCase(children, caseId)).toBeNull();
  });
});
