import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { playDemoOn } from "../../src/cli/demo.ts";
import { type RunningHub, startHub } from "../../src/cli/serve.ts";
import { readConfig } from "../../src/config.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { HETU_IN_TEXT } from "../../src/kernel/hetu.ts";
import { type AuditRow, allRows } from "../support/audit-rows.ts";
import { testDatabaseConfig } from "../support/database.ts";

const IN_PROCESS = { keyFile: undefined, makeKey: false, anchorFile: undefined, sealSeconds: 5 };

let hub: RunningHub;
let rows: AuditRow[];
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nivel-demo-"));
  const config = { ...readConfig({}), port: 0, database: testDatabaseConfig(), audit: IN_PROCESS, logLevel: "silent" };
  hub = await startHub(config, systemClock);
  await playDemoOn(hub, folder, () => undefined);
  rows = await allRows(hub);
}, 240_000);
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true });
});

describe("the log of the whole demo", () => {
  it("has a row for everything that was done, with whom it was sent to where something was sent", () => {
    const operations = new Set(rows.map(({ operation }) => operation));
    for (const name of ["getCase", "recordConsent", "signStatement", "generateDocument", "submitApplication"])
      expect(operations).toContain(name);
    const sendings = rows.filter(({ receiverAuthority }) => receiverAuthority !== null);
    expect(sendings.length).toBeGreaterThan(0);
    for (const sending of sendings)
      expect(sending).toMatchObject({
        operation: "submitApplication",
        receiverAuthority: "COUNTY",
        receiverUnit: expect.stringMatching(/^\d+$/),
        disclosed: [{ path: "document.bytes", holder: "RISE", basis: expect.any(String) }],
      });
  });

  it("D1: holds no identity code, name or address of any made-up person", () => {
    // The users' own names are demanded by the law.
    const log = JSON.stringify(rows.map(({ callerName: _, ...row }) => row));
    expect(log.match(HETU_IN_TEXT)).toBeNull();
    const texts = hub.sandbox!.population.flatMap(({ hetu, familyName, givenNames }) => [
      hetu,
      familyName,
      ...givenNames.split(" "),
    ]);
    // Every street of the sandbox is this one.
    for (const text of new Set([...texts, "Mallikatu"])) expect(log).not.toContain(text);
  });
});
