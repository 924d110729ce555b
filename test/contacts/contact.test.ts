import { describe, expect, it } from "vitest";
import { isOfferedOn, isOpenAt, verificationOn } from "../../src/contacts/contact.ts";
import { canonicalValue, displayValue, isShortNumber } from "../../src/contacts/contact-value.ts";
import { printedDirectory } from "../../src/contacts/directory.ts";
import { localDate } from "../../src/kernel/dates.ts";

const clinic = printedDirectory().contactPoints.find((point) => point.key === "hyvaks-addiction-clinic")!;

describe("a contact point", () => {
  it("D26: is verified for six months, the last day included, and then expired", () => {
    const verified = { ...clinic, verifiedOn: localDate("2026-03-31") };
    expect(verificationOn(verified, localDate("2026-09-30"))).toBe("VERIFIED");
    expect(verificationOn(verified, localDate("2026-10-01"))).toBe("EXPIRED");
    expect(verificationOn(clinic, localDate("2026-09-30"))).toBe("PRINTED_UNDATED");
  });

  it("is offered from its first to its last day of validity, both included", () => {
    const dated = { ...clinic, validFrom: localDate("2026-01-01"), validUntil: localDate("2026-01-31") };
    const days = ["2025-12-31", "2026-01-01", "2026-01-31", "2026-02-01"].map(localDate);
    expect(days.map((day) => isOfferedOn(dated, day))).toEqual([false, true, true, false]);
    expect(isOfferedOn({ ...clinic, state: "PROPOSED" }, localDate("2026-01-01"))).toBe(false);
  });

  it('D19: "ark. 8-15" is Helsinki time on working days, the closing not included', () => {
    const open = (at: string) => isOpenAt(clinic.hours, new Date(at));
    expect(open("2026-11-23T08:00:00+02:00")).toBe(true);
    expect(open("2026-11-23T14:59:00+02:00")).toBe(true);
    expect(open("2026-11-23T15:00:00+02:00")).toBe(false);
    expect(open("2026-11-22T10:00:00+02:00")).toBe(false);
    expect(open("2026-12-24T10:00:00+02:00")).toBe(false);
    expect(isOpenAt(null, new Date("2026-11-23T10:00:00+02:00"))).toBeNull();
  });
});

describe("a contact point's value", () => {
  it("keeps a telephone in E.164 and shows it in the national form", () => {
    expect(canonicalValue("PHONE", "014 266 0149")).toBe("+358142660149");
    expect(displayValue("PHONE", "+358142660149")).toBe("014 266 0149");
  });

  it("keeps short numbers as they are dialled", () => {
    expect(canonicalValue("PHONE", "112")).toBe("112");
    expect(canonicalValue("PHONE", "116 117")).toBe("116117");
    expect(isShortNumber("112")).toBe(true);
    expect(isShortNumber("+358112")).toBe(false);
  });

  it.each([
    ["PHONE", "12"],
    ["PHONE", "call me"],
    ["SECURE_MAIL", "kirjaamo@hyvaks.fi"],
    ["WEB", "http://hyvaks.fi"],
    ["WEB", "javascript:alert(1)"],
    ["EMAIL", "nobody"],
    ["X_ROAD", "somewhere"],
    ["POST", ""],
  ] as const)("refuses %s %s", (system, text) => {
    expect(canonicalValue(system, text)).toBeUndefined();
  });
});
