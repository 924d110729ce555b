import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { FactGroup } from "../../src/cases/case.ts";
import { AUTHORITIES, type Authority } from "../../src/kernel/authority.ts";
import { localDate } from "../../src/kernel/dates.ts";
import { artificialHetu } from "../../src/kernel/hetu.ts";
import { DEMO_PERSON } from "../../src/sandbox/population.ts";
import { createSources } from "../../src/sources/register.ts";
import { NOW, RunningSources, clock, requestFor } from "./running-sources.ts";

const STRANGER = artificialHetu(localDate("1901-02-03"), 900);

describe("the sources", () => {
  let sources: RunningSources;
  beforeAll(async () => {
    sources = await RunningSources.start();
  });
  afterAll(() => sources.close());
  beforeEach(() => sources.forget());

  it("are as many as have an address", () => {
    expect(createSources(sources.config(), clock).map((each) => each.authority)).toEqual([...AUTHORITIES]);
    const one = sources.config({ authorities: { KELA: { url: sources.authorities.urls.KELA } } });
    expect(createSources(one, clock).map((each) => each.authority)).toEqual(["KELA"]);
  });

  it.each(AUTHORITIES)("%s says of a stranger that it does not know, which is no fault", async (authority) => {
    expect(await sources.answer(authority, STRANGER)).toEqual({ asOf: null, facts: undefined, servedBy: [] });
  });

  it("are asked only for the groups that will be shown", async () => {
    const asked = async (authority: Authority, groups: FactGroup[]) =>
      Object.keys((await sources.answer(authority, DEMO_PERSON.hetu, { groups })).facts ?? {});
    expect(await asked("RISE", ["placement"])).toEqual(["placement"]);
    expect(await asked("COUNTY", ["social"])).toEqual(["social"]);
    expect(await asked("EMPLOYMENT", ["employment"])).toEqual(["employment"]);
    expect(await asked("KELA", [])).toEqual([]);
    expect(await asked("VTH", ["person"])).toEqual(["person"]);
    // The patient alone: neither plans nor orders were needed.
    expect(sources.authorities.requests.VTH).toBe(1);
    expect(await asked("VTH", ["person", "health", "matters"])).toEqual(["person", "health", "matters"]);
    expect(sources.authorities.requests.VTH).toBe(4);
  });

  it("tell who serves also when nothing else is asked", async () => {
    expect((await sources.answer("KELA", DEMO_PERSON.hetu, { groups: [] })).servedBy).toEqual(["KELA"]);
    expect((await sources.answer("COUNTY", DEMO_PERSON.hetu, { groups: ["person"] })).servedBy).toEqual(["15"]);
  });

  describe.each(AUTHORITIES)("when %s is at fault", (authority) => {
    const fault = (kind: string) => `${authority.toLowerCase()}=${kind}`;

    it("and down, it is unavailable after it was asked twice", async () => {
      const found = await sources.issue(authority, fault("down"));
      expect(found).toMatchObject({ source: authority, kind: "UNAVAILABLE", retriedAt: new Date(NOW) });
      expect(sources.authorities.requests[authority]).toBe(2);
    });

    it("and slow, it is cut at its limit and not asked again", async () => {
      const before = performance.now();
      const found = await sources.issue(authority, fault("slow"), { timeoutMs: 300 });
      expect(performance.now() - before).toBeLessThan(1500);
      expect(found).toMatchObject({ kind: "TIMED_OUT", retriedAt: null });
      expect(sources.authorities.requests[authority]).toBe(1);
    });

    it("and answers garbage, it is malformed", async () => {
      expect(await sources.issue(authority, fault("garbage"))).toMatchObject({ kind: "MALFORMED", retriedAt: null });
      expect(sources.authorities.requests[authority]).toBe(1);
    });

    it("and refuses, that is said and not tried again", async () => {
      expect(await sources.issue(authority, fault("refuse"))).toMatchObject({ kind: "REFUSED", retriedAt: null });
      expect(sources.authorities.requests[authority]).toBe(1);
    });

    it("and contradicts, its own word is passed on as it came", async () => {
      const { facts } = await sources.answer(authority, DEMO_PERSON.hetu, { sandbox: fault("contradict") });
      expect(facts?.person?.familyName).toBe("Toinen-Öhman-Šimić");
      if (authority !== "VTH" && authority !== "EMPLOYMENT") expect(facts?.person?.homeMunicipality).toBe("564");
    });

    it("and the fault is another's, it answers as ever", async () => {
      const others = AUTHORITIES.filter((other) => other !== authority).map((other) => `${other.toLowerCase()}=down`);
      expect((await sources.answer(authority, DEMO_PERSON.hetu, { sandbox: others.join(", ") })).facts).toBeDefined();
    });

    it("its message and report hold no address, value or identity code", async () => {
      for (const kind of ["down", "garbage", "refuse"]) {
        const { message } = await sources.issue(authority, fault(kind));
        expect(message).toMatch(/^[A-Z].*\.$/);
        const said = `${message} ${JSON.stringify(sources.reports)}`;
        expect(said).not.toContain(DEMO_PERSON.hetu);
        expect(said).not.toMatch(/127\.0\.0\.1|https?:|Öhman|<html|zod/i);
      }
      expect(sources.reports).toHaveLength(3);
    });
  });

  it("do not forward the sandbox header where it is not allowed", async () => {
    const outcome = await sources
      .source("KELA", { forwardSandboxHeader: false })
      .ask(requestFor(DEMO_PERSON.hetu, { sandbox: "kela=down" }));
    expect(outcome.ok).toBe(true);
  });

  it("that cannot be reached at all are unavailable", async () => {
    const nowhere = createSources(sources.config({ authorities: { RISE: { url: "http://127.0.0.1:1" } } }), clock)[0]!;
    expect(await nowhere.ask(requestFor(DEMO_PERSON.hetu))).toMatchObject({
      ok: false,
      issue: { kind: "UNAVAILABLE" },
    });
  });

  it("whose service is not known to X-Road are refused", async () => {
    const wrong = sources.config({
      authorities: { RISE: { url: sources.authorities.urls.RISE, service: "FI-TEST/GOV/1/no/such" } },
    });
    const outcome = await createSources(wrong, clock)[0]!.ask(requestFor(DEMO_PERSON.hetu));
    expect(outcome).toMatchObject({ ok: false, issue: { kind: "REFUSED" } });
    expect(sources.reports).toMatchObject([{ detail: "X-Road Server.ServerProxy.UnknownService" }]);
  });

  it("stop when the caller stops", async () => {
    const asked = sources
      .source("RISE")
      .ask(requestFor(DEMO_PERSON.hetu, { sandbox: "rise=slow", signal: AbortSignal.timeout(100) }));
    expect(await asked).toMatchObject({ ok: false, issue: { kind: "TIMED_OUT" } });
  });
});
