import { beforeAll, describe, expect, it } from "vitest";
import { addDays, ageOn, formatDate, localDate } from "../../src/kernel/dates.ts";
import { parseHetu } from "../../src/kernel/hetu.ts";
import {
  DEMO_PERSON,
  HOMELESS_PERSON,
  PROTECTED_PERSON,
  SUPERVISED_PERSON,
  type SyntheticPerson,
  TRAITS,
  createPopulation,
} from "../../src/sandbox/population.ts";
import { HOMES, PRISONS, PROBATION_OFFICES } from "../../src/sandbox/population-places.ts";

const TODAY = localDate("2026-11-22");

describe("the synthetic population", () => {
  let people: SyntheticPerson[];
  beforeAll(() => {
    people = createPopulation({ seed: 1, today: TODAY });
  });

  it("holds 200 people unless told otherwise", () => {
    expect(people).toHaveLength(200);
    expect(createPopulation({ seed: 1, size: 20, today: TODAY })).toHaveLength(20);
  });

  it("is the same for the same seed, and another for another", () => {
    expect(createPopulation({ seed: 1, today: TODAY })).toEqual(people);
    expect(createPopulation({ seed: 2, today: TODAY }).slice(4)).not.toEqual(people.slice(4));
  });

  it("keeps those who were there when it grows", () => {
    expect(createPopulation({ seed: 1, size: 300, today: TODAY }).slice(0, 200)).toEqual(people);
  });

  it("keeps its identity codes through the calendar year, so that the hub's cases stay about somebody", () => {
    const codes = (today: string) =>
      createPopulation({ seed: 1, today: localDate(today) }).map((person) => person.hetu);
    expect(codes("2026-01-01")).toEqual(codes("2026-12-31"));
  });

  it("has valid, artificial and unique identity codes that tell the birth date", () => {
    for (const person of people) {
      expect(parseHetu(person.hetu)).toMatchObject({ artificial: true, birthDate: person.birthDate });
    }
    expect(new Set(people.map((person) => person.hetu)).size).toBe(people.length);
  });

  it("finds free identity codes also where many are born on few days", () => {
    const many = createPopulation({ seed: 3, size: 5000, today: TODAY });
    expect(new Set(many.map((person) => person.hetu)).size).toBe(5000);
  });

  it("is spread over all 27 prisons and 7 probation offices", () => {
    expect(PRISONS).toHaveLength(27);
    expect(PROBATION_OFFICES).toHaveLength(7);
    const placed = new Set(people.map((person) => person.rise.sijoitus.yksikko));
    expect([...placed].sort()).toEqual([...PRISONS, ...PROBATION_OFFICES].map((unit) => unit.code).sort());
  });

  it.each(TRAITS)("has somebody for %s", (trait) => {
    expect(people.some((person) => person.traits.includes(trait))).toBe(true);
  });

  it.each([
    ["UNDER_18", 18],
    ["UNDER_24", 24],
    ["UNDER_25", 25],
    ["UNDER_29", 29],
    ["UNDER_30", 30],
  ] as const)("has %s people who are that young on every day of the year", (trait, limit) => {
    for (const person of people.filter((candidate) => candidate.traits.includes(trait))) {
      expect(ageOn(person.birthDate, localDate("2026-12-31"))).toBeLessThan(limit);
    }
  });

  it("has every sanction that the prison service knows", () => {
    expect(new Set(people.map((person) => person.rise.seuraamus.laji)).size).toBe(10);
  });

  it("has names of every script and with the letters that break printers", () => {
    const names = people.map((person) => `${person.givenNames} ${person.familyName}`).join("\n");
    for (const letter of [..."åäöÖšćđŋŧЁ"]) expect(names).toContain(letter);
    expect(names).toMatch(/\p{Script=Cyrillic}/u);
    expect(names).toMatch(/\p{Script=Arabic}/u);
    expect(names).toContain("Đorđe");
  });

  it("lives in all 23 areas", () => {
    expect(new Set(HOMES.map((home) => home.county)).size).toBe(23);
  });

  it("has authorities that contradict each other", () => {
    const disagreeing = people.filter((person) => person.traits.includes("AUTHORITIES_DISAGREE"));
    for (const person of disagreeing) {
      expect(person.kela?.asiakas.asuinkunta).not.toBe(Number(person.rise.henkilo.kotikunta?.koodi));
      expect(person.kela?.asiakas.sukunimi).not.toBe(person.rise.henkilo.sukunimi);
    }
  });

  it("invents no telephone number", () => {
    const numbers = JSON.stringify(people).match(/\+358\d+/g) ?? [];
    // The one that the Central Finland manual prints for its social services.
    expect(new Set(numbers)).toEqual(new Set(["+358503119001"]));
  });

  it("uses reserved mail domains alone", () => {
    const mails = JSON.stringify(people).match(/[^"\s]+@[^"\s]+/g) ?? [];
    expect(mails.length).toBeGreaterThan(0);
    for (const mail of mails) expect(mail).toMatch(/^[a-z.-]+@[a-z.]+\.example$/);
  });
});

describe("the four fixed persons", () => {
  it("are the same whatever the seed", () => {
    const fixed = (seed: number) => createPopulation({ seed, size: 4, today: TODAY });
    expect(fixed(1)).toEqual(fixed(987));
    expect(fixed(1).map((person) => person.hetu)).toEqual(
      [DEMO_PERSON, PROTECTED_PERSON, HOMELESS_PERSON, SUPERVISED_PERSON].map((person) => person.hetu),
    );
  });

  it("begin with the demo person, soon to be released from Jyväskylä", () => {
    const [demo] = createPopulation({ seed: 1, size: 4, today: TODAY });
    expect(demo).toMatchObject({ familyName: "Öhman-Šimić", givenNames: "Åsa Maria", units: ["jyvaskylan-vankila"] });
    expect(ageOn(DEMO_PERSON.birthDate, TODAY)).toBe(26);
    expect(demo!.kela).toMatchObject({ maksutili: "FI2112345600000785", vireilla: [{ vaihe: "VIREILLA" }] });
    expect(demo!.kela!.perustoimeentulotuki).toMatchObject({ jakso: { alku: "2026-11-01", loppu: "2026-11-30" } });
    expect(demo!.employment).toMatchObject({ tyonhaku: { voimassa: false }, tyollisyysalue: { numero: 9 } });
    expect(demo!.county[0]).toMatchObject({ alue: "15", asiakas: { kotikunta: "179" } });
    expect(demo!.vth!.carePlans.length).toBeGreaterThan(0);
    expect(demo!.rise.seuraamus).toMatchObject({
      valvottuKoevapausAlkaa: formatDate(addDays(TODAY, 46)),
      ehdonalaiseenPaasyPvm: formatDate(addDays(TODAY, 76)),
    });
  });
});
