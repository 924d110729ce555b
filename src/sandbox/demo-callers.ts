import type { CallerRole } from "../access/role.ts";

/** The invented workers and apps in whose name the demo, the tests and a newcomer's first query ask. */
export const DEMO_CALLER_NAMES = [
  "prison-worker",
  "prison-social-worker",
  "probation-worker",
  "vth-nurse",
  "county-worker",
  "child-protection-worker",
  "employment-contact",
  "kela-officer",
  "partner-app",
  "person",
] as const;
export type DemoCallerName = (typeof DEMO_CALLER_NAMES)[number];

export interface DemoCaller {
  /** Becomes the token's `sub`: opaque, never an identity code. */
  id: string;
  role: CallerRole;
  /** Invented, and visibly so: no such family names are registered. */
  name: string;
  unit: string | null;
  /** Social-care professional, or an official who prepares or makes the decision (decision D2). */
  socialDataRight: boolean;
  stewardOf: readonly string[];
}

const worker = (
  id: string,
  role: CallerRole,
  name: string,
  unit: string | null,
  more: Partial<Pick<DemoCaller, "socialDataRight" | "stewardOf">> = {},
): DemoCaller => ({ id, role, name, unit, socialDataRight: false, stewardOf: [], ...more });

const PRISON = "jyvaskylan-vankila";
const PROBATION_OFFICE = "vali-suomen-yhdyskuntaseuraamustoimisto";
/** Central Finland, as the county codes and the employment-area codes count it. */
const COUNTY = "15";
const EMPLOYMENT_AREA = "09";

export const DEMO_CALLERS: Readonly<Record<DemoCallerName, DemoCaller>> = {
  "prison-worker": worker("demo-prison-worker", "PRISON_WORKER", "Maija Esimerkkilä", PRISON),
  "prison-social-worker": worker("demo-prison-social-worker", "PRISON_WORKER", "Salla Mallikangas", PRISON, {
    socialDataRight: true,
  }),
  "probation-worker": worker("demo-probation-worker", "PROBATION_WORKER", "Petri Koevaara", PROBATION_OFFICE),
  "vth-nurse": worker("demo-vth-nurse", "VTH_NURSE", "Hanna Näyteniemi", PRISON),
  "county-worker": worker("demo-county-worker", "COUNTY_WORKER", "Outi Mallisaari", COUNTY, { stewardOf: [COUNTY] }),
  "child-protection-worker": worker(
    "demo-child-protection-worker",
    "CHILD_PROTECTION_WORKER",
    "Liisa Esimerkkiranta",
    COUNTY,
  ),
  "employment-contact": worker("demo-employment-contact", "EMPLOYMENT_CONTACT", "Timo Näytelampi", EMPLOYMENT_AREA),
  "kela-officer": worker("demo-kela-officer", "KELA_OFFICER", "Kirsi Mallimäki", "KELA"),
  // A client of its own (RFC 9068: without a person, `sub` is the client).
  "partner-app": worker("demo-partner-app", "PARTNER_APP", "Demo partner app", null),
  person: worker("demo-person", "PERSON", "Demo Asiakas", null),
};

/** The invented apps through which they ask; the partner serves the demo person. */
export const DEMO_CLIENTS = [
  { id: "nivel-demo-app", name: "Demo app of the authorities", mayIntrospect: true, partner: false },
  { id: DEMO_CALLERS["partner-app"].id, name: DEMO_CALLERS["partner-app"].name, mayIntrospect: false, partner: true },
] as const;

export const isDemoCallerName = (text: string): text is DemoCallerName =>
  (DEMO_CALLER_NAMES as readonly string[]).includes(text);
