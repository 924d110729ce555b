import { type LocalDate, dateIn } from "../kernel/dates.ts";
import type { LocalizedText } from "../kernel/text.ts";
import {
  type ContactPoint,
  type Phase,
  type Situation,
  type VerificationStatus,
  isOfficeTime,
  isOpenAt,
  verificationOn,
} from "./contact.ts";
import {
  CONTACT_ROLES,
  type ContactAnswer,
  type ContactOption,
  type ContactRole,
  type ContactStep,
  type Place,
  type ReceiverStatus,
} from "./contact-answer.ts";
import { displayValue, isEmail, isShortNumber } from "./contact-value.ts";
import { type Directory, offeredPoints } from "./directory.ts";
import type { Municipality, Step } from "./directory-data.ts";
import { lookUpsOf } from "./look-up.ts";
import { resolveReceiver } from "./receiver.ts";

export interface AdviceQuery {
  place: Place;
  /** Code of the prison or probation office; null when it is not known. */
  prisonUnit: string | null;
  situation: Situation;
  phase: Phase;
  /** The need is urgent: the crisis service is shown beside the ordinary channel. */
  urgent: boolean;
  now: Date;
  directory: Directory;
}

export const EMERGENCY_ORGANISATION = "emergency-response-centre";

const CRISIS_ONLY: LocalizedText = {
  fi: "Vain kiireelliseen tarpeeseen, tai jos asia ei voi odottaa virka-aikaan. Muuten nimetty kanava virka-aikana.",
  sv: "Endast för brådskande behov, eller om ärendet inte kan vänta till tjänstetid. Annars den namngivna kanalen under tjänstetid.",
  en: "Only for urgent need, or when the matter cannot wait for office hours. Otherwise the named channel in office hours.",
};
const SECURE_MAIL_ONLY: LocalizedText = {
  fi: "Lähetä turvapostilla, kirjaamon asiointipalvelussa tai kirjeenä. Tavallista sähköpostia ei käytetä salassa pidettävään tietoon (906/2019 14 §).",
  sv: "Skicka med säker e-post, via registratorskontorets e-tjänst eller som brev. Vanlig e-post används inte för sekretessbelagda uppgifter (906/2019 14 §).",
  en: "Send by secure mail, the registry's e-service or letter. Ordinary e-mail is not used for secret data (906/2019 section 14).",
};
const WITHOUT_RECEIVER: Record<Exclude<ReceiverStatus, "FOUND">, LocalizedText> = {
  HOME_MUNICIPALITY_UNKNOWN: {
    fi: "Kotikuntaa ei tiedetä: kukaan ei ole kertonut sitä. Kysy henkilöltä ja kirjaa tieto. Mitään ei lähetetä arvaamalla; luonnos säilyy.",
    sv: "Hemkommunen är okänd: ingen har uppgett den. Fråga personen och anteckna uppgiften. Inget skickas på en gissning; utkastet sparas.",
    en: "The home municipality is not known: nobody has told it. Ask the person and record it. Nothing is sent by guess; the draft is kept.",
  },
  HOME_MUNICIPALITY_FAILED: {
    fi: "Kotikuntaa ei saatu: tietolähde ei vastannut. Yritä hetken kuluttua uudelleen tai kysy henkilöltä. Luonnos säilyy.",
    sv: "Hemkommunen kunde inte hämtas: källan svarade inte. Försök igen om en stund eller fråga personen. Utkastet sparas.",
    en: "The home municipality could not be fetched: a source did not answer. Try again shortly or ask the person. The draft is kept.",
  },
  HOME_MUNICIPALITY_CONFLICT: {
    fi: "Tietolähteet ilmoittavat eri kotikunnan. Tarkista henkilöltä ja kirjaa oikea tieto ennen yhteydenottoa.",
    sv: "Källorna uppger olika hemkommuner. Kontrollera med personen och anteckna den rätta uppgiften före kontakten.",
    en: "The sources disagree on the home municipality. Check with the person and record the right one before making contact.",
  },
  HOME_MUNICIPALITY_WITHHELD: {
    fi: "Sinulla ei ole perustetta saada kotikuntaa tietoosi. Pyydä suostumus, tai pyydä henkilöä ottamaan itse yhteyttä.",
    sv: "Du har ingen grund för att få veta hemkommunen. Be om samtycke, eller be personen att själv ta kontakt.",
    en: "You have no basis to be told the home municipality. Ask for consent, or ask the person to make the contact.",
  },
  HOME_MUNICIPALITY_NOT_IN_DIRECTORY: {
    fi: "Kuntaa ei ole hakemiston kuntaluettelossa: se voi olla lakkautettu tai virheellinen. Tarkista kotikunta.",
    sv: "Kommunen finns inte i katalogens kommunförteckning: den kan ha upphört eller vara fel. Kontrollera hemkommunen.",
    en: "The municipality is not in the directory's list: it may have ceased or be wrong. Check the home municipality.",
  },
  PRISON_NOT_KNOWN: {
    fi: "Vankilaa ei ole kerrottu, ja vastaanottaja riippuu siitä. Kerro vankila.",
    sv: "Fängelset har inte uppgetts, och mottagaren beror på det. Uppge fängelset.",
    en: "The prison was not given, and the receiver depends on it. Give the prison.",
  },
  MAIN_STAY_NOT_KNOWN: {
    fi: "Palvelut järjestää kunta, jossa henkilö pääasiallisesti oleskelee (380/2023 17.1 §), eikä sitä tiedetä. Kysy henkilöltä.",
    sv: "Tjänsterna ordnas av den kommun där personen huvudsakligen vistas (380/2023 17.1 §), och den är okänd. Fråga personen.",
    en: "Services are arranged by the municipality where the person mainly stays (380/2023 section 17.1), which is not known. Ask the person.",
  },
};

const RELIABILITY: Record<VerificationStatus, number> = { VERIFIED: 0, PRINTED_UNDATED: 1, EXPIRED: 2, UNVERIFIED: 3 };

/**
 * Whom to contact, by which means and with what, from the directory alone: no person is known here. Own workers are
 * added by the pathway, for those who may know of them.
 */
export function adviseContacts(query: AdviceQuery): ContactAnswer {
  const { situation, phase, directory } = query;
  const steps = directory.reference.steps.filter(
    (step) => step.situations.includes(situation) && step.phases.includes(phase),
  );
  return { situation, phase, steps: steps.flatMap((step) => adviseStep(step, query) ?? []) };
}

function adviseStep(step: Step, query: AdviceQuery): ContactStep | undefined {
  const from = query.directory.reference;
  const on = dateIn(query.now);
  const resolved = resolveReceiver(from, step, { ...query, on });
  if (resolved === "drop") return undefined;
  const told = {
    code: step.code,
    instruction: step.instruction,
    preferredChannel: step.preferredChannel,
    include: step.include.map((code) => ({ code, text: from.includeTexts.get(code)! })),
    citation: step.citation,
  };
  const emergency = emergencyOptions(step, query, on);
  if (resolved.status !== "FOUND") {
    return {
      ...told,
      receiverStatus: resolved.status,
      receiver: null,
      withoutReceiver: WITHOUT_RECEIVER[resolved.status],
      contacts: emergency,
      verification: "UNVERIFIED",
      missing: [],
      lookUp: [],
    };
  }
  const { receiver, municipality } = resolved;
  const contacts = inOrder(step, [...receiverOptions(step, receiver.code, municipality, query, on), ...emergency]);
  const channel = contacts.filter((option) => option.role === channelRole(query.situation));
  return {
    ...told,
    receiverStatus: "FOUND",
    receiver,
    withoutReceiver: null,
    contacts,
    verification: receiver.certain ? bestOf(channel) : worst(bestOf(channel), "UNVERIFIED"),
    missing: missingOf(step, channel, receiver.name, from.situationNames.get(query.situation)!),
    lookUp: lookUpsOf(from, receiver, municipality),
  };
}

/** In a crisis the crisis service is the channel itself. */
const channelRole = (situation: Situation): ContactRole =>
  situation === "CRISIS" ? "CRISIS_SERVICE" : "NAMED_CHANNEL";

/** Written requests have the registry as their channel; it then stands first by itself. */
function roleOf(point: ContactPoint, step: Step): ContactRole {
  if (point.organisation === EMERGENCY_ORGANISATION) return "EMERGENCY_NUMBER";
  if (point.urgentOnly) return "CRISIS_SERVICE";
  return point.system === "REGISTRY" && step.preferredChannel !== "REGISTRY" ? "REGISTRY" : "NAMED_CHANNEL";
}

function receiverOptions(
  step: Step,
  organisation: string,
  municipality: Municipality | undefined,
  query: AdviceQuery,
  on: LocalDate,
): ContactOption[] {
  const showCrisis = query.situation === "CRISIS" || (step.mayBeUrgent && (query.urgent || !isOfficeTime(query.now)));
  return (
    offeredPoints(query.directory, organisation, municipality, on)
      .filter((point) => point.phases.includes(query.phase))
      // The crisis service takes any urgent matter; every other point serves what it is printed for, and no more (D23).
      .filter((point) => (point.urgentOnly ? showCrisis : point.situations.includes(query.situation)))
      .filter((point) => point.system !== "EMAIL")
      .map((point) => optionOf(point, roleOf(point, step), query.now, on))
  );
}

/** 112 needs no receiver: a notification or a rescue is never held up by an unknown one (D12). */
function emergencyOptions(step: Step, query: AdviceQuery, on: LocalDate): ContactOption[] {
  if (query.situation !== "CRISIS" && !(query.urgent && step.mayBeUrgent)) return [];
  return offeredPoints(query.directory, EMERGENCY_ORGANISATION, undefined, on).map((point) =>
    optionOf(point, "EMERGENCY_NUMBER", query.now, on),
  );
}

export function optionOf(point: ContactPoint, role: ContactRole, now: Date, on: LocalDate): ContactOption {
  // A plain e-mail address must not travel as if secret data could be sent to it.
  const value = isEmail(point.value) ? null : point.value;
  return {
    role,
    contactPointId: point.id,
    system: point.system,
    value,
    displayValue: value === null ? null : displayValue(point.system, value),
    shortNumber: point.system === "PHONE" && isShortNumber(point.value),
    name: point.name,
    service: point.service,
    hours: point.hours?.printed ?? null,
    openNow: isOpenAt(point.hours, now),
    languages: point.languages,
    onlyFor: role === "CRISIS_SERVICE" ? CRISIS_ONLY : point.note,
    how: value === null ? SECURE_MAIL_ONLY : null,
    verification: verificationOn(point, on),
    verifiedOn: point.verifiedOn,
    source: point.source,
  };
}

function inOrder(step: Step, options: ContactOption[]): ContactOption[] {
  const rank = (option: ContactOption): number[] => [
    CONTACT_ROLES.indexOf(option.role),
    option.system === step.preferredChannel ? 0 : 1,
    RELIABILITY[option.verification ?? "UNVERIFIED"],
  ];
  return options
    .map((option) => ({ option, by: rank(option) }))
    .sort((a, b) => a.by.map((part, index) => part - b.by[index]!).find((difference) => difference !== 0) ?? 0)
    .map(({ option }) => option);
}

const worst = (one: VerificationStatus, other: VerificationStatus): VerificationStatus =>
  RELIABILITY[one] > RELIABILITY[other] ? one : other;

const bestOf = (options: readonly ContactOption[]): VerificationStatus =>
  options
    .map((option) => option.verification ?? "UNVERIFIED")
    .reduce<VerificationStatus>((best, one) => (RELIABILITY[one] < RELIABILITY[best] ? one : best), "UNVERIFIED");

function missingOf(
  step: Step,
  channel: readonly ContactOption[],
  receiver: LocalizedText,
  situation: LocalizedText,
): LocalizedText[] {
  if (channel.length === 0) {
    return [
      {
        fi: `Yhteystietoa ei ole: ${receiver.fi}, ${situation.fi}.`,
        sv: `Kontaktuppgift saknas: ${receiver.sv}, ${situation.sv}.`,
        en: `There is no contact point: ${receiver.en}, ${situation.en}.`,
      },
    ];
  }
  const missing: LocalizedText[] = [];
  if (step.preferredChannel === "PHONE" && !channel.some((option) => option.system === "PHONE")) {
    missing.push({
      fi: `Puhelinnumeroa ei ole: ${receiver.fi}, ${situation.fi}.`,
      sv: `Telefonnummer saknas: ${receiver.sv}, ${situation.sv}.`,
      en: `There is no telephone number: ${receiver.en}, ${situation.en}.`,
    });
  }
  if (!channel.some((option) => option.verification === "VERIFIED")) {
    missing.push({
      fi: "Kukaan ei ole vahvistanut yhteystietoa viimeisen puolen vuoden aikana. Tarkista se ennen käyttöä.",
      sv: "Ingen har bekräftat kontaktuppgiften under det senaste halvåret. Kontrollera den före användning.",
      en: "Nobody has confirmed the contact point within the last half-year. Check it before use.",
    });
  }
  return missing;
}
