import type { LocalDate } from "../kernel/dates.ts";
import type { Caller } from "./caller.ts";

/** The settings by which the database's row-level security knows in whose name a transaction runs. */
export const sessionOf = (caller: Caller, on: LocalDate): Record<string, string> => ({
  "nivel.role": caller.role,
  "nivel.worker": caller.id,
  "nivel.unit": caller.unit ?? "",
  "nivel.authority": caller.authority ?? "",
  "nivel.on": on,
});
