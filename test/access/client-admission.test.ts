import type { EntityManager } from "@mikro-orm/postgresql";
import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type Admission, isNeverHeldUp } from "../../src/access/admission.ts";
import { type AdmissionConfig, createAdmission } from "../../src/access/client-admission.ts";
import { changeClient, listClients, registerClient, registerMissing } from "../../src/access/client.repository.ts";
import type { Client } from "../../src/access/client.ts";
import { fixedClock } from "../../src/kernel/clock.ts";
import { InvalidInput, NotFound, TooManyRequests, Unauthenticated, Unavailable } from "../../src/kernel/errors.ts";
import type { Database } from "../../src/persistence/database.ts";
import { testDatabase } from "../support/database.ts";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});

const START = new Date("2026-11-23T08:00:00Z");
const DEFAULTS: AdmissionConfig = { registeredOnly: false, pointsPerMinute: 100 };

/** A process of the hub: an admission with a memory of its own, on the database that all share. */
function process(config: Partial<AdmissionConfig> = {}) {
  const clock = fixedClock(START);
  const asked = { times: 0 };
  const fork = (): EntityManager => {
    asked.times += 1;
    return database.fork();
  };
  return { admission: createAdmission(fork, { ...DEFAULTS, ...config }, clock), clock, asked };
}

const fresh = () => `app-${randomUUID()}`;
const clientOf = (more: Partial<Client> = {}): Client => ({
  id: fresh(),
  name: "An app",
  registeredAt: START,
  suspendedAt: null,
  mayIntrospect: false,
  onlyTrusted: null,
  partner: false,
  pointsPerMinute: null,
  ...more,
});
async function registered(more: Partial<Client> = {}): Promise<string> {
  const client = clientOf(more);
  await registerClient(database.fork(), client);
  return client.id;
}

/** How many of the requests, each of so many points, were let through. */
async function allowed(admissions: readonly Admission[], client: string, points: number, times: number) {
  const spent = Array.from({ length: times }, (_, index) =>
    admissions[index % admissions.length]!.spend(client, points).then(
      () => true,
      (error: unknown) => {
        expect(error).toBeInstanceOf(TooManyRequests);
        return false;
      },
    ),
  );
  return (await Promise.all(spent)).filter(Boolean).length;
}

describe("the register of clients", () => {
  it("gives a registered client its rights", async () => {
    const client = await registered({ mayIntrospect: true, onlyTrusted: false, partner: true });
    const rights = { mayIntrospect: true, onlyTrusted: false, partner: true };
    expect(await process({ registeredOnly: true }).admission.rightsOf(client)).toEqual(rights);
  });

  it("gives an unknown one the least rights, or none where only registered ones may speak", async () => {
    const least = { mayIntrospect: false, onlyTrusted: null, partner: false };
    expect(await process().admission.rightsOf(fresh())).toEqual(least);
    const { admission } = process({ registeredOnly: true });
    await expect(admission.rightsOf(fresh())).rejects.toThrow(Unauthenticated);
    await expect(admission.spend(fresh(), 1)).rejects.toThrow(Unauthenticated);
  });

  it("refuses a suspended client in every process within two seconds, and lets it come back", async () => {
    const client = await registered();
    const both = [process(), process()];
    for (const { admission } of both) await admission.rightsOf(client);
    await changeClient(database.fork(), client, { suspendedAt: START });
    for (const { admission, clock } of both) {
      clock.set(new Date(START.getTime() + 2000));
      await expect(admission.rightsOf(client)).rejects.toThrow(/suspended/);
      await expect(admission.spend(client, 1)).rejects.toThrow(Unauthenticated);
    }
    await changeClient(database.fork(), client, { suspendedAt: null });
    for (const { admission, clock } of both) {
      clock.set(new Date(START.getTime() + 4000));
      await admission.rightsOf(client);
    }
  });

  it("asks the database once in two seconds, however many ask at once", async () => {
    const client = await registered();
    const { admission, asked } = process();
    await Promise.all(Array.from({ length: 50 }, () => admission.rightsOf(client)));
    expect(asked.times).toBe(1);
  });

  it("lets nobody in while it cannot be read, and believes no failure", async () => {
    let broken = true;
    const fork = () => {
      if (broken) throw new Error("the database is gone");
      return database.fork();
    };
    const admission = createAdmission(fork, DEFAULTS, fixedClock(START));
    const client = await registered();
    await expect(admission.rightsOf(client)).rejects.toThrow(Unavailable);
    await expect(admission.spend(client, 1)).rejects.toThrow(Unavailable);
    broken = false;
    await admission.rightsOf(client);
  });

  it("keeps an entry once made: another registration is refused, a repeated seed changes nothing", async () => {
    const client = clientOf({ name: "First" });
    await registerClient(database.fork(), client);
    await expect(registerClient(database.fork(), { ...client, name: "Second" })).rejects.toThrow(InvalidInput);
    expect(await registerMissing(database.fork(), [{ ...client, name: "Third" }])).toEqual([]);
    const all = await listClients(database.fork());
    expect(all.find(({ id }) => id === client.id)).toEqual(client);
    await expect(changeClient(database.fork(), fresh(), { mayIntrospect: true })).rejects.toThrow(NotFound);
  });
});

describe("a client's allowance", () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it("holds over several processes, however the requests fall on them", async () => {
    const processes = [process(), process(), process()].map(({ admission }) => admission);
    const client = fresh();
    const through = await allowed(processes, client, 1, 400);
    expect(through).toBeLessThanOrEqual(100);
    // What a process set aside and did not spend is lost, five points at most.
    expect(through).toBeGreaterThanOrEqual(85);
  });

  it("counts what a request costs, not requests", async () => {
    const { admission } = process();
    expect(await allowed([admission], fresh(), 30, 10)).toBe(3);
  });

  it("says what is left, and when all of it is there again", async () => {
    const { admission, clock } = process();
    const client = fresh();
    expect(await admission.spend(client, 10)).toMatchObject({ limit: 100, remaining: 90 });
    const { remaining, resetsAt } = await admission.spend(client, 25);
    expect(remaining).toBe(65);
    expect(resetsAt.getTime() - clock.now().getTime()).toBeGreaterThan(50_000);
    expect(resetsAt.getTime() - clock.now().getTime()).toBeLessThanOrEqual(60_000);
  });

  it("refuses with the seconds to wait, and still lets a smaller request pass", async () => {
    const { admission } = process();
    const client = fresh();
    await admission.spend(client, 70);
    const error: unknown = await admission.spend(client, 40).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TooManyRequests);
    expect((error as TooManyRequests).retryAfterSeconds).toBeGreaterThan(0);
    expect((error as TooManyRequests).retryAfterSeconds).toBeLessThanOrEqual(60);
    await admission.spend(client, 30);
    await expect(admission.spend(client, 1)).rejects.toThrow(TooManyRequests);
  });

  it("is whole again in the next minute, and an old part set aside is not added to it", async () => {
    const { admission, clock } = process();
    const client = fresh();
    await admission.spend(client, 1);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    clock.set(new Date(START.getTime() + 61_000));
    expect(await allowed([admission], client, 1, 300)).toBe(100);
  });

  it("is each client's own, and as its entry says", async () => {
    const { admission } = process();
    const poor = await registered({ pointsPerMinute: 10 });
    expect(await allowed([admission], poor, 5, 10)).toBe(2);
    expect(await allowed([admission], fresh(), 5, 30)).toBe(20);
  });

  it("needs a word of the database for one request in many", async () => {
    const { admission, asked } = process({ pointsPerMinute: 1000 });
    const client = fresh();
    for (let request = 0; request < 200; request += 1) await admission.spend(client, 1);
    // One for the register, one for each fifty points.
    expect(asked.times).toBe(1 + 4);
  });

  it("is not given away while the database cannot count", async () => {
    const client = await registered();
    let broken = false;
    const fork = () => {
      if (broken) throw new Error("the database is gone");
      return database.fork();
    };
    const admission = createAdmission(fork, DEFAULTS, fixedClock(START));
    await admission.rightsOf(client);
    broken = true;
    await expect(admission.spend(client, 1)).rejects.toThrow(Unavailable);
    broken = false;
    await admission.spend(client, 1);
  });
});

describe("a statutory notification", () => {
  it("is never held up by an allowance, alone or among its kind (decision D12)", () => {
    expect(isNeverHeldUp(["notifyByStatute"])).toBe(true);
    expect(isNeverHeldUp(["notifyByStatute", "__typename", "notifyByStatute"])).toBe(true);
  });

  it("takes nothing else along for free", () => {
    for (const fields of [[], ["__typename"], ["case"], ["notifyByStatute", "recordConsent"], ["toString"]]) {
      expect(isNeverHeldUp(fields)).toBe(false);
    }
  });
});
