import type { Authority } from "../kernel/authority.ts";
import type { Hetu } from "../kernel/hetu.ts";
import type { WorkerId } from "../kernel/ids.ts";
import type { Purpose } from "./purpose.ts";

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

/** Who asks, as proven by the access token, and for what, as stated with the request. */
export interface Caller {
  /** The token's subject: an opaque worker id, never a personal identity code. */
  id: WorkerId;
  role: CallerRole;
  name: string;
  authority: Authority | null;
  /** The unit the caller serves: a prison, a probation office, a clinic, a county's or employment area's code. */
  unit: string | null;
  /** The registered application through which the caller speaks. */
  client: string;
  /** May handle social-welfare data inside Rise (1301/2021 section 14.2; decision D2). */
  socialDataRight: boolean;
  /** Codes of the areas whose contact points the caller verifies (decision D26). */
  stewardOf: readonly string[];
  /** Only for the role PERSON: who the person is, from strong identification. */
  hetu: Hetu | null;
  purpose: Purpose | null;
}
