import type { LocalDate } from "../kernel/dates.ts";
import type { ContactPointId } from "../kernel/ids.ts";
import { type ContactPoint, type ServedArea, isOfferedOn } from "./contact.ts";
import type { ContactPointEntry, Municipality, ReadinessStatus } from "./directory-data.ts";
import {
  type Organisation,
  type Reference,
  countyOrganisation,
  employmentOrganisation,
  reference,
} from "./reference.ts";

/** One statement of how far an area's manual had come. History is kept; nothing is overwritten. */
export interface AreaReadiness {
  countyCode: string;
  status: ReadinessStatus;
  /** Null when the source is undated. */
  asOf: LocalDate | null;
  source: string;
  recordedAt: Date | null;
}

/** Everything that is known about whom to contact, at one moment. Holds no person. */
export interface Directory {
  reference: Reference;
  contactPoints: readonly ContactPoint[];
  /** Oldest first. */
  readiness: readonly AreaReadiness[];
}

/** A contact point as the data file has it, before anybody verified it. */
export const pointOfEntry = (entry: ContactPointEntry, id: ContactPointId): ContactPoint => {
  const { printedAs: _printedAs, ...fields } = entry;
  return { ...fields, id, state: "CURRENT", verifiedOn: null, replaces: null, version: 1 };
};

export const printedReadiness = (from: Reference): AreaReadiness[] =>
  [...from.counties.values()].map((county) => ({
    countyCode: county.code,
    status: county.manualReadiness,
    asOf: from.readinessSource.asOf,
    source: from.readinessSource.source,
    recordedAt: null,
  }));

/** The directory as printed: what a new hub knows before its people have verified anything. */
export const printedDirectory = (): Directory => ({
  reference: reference(),
  contactPoints: reference().entries.map((entry) => pointOfEntry(entry, entry.key as ContactPointId)),
  readiness: printedReadiness(reference()),
});

/** By three-digit code, or by Finnish or Swedish name in any case. */
export function findMunicipality(from: Reference, codeOrName: string): Municipality | undefined {
  const text = codeOrName.trim();
  const byCode = from.municipalities.get(text);
  if (byCode) return byCode;
  const name = text.toLocaleLowerCase("fi");
  return [...from.municipalities.values()].find(
    (one) => one.fi.toLocaleLowerCase("fi") === name || one.sv.toLocaleLowerCase("fi") === name,
  );
}

/** A municipality's two receivers, which are independent of each other: finding 7 of the domain reference. */
export function receiversOf(
  from: Reference,
  home: Municipality,
): { county: Organisation; employmentArea: Organisation } {
  return {
    county: from.organisations.get(countyOrganisation(home.county))!,
    employmentArea: from.organisations.get(employmentOrganisation(home.employmentArea))!,
  };
}

/** The counties into which an employment area reaches; five areas span two. */
export const countiesOfEmploymentArea = (from: Reference, code: string): string[] =>
  [
    ...new Set([...from.municipalities.values()].filter((one) => one.employmentArea === code).map((one) => one.county)),
  ].sort();

/** Whether one of the areas holds the municipality. Undefined asks for an answer that fits every municipality. */
export function servesMunicipality(areas: readonly ServedArea[], home: Municipality | undefined): boolean {
  return areas.some((area) => {
    switch (area.kind) {
      case "COUNTRY":
      case "PRISON":
        return true;
      case "COUNTY":
        return home === undefined || area.code === home.county;
      case "EMPLOYMENT_AREA":
        return home === undefined || area.code === home.employmentArea;
      case "MUNICIPALITY":
        return home !== undefined && area.code === home.code;
    }
  });
}

export const organisationOffered = (organisation: Organisation, on: LocalDate): boolean =>
  (organisation.validFrom === null || organisation.validFrom <= on) &&
  (organisation.validUntil === null || on <= organisation.validUntil);

/** The contact points that an organisation answers at on that day, for someone of that municipality. */
export const offeredPoints = (
  directory: Directory,
  organisation: string,
  home: Municipality | undefined,
  on: LocalDate,
): ContactPoint[] =>
  directory.contactPoints.filter(
    (point) =>
      point.organisation === organisation && isOfferedOn(point, on) && servesMunicipality(point.areaServed, home),
  );

export const currentReadiness = (directory: Directory, countyCode: string): AreaReadiness | undefined =>
  directory.readiness.filter((one) => one.countyCode === countyCode).at(-1);
