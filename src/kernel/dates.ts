import { createRequire } from "node:module";
import { Temporal } from "temporal-polyfill";
import type { Clock } from "./clock.ts";
import { InvalidInput } from "./errors.ts";

// The package has no types of its own and is CommonJS.
const holidays = createRequire(import.meta.url)("finnish-holidays-js") as {
  year(year: number): { year: number; month: number; day: number }[];
};

/** A calendar date, `YYYY-MM-DD`, in the time zone Europe/Helsinki. */
export type LocalDate = string & { readonly __localDate: true };

export const TIME_ZONE = "Europe/Helsinki";

export function isLocalDate(text: unknown): text is LocalDate {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: "reject" });
    return true;
  } catch {
    return false;
  }
}

/** @throws InvalidInput when the text is not a real date of the form `YYYY-MM-DD`. */
export function localDate(text: string): LocalDate {
  if (!isLocalDate(text)) throw new InvalidInput("A date is written YYYY-MM-DD and must exist in the calendar.");
  return text;
}

export function dateIn(instant: Date): LocalDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(TIME_ZONE)
    .toPlainDate()
    .toString() as LocalDate;
}

/** The instant at which the day begins in Europe/Helsinki. */
export const startOfDay = (date: LocalDate): Date =>
  new Date(Temporal.PlainDate.from(date).toZonedDateTime(TIME_ZONE).epochMilliseconds);

export const today = (clock: Clock): LocalDate => dateIn(clock.now());

/** Minutes since local midnight, and the weekday (1 = Monday … 7 = Sunday), in Europe/Helsinki. */
export function localTimeIn(instant: Date): { minuteOfDay: number; weekday: number; date: LocalDate } {
  const at = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(TIME_ZONE);
  return {
    minuteOfDay: at.hour * 60 + at.minute,
    weekday: at.dayOfWeek,
    date: at.toPlainDate().toString() as LocalDate,
  };
}

const plain = (date: LocalDate): Temporal.PlainDate => Temporal.PlainDate.from(date);
const local = (date: Temporal.PlainDate): LocalDate => date.toString() as LocalDate;

export const addDays = (date: LocalDate, days: number): LocalDate => local(plain(date).add({ days }));

/** Adds calendar months; a day that the target month lacks becomes its last day. */
export const addMonths = (date: LocalDate, months: number): LocalDate => local(plain(date).add({ months }));

export const daysBetween = (from: LocalDate, to: LocalDate): number => plain(from).until(plain(to)).days;

export const firstOfMonth = (date: LocalDate): LocalDate => local(plain(date).with({ day: 1 }));

export const lastOfMonth = (date: LocalDate): LocalDate => local(plain(date).with({ day: plain(date).daysInMonth }));

/** Full years of age on the given day. */
export function ageOn(birthDate: LocalDate, on: LocalDate): number {
  return plain(birthDate).until(plain(on), { largestUnit: "years" }).years;
}

const weekdayHolidays = new Map<number, Set<string>>();

function holidaysOf(year: number): Set<string> {
  let days = weekdayHolidays.get(year);
  if (!days) {
    days = new Set(
      holidays
        .year(year)
        .map((day) => `${day.year}-${String(day.month).padStart(2, "0")}-${String(day.day).padStart(2, "0")}`),
    );
    weekdayHolidays.set(year, days);
  }
  return days;
}

/** Working days exclude Saturday, Sunday, public holidays, Midsummer Eve and Christmas Eve (decision D19). */
export function isWorkingDay(date: LocalDate): boolean {
  const day = plain(date);
  return day.dayOfWeek <= 5 && !holidaysOf(day.year).has(date);
}

/**
 * The n-th working day after `date`; the day itself is not counted (D19).
 * @param count at least 1
 */
export function nthWorkingDayAfter(date: LocalDate, count: number): LocalDate {
  let day = date;
  for (let left = count; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
}

/** Finnish display form, e.g. `1.3.2026`. */
export function formatDate(date: LocalDate): string {
  const day = plain(date);
  return `${day.day}.${day.month}.${day.year}`;
}

/** Finnish display form of an instant in Europe/Helsinki, e.g. `1.3.2026 09.05`. */
export function formatInstant(instant: Date): string {
  const { minuteOfDay, date } = localTimeIn(instant);
  const two = (part: number) => String(part).padStart(2, "0");
  return `${formatDate(date)} ${two(Math.floor(minuteOfDay / 60))}.${two(minuteOfDay % 60)}`;
}
