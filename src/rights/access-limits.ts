import type { CallerRole } from "../access/role.ts";
import type { Evidence } from "../kernel/evidence.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { LocalizedText } from "../kernel/text.ts";

/**
 * What the person does not get of a register, by which law and by whose decision (decision D8). What a limit covers does
 * not exist in the person's log: not on a page, not in a count, not in a cursor, not in the PDF.
 */
export interface AccessLimit {
  code: string;
  register: LocalizedText;
  /** What is left out. */
  leftOut: LocalizedText;
  citation: string;
  /** Who decides on it, and how. */
  decision: LocalizedText;
  evidence: Evidence;
  /** The day on which the section was last read. */
  checkedOn: LocalDate;
  /** Which events of the log it covers. Where all are empty, the hub holds nothing of it and refuses to begin. */
  covers: {
    /** Everything that these roles did. */
    roles?: readonly CallerRole[];
    operations?: readonly string[];
    /** Whatever left on one of these bases. */
    bases?: readonly string[];
    /** Fields whose path begins so. */
    paths?: readonly string[];
  };
}

const READ_ON = "2025-02-21" as LocalDate;

const BY_STATUTE: LocalizedText = {
  fi: "Laki sulkee tiedon pois suoraan; kieltäytymisestä annetaan pyydettäessä todistus tai päätös.",
  sv: "Uppgiften är utesluten direkt i lag; på begäran ges ett intyg eller beslut om vägran.",
  en: "Closed by the act itself; a certificate or decision of the refusal is given on request.",
};
const WRITTEN_DECISION: LocalizedText = {
  fi: "Rekisterinpitäjä tekee kirjallisen päätöksen; sen voi viedä tietosuojavaltuutetulle (703/2023 11.4 §).",
  sv: "Den personuppgiftsansvarige fattar ett skriftligt beslut; det kan föras till dataombudsmannen (703/2023 11.4 §).",
  en: "The controller decides in writing; it can be taken to the data protection ombudsman (703/2023 section 11.4).",
};
const RISE_REGISTER: LocalizedText = {
  fi: "Rikosseuraamusrekisteri",
  sv: "Brottspåföljdsregistret",
  en: "Register of criminal sanctions",
};

export const ACCESS_LIMITS: readonly AccessLimit[] = [
  {
    code: "COHABITANT_CONSENT",
    register: RISE_REGISTER,
    leftOut: {
      fi: "samassa asunnossa asuvan täysi-ikäisen suostumus",
      sv: "samtycke av en vuxen som bor i samma bostad",
      en: "the consent of an adult who lives in the same dwelling",
    },
    citation: "1301/2021 36.1 §, 7.6 §",
    decision: BY_STATUTE,
    evidence: "STATUTE",
    checkedOn: READ_ON,
    covers: { paths: ["cohabitant."] },
  },
  {
    code: "CHILD_OPINION",
    register: RISE_REGISTER,
    leftOut: {
      fi: "alle 18-vuotiaan mielipiteen selvittäminen",
      sv: "utredning av åsikten hos den som är under 18 år",
      en: "the opinion of a person under 18",
    },
    citation: "1301/2021 36.1 §, 7.6 §",
    decision: BY_STATUTE,
    evidence: "STATUTE",
    checkedOn: READ_ON,
    covers: { paths: ["childOpinion."] },
  },
  {
    code: "SECURITY_REGISTER",
    register: {
      fi: "Turvallisuustietorekisteri",
      sv: "Säkerhetsdataregistret",
      en: "Register of security data",
    },
    leftOut: { fi: "kaikki tiedot", sv: "alla uppgifter", en: "everything" },
    citation: "1301/2021 36.1 §, 11 §",
    decision: BY_STATUTE,
    evidence: "STATUTE",
    checkedOn: READ_ON,
    covers: { bases: ["R1301_30"], paths: ["security."] },
  },
  {
    code: "VICTIM_REGISTER",
    register: { fi: "Asianomistajarekisteri", sv: "Målsägandenregistret", en: "Register of victims" },
    leftOut: {
      fi: "se, onko rekisterissä tietoja",
      sv: "om det finns uppgifter i registret",
      en: "whether there is any data",
    },
    citation: "1301/2021 36.2 §, 12 §",
    decision: BY_STATUTE,
    evidence: "STATUTE",
    checkedOn: READ_ON,
    covers: { paths: ["victim."] },
  },
  {
    code: "CHILD_PROTECTION",
    register: {
      fi: "Lastensuojelun asiakasrekisteri",
      sv: "Barnskyddets klientregister",
      en: "Child protection register",
    },
    leftOut: {
      fi: "lastensuojeluilmoitus ja lastensuojelun työ, jotka ovat lapsen tietoja",
      sv: "barnskyddsanmälan och barnskyddets arbete, som är barnets uppgifter",
      en: "a child protection notification and the work of child protection, which are the child's data",
    },
    // [D] The notification belongs to the child's record (decision D7); 703/2023 11.2 § names "the rights of another".
    citation: "703/2023 11.2 §",
    decision: WRITTEN_DECISION,
    evidence: "STATUTE",
    checkedOn: READ_ON,
    covers: { roles: ["CHILD_PROTECTION_WORKER"], bases: ["LSL_25", "LSL_25C"] },
  },
  {
    code: "POLICE",
    register: RISE_REGISTER,
    leftOut: {
      fi: "luovutukset poliisille ja muille rikoksia estäville ja selvittäville viranomaisille",
      sv: "utlämnanden till polisen och andra myndigheter som förhindrar och utreder brott",
      en: "disclosures to the police and other authorities that prevent and investigate crime",
    },
    citation: "1301/2021 19 §, 36.1 §; 703/2023 11.2 §",
    decision: WRITTEN_DECISION,
    evidence: "STATUTE",
    checkedOn: READ_ON,
    covers: { bases: ["R1301_19"], paths: ["police."] },
  },
];

const all = <T>(pick: (covers: AccessLimit["covers"]) => readonly T[] | undefined): T[] => [
  ...new Set(ACCESS_LIMITS.flatMap(({ covers }) => pick(covers) ?? [])),
];

/** All limits together: an event that one of them covers does not exist for the person. */
export const LEFT_OUT = {
  roles: all((covers) => covers.roles),
  operations: all((covers) => covers.operations),
  bases: all((covers) => covers.bases),
  paths: all((covers) => covers.paths),
} as const;

/** How far back the person's log goes without a special reason (703/2023 section 11.2), in months. */
export const LOG_MONTHS = 24;

/** Special reasons for older entries, as a closed list: the act names none, and a free text would be one more secret [D]. */
export const OLDER_LOG_REASONS = ["SUSPECTED_MISUSE", "LEGAL_PROCEEDINGS", "OTHER_SPECIAL_REASON"] as const;
export type OlderLogReason = (typeof OLDER_LOG_REASONS)[number];
