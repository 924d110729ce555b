import { countyOrganisation, employmentOrganisation, reference } from "../contacts/reference.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { type ActorRole, AUTHORITY_TEXTS, ROLE_TEXTS } from "./trace-text.ts";

/** The directory's code of the organisation that a role's unit code means. */
const ORGANISATION_OF: Partial<Record<ActorRole, (unit: string) => string | undefined>> = {
  PRISON_WORKER: (unit) => unit,
  PROBATION_WORKER: (unit) => unit,
  VTH_NURSE: (unit) => reference().clinicOfPrison.get(unit),
  COUNTY_WORKER: countyOrganisation,
  CHILD_PROTECTION_WORKER: countyOrganisation,
  EMPLOYMENT_CONTACT: employmentOrganisation,
};

/** The unit by its name in the directory; without one, the authority. */
export function organisationName(role: ActorRole, unit: string | null, authority: Authority | null): LocalizedText {
  const code = unit === null ? undefined : ORGANISATION_OF[role]?.(unit);
  const named = code === undefined ? undefined : reference().organisations.get(code)?.name;
  return named ?? (authority === null ? ROLE_TEXTS[role] : AUTHORITY_TEXTS[authority]);
}

/** The receiver of what was sent, by its name in the directory. */
export function receiverName(receiver: { authority: Authority; unit: string | null }): LocalizedText {
  const role = ROLE_OF_RECEIVER[receiver.authority];
  return organisationName(role, receiver.unit, receiver.authority);
}

const ROLE_OF_RECEIVER: Record<Authority, ActorRole> = {
  RISE: "PRISON_WORKER",
  VTH: "VTH_NURSE",
  COUNTY: "COUNTY_WORKER",
  EMPLOYMENT: "EMPLOYMENT_CONTACT",
  KELA: "KELA_OFFICER",
};
