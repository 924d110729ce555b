import type { Authority } from "../kernel/authority.ts";

export const CALLER_ROLES = [
  "PRISON_WORKER",
  "PROBATION_WORKER",
  "VTH_NURSE",
  "COUNTY_WORKER",
  "CHILD_PROTECTION_WORKER",
  "EMPLOYMENT_CONTACT",
  "KELA_OFFICER",
  "PARTNER_APP",
  "PERSON",
] as const;
export type CallerRole = (typeof CALLER_ROLES)[number];

/** The authority in whose service a role acts; a partner app and the person act for none. */
export const AUTHORITY_OF_ROLE: Record<CallerRole, Authority | null> = {
  PRISON_WORKER: "RISE",
  PROBATION_WORKER: "RISE",
  VTH_NURSE: "VTH",
  COUNTY_WORKER: "COUNTY",
  CHILD_PROTECTION_WORKER: "COUNTY",
  EMPLOYMENT_CONTACT: "EMPLOYMENT",
  KELA_OFFICER: "KELA",
  PARTNER_APP: null,
  PERSON: null,
};
