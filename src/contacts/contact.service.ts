import { type LocalDate, today } from "../kernel/dates.ts";
import { type ContactPointId, asId } from "../kernel/ids.ts";
import { type Page, type PageRequest, checkPageSize } from "../kernel/page.ts";
import { type Operation, type Room, operation } from "../operation/operation.ts";
import { type ContactPoint, type ContactSystem, type Phase, type Situation, isOfferedOn } from "./contact.ts";
import { adviseContacts } from "./contact-advice.ts";
import type { ContactAnswer, Place } from "./contact-answer.ts";
import { type ContactKeeping, createContactKeeping } from "./contact-keeping.ts";
import {
  type ContactPointEvent,
  contactPointEvents,
  findContactPoint,
  findContactPoints,
  loadDirectory,
} from "./contact.repository.ts";
import { type ContactPointView, pageOfPoints, viewOf } from "./contact-view.ts";
import {
  type AreaReadiness,
  type Directory,
  countiesOfEmploymentArea,
  currentReadiness,
  findMunicipality,
  receiversOf,
  servesMunicipality,
} from "./directory.ts";
import type { County, EmploymentArea, Municipality, RiseUnit } from "./directory-data.ts";
import { type Organisation, type Reference, countyOrganisation, reference } from "./reference.ts";

export interface MunicipalityView extends Municipality {
  countyReceiver: Organisation;
  employmentReceiver: Organisation;
}

export interface CountyView extends County {
  organisation: string;
  readiness: AreaReadiness | null;
  /** Oldest first. */
  readinessHistory: AreaReadiness[];
}

export type EmploymentAreaView = EmploymentArea & { counties: string[] };
export type RiseUnitView = RiseUnit & { clinic: Organisation | null };

export interface ContactPointFilter {
  organisation?: string | null;
  /** Code or name; those who serve it, in its county and its employment area alike. */
  municipality?: string | null;
  situation?: Situation | null;
  phase?: Phase | null;
  system?: ContactSystem | null;
}

export interface WhomToContactInput {
  /** Code or name. */
  municipality: string | null;
  /** Alone: for somebody without a home municipality. */
  prisonUnit: string | null;
  situation: Situation;
  phase: Phase;
  urgent: boolean;
}

export interface ContactService extends ContactKeeping {
  findMunicipality: Operation<{ codeOrName: string }, MunicipalityView | null>;
  listCounties: Operation<Record<string, never>, CountyView[]>;
  listEmploymentAreas: Operation<Record<string, never>, EmploymentAreaView[]>;
  listRiseUnits: Operation<Record<string, never>, RiseUnitView[]>;
  listContactPoints: Operation<PageRequest & { filter: ContactPointFilter }, Page<ContactPointView>>;
  findContactPoint: Operation<
    { contactPointId: string },
    { contactPoint: ContactPointView; history: ContactPointEvent[] } | null
  >;
  /** For a municipality or a prison; no person is touched. */
  whomToContact: Operation<WhomToContactInput, ContactAnswer>;
}

export function createContactService(room: Room): ContactService {
  /** The directory tells nothing of any person, so reading it leaves no trace. */
  const reading = <Input, Output>(
    name: string,
    run: (directory: Directory, input: Input, on: LocalDate, now: Date) => Output,
  ): Operation<Input, Output> =>
    operation<Input, Output>(room, {
      name,
      permission: "READ_DIRECTORY",
      touchesPerson: false,
      run: async ({ em, clock }, input) => run(await loadDirectory(em), input, today(clock), clock.now()),
    });

  return {
    ...createContactKeeping(room),

    findMunicipality: reading("findMunicipality", (directory, { codeOrName }: { codeOrName: string }) => {
      const found = findMunicipality(directory.reference, codeOrName);
      return found ? municipalityView(directory.reference, found) : null;
    }),

    listCounties: reading("listCounties", (directory) =>
      [...directory.reference.counties.values()].map((county) => ({
        ...county,
        organisation: countyOrganisation(county.code),
        readiness: currentReadiness(directory, county.code) ?? null,
        readinessHistory: directory.readiness.filter((one) => one.countyCode === county.code),
      })),
    ),

    listEmploymentAreas: reading("listEmploymentAreas", (directory) =>
      [...directory.reference.employmentAreas.values()].map((area) => ({
        ...area,
        counties: countiesOfEmploymentArea(directory.reference, area.code),
      })),
    ),

    listRiseUnits: reading("listRiseUnits", ({ reference: from }) =>
      [...from.riseUnits.values()].map((unit) => ({
        ...unit,
        clinic: from.organisations.get(from.clinicOfPrison.get(unit.code) ?? "") ?? null,
      })),
    ),

    listContactPoints: operation(room, {
      name: "listContactPoints",
      permission: "READ_DIRECTORY",
      touchesPerson: false,
      run: async ({ em, clock }, { filter, ...page }) => {
        checkPageSize(page.first);
        const on = today(clock);
        const current = await findContactPoints(em, { state: "CURRENT" });
        return pageOfPoints(matching(reference(), current, filter, on), page, on);
      },
    }),

    findContactPoint: operation(room, {
      name: "findContactPoint",
      permission: "KEEP_DIRECTORY",
      touchesPerson: false,
      run: async ({ em, clock }, { contactPointId }) => {
        const id = asId<ContactPointId>(contactPointId);
        const point = id && (await findContactPoint(em, id));
        if (!point) return null;
        return { contactPoint: viewOf(point, today(clock)), history: await contactPointEvents(em, point.id) };
      },
    }),

    whomToContact: reading("whomToContact", (directory, input: WhomToContactInput, _on, now) => {
      const { prisonUnit, situation, phase, urgent } = input;
      return adviseContacts({
        place: placeOf(directory.reference, input),
        prisonUnit,
        situation,
        phase,
        urgent,
        now,
        directory,
      });
    }),
  };
}

/** A municipality that the directory does not have stays one: the answer says so, and finds no receiver for it. */
function placeOf(from: Reference, { municipality, prisonUnit }: WhomToContactInput): Place {
  if (municipality !== null) {
    return { status: "KNOWN", code: findMunicipality(from, municipality)?.code ?? NOT_IN_DIRECTORY };
  }
  return { status: prisonUnit === null ? "UNKNOWN" : "NONE" };
}

/** No municipality has this code. */
const NOT_IN_DIRECTORY = "";

function municipalityView(from: Reference, municipality: Municipality): MunicipalityView {
  const { county, employmentArea } = receiversOf(from, municipality);
  return { ...municipality, countyReceiver: county, employmentReceiver: employmentArea };
}

function matching(
  from: Reference,
  points: readonly ContactPoint[],
  filter: ContactPointFilter,
  on: LocalDate,
): ContactPoint[] {
  const { organisation, municipality, situation, phase, system } = filter;
  const home = municipality == null ? undefined : findMunicipality(from, municipality);
  if (municipality != null && !home) return [];
  return points.filter(
    (point) =>
      isOfferedOn(point, on) &&
      (organisation == null || point.organisation === organisation) &&
      (home === undefined || servesMunicipality(point.areaServed, home)) &&
      (situation == null || point.situations.includes(situation)) &&
      (phase == null || point.phases.includes(phase)) &&
      (system == null || point.system === system),
  );
}
