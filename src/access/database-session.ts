import type { LocalDate } from "../kernel/dates.ts";
import type { Vault } from "../kernel/vault.ts";
import type { Caller } from "./caller.ts";

/** The settings by which the database's row-level security knows in whose name a transaction runs. */
export const sessionOf = (caller: Caller, on: LocalDate, vault: Pick<Vault, "indexesOf">): Record<string, string> => ({
  "nivel.role": caller.role,
  "nivel.worker": caller.id,
  "nivel.unit": caller.unit ?? "",
  "nivel.authority": caller.authority ?? "",
  "nivel.on": on,
  // The person's own case, by its blind indexes in hex; several while the keys are changing.
  "nivel.person":
    caller.role === "PERSON" && caller.hetu !== null
      ? vault
          .indexesOf("case_file.hetu", caller.hetu)
          .map((index) => index.toString("hex"))
          .join(",")
      : "",
});
