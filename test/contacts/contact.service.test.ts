import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Caller } from "../../src/access/caller.ts";
import { AUTHORITY_OF_ROLE, type CallerRole } from "../../src/access/role.ts";
import { importDirectory } from "../../src/contacts/contact.import.ts";
import type { ContactProposal } from "../../src/contacts/contact-proposal.ts";
import { loadDirectory } from "../../src/contacts/contact.repository.ts";
import { type ContactService, createContactService } from "../../src/contacts/contact.service.ts";
import type { ContactPointView } from "../../src/contacts/contact-view.ts";
import { reference } from "../../src/contacts/reference.ts";
import { fixedClock } from "../../src/kernel/clock.ts";
import { localDate } from "../../src/kernel/dates.ts";
import { Refused } from "../../src/kernel/errors.ts";
import type { WorkerId } from "../../src/kernel/ids.ts";
import { type Database, openDatabase } from "../../src/persistence/database.ts";
import { testDatabaseConfig } from "../support/database.ts";

const MONDAY_MORNING = "2026-11-23T09:00:00+02:00";

const caller = (role: CallerRole, unit: string, stewardOf: string[] = []): Caller => ({
  id: `test-${role}-${unit}` as WorkerId,
  role,
  name: "Testi Esimerkki",
  authority: AUTHORITY_OF_ROLE[role],
  unit,
  client: "test",
  socialDataRight: false,
  stewardOf,
  hetu: null,
  purpose: null,
});
const prisonWorker = caller("PRISON_WORKER", "jyvaskylan-vankila");
const steward15 = caller("COUNTY_WORKER", "15", ["15"]);
const steward19 = caller("COUNTY_WORKER", "19", ["county-19"]);

const proposal: ContactProposal = {
  organisation: "county-19",
  system: "PHONE",
  value: "08 315 2655",
  name: { fi: "Aikuissosiaalityön neuvonta", sv: "Rådgivning i vuxensocialarbete", en: "Adult social work, advice" },
  service: "ADULT_SOCIAL_WORK",
  situations: ["NO_CLIENT_RELATIONSHIP"],
  phases: ["PREPARATION"],
  urgentOnly: false,
  hours: {
    printed: "ark. 9-11",
    spans: [{ days: [1, 2, 3, 4, 5], opens: "09:00", closes: "11:00" }],
    exceptHolidays: true,
  },
  languages: ["fi"],
  note: null,
  validFrom: null,
  validUntil: null,
  source: "invented for this test",
  replaces: null,
};

// A database of its own: these tests change the imported directory, which others read.
let database: Database;
let contacts: ContactService;
const clock = fixedClock(MONDAY_MORNING);

beforeAll(async () => {
  database = await openDatabase(testDatabaseConfig());
  await database.migrate();
  await importDirectory(database.fork(), clock);
  contacts = createContactService({ clock, fork: () => database.fork() });
});
afterAll(() => database.close());

const errorsOf = (change: { userErrors: { code: string }[] }) => change.userErrors.map((error) => error.code);
const imported = async (value: string): Promise<ContactPointView> => {
  const page = await contacts.listContactPoints(prisonWorker, { first: 100, filter: { organisation: "county-15" } });
  return page.items.map((item) => item.node).find((point) => point.value === value)!;
};
const phonesOf = async (municipality: string) => {
  const answer = await contacts.whomToContact(prisonWorker, {
    municipality,
    prisonUnit: null,
    situation: "NO_CLIENT_RELATIONSHIP",
    phase: "PREPARATION",
    urgent: false,
  });
  return answer.steps[0]!.contacts.filter((one) => one.system === "PHONE").map((one) => one.displayValue);
};

describe("importing the directory", () => {
  it("is done as often as one likes, and adds each entry once", async () => {
    expect(await importDirectory(database.fork(), clock)).toEqual({ added: 0, changed: 0 });
    const directory = await loadDirectory(database.fork());
    expect(directory.contactPoints).toHaveLength(reference().entries.length);
    expect(directory.readiness).toHaveLength(23);
  });

  it("is done once when several processes start together", async () => {
    await Promise.all([1, 2, 3].map(() => importDirectory(database.fork(), clock)));
    expect((await loadDirectory(database.fork())).contactPoints).toHaveLength(reference().entries.length);
  });

  it("brings an entry that nobody touched back to what the data file says", async () => {
    await database.fork().execute(`update contact_point set source = 'older edition' where key = 'kela-brochures'`);
    expect(await importDirectory(database.fork(), clock)).toEqual({ added: 0, changed: 1 });
    const { contactPoints } = await loadDirectory(database.fork());
    expect(contactPoints.find((point) => point.key === "kela-brochures")).toMatchObject({
      source: "Kuntaliiton yhdyspintaverkosto 4.12.2025",
      version: 2,
    });
  });

  it("D26: never overwrites what a steward verified", async () => {
    const point = await imported("+358401418916");
    await contacts.verifyContactPoint(steward15, { contactPointId: point.id, version: point.version });
    await database.fork().execute(`update contact_point set source = 'the steward''s own' where id = ?`, [point.id]);
    expect(await importDirectory(database.fork(), clock)).toEqual({ added: 0, changed: 0 });
    expect(await imported("+358401418916")).toMatchObject({ source: "the steward's own", verification: "VERIFIED" });
  });

  it("D26: never brings back what a steward ended", async () => {
    const point = await imported("+358401882376");
    await contacts.expireContactPoint(steward15, { contactPointId: point.id, version: point.version, reason: null });
    await importDirectory(database.fork(), clock);
    expect(await imported("+358401882376")).toBeUndefined();
  });
});

describe("keeping the directory", () => {
  it("writes no identity code into its history", async () => {
    const point = await imported("+358505963694");
    const read = { contactPointId: point.id, version: point.version };
    await contacts.expireContactPoint(steward15, { ...read, reason: "told by 010594Y9032" });
    const history = await contacts.findContactPoint(steward15, { contactPointId: point.id });
    expect(history!.history.at(-1)).toMatchObject({ kind: "EXPIRED", note: "told by [identity code]" });
  });

  it("D26: a proposal is offered to nobody until its steward verifies it", async () => {
    const proposed = await contacts.proposeContactPoint(prisonWorker, proposal);
    expect(proposed.userErrors).toEqual([]);
    const { id, version } = proposed.contactPoint!;
    expect(proposed.contactPoint).toMatchObject({
      state: "PROPOSED",
      value: "+35883152655",
      verification: "UNVERIFIED",
    });
    expect(await phonesOf("Oulu")).toEqual([]);

    const tasks = await contacts.contactPointsToVerify(steward19, { first: 10 });
    expect(tasks.items.map((item) => item.node.id)).toEqual([id]);
    const verified = await contacts.verifyContactPoint(steward19, { contactPointId: id, version });
    expect(verified.contactPoint).toMatchObject({
      state: "CURRENT",
      verification: "VERIFIED",
      verifiedOn: "2026-11-23",
    });
    expect(await phonesOf("564")).toEqual(["08 315 2655"]);
    expect((await contacts.contactPointsToVerify(steward19, { first: 10 })).items).toEqual([]);
  });

  it("D26: verification becomes a task again after six months", async () => {
    clock.set("2027-05-24T09:00:00+03:00");
    try {
      const tasks = await contacts.contactPointsToVerify(steward19, { first: 10 });
      expect(tasks.items.map((item) => item.node.verification)).toEqual(["EXPIRED"]);
    } finally {
      clock.set(MONDAY_MORNING);
    }
  });

  it("D26: only a named steward of the organisation verifies or ends", async () => {
    const point = await imported("+358503119001");
    const read = { contactPointId: point.id, version: point.version };
    const employment15 = caller("EMPLOYMENT_CONTACT", "15", ["15"]);
    for (const other of [prisonWorker, steward19, employment15, caller("COUNTY_WORKER", "15")]) {
      expect(errorsOf(await contacts.verifyContactPoint(other, read))).toEqual(["NOT_STEWARD"]);
      expect(errorsOf(await contacts.expireContactPoint(other, { ...read, reason: null }))).toEqual(["NOT_STEWARD"]);
    }
  });

  it("a change made on an older reading is refused as stale", async () => {
    const point = await imported("+358503118824");
    const read = { contactPointId: point.id, version: point.version };
    expect(errorsOf(await contacts.verifyContactPoint(steward15, read))).toEqual([]);
    expect(errorsOf(await contacts.verifyContactPoint(steward15, read))).toEqual(["STALE"]);
  });

  it("two stewards at once: one change is made and none is lost", async () => {
    const point = await imported("+358503608835");
    const read = { contactPointId: point.id, version: point.version };
    const changes = await Promise.all([1, 2].map(() => contacts.verifyContactPoint(steward15, read)));
    expect(changes.flatMap(errorsOf)).toEqual(["STALE"]);
  });

  it("a verified replacement ends what it replaces, and the history of both is kept", async () => {
    const old = await imported("+358142694447");
    const proposed = await contacts.proposeContactPoint(steward15, {
      ...proposal,
      organisation: "county-15",
      value: "014 269 1234",
      situations: ["VIOLENCE"],
      replaces: old.id,
    });
    const { id, version } = proposed.contactPoint!;
    await contacts.verifyContactPoint(steward15, { contactPointId: id, version });
    expect(await imported("+358142694447")).toBeUndefined();
    const history = await contacts.findContactPoint(steward15, { contactPointId: old.id });
    expect(history!.contactPoint).toMatchObject({ state: "ENDED", validUntil: "2026-11-23" });
    expect(history!.history.map((event) => event.kind)).toEqual(["IMPORTED", "REPLACED"]);
    const ended = await contacts.verifyContactPoint(steward15, {
      contactPointId: old.id,
      version: history!.contactPoint.version,
    });
    expect(errorsOf(ended)).toEqual(["CONTACT_POINT_ENDED"]);
  });

  it("refuses a proposal field by field, and never repeats what was sent", async () => {
    const sent = "010594Y9032";
    const answers = [
      await contacts.proposeContactPoint(prisonWorker, { ...proposal, value: sent }),
      await contacts.proposeContactPoint(prisonWorker, { ...proposal, organisation: sent }),
      await contacts.proposeContactPoint(prisonWorker, { ...proposal, source: `told by ${sent}` }),
      await contacts.proposeContactPoint(prisonWorker, { ...proposal, languages: [sent] }),
      await contacts.proposeContactPoint(prisonWorker, { ...proposal, replaces: sent }),
      await contacts.proposeContactPoint(prisonWorker, {
        ...proposal,
        validFrom: localDate("2026-02-01"),
        validUntil: localDate("2026-01-31"),
      }),
    ];
    expect(answers.map((answer) => answer.userErrors[0]!.field)).toEqual([
      "value",
      "organisation",
      "source",
      "languages",
      "replaces",
      "validUntil",
    ]);
    expect(answers.every((answer) => answer.contactPoint === null)).toBe(true);
    expect(JSON.stringify(answers)).not.toContain(sent);
  });

  it.each(["040 357 028", "+358 40 357028", "0035840357028"])(
    "refuses %s, which the manual prints one digit short",
    async (value) => {
      expect(errorsOf(await contacts.proposeContactPoint(prisonWorker, { ...proposal, value }))).toContain(
        "VALUE_KNOWN_BROKEN",
      );
    },
  );

  it("does not find what is no id, another's or nothing's, in the same words", async () => {
    for (const contactPointId of ["nonsense", "00000000-0000-4000-8000-000000000000"]) {
      expect(errorsOf(await contacts.verifyContactPoint(steward15, { contactPointId, version: 1 }))).toEqual([
        "CONTACT_POINT_NOT_FOUND",
      ]);
    }
  });

  it("lets the person and a partner app read the directory but not keep it", async () => {
    const app = { ...caller("PARTNER_APP", "app"), unit: null };
    expect(await contacts.findMunicipality(app, { codeOrName: "Vaasa" })).toMatchObject({ code: "905" });
    await expect(contacts.proposeContactPoint(app, proposal)).rejects.toThrow(Refused);
  });

  it("the history is append-only in the database itself", async () => {
    for (const table of ["contact_point_event", "area_readiness"]) {
      await expect(database.fork().execute(`delete from ${table}`)).rejects.toThrow(/append-only/);
    }
  });
});

describe("an area's readiness", () => {
  const readinessOf = async (code: string) =>
    (await contacts.listCounties(prisonWorker, {})).find((county) => county.code === code)!;

  it("D26: is dated history: a new word is added and the printed one stays", async () => {
    const input = { countyCode: "19", status: "IN_PROGRESS" as const, asOf: localDate("2026-11-01"), source: "Pohde" };
    expect(await contacts.recordAreaReadiness(steward19, input)).toEqual({ userErrors: [] });
    const county = await readinessOf("19");
    expect(county.readiness).toMatchObject({ status: "IN_PROGRESS", asOf: "2026-11-01" });
    expect(county.readinessHistory.map((one) => one.status)).toEqual(["BEGINNING", "IN_PROGRESS"]);
    await importDirectory(database.fork(), clock);
    expect((await readinessOf("19")).readinessHistory).toHaveLength(2);
  });

  it("D26: is said by a steward of the area, of a day that has come", async () => {
    const input = { countyCode: "19", status: "READY" as const, asOf: localDate("2026-11-01"), source: "x" };
    expect(errorsOf(await contacts.recordAreaReadiness(steward15, input))).toEqual(["NOT_STEWARD"]);
    const tomorrow = { ...input, asOf: localDate("2026-11-24") };
    expect(errorsOf(await contacts.recordAreaReadiness(steward19, tomorrow))).toEqual(["VALUE_NOT_ACCEPTED"]);
    expect(errorsOf(await contacts.recordAreaReadiness(steward19, { ...input, countyCode: "99" }))).toEqual([
      "AREA_UNKNOWN",
    ]);
  });
});

describe("reading the directory", () => {
  it("pages through the contact points without losing or repeating one", async () => {
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await contacts.listContactPoints(prisonWorker, { first: 4, after, filter: {} });
      seen.push(...page.items.map((item) => item.node.id));
      if (!page.hasNextPage) break;
      after = page.items.at(-1)!.cursor;
    }
    const all = (await loadDirectory(database.fork())).contactPoints;
    expect(seen).toHaveLength(all.length);
    expect(new Set(seen).size).toBe(all.length);
  });

  it("shows the registry's e-mail address apart from ordinary values", async () => {
    const page = await contacts.listContactPoints(prisonWorker, { first: 10, filter: { system: "REGISTRY" } });
    expect(page.items.map((item) => item.node)).toMatchObject([
      { value: null, displayValue: null, secureMailAddress: "kirjaamo@hyvaks.fi" },
    ]);
  });

  it("shows by municipality those who serve it, in its own part of the county too", async () => {
    const names = async (municipality: string) =>
      (
        await contacts.listContactPoints(prisonWorker, {
          first: 100,
          filter: { municipality, situation: "CHILD_PROTECTION" },
        })
      ).items.map((item) => item.node.name.en);
    expect(await names("Jyväskylä")).toHaveLength(2);
    expect(await names("Hankasalmi")).toEqual([]);
    expect(await names("Atlantis")).toEqual([]);
  });

  it("answers a municipality that is not in the directory, and a question without one", async () => {
    const ask = async (municipality: string | null, prisonUnit: string | null) => {
      const input = { situation: "SUPPLEMENTARY_ASSISTANCE", phase: "RELEASE", urgent: false } as const;
      return (await contacts.whomToContact(prisonWorker, { ...input, municipality, prisonUnit })).steps[0]!;
    };
    expect(await ask("Atlantis", null)).toMatchObject({ receiverStatus: "HOME_MUNICIPALITY_NOT_IN_DIRECTORY" });
    expect(await ask(null, null)).toMatchObject({ receiverStatus: "HOME_MUNICIPALITY_UNKNOWN" });
    expect(await ask(null, "vilppulan-vankila")).toMatchObject({ receiver: { code: "county-08" } });
    expect(await ask(null, "no-such-prison")).toMatchObject({ receiverStatus: "PRISON_NOT_KNOWN" });
  });

  it("lists a prison with its clinic and an employment area with its counties", async () => {
    const units = await contacts.listRiseUnits(prisonWorker, {});
    expect(units.find((unit) => unit.code === "suomenlinnan-vankila")!.clinic!.code).toBe("vth-helsingin-vankila");
    const areas = await contacts.listEmploymentAreas(prisonWorker, {});
    expect(areas.find((area) => area.code === "06")!.counties).toEqual(["08", "15"]);
  });
});
