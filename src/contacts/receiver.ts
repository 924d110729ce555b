import type { LocalDate } from "../kernel/dates.ts";
import type { LocalizedText } from "../kernel/text.ts";
import type { Phase, Situation } from "./contact.ts";
import type { Place, Receiver, ReceiverBasis, ReceiverStatus } from "./contact-answer.ts";
import { organisationOffered, receiversOf, servesMunicipality } from "./directory.ts";
import type { Municipality, Step } from "./directory-data.ts";
import { ALAND, type Organisation, type Reference, employmentOrganisation } from "./reference.ts";

export interface ReceiverQuery {
  place: Place;
  /** Code of the prison where the person is, or of the probation office. */
  prisonUnit: string | null;
  situation: Situation;
  phase: Phase;
  on: LocalDate;
}

/** `drop` for a service that does not work there: the step is then not part of the answer. */
export type ReceiverResult =
  | { status: "FOUND"; receiver: Receiver; municipality: Municipality | undefined }
  | { status: Exclude<ReceiverStatus, "FOUND"> }
  | "drop";

const ALAND_NOTE: LocalizedText = {
  fi: "Ahvenanmaan oma lainsäädäntö voi poiketa tästä: sääntöä ei ole varmistettu. Kirjoita ruotsiksi.",
  sv: "Ålands egen lagstiftning kan avvika från detta: regeln har inte bekräftats. Skriv på svenska.",
  en: "Åland's own legislation may differ: the rule is not confirmed. Write in Swedish.",
};
const NO_HOME_ASSISTANCE: LocalizedText = {
  fi: "Henkilöllä ei ole kotikuntaa: toimeentulotukea haetaan vankilan sijaintikunnan hyvinvointialueelta.",
  sv: "Personen har ingen hemkommun: utkomststöd söks hos välfärdsområdet för den kommun där fängelset ligger.",
  en: "The person has no home municipality: assistance is applied for from the county of the prison's municipality.",
};
const NO_HOME_OTHER: LocalizedText = {
  fi: "Henkilöllä ei ole kotikuntaa. Vankilan sijaintikunnan hyvinvointialue on oletus, jota ei ole varmistettu tässä asiassa.",
  sv: "Personen har ingen hemkommun. Välfärdsområdet för fängelsets kommun är ett antagande som inte har bekräftats i detta ärende.",
  en: "The person has no home municipality. The county of the prison's municipality is an assumption, not confirmed for this matter.",
};
const MAIN_STAY: LocalizedText = {
  fi: "Palvelut järjestää kunta, jossa henkilö pääasiallisesti oleskelee (380/2023 17.1 §). Vankeuden ajan oletus on vankilan kunta; kysy, missä hän oleskelee vapauduttuaan.",
  sv: "Tjänsterna ordnas av den kommun där personen huvudsakligen vistas (380/2023 17.1 §). Under fängelsetiden antas det vara fängelsets kommun; fråga var personen vistas efter frigivningen.",
  en: "Services are arranged by the municipality where the person mainly stays (380/2023 section 17.1). During imprisonment the prison's municipality is assumed; ask where the person will stay after release.",
};
const INFERRED_AREA: LocalizedText = {
  fi: "Verkoston alue on päätelty eikä sitä ole varmistettu.",
  sv: "Nätverkets område är härlett och har inte bekräftats.",
  en: "The network's area is inferred and not confirmed.",
};

const receiverOf = (
  organisation: Organisation,
  basis: ReceiverBasis,
  more: Partial<Pick<Receiver, "certain" | "note" | "writeIn">> = {},
): Receiver => ({
  code: organisation.code,
  kind: organisation.kind,
  name: organisation.name,
  basis,
  certain: true,
  note: organisation.note,
  writeIn: null,
  ...more,
});

/** Who receives this step's contact. Never guesses: a time-out must not send secret data to the wrong county (D15). */
export function resolveReceiver(from: Reference, step: Step, query: ReceiverQuery): ReceiverResult {
  switch (step.receiver.kind) {
    case "COUNTY":
      return countyReceiver(from, query);
    case "EMPLOYMENT":
      return employmentReceiver(from, query);
    case "PRISON_CLINIC":
      return prisonReceiver(from, from.clinicOfPrison.get(query.prisonUnit ?? ""));
    case "PRISON":
      return prisonReceiver(from, query.prisonUnit ?? undefined);
    case "KELA":
      return nationwide(from, "kela");
    case "SERVICE":
      return serviceReceiver(from, from.organisations.get(step.receiver.code!)!, query);
    case "TYM_NETWORK":
      return networkReceiver(from, query);
  }
}

const nationwide = (from: Reference, code: string): ReceiverResult => ({
  status: "FOUND",
  receiver: receiverOf(from.organisations.get(code)!, "NATIONWIDE"),
  municipality: undefined,
});

function prisonReceiver(from: Reference, code: string | undefined): ReceiverResult {
  const organisation = code === undefined ? undefined : from.organisations.get(code);
  if (!organisation) return { status: "PRISON_NOT_KNOWN" };
  return { status: "FOUND", receiver: receiverOf(organisation, "PRISON"), municipality: undefined };
}

function homeOf(from: Reference, place: Place): Municipality | Exclude<ReceiverStatus, "FOUND"> | "NONE" {
  if (place.status === "KNOWN") {
    return from.municipalities.get(place.code) ?? "HOME_MUNICIPALITY_NOT_IN_DIRECTORY";
  }
  return place.status === "NONE" ? "NONE" : `HOME_MUNICIPALITY_${place.status}`;
}

const prisonMunicipality = (from: Reference, unit: string | null): Municipality | undefined =>
  from.municipalities.get(from.riseUnits.get(unit ?? "")?.municipality ?? "");

export function countyReceiver(from: Reference, query: ReceiverQuery): ReceiverResult {
  const home = homeOf(from, query.place);
  if (home === "NONE") {
    const stay = prisonMunicipality(from, query.prisonUnit);
    if (!stay) return { status: "PRISON_NOT_KNOWN" };
    const assistance = query.situation === "SUPPLEMENTARY_ASSISTANCE";
    return {
      status: "FOUND",
      municipality: stay,
      receiver: receiverOf(receiversOf(from, stay).county, "PRISON_MUNICIPALITY", {
        certain: assistance,
        note: assistance ? NO_HOME_ASSISTANCE : NO_HOME_OTHER,
      }),
    };
  }
  if (typeof home === "string") return { status: home };
  const aland = home.county === ALAND;
  return {
    status: "FOUND",
    municipality: home,
    receiver: receiverOf(
      receiversOf(from, home).county,
      "HOME_MUNICIPALITY",
      aland ? { certain: false, note: ALAND_NOTE, writeIn: "sv" } : {},
    ),
  };
}

/** By home municipality; for none, or for Åland, where the person mainly stays (380/2023 section 17.1). */
function employmentReceiver(from: Reference, query: ReceiverQuery): ReceiverResult {
  const home = homeOf(from, query.place);
  if (typeof home === "string" && home !== "NONE") return { status: home };
  if (home !== "NONE" && home.county !== ALAND) {
    return {
      status: "FOUND",
      municipality: home,
      receiver: receiverOf(receiversOf(from, home).employmentArea, "HOME_MUNICIPALITY"),
    };
  }
  const stay = query.phase === "AFTER_RELEASE" ? undefined : prisonMunicipality(from, query.prisonUnit);
  if (!stay) return { status: "MAIN_STAY_NOT_KNOWN" };
  return {
    status: "FOUND",
    municipality: stay,
    receiver: receiverOf(receiversOf(from, stay).employmentArea, "MAIN_STAY", { certain: false, note: MAIN_STAY }),
  };
}

function serviceReceiver(from: Reference, service: Organisation, query: ReceiverQuery): ReceiverResult {
  const home = homeOf(from, query.place);
  if (typeof home === "string" || !organisationOffered(service, query.on)) return "drop";
  if (!servesMunicipality(service.areaServed, home)) return "drop";
  return { status: "FOUND", municipality: home, receiver: receiverOf(service, "HOME_MUNICIPALITY") };
}

function networkReceiver(from: Reference, query: ReceiverQuery): ReceiverResult {
  const employment = employmentReceiver(from, query);
  if (employment === "drop" || employment.status !== "FOUND") return "drop";
  const network = [...from.organisations.values()].find(
    (one) =>
      one.kind === "TYM_NETWORK" &&
      one.areaServed.some((area) => employmentOrganisation(area.code ?? "") === employment.receiver.code),
  );
  if (!network) return "drop";
  return {
    status: "FOUND",
    municipality: employment.municipality,
    receiver: receiverOf(network, employment.receiver.basis, {
      certain: network.areaCertain && employment.receiver.certain,
      note: network.areaCertain ? employment.receiver.note : INFERRED_AREA,
    }),
  };
}
