import type { Caller } from "../access/caller.ts";
import { countyOrganisation, employmentOrganisation } from "./reference.ts";

/**
 * The organisations whose contact points the caller keeps (decision D26). A token names an organisation by its code
 * in the directory (`county-15`), or an area of the caller's own authority by its bare code (a county worker's `15`):
 * counties and employment areas are numbered alike, so a bare code means nothing without its authority.
 */
export const organisationsKeptBy = (caller: Caller): string[] =>
  caller.stewardOf.flatMap((code) => [code, ...ownArea(caller, code)]);

function ownArea(caller: Caller, code: string): string[] {
  switch (caller.authority) {
    case "COUNTY":
      return [countyOrganisation(code)];
    case "EMPLOYMENT":
      return [employmentOrganisation(code)];
    case "VTH":
      return [`vth-${code}`];
    case "KELA":
      return [code.toLowerCase()];
    case "RISE":
    case null:
      return [];
  }
}

export const keeps = (caller: Caller, organisation: string): boolean =>
  organisationsKeptBy(caller).includes(organisation);
