import type { LocalDate } from "../kernel/dates.ts";
import { StartupError } from "../kernel/errors.ts";
import type { LocalizedText } from "../kernel/text.ts";
import type { z } from "zod";
import { PHASES, SITUATIONS, type ServedArea, type Situation } from "./contact.ts";
import { canonicalValue } from "./contact-value.ts";
import contactPointsJson from "./data/contact-points.json" with { type: "json" };
import countiesJson from "./data/counties.json" with { type: "json" };
import employmentAreasJson from "./data/employment-areas.json" with { type: "json" };
import includeItemsJson from "./data/include-items.json" with { type: "json" };
import municipalitiesJson from "./data/municipalities.json" with { type: "json" };
import prisonClinicsJson from "./data/prison-clinics.json" with { type: "json" };
import riseUnitsJson from "./data/rise-units.json" with { type: "json" };
import servicesJson from "./data/services.json" with { type: "json" };
import situationsJson from "./data/situations.json" with { type: "json" };
import stepsJson from "./data/steps.json" with { type: "json" };
import {
  type ContactPointEntry,
  type County,
  type EmploymentArea,
  type Municipality,
  type RiseUnit,
  type Step,
  contactPointFile,
  countyFile,
  employmentAreaFile,
  includeItemFile,
  municipalityFile,
  prisonClinicFile,
  riseUnitFile,
  serviceFile,
  situationFile,
  stepFile,
} from "./directory-data.ts";

export const ORGANISATION_KINDS = [
  "COUNTY",
  "EMPLOYMENT_AREA",
  "RISE_CENTRE",
  "PRISON",
  "PROBATION_OFFICE",
  "PRISON_CLINIC",
  "KELA",
  "TYM_NETWORK",
  "SERVICE_TEAM",
  "EMERGENCY",
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** Anybody who can be contacted: an authority, its unit, or a team of several authorities. */
export interface Organisation {
  code: string;
  kind: OrganisationKind;
  name: LocalizedText;
  areaServed: ServedArea[];
  /** False where the area served was inferred. */
  areaCertain: boolean;
  businessId: string | null;
  /** First and last day of its work, both included; null: open. */
  validFrom: LocalDate | null;
  validUntil: LocalDate | null;
  ages: { from: number; to: number } | null;
  consentRequired: boolean;
  note: LocalizedText | null;
}

/** What does not change while the hub runs: the areas, the units, the steps of the manual. */
export interface Reference {
  municipalities: ReadonlyMap<string, Municipality>;
  counties: ReadonlyMap<string, County>;
  employmentAreas: ReadonlyMap<string, EmploymentArea>;
  riseUnits: ReadonlyMap<string, RiseUnit>;
  organisations: ReadonlyMap<string, Organisation>;
  /** Code of the clinic that treats the prisoners of a prison. */
  clinicOfPrison: ReadonlyMap<string, string>;
  situationNames: ReadonlyMap<Situation, LocalizedText>;
  includeTexts: ReadonlyMap<string, LocalizedText>;
  steps: readonly Step[];
  entries: readonly ContactPointEntry[];
  neverUse: readonly { digits: string; reason: string }[];
  readinessSource: { source: string; asOf: LocalDate | null; notBefore: LocalDate; notAfter: LocalDate };
  editions: Record<string, { edition: LocalDate; source: string; checkedOn: LocalDate }>;
}

export const ALAND = "91";
export const countyOrganisation = (code: string): string => `county-${code}`;
export const employmentOrganisation = (code: string): string => `employment-area-${code}`;

function read<T extends z.ZodType>(name: string, schema: T, data: unknown): z.infer<T> {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const first = parsed.error.issues[0];
  throw new StartupError(`contacts/data/${name}.json: ${first?.path.join(".") ?? ""}: ${first?.message ?? "invalid"}.`);
}

const byCode = <T extends { code: string }>(items: readonly T[]): Map<string, T> =>
  new Map(items.map((item) => [item.code, item]));

/** @throws StartupError naming the file and the entry that does not fit. */
function loadReference(): Reference {
  const municipalities = read("municipalities", municipalityFile, municipalitiesJson);
  const counties = read("counties", countyFile, countiesJson);
  const employmentAreas = read("employment-areas", employmentAreaFile, employmentAreasJson);
  const riseUnits = read("rise-units", riseUnitFile, riseUnitsJson);
  const clinics = read("prison-clinics", prisonClinicFile, prisonClinicsJson);
  const services = read("services", serviceFile, servicesJson);
  const situations = read("situations", situationFile, situationsJson);
  const includeItems = read("include-items", includeItemFile, includeItemsJson);
  const points = read("contact-points", contactPointFile, contactPointsJson);
  const steps = read("steps", stepFile, stepsJson);
  const files = { municipalities, counties, employmentAreas, riseUnits, clinics, services, points, steps };

  const organisations = byCode([
    ...counties.items.map(countyAsOrganisation),
    ...employmentAreas.items.map(employmentAreaAsOrganisation),
    ...riseUnits.items.map(riseUnitAsOrganisation),
    ...clinics.items.map(
      (clinic): Organisation => ({
        ...open,
        code: clinic.code,
        kind: "PRISON_CLINIC",
        name: { fi: clinic.fi, sv: clinic.sv, en: clinic.en },
        areaServed: clinic.prisons.map((code) => ({ kind: "PRISON", code })),
      }),
    ),
    ...services.items.map(
      ({ areaEvidence, ...service }): Organisation => ({
        ...service,
        areaCertain: areaEvidence !== "UNVERIFIED",
        businessId: null,
      }),
    ),
  ]);
  const reference: Reference = {
    municipalities: byCode(municipalities.items),
    counties: byCode(counties.items),
    employmentAreas: byCode(employmentAreas.items),
    riseUnits: byCode(riseUnits.items),
    organisations,
    clinicOfPrison: new Map(clinics.items.flatMap((clinic) => clinic.prisons.map((prison) => [prison, clinic.code]))),
    situationNames: new Map(situations.items.map((item) => [item.code, item.name])),
    includeTexts: new Map(includeItems.items.map((item) => [item.code, item.text])),
    steps: steps.items,
    entries: points.items,
    neverUse: points.neverUse,
    readinessSource: counties.readiness,
    editions: Object.fromEntries(
      Object.entries(files).map(([name, { edition, source, checkedOn }]) => [name, { edition, source, checkedOn }]),
    ),
  };
  assertConsistent(reference);
  return reference;
}

const open = {
  areaCertain: true,
  businessId: null,
  validFrom: null,
  validUntil: null,
  ages: null,
  consentRequired: false,
  note: null,
};

const countyAsOrganisation = (county: County): Organisation => ({
  ...open,
  code: countyOrganisation(county.code),
  kind: "COUNTY",
  name: { fi: county.fi, sv: county.sv, en: county.en },
  areaServed: [{ kind: "COUNTY", code: county.code }],
  businessId: county.businessId,
});

const employmentAreaAsOrganisation = (area: EmploymentArea): Organisation => ({
  ...open,
  code: employmentOrganisation(area.code),
  kind: "EMPLOYMENT_AREA",
  name: {
    fi: `${area.fi}, työllisyysalue`,
    sv: `${area.sv}, sysselsättningsområde`,
    en: `Employment area ${area.fi}`,
  },
  areaServed: [{ kind: "EMPLOYMENT_AREA", code: area.code }],
});

const riseUnitAsOrganisation = (unit: RiseUnit): Organisation => ({
  ...open,
  code: unit.code,
  kind: unit.kind === "CENTRE" ? "RISE_CENTRE" : unit.kind,
  name: { fi: unit.fi, sv: unit.sv, en: unit.en },
  areaServed: [{ kind: "COUNTRY", code: null }],
});

/** @throws StartupError for a reference between the files that leads nowhere. */
function assertConsistent(reference: Reference): void {
  const fail = (what: string): never => {
    throw new StartupError(`contacts/data: ${what}.`);
  };
  for (const municipality of reference.municipalities.values()) {
    if (!reference.counties.has(municipality.county)) fail(`municipality ${municipality.code} has no county`);
    if (!reference.employmentAreas.has(municipality.employmentArea)) {
      fail(`municipality ${municipality.code} has no employment area`);
    }
  }
  for (const unit of reference.riseUnits.values()) {
    if (!reference.riseUnits.has(unit.centre)) fail(`unit ${unit.code} has no centre`);
    if (unit.kind === "PRISON" && !reference.clinicOfPrison.has(unit.code)) fail(`prison ${unit.code} has no clinic`);
  }
  for (const entry of reference.entries) {
    if (!reference.organisations.has(entry.organisation)) fail(`contact point ${entry.key} has no organisation`);
    if (canonicalValue(entry.system, entry.value) !== entry.value) fail(`contact point ${entry.key} has a bad value`);
    for (const code of entry.include) if (!reference.includeTexts.has(code)) fail(`${entry.key} includes ${code}`);
  }
  for (const step of reference.steps) {
    for (const code of step.include) if (!reference.includeTexts.has(code)) fail(`step ${step.code} includes ${code}`);
    if (!step.include.includes("OFFICER_CONTACT")) fail(`step ${step.code} does not include the officer's own contact`);
    const service = step.receiver.code;
    if (service !== undefined && !reference.organisations.has(service)) fail(`step ${step.code} has no receiver`);
  }
  for (const situation of SITUATIONS) {
    if (!reference.situationNames.has(situation)) fail(`situation ${situation} has no name`);
    for (const phase of PHASES) {
      const told = reference.steps.some((step) => step.situations.includes(situation) && step.phases.includes(phase));
      if (!told) fail(`no step tells what to do in ${situation}, ${phase}`);
    }
  }
}

let loaded: Reference | undefined;

/** The reference of this build; read and checked once. */
export const reference = (): Reference => (loaded ??= loadReference());
