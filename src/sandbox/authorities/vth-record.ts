import { type LocalDate, addDays } from "../../kernel/dates.ts";
import type { Care, Story } from "../population-story.ts";
import type { CarePlan, Patient, ServiceRequest } from "./fhir-r4.ts";

/** What the patient system of the prison health service shows by FHIR. No condition, no diagnosis. */
export interface VthRecord {
  patient: Patient;
  /** What is arranged: one plan for each matter. */
  carePlans: CarePlan[];
  /** Orders to the receiving health unit: what continues after release. */
  serviceRequests: ServiceRequest[];
}

export const HETU_SYSTEM = "urn:oid:1.2.246.21";
/** The sandbox's own code system for what the polyclinic arranges. */
export const CARE_SYSTEM = "https://vth.example/CodeSystem/hoidon-laji";

const CARE: Record<Care["kind"], { code: string; title: string }> = {
  DENTAL: { code: "SUUNHOITO", title: "Suun terveydenhuollon käynti" },
  SUBSTITUTION: { code: "OPIOIDIKORVAUSHOITO", title: "Korvaushoidon seuranta" },
  MATERNITY: { code: "NEUVOLA", title: "Neuvolaseuranta" },
  FOLLOW_UP: { code: "SEURANTA", title: "Hoitajan seurantakäynnit" },
};

const updated = (today: LocalDate) => `${addDays(today, -2)}T09:20:00Z`;

export function vthRecord(story: Story): VthRecord | null {
  const clinic = story.units.find((unit) => unit.clinic !== null)?.clinic;
  if (story.care === null || !clinic) return null;
  const meta = { lastUpdated: updated(story.today) };
  // A server's own id, of which an identity code cannot be read.
  const id = `p-${story.index}`;
  const subject = { reference: `Patient/${id}` };
  const organization = { reference: `Organization/${clinic}`, identifier: { value: clinic } };
  return {
    patient: {
      resourceType: "Patient",
      id,
      meta,
      identifier: [{ system: HETU_SYSTEM, value: story.hetu }],
      name: [{ use: "official", family: story.familyName, given: story.givenNames.split(" ") }],
      birthDate: story.birthDate,
      managingOrganization: organization,
    },
    carePlans: story.care.map((care, position) => ({
      resourceType: "CarePlan",
      id: `${id}-c${position}`,
      meta,
      status: "active",
      intent: "plan",
      category: [{ coding: [{ system: CARE_SYSTEM, code: CARE[care.kind].code }] }],
      title: CARE[care.kind].title,
      subject,
      period: { start: care.since },
      author: organization,
    })),
    serviceRequests: story.care.flatMap((care, position): ServiceRequest[] =>
      care.continuesAfterRelease
        ? [
            {
              resourceType: "ServiceRequest",
              id: `${id}-s${position}`,
              meta,
              identifier: [{ value: `VTH-${story.index}-${position}` }],
              status: "active",
              intent: "order",
              category: [{ coding: [{ system: CARE_SYSTEM, code: "JATKOHOITO" }] }],
              basedOn: [{ reference: `CarePlan/${id}-c${position}` }],
              subject,
              authoredOn: care.since,
            },
          ]
        : [],
    ),
  };
}
