import type { CallerRole } from "./role.ts";

/** Why personal data is asked for. A closed list, stated with every request that touches a person. */
export const PURPOSES = [
  "ENFORCEMENT",
  "RELEASE_PLANNING",
  "SOCIAL_ASSISTANCE",
  "SOCIAL_WELFARE",
  "CHILD_PROTECTION",
  "HEALTH_CARE",
  "EMPLOYMENT_SERVICES",
  "BENEFITS",
  "OWN_DATA",
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The purposes that belong to the task of each role; another is refused. */
export const PURPOSES_OF_ROLE: Record<CallerRole, readonly Purpose[]> = {
  PRISON_WORKER: ["ENFORCEMENT", "RELEASE_PLANNING", "SOCIAL_ASSISTANCE"],
  PROBATION_WORKER: ["ENFORCEMENT", "RELEASE_PLANNING", "SOCIAL_ASSISTANCE"],
  VTH_NURSE: ["HEALTH_CARE"],
  COUNTY_WORKER: ["SOCIAL_WELFARE", "SOCIAL_ASSISTANCE"],
  CHILD_PROTECTION_WORKER: ["CHILD_PROTECTION"],
  EMPLOYMENT_CONTACT: ["EMPLOYMENT_SERVICES"],
  KELA_OFFICER: ["BENEFITS"],
  PARTNER_APP: [],
  PERSON: ["OWN_DATA"],
};
