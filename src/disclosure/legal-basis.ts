import type { LocalDate } from "../kernel/dates.ts";
import type { LocalizedText } from "../kernel/text.ts";

export interface LegalBasis {
  /** Act and section. */
  citation: string;
  text: LocalizedText;
  /** The day on which the text of the section was last read. */
  checkedOn: LocalDate;
}

const READ_ON = "2025-02-21" as LocalDate;

/** The bases under which a fact may leave to a receiver. What none of them names is withheld. */
export const LEGAL_BASES = {
  RISE_TASK: {
    citation: "1301/2021 5-9 §",
    text: {
      fi: "Rikosseuraamuslaitoksen oma tehtävä",
      sv: "Brottspåföljdsmyndighetens egen uppgift",
      en: "The prison and probation service's own task",
    },
    checkedOn: READ_ON,
  },
  R1301_16_1_7: {
    citation: "1301/2021 16.1 § 7 k",
    text: {
      fi: "Työvoimaviranomaiselta saatavat palvelu- ja työkykytiedot",
      sv: "Uppgifter om service och arbetsförmåga från arbetskraftsmyndigheten",
      en: "Services and work ability received from the employment authority",
    },
    checkedOn: READ_ON,
  },
  R1301_27_KELA: {
    citation: "1301/2021 27 §",
    text: {
      fi: "Tietojen luovuttaminen Kansaneläkelaitokselle",
      sv: "Utlämnande av uppgifter till Folkpensionsanstalten",
      en: "Disclosure to the Social Insurance Institution",
    },
    checkedOn: READ_ON,
  },
  R1301_28_TYO: {
    citation: "1301/2021 28 §",
    text: {
      fi: "Tietojen luovuttaminen työvoimaviranomaiselle",
      sv: "Utlämnande av uppgifter till arbetskraftsmyndigheten",
      en: "Disclosure to the employment authority",
    },
    checkedOn: READ_ON,
  },
  RISE_TO_VTH: {
    citation: "1635/2015 7.3 §",
    text: {
      fi: "Vankiterveydenhuollon tehtävässä välttämättömät tiedot",
      sv: "Uppgifter som är nödvändiga för fångarnas hälso- och sjukvård",
      en: "What prison health care needs for its task",
    },
    checkedOn: READ_ON,
  },
  VTH_PATIENT_DATA: {
    citation: "703/2023 8-9 §",
    text: {
      fi: "Potilastieto hoitosuhteessa",
      sv: "Patientuppgifter inom vårdrelationen",
      en: "Patient data within the treatment relation",
    },
    checkedOn: READ_ON,
  },
  COUNTY_CLIENT_DATA: {
    citation: "703/2023 8-9 §",
    text: {
      fi: "Sosiaalihuollon asiakastieto omassa asiakkuudessa",
      sv: "Klientuppgifter inom den egna klientrelationen",
      en: "Social welfare client data within the own client relationship",
    },
    checkedOn: READ_ON,
  },
  EMPLOYMENT_CLIENT_DATA: {
    citation: "380/2023 112-116 §",
    text: {
      fi: "Työvoimaviranomaisen oma asiakastieto",
      sv: "Arbetskraftsmyndighetens egna kunduppgifter",
      en: "The employment authority's own client data",
    },
    checkedOn: READ_ON,
  },
  KELA_BENEFIT_DATA: {
    citation: "1412/1997 14 §",
    text: {
      fi: "Kansaneläkelaitoksen oma etuustieto",
      sv: "Folkpensionsanstaltens egna förmånsuppgifter",
      en: "The Social Insurance Institution's own benefit data",
    },
    checkedOn: READ_ON,
  },
  RECEIVED_REFERRAL: {
    citation: "1301/2014 35.1 §",
    text: {
      fi: "Vastaanotettu hakemus tai yhteydenotto",
      sv: "Mottagen ansökan eller kontakt",
      en: "A received application or contact",
    },
    checkedOn: READ_ON,
  },
  CONSENT: {
    citation: "621/1999 26 ja 29 §",
    text: { fi: "Henkilön suostumus", sv: "Personens samtycke", en: "The person's consent" },
    checkedOn: READ_ON,
  },
  OWN_DATA: {
    citation: "(EU) 2016/679 15 art.",
    text: {
      fi: "Henkilön oikeus saada tietonsa",
      sv: "Personens rätt att få sina uppgifter",
      en: "The person's right of access",
    },
    checkedOn: READ_ON,
  },
} as const satisfies Record<string, LegalBasis>;
export type LegalBasisCode = keyof typeof LEGAL_BASES;
