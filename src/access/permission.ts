import type { Caller } from "./caller.ts";
import type { CallerRole } from "./role.ts";
import { PurposeRequired, Refused } from "../kernel/errors.ts";
import { PURPOSES_OF_ROLE } from "./purpose.ts";

const RISE: readonly CallerRole[] = ["PRISON_WORKER", "PROBATION_WORKER"];
const WORKERS: readonly CallerRole[] = [
  ...RISE,
  "VTH_NURSE",
  "COUNTY_WORKER",
  "CHILD_PROTECTION_WORKER",
  "EMPLOYMENT_CONTACT",
  "KELA_OFFICER",
];

/** Which roles may do what. Whether they may do it to this person is remit; what they then see is disclosure. */
export const PERMISSIONS = {
  READ_DIRECTORY: [...WORKERS, "PARTNER_APP", "PERSON"],
  KEEP_DIRECTORY: WORKERS,
  READ_CASE: [...WORKERS, "PERSON"],
  EXPLAIN: [...WORKERS, "PERSON"],
  // In child protection the person is the child (decision D7), whose own record comes with its referrals.
  OPEN_CASE: WORKERS.filter((role) => role !== "CHILD_PROTECTION_WORKER"),
  RECORD_FACT: WORKERS,
  TRANSFER_CASE: RISE,
  RECORD_CONSENT: WORKERS,
  REQUEST_INFORMATION: [...RISE, "COUNTY_WORKER"],
  ANSWER_REQUEST: [...RISE, "COUNTY_WORKER", "EMPLOYMENT_CONTACT", "KELA_OFFICER"],
  READ_REQUESTS: [...RISE, "COUNTY_WORKER", "EMPLOYMENT_CONTACT", "KELA_OFFICER"],
  // Those whom SHL 35 § and LsL 25 § oblige, as far as they are in the hub and no county themselves.
  NOTIFY_BY_STATUTE: [...RISE, "VTH_NURSE", "EMPLOYMENT_CONTACT", "KELA_OFFICER"],
  READ_STATEMENT: [...RISE, "PERSON"],
  WRITE_STATEMENT: RISE,
  MAKE_APPLICATION: RISE,
  READ_DOCUMENT: [...RISE, "COUNTY_WORKER", "PERSON"],
  READ_REFERRAL: [...RISE, "COUNTY_WORKER"],
  SUBMIT_REFERRAL: RISE,
  RECEIVE_REFERRAL: ["COUNTY_WORKER"],
  READ_OWN_LOG: ["PERSON"],
  SUBJECT_ACCESS: WORKERS.filter((role) => role !== "CHILD_PROTECTION_WORKER"),
} as const satisfies Record<string, readonly CallerRole[]>;
export type Permission = keyof typeof PERMISSIONS;

/**
 * May this caller do this at all?
 * @throws Refused when the role may not, or the stated purpose is not one of its task
 * @throws PurposeRequired when a person is touched and no purpose was stated
 */
export function authorize(caller: Caller, permission: Permission, touchesPerson: boolean): void {
  const roles: readonly CallerRole[] = PERMISSIONS[permission];
  if (!roles.includes(caller.role)) throw new Refused("Your role does not include this action.");
  if (!touchesPerson) return;
  const purposes = PURPOSES_OF_ROLE[caller.role];
  if (caller.purpose === null) {
    throw new PurposeRequired(`State why you ask in the header "nivel-purpose". Yours may be: ${purposes.join(", ")}.`);
  }
  if (!purposes.includes(caller.purpose)) {
    throw new Refused(`That purpose does not belong to your task. Yours may be: ${purposes.join(", ")}.`);
  }
}
