import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixedClock } from "../../src/kernel/clock.ts";
import {
  addDays,
  addMonths,
  ageOn,
  dateIn,
  daysBetween,
  firstOfMonth,
  formatDate,
  formatInstant,
  isLocalDate,
  isWorkingDay,
  lastOfMonth,
  localDate,
  localTimeIn,
  nthWorkingDayAfter,
  today,
} from "../../src/kernel/dates.ts";
import { InvalidInput } from "../../src/kernel/errors.ts";

const anyDate = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2060-12-31"), noInvalidDate: true })
  .map((date) => localDate(date.toISOString().slice(0, 10)));

describe("a calendar date", () => {
  it.each(["2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "2026-1-1", "2026-01-01T00:00", "", null, 20260101])(
    "is not %j",
    (text) => {
      expect(isLocalDate(text)).toBe(false);
    },
  );

  it("is 29 February in a leap year", () => {
    expect(isLocalDate("2028-02-29")).toBe(true);
  });

  it("is refused without repeating what was written", () => {
    expect(() => localDate("010190-999K")).toThrow(InvalidInput);
    expect(() => localDate("010190-999K")).not.toThrow(/999K/);
  });

  it("is Helsinki's day, in winter and in summer", () => {
    expect(dateIn(new Date("2026-01-15T21:59:59Z"))).toBe("2026-01-15");
    expect(dateIn(new Date("2026-01-15T22:00:00Z"))).toBe("2026-01-16");
    expect(dateIn(new Date("2026-07-15T21:00:00Z"))).toBe("2026-07-16");
    expect(today(fixedClock("2026-12-31T22:00:00Z"))).toBe("2027-01-01");
  });

  it("knows the local hour on both sides of the clock change", () => {
    expect(localTimeIn(new Date("2026-03-29T00:59:00Z"))).toEqual({ minuteOfDay: 179, weekday: 7, date: "2026-03-29" });
    expect(localTimeIn(new Date("2026-03-29T01:00:00Z")).minuteOfDay).toBe(240);
  });

  it("is counted in days and months", () => {
    expect(addDays(localDate("2026-02-28"), 1)).toBe("2026-03-01");
    expect(addDays(localDate("2026-03-01"), -1)).toBe("2026-02-28");
    expect(addMonths(localDate("2026-01-31"), 1)).toBe("2026-02-28");
    expect(addMonths(localDate("2026-05-31"), -3)).toBe("2026-02-28");
    expect(daysBetween(localDate("2026-01-01"), localDate("2027-01-01"))).toBe(365);
    expect(daysBetween(localDate("2026-03-28"), localDate("2026-03-30"))).toBe(2);
    expect(firstOfMonth(localDate("2026-02-17"))).toBe("2026-02-01");
    expect(lastOfMonth(localDate("2028-02-17"))).toBe("2028-02-29");
  });

  it("counts back what it counted forth", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -5000, max: 5000 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });

  it("makes a person older on the birthday, not the day before", () => {
    expect(ageOn(localDate("1997-06-10"), localDate("2027-06-09"))).toBe(29);
    expect(ageOn(localDate("1997-06-10"), localDate("2027-06-10"))).toBe(30);
    expect(ageOn(localDate("2008-02-29"), localDate("2026-02-28"))).toBe(17);
    expect(ageOn(localDate("2008-02-29"), localDate("2026-03-01"))).toBe(18);
  });

  it("is written as in Finland", () => {
    expect(formatDate(localDate("2026-03-01"))).toBe("1.3.2026");
    expect(formatInstant(new Date("2026-03-01T07:05:00Z"))).toBe("1.3.2026 09.05");
  });
});

describe("working days (D19)", () => {
  it.each([
    ["2026-01-01", "New Year's Day"],
    ["2026-01-06", "Epiphany"],
    ["2026-04-03", "Good Friday"],
    ["2026-04-06", "Easter Monday"],
    ["2026-05-01", "May Day"],
    ["2026-05-14", "Ascension Day"],
    ["2026-06-19", "Midsummer Eve"],
    ["2026-12-24", "Christmas Eve"],
    ["2026-12-25", "Christmas Day"],
    ["2028-12-06", "Independence Day on a Wednesday"],
    ["2026-11-21", "a Saturday"],
    ["2026-11-22", "a Sunday"],
  ])("%s is none: %s", (date) => {
    expect(isWorkingDay(localDate(date))).toBe(false);
  });

  it.each([
    ["2026-04-02", "Maundy Thursday"],
    ["2026-04-07", "the Tuesday of Easter week"],
    ["2026-06-18", "the day before Midsummer Eve"],
    ["2026-12-07", "the Monday after Independence Day on a Sunday"],
    ["2026-12-23", "the day before Christmas Eve"],
    ["2026-12-31", "New Year's Eve"],
  ])("%s is one: %s", (date) => {
    expect(isWorkingDay(localDate(date))).toBe(true);
  });

  it.each([
    ["2026-11-20", 1, "2026-11-23", "from Friday over the weekend"],
    ["2026-11-21", 1, "2026-11-23", "from Saturday"],
    ["2026-04-02", 1, "2026-04-07", "over Easter"],
    ["2026-04-02", 3, "2026-04-09", "three over Easter"],
    ["2026-12-23", 1, "2026-12-28", "over Christmas"],
    ["2026-12-30", 3, "2027-01-05", "into the next year"],
    ["2026-11-23", 7, "2026-12-02", "the seventh; the first day is not counted"],
  ])("from %s the %d. is %s (%s)", (date, count, expected) => {
    expect(nthWorkingDayAfter(localDate(date), count)).toBe(expected);
  });

  it("the n-th working day is a working day with n - 1 between", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: 1, max: 40 }), (date, count) => {
        const found = nthWorkingDayAfter(date, count);
        let between = 0;
        for (let day = addDays(date, 1); day < found; day = addDays(day, 1)) between += isWorkingDay(day) ? 1 : 0;
        expect(isWorkingDay(found)).toBe(true);
        expect(between).toBe(count - 1);
      }),
      { numRuns: 50 },
    );
  });
});
