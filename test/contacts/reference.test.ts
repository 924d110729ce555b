import { describe, expect, it } from "vitest";
import { PHASES, SITUATIONS } from "../../src/contacts/contact.ts";
import { countiesOfEmploymentArea, findMunicipality, receiversOf } from "../../src/contacts/directory.ts";
import { reference } from "../../src/contacts/reference.ts";

const from = reference();
const ofKind = (kind: string) => [...from.riseUnits.values()].filter((unit) => unit.kind === kind);

describe("the reference data", () => {
  it("holds 308 municipalities, 23 areas, 45 employment areas and Åland", () => {
    expect(from.municipalities.size).toBe(308);
    expect(from.counties.size).toBe(23);
    expect(from.employmentAreas.size).toBe(46);
  });

  it("holds Rise's 7 centres, 27 prisons and 7 probation offices by ASCII codes of their Finnish names", () => {
    expect(ofKind("CENTRE")).toHaveLength(7);
    expect(ofKind("PRISON")).toHaveLength(27);
    expect(ofKind("PROBATION_OFFICE")).toHaveLength(7);
    for (const code of [
      "jyvaskylan-vankila",
      "vanajan-ja-ojoisten-vankila",
      "vali-suomen-yhdyskuntaseuraamustoimisto",
      "vali-suomen-rikosseuraamuskeskus",
    ]) {
      expect(from.riseUnits.has(code)).toBe(true);
    }
  });

  it("gives every prison a clinic, Suomenlinna that of Helsinki prison", () => {
    expect(new Set(from.clinicOfPrison.values()).size).toBe(26);
    expect(from.clinicOfPrison.get("suomenlinnan-vankila")).toBe("vth-helsingin-vankila");
  });

  it("finding 7: five employment areas span two counties", () => {
    const spanning = [...from.employmentAreas.values()]
      .filter((area) => countiesOfEmploymentArea(from, area.code).length === 2)
      .map((area) => area.fi);
    expect(spanning.sort()).toEqual(
      ["Eteläinen Keski-Suomi", "Kainuu-Koillismaa", "Kerava-Sipoo", "Keski-Savo", "Suupohja"].sort(),
    );
  });

  it("finding 7: a municipality has two independent receivers", () => {
    const vilppula = findMunicipality(from, "Mänttä-Vilppula")!;
    const { county, employmentArea } = receiversOf(from, vilppula);
    expect(county.name.fi).toBe("Pirkanmaan hyvinvointialue");
    expect(employmentArea.code).toBe("employment-area-06");
  });

  it("finds a municipality by code, by Finnish and by Swedish name in any case", () => {
    for (const word of ["853", "Turku", "åbo", " TURKU "]) expect(findMunicipality(from, word)?.code).toBe("853");
    expect(findMunicipality(from, "Atlantis")).toBeUndefined();
  });

  it("names readiness as the undated slide has it: 6, 7, 6 and 4 areas", () => {
    const count = (status: string) =>
      [...from.counties.values()].filter((county) => county.manualReadiness === status).length;
    expect(["NOT_STARTED", "BEGINNING", "IN_PROGRESS", "READY"].map(count)).toEqual([6, 7, 6, 4]);
    expect(from.readinessSource.asOf).toBeNull();
  });

  it("D26: nothing of the printed data passes for verified", () => {
    expect(new Set(from.entries.map((entry) => entry.verifiedOn))).toEqual(new Set([null]));
  });

  it("does not hold the number that the manual prints one digit short", () => {
    expect(JSON.stringify(from.entries)).not.toContain("40357028");
  });

  it("only Central Finland of the 23 areas has contact points of its own", () => {
    const counties = from.entries.map((entry) => entry.organisation).filter((code) => code.startsWith("county-"));
    expect(new Set(counties)).toEqual(new Set(["county-15"]));
  });

  it("D30: every situation has a name in three languages and a step in every phase", () => {
    for (const situation of SITUATIONS) {
      expect(Object.values(from.situationNames.get(situation)!).every((text) => text.length > 0)).toBe(true);
      for (const phase of PHASES) {
        expect(from.steps.some((step) => step.situations.includes(situation) && step.phases.includes(phase))).toBe(
          true,
        );
      }
    }
  });

  it("every step asks for the Rise officer's own contact details and cites its source", () => {
    for (const step of from.steps) {
      expect(step.include[0]).toBe("OFFICER_CONTACT");
      expect(step.citation.source).not.toBe("");
    }
  });
});
