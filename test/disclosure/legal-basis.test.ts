import { describe, expect, it } from "vitest";
import { CALLER_ROLES } from "../../src/access/role.ts";
import { DATA_CATEGORIES, type DataCategory } from "../../src/disclosure/data-category.ts";
import { NO_GROUNDS } from "../../src/disclosure/grounds.ts";
import {
  LEGAL_BASES,
  LEGAL_BASIS_CODES,
  type LegalBasis,
  type LegalBasisCode,
  isInForce,
  isNamedBy,
} from "../../src/disclosure/legal-basis.ts";
import { decide } from "../../src/disclosure/policy.ts";
import { WITHHELD_REASONS, WITHHELD_REASON_CODES } from "../../src/disclosure/withheld-reason.ts";
import { AUTHORITIES } from "../../src/kernel/authority.ts";
import { addDays, localDate } from "../../src/kernel/dates.ts";
import { callerIn, onDay } from "../support/decisions.ts";

const bases = LEGAL_BASIS_CODES.map((code): [LegalBasisCode, LegalBasis] => [code, LEGAL_BASES[code]]);
const categoriesOf = (code: LegalBasisCode): DataCategory[] =>
  (LEGAL_BASES[code] as LegalBasis).opens.flatMap((opening) => [...opening.categories]);

describe("the legal bases", () => {
  it("D9: have every section from 16 to 30 of act 1301/2021, closed where the other party is not in the hub", () => {
    const sections = bases.filter(([, one]) => one.act === "1301/2021").map(([, one]) => parseInt(one.section, 10));
    for (let section = 16; section <= 30; section++) expect(sections).toContain(section);
    const open = bases.filter(([, one]) => one.act === "1301/2021" && one.closed === null).map(([code]) => code);
    expect(open).toEqual([
      "RISE_TASK",
      "R1301_16_1_7",
      "R1301_16_2_1",
      "R1301_16_2_2",
      "R1301_16_2_3",
      "R1301_27_KELA",
      "R1301_28_TYO",
    ]);
  });

  it.each(bases)("%s tells in three languages what it is, where it was read, and what it needs", (_, one) => {
    for (const text of [one.text, ...(one.closed ? [one.closed] : [])]) {
      expect(Object.keys(text)).toEqual(["fi", "sv", "en"]);
      for (const words of Object.values(text)) expect(words.length).toBeGreaterThan(4);
    }
    expect(one.citation).toBe(`${one.act} ${one.section}`);
    expect(one.checkedOn).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(one.needsConsent).toBe(one.kind === "CONSENT");
    expect(one.needsRequest).toBe(one.kind === "REQUEST");
    expect(one.needsReason).toBe(one.kind === "REQUEST" || one.kind === "NOTIFICATION");
    // What opens names somebody for something; only a closed one may leave a party out.
    if (one.closed === null) {
      expect(one.opens.length).toBeGreaterThan(0);
      for (const { senders, receivers, categories, purposes } of one.opens)
        for (const list of [senders, receivers, categories, purposes]) expect(list.length).toBeGreaterThan(0);
    }
  });

  it("section 28 lists no placement, no economy, no health and no crime; section 27 lists placement and allowances", () => {
    expect(categoriesOf("R1301_28_TYO")).toEqual([
      "IDENTIFICATION",
      "SENTENCE_DATES",
      "PLAN_EMPLOYMENT",
      "ACTIVITY",
      "WORK_ABILITY",
    ]);
    expect(categoriesOf("R1301_27_KELA")).toEqual(["IDENTIFICATION", "SENTENCE_DATES", "PLACEMENT", "ALLOWANCES"]);
  });

  it("D4: none that opens gives Rise health, or anything that the health service holds", () => {
    const rise = ["PRISON_WORKER", "PROBATION_WORKER"];
    for (const [code, one] of bases.filter(([, basis]) => basis.closed === null)) {
      for (const opening of one.opens.filter(({ receivers }) => receivers.some((role) => rise.includes(role)))) {
        expect(opening.categories, code).not.toContain("HEALTH");
        expect(opening.senders, code).not.toContain("VTH");
      }
    }
  });

  it("D9: section 15 of the act on joint support is never Rise's", () => {
    const { opens } = LEGAL_BASES.TYM_15;
    expect(JSON.stringify(opens)).not.toMatch(/RISE|PRISON|PROBATION/);
  });

  it("D10: no basis is an override: what opens without consent needs a named section and, but for law, a reason", () => {
    for (const [code] of bases) expect(code).not.toMatch(/EMERGENCY|OVERRIDE|BREAK/);
    expect(LEGAL_BASES.SHL_35_2.needsReason).toBe(true);
    expect(LEGAL_BASES.LSL_25.closed).not.toBeNull();
  });

  it("judge only on the days within their validity, both ends included", () => {
    const ending: LegalBasis = { ...LEGAL_BASES.R1301_28_TYO, validTo: onDay };
    const { validFrom } = ending;
    expect(isInForce(ending, validFrom!)).toBe(true);
    expect(isInForce(ending, addDays(validFrom!, -1))).toBe(false);
    expect(isInForce(ending, onDay)).toBe(true);
    expect(isInForce(ending, addDays(onDay, 1))).toBe(false);
    const before = decide(callerIn("EMPLOYMENT_CONTACT"), NO_GROUNDS, localDate("2022-04-03"));
    expect(before.on("WORK_ABILITY", "RISE")).toEqual({ allowed: false, reason: "CONSENT_MISSING" });
    const since = decide(callerIn("EMPLOYMENT_CONTACT"), NO_GROUNDS, localDate("2022-04-04"));
    expect(since.on("WORK_ABILITY", "RISE").allowed).toBe(true);
  });

  it("open nothing while they are closed, whoever asks for whatever", () => {
    for (const [code] of bases.filter(([, one]) => one.closed !== null))
      for (const receiver of CALLER_ROLES)
        for (const sender of AUTHORITIES)
          for (const category of DATA_CATEGORIES)
            expect(isNamedBy(code, { sender, receiver, category, purpose: "ENFORCEMENT" }, onDay)).toBe(false);
  });

  it("open nothing for a purpose that they do not serve", () => {
    const caller = callerIn("KELA_OFFICER", { purpose: "RELEASE_PLANNING" });
    expect(decide(caller, NO_GROUNDS, onDay).on("PLACEMENT", "RISE").allowed).toBe(false);
  });
});

describe("the reasons for withholding", () => {
  it("say in three languages why and what to do; consent, refusal and absence are three", () => {
    expect(WITHHELD_REASON_CODES).toEqual([
      "NO_LEGAL_BASIS",
      "CONSENT_MISSING",
      "CONSENT_REFUSED",
      "SOCIAL_DATA_RIGHT_MISSING",
    ]);
    for (const { text } of Object.values(WITHHELD_REASONS)) expect(Object.keys(text)).toEqual(["fi", "sv", "en"]);
  });
});
