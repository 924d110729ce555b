import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { localDate } from "../../src/kernel/dates.ts";
import { artificialHetu, parseHetu, redactHetu } from "../../src/kernel/hetu.ts";

/** DVV's fictional test persons and examples (domain/finland.md 4.1). */
const VALID = `010594Y9032 010594Y9021 020594X903P 020594X902N 030594W903B 030694W9024 040594V9030 040594V902Y
  050594U903M 050594U902L 010516B903X 010516B902W 020516C903K 020516C902J 030516D9037 030516D9026 010501E9032
  020502E902X 020503F9037 020504A902E 020504B904H 210281-9988 100190-999P 100190Y999P`.split(/\s+/);

describe("a personal identity code", () => {
  it.each(VALID)("%s is valid and artificial", (text) => {
    expect(parseHetu(text)).toMatchObject({ hetu: text, artificial: true });
  });

  it("tells the birth date by all separators of a century", () => {
    expect(parseHetu("010594Y9032")?.birthDate).toBe("1994-05-01");
    expect(parseHetu("010516B903X")?.birthDate).toBe("2016-05-01");
    expect(parseHetu("210281-9988")?.birthDate).toBe("1981-02-21");
  });

  it("is upper-cased and trimmed, and keeps its separator: two codes that differ by it alone are two people", () => {
    expect(parseHetu(" 100190y999p ")?.hetu).toBe("100190Y999P");
    expect(parseHetu("100190-999P")?.hetu).not.toBe(parseHetu("100190Y999P")?.hetu);
  });

  it.each([
    ["010190-999K", "the bad example that circulates"],
    ["310294-9032", "31 February"],
    ["000194-9032", "day zero"],
    ["010594Z9032", "no such separator"],
    ["010594G9032", "no such separator"],
    ["010594Y903", "too short"],
    ["010594Y90322", "too long"],
    ["010594Y903G", "no such check character"],
    ["0105949032", "no separator"],
    ["", "nothing"],
  ])("%j is none: %s", (text) => {
    expect(parseHetu(text)).toBeUndefined();
  });

  it("does not exist with the individual numbers 000 and 001", () => {
    const check = (digits: string) => "0123456789ABCDEFHJKLMNPRSTUVWXY"[Number(digits) % 31] ?? "";
    for (const individual of ["000", "001"]) {
      expect(parseHetu(`010190-${individual}${check(`010190${individual}`)}`)).toBeUndefined();
    }
    expect(parseHetu(`010190-002${check("010190002")}`)).toMatchObject({ artificial: false });
  });

  const made = fc
    .tuple(
      fc.date({ min: new Date("1900-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }),
      fc.integer({ min: 900, max: 999 }),
    )
    .map(([date, individual]) => {
      const birthDate = localDate(date.toISOString().slice(0, 10));
      return { birthDate, hetu: artificialHetu(birthDate, individual) };
    });

  it("that is made is valid, artificial and tells the date it was made of", () => {
    fc.assert(
      fc.property(made, ({ birthDate, hetu }) => {
        expect(parseHetu(hetu)).toEqual({ hetu, birthDate, artificial: true });
      }),
    );
  });

  it("that has one character wrong is refused", () => {
    fc.assert(
      fc.property(made, fc.nat(9), fc.nat(9), ({ hetu }, position, digit) => {
        const index = position >= 6 ? position + (position === 6 ? 1 : 0) : position;
        fc.pre(/\d/.test(hetu[index] ?? "") && hetu[index] !== String(digit));
        expect(parseHetu(`${hetu.slice(0, index)}${String(digit)}${hetu.slice(index + 1)}`)).toBeUndefined();
      }),
    );
  });

  it("is never made of a real person's range", () => {
    expect(() => artificialHetu(localDate("1990-01-01"), 899)).toThrow(RangeError);
    expect(() => artificialHetu(localDate("1990-01-01"), 1000)).toThrow(RangeError);
  });

  it("is taken out of a text, whatever stands around it", () => {
    fc.assert(
      fc.property(
        made,
        fc.constantFrom("", "hetu ", "(", '"', "/", "sosiaaliturvatunnus:"),
        fc.constantFrom("", ".", ")", '"', ", jne."),
        ({ hetu }, before, after) => {
          expect(redactHetu(`${before}${hetu}${after}`)).toBe(`${before}[identity code]${after}`);
          expect(redactHetu(`${before}${hetu.toLowerCase()}${after}`)).toBe(`${before}[identity code]${after}`);
        },
      ),
    );
  });

  it("leaves other numbers alone", () => {
    for (const text of ["2026-03-01", "014 266 3478", "1301/2021", "FI21 1234 5600 0007 85"]) {
      expect(redactHetu(text)).toBe(text);
    }
  });
});
