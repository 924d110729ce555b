import { adviseContacts } from "../contacts/contact-advice.ts";
import type { ContactAnswer, ContactOption, ContactStep, Place } from "../contacts/contact-answer.ts";
import type { Phase, Situation } from "../contacts/contact.ts";
import { displayValue } from "../contacts/contact-value.ts";
import type { Directory } from "../contacts/directory.ts";
import { countyOrganisation } from "../contacts/reference.ts";
import type { FactStatus } from "../cases/case.ts";

/** The person's own worker in a county. Given only for a caller who may know of one (decision D5). */
export interface OwnWorker {
  countyCode: string;
  /** The county's service, e.g. `ADULT_SOCIAL_WORK`, `CHILD_PROTECTION`. */
  service: string;
  name: string;
  /** E.164. */
  phone: string | null;
}

export interface WhomToContactQuery {
  /** The settled fact as this caller may see it; the code only when KNOWN. */
  homeMunicipality: { status: FactStatus; code: string | null };
  /** Code of the prison or probation office; null when it is not known to the caller. */
  prisonUnit: string | null;
  situation: Situation;
  phase: Phase;
  /** The need is urgent. Default: no. */
  urgent?: boolean;
  /** Empty when there is none or the caller may not know; the two must not differ in the answer. */
  ownWorkers: readonly OwnWorker[];
  now: Date;
  directory: Directory;
}

/** Whom to contact about one person, in order: the own worker, the area's channel, its registry, the crisis service. */
export function whomToContactFor(query: WhomToContactQuery): ContactAnswer {
  const { homeMunicipality, ownWorkers, urgent = false, ...rest } = query;
  const answer = adviseContacts({ ...rest, urgent, place: placeOf(homeMunicipality) });
  return { ...answer, steps: answer.steps.map((step) => withOwnWorkers(step, ownWorkers, query.directory)) };
}

function placeOf(home: WhomToContactQuery["homeMunicipality"]): Place {
  if (home.status !== "KNOWN") return { status: home.status };
  return home.code === null ? { status: "UNKNOWN" } : { status: "KNOWN", code: home.code };
}

/** The workers of child protection are not those of adult services, and neither is told of the other (D7). */
const CHILD_SERVICES = new Set(["CHILD_PROTECTION", "AFTERCARE", "CHILD_AFTERCARE"]);

function withOwnWorkers(step: ContactStep, workers: readonly OwnWorker[], directory: Directory): ContactStep {
  const wanted = directory.reference.steps.find((one) => one.code === step.code)?.ownWorker ?? null;
  if (wanted === null || step.receiver === null) return step;
  const receiver = step.receiver.code;
  const own = workers.filter(
    (worker) =>
      countyOrganisation(worker.countyCode) === receiver && CHILD_SERVICES.has(worker.service) === (wanted === "CHILD"),
  );
  return { ...step, contacts: [...own.map(ownWorkerOption), ...step.contacts] };
}

const ownWorkerOption = ({ name, phone, service }: OwnWorker): ContactOption => ({
  role: "OWN_WORKER",
  contactPointId: null,
  system: "PHONE",
  value: phone,
  displayValue: phone === null ? null : displayValue("PHONE", phone),
  shortNumber: false,
  name: { fi: name, sv: name, en: name },
  service,
  hours: null,
  openNow: null,
  languages: [],
  onlyFor: null,
  how: null,
  verification: null,
  verifiedOn: null,
  source: null,
});
