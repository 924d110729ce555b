import { readFile, writeFile } from "node:fs/promises";
import { expect, it } from "vitest";
import type { Caller } from "../../src/access/caller.ts";
import { sessionOf } from "../../src/access/database-session.ts";
import { createCaseEntryService } from "../../src/cases/case-entry.service.ts";
import { type CaseSelection, createCaseService } from "../../src/cases/case.service.ts";
import { type CaseView, caseView } from "../../src/cases/case-view.ts";
import { FACT_GROUPS, FACT_PATHS, type FactPath } from "../../src/cases/case.ts";
import { discloseFacts } from "../../src/cases/gather.ts";
import { sourceScope } from "../../src/cases/source-scope.ts";
import type { Consent } from "../../src/disclosure/consent.ts";
import { insertConsent, withdrawConsent } from "../../src/disclosure/consent.repository.ts";
import { type DisclosureRecord, emptyRecord } from "../../src/disclosure/disclose.ts";
import { insertPermit } from "../../src/disclosure/permit.repository.ts";
import { fixedClock } from "../../src/kernel/clock.ts";
import { type LocalDate, addDays, localDate } from "../../src/kernel/dates.ts";
import { type CaseId, type ConsentId, type WorkerId, newId } from "../../src/kernel/ids.ts";
import { type Room, operation } from "../../src/operation/operation.ts";
import { testDatabase } from "../support/database.ts";
import { consentOf } from "../support/decisions.ts";
import { ARRIVAL, CALLERS, COUNTY, HETU, LAST_DAY, SYSTEMS, storySources } from "./replay-story.ts";

const GOLDEN = new URL("golden/replay.txt", import.meta.url);

/** What people do in the hub, before anybody asks on that day. Null: nobody does anything, a rule takes effect. */
type Deed = (hub: Hub, on: LocalDate) => Promise<void>;

const joins =
  (...names: string[]): Deed =>
  async (hub) => {
    for (const name of names) await hub.open(CALLERS[name]!);
  };

const DEEDS: readonly [on: string, what: string, deed: Deed | null][] = [
  [
    "2026-01-12",
    "a prison worker of A opens the case; the nurse and the Kela officer join",
    joins("prison worker of A", "VTH nurse", "Kela officer"),
  ],
  ["2026-02-02", "the employment contact joins", joins("employment contact")],
  [
    "2026-02-16",
    "consent to Rise's getting what the county and Kela hold, until release and at most to 31 October",
    (hub) =>
      hub.consent({
        disclosers: ["COUNTY", "KELA"],
        receiver: "RISE",
        categories: ["SOCIAL_SERVICES", "BENEFITS", "HEALTH"],
        validUntil: localDate("2026-10-31"),
        endsWith: "RELEASE",
      }),
  ],
  ["2026-03-02", "the county worker joins", joins("county worker")],
  [
    "2026-03-16",
    "Rise's permit to the county's own request (703/2023 64 §), to 30 April",
    (hub) => hub.permit("2026-03-16", "2026-04-30"),
  ],
  [
    "2026-03-23",
    "consent to the employment services' getting housing and health; VTH has not vouched for health",
    (hub) =>
      hub.consent({
        id: hub.toWithdraw,
        disclosers: ["RISE", "VTH"],
        receiver: "EMPLOYMENT",
        categories: ["HOUSING", "HEALTH"],
        validUntil: localDate("2027-03-22"),
      }),
  ],
  ["2026-05-01", "the permit's last day was yesterday", null],
  ["2026-05-11", "the person withdraws the consent to the employment services", (hub) => hub.withdraw()],
  ["2026-06-22", "the probation worker joins", joins("probation worker")],
  ["2026-06-23", "the day of release was yesterday: the treatment relation and the consent until release end", null],
  ["2026-06-29", "VTH's system still serves the person: the nurse joins anew", joins("VTH nurse")],
  ["2026-12-01", "the last day of enforcement was yesterday", null],
];

interface Hub {
  toWithdraw: ConsentId;
  open(caller: Caller): Promise<void>;
  consent(consent: Partial<Consent>): Promise<void>;
  withdraw(): Promise<void>;
  permit(from: string, until: string): Promise<void>;
}

const selection = (): CaseSelection => ({ paths: new Set(FACT_PATHS), scope: sourceScope(new Set(FACT_PATHS)) });

/** One line a group where its fields agree, else one a field. */
function linesOf(view: CaseView | undefined, record: DisclosureRecord, nameOf: (ground: string) => string): string[] {
  if (!view) return ["no such case"];
  const wordOn = (path: FactPath): string => {
    const [group, field] = path.split(".") as [keyof CaseView & string, string];
    const { status } = (view[group] as Record<string, { status: string }>)[field]!;
    const bases = record.left.filter((one) => one.path === path);
    const open = bases.map(({ holder, basis, ground }) => `${holder}: ${basis}${ground ? ` ${nameOf(ground)}` : ""}`);
    const closed = record.withheld.filter((one) => one.path === path);
    const why = [...new Set(closed.map(({ holder, reason }) => `${holder}: ${reason}`))];
    return `${status} (${(open.length > 0 ? open : why).sort().join(", ")})`;
  };
  return FACT_GROUPS.flatMap((group) => {
    const byWord = Map.groupBy(
      FACT_PATHS.filter((path) => path.startsWith(`${group}.`)),
      wordOn,
    );
    return [...byWord].map(([word, paths]) => {
      const names = byWord.size === 1 ? "*" : `{${paths.map((path) => path.split(".")[1]).join(" ")}}`;
      return `${group}.${names} ${word}`;
    });
  });
}

it("D2, D3, D6, D13: one query, every day from arrival to a year after release, for each authority", async () => {
  const database = await testDatabase();
  const clock = fixedClock(`${ARRIVAL}T09:00:00Z`);
  const room: Room = {
    clock,
    fork: (caller) =>
      database.forkFor(sessionOf(caller, localDate(clock.now().toISOString().slice(0, 10)), database.vault)),
  };
  const sources = storySources(clock);
  const cases = createCaseService(room, sources);
  const entry = createCaseEntryService(room, sources);
  let caseId: CaseId | undefined;
  const names = new Map<string, string>();
  const nameOf = (ground: string) => names.get(ground) ?? "?";

  const ask = operation(room, {
    name: "getCase",
    permission: "READ_CASE",
    touchesPerson: true,
    prepare: (inRoom, caller) => cases.gatherFor(inRoom, caller, caseId!, selection()),
    run: async (work, _: undefined, gathered) => {
      let record = emptyRecord();
      const trace: typeof work.trace = (what) => {
        record = what.disclosure ?? record;
        work.trace(what);
      };
      const view = gathered && (await cases.discloseIn({ ...work, trace }, gathered, selection()));
      return linesOf(view, record, nameOf);
    },
  });

  /**
   * The same without the transaction, its trace and the database's own wall, for the days on which nobody said or did
   * anything: there are some 5,000 such questions.
   */
  const quiet: Room = { clock, fork: () => database.fork() };
  const look = async (caller: Caller): Promise<string[]> => {
    const found = await cases.gatherFor(quiet, caller, caseId!, selection());
    if (!found) return linesOf(undefined, emptyRecord(), nameOf);
    const { gathered, row, decision } = found;
    const { facts, record } = discloseFacts(gathered, row, new Map(), selection().paths, caller, decision);
    return linesOf(caseView(row, facts, gathered.issues, record), record, nameOf);
  };

  const hub: Hub = {
    toWithdraw: newId(),
    open: async (caller) => {
      const scope = sourceScope(new Set());
      const opened = await entry.openCase(caller, { hetu: HETU, familyName: "Kaari", givenNames: "Aarne", scope });
      expect(opened.userErrors).toEqual([]);
      caseId = opened.caseId!;
    },
    consent: async (more) => {
      const recordedAt = clock.now();
      const givenOn = localDate(recordedAt.toISOString().slice(0, 10));
      const consent = consentOf({ caseId: caseId!, givenOn, recordedAt, ...more });
      names.set(consent.id, `of ${givenOn}`);
      await insertConsent(database.fork(), consent);
    },
    withdraw: () =>
      withdrawConsent(database.fork(), hub.toWithdraw, {
        withdrawnAt: clock.now(),
        withdrawnBy: "e-1" as WorkerId,
        withdrawnByAuthority: "EMPLOYMENT",
        withdrawalTold: [],
      }),
    permit: async (from, until) => {
      const id = newId<never>();
      names.set(id, `from ${from}`);
      await insertPermit(database.fork(), {
        id,
        caseId: caseId!,
        basis: "ATL_64",
        state: "GRANTED",
        holder: "RISE",
        holderUnit: null,
        receiver: "COUNTY",
        receiverUnit: COUNTY,
        categories: ["SENTENCE_DATES", "PLACEMENT"],
        requested: ["SENTENCE_DATES", "PLACEMENT"],
        purpose: "SOCIAL_WELFARE",
        from: localDate(from),
        until: localDate(until),
        reason: "Palvelutarpeen arviointi",
        requestedBy: "c-1" as WorkerId,
        requestedByName: "Worker",
        requestedAt: clock.now(),
        answeredBy: "a-1" as WorkerId,
        answeredAt: clock.now(),
        answer: null,
      });
    },
  };

  const told: string[] = [];
  const unexplained: string[] = [];
  const before = new Map<string, string[]>();
  for (let on = ARRIVAL; on <= LAST_DAY; on = addDays(on, 1)) {
    clock.set(`${on}T09:00:00Z`);
    const said = Object.entries(SYSTEMS).flatMap(([authority, lines]) =>
      lines.filter(([from]) => from === on).map(([, says]) => `${authority} says: ${says}`),
    );
    const done = DEEDS.filter(([day]) => day === on);
    for (const [, , deed] of done) await deed?.(hub, on);
    const why = [...said, ...done.map(([, what]) => what)];
    const changes: string[] = [];
    for (const [name, caller] of Object.entries(CALLERS)) {
      const now = why.length > 0 ? await ask(caller, undefined) : await look(caller);
      const earlier = before.get(name) ?? [];
      // What a caller loses with the whole case is not told line by line.
      const lost = now.length === 1 ? [] : earlier.filter((line) => !now.includes(line));
      const gone = lost.map((line) => `    - ${line}`);
      const come = now.filter((line) => !earlier.includes(line)).map((line) => `    + ${line}`);
      if (gone.length + come.length > 0) changes.push(`  ${name}`, ...gone, ...come);
      before.set(name, now);
    }
    if (changes.length > 0 && why.length === 0) unexplained.push(on);
    if (changes.length + why.length > 0) told.push(on, ...why.map((line) => `  because ${line}`), ...changes, "");
  }

  expect(unexplained).toEqual([]);
  const text = told.join("\n");
  if (process.env["UPDATE_GOLDEN"] === "1") await writeFile(GOLDEN, text);
  expect(text).toBe(await readFile(GOLDEN, "utf8"));
}, 600_000);
