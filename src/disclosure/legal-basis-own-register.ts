import { type LegalBasis, basis } from "./legal-basis-entry.ts";

/** Each authority's own register for those who serve the person, and the person's own data. */
export const OWN_REGISTER_BASES = {
  VTH_PATIENT_DATA: basis({
    act: "703/2023",
    validFrom: "2024-01-01",
    evidence: "STATUTE",
    section: "8-9 §",
    text: {
      fi: "Potilastieto hoitosuhteessa",
      sv: "Patientuppgifter inom vårdrelationen",
      en: "Patient data within the treatment relation",
    },
    opens: [
      {
        senders: ["VTH"],
        receivers: ["VTH_NURSE"],
        categories: ["IDENTIFICATION", "CONTACT", "HEALTH", "REFERRALS", "CONSENTS", "USE_LOG"],
        purposes: ["HEALTH_CARE"],
      },
    ],
  }),
  COUNTY_CLIENT_DATA: basis({
    act: "703/2023",
    validFrom: "2024-01-01",
    evidence: "STATUTE",
    section: "8-9 §",
    text: {
      fi: "Sosiaalihuollon asiakastieto omassa asiakkuudessa",
      sv: "Klientuppgifter inom den egna klientrelationen",
      en: "Social welfare client data within the own client relationship",
    },
    opens: [
      {
        senders: ["COUNTY"],
        receivers: ["COUNTY_WORKER"],
        categories: [
          "IDENTIFICATION",
          "CONTACT",
          "FAMILY",
          "HOUSING",
          "ECONOMY",
          "SOCIAL_SERVICES",
          "REFERRALS",
          "CONSENTS",
          "USE_LOG",
        ],
        purposes: ["SOCIAL_WELFARE", "SOCIAL_ASSISTANCE"],
      },
      {
        senders: ["COUNTY"],
        receivers: ["CHILD_PROTECTION_WORKER"],
        categories: ["IDENTIFICATION", "CONTACT", "FAMILY"],
        purposes: ["CHILD_PROTECTION"],
      },
    ],
  }),
  EMPLOYMENT_CLIENT_DATA: basis({
    act: "380/2023",
    validFrom: "2025-01-01",
    evidence: "STATUTE",
    section: "112-116 §",
    text: {
      fi: "Työvoimaviranomaisen oma asiakastieto",
      sv: "Arbetskraftsmyndighetens egna kunduppgifter",
      en: "The employment authority's own client data",
    },
    opens: [
      {
        senders: ["EMPLOYMENT"],
        receivers: ["EMPLOYMENT_CONTACT"],
        categories: ["IDENTIFICATION", "CONTACT", "EMPLOYMENT_SERVICES", "REFERRALS", "CONSENTS", "USE_LOG"],
        purposes: ["EMPLOYMENT_SERVICES"],
      },
    ],
  }),
  KELA_BENEFIT_DATA: basis({
    act: "1412/1997",
    validFrom: null,
    evidence: "DOCUMENT",
    section: "14 §",
    text: {
      fi: "Kansaneläkelaitoksen oma etuustieto",
      sv: "Folkpensionsanstaltens egna förmånsuppgifter",
      en: "The Social Insurance Institution's own benefit data",
    },
    opens: [
      {
        senders: ["KELA"],
        receivers: ["KELA_OFFICER"],
        categories: ["IDENTIFICATION", "CONTACT", "BENEFITS", "REFERRALS", "CONSENTS", "USE_LOG"],
        purposes: ["BENEFITS"],
      },
    ],
  }),
  // The county's register holds child protection: nothing of it is in the person's own view (decisions D7, D8).
  OWN_DATA: basis({
    act: "(EU) 2016/679",
    section: "15 art.",
    validFrom: "2018-05-25",
    evidence: "UNVERIFIED",
    text: {
      fi: "Henkilön oikeus saada tietonsa",
      sv: "Personens rätt att få sina uppgifter",
      en: "The person's right of access",
    },
    opens: [
      {
        senders: ["RISE"],
        receivers: ["PERSON"],
        categories: [
          "IDENTIFICATION",
          "CONTACT",
          "HOUSING",
          "ECONOMY",
          "ALLOWANCES",
          "SANCTION",
          "SENTENCE_DATES",
          "PLACEMENT",
          "OFFICER",
          "PLAN_EMPLOYMENT",
          "ACTIVITY",
          "WORK_ABILITY",
          "READINESS",
          "APPLICATION",
        ],
        purposes: ["OWN_DATA"],
      },
      { senders: ["KELA"], receivers: ["PERSON"], categories: ["BENEFITS"], purposes: ["OWN_DATA"] },
      { senders: ["EMPLOYMENT"], receivers: ["PERSON"], categories: ["EMPLOYMENT_SERVICES"], purposes: ["OWN_DATA"] },
      { senders: ["VTH"], receivers: ["PERSON"], categories: ["HEALTH"], purposes: ["OWN_DATA"] },
      // Who used the data, with the limits of rights/access-limits.ts (decision D8).
      {
        senders: ["RISE", "EMPLOYMENT", "KELA"],
        receivers: ["PERSON"],
        categories: ["USE_LOG"],
        purposes: ["OWN_DATA"],
      },
    ],
  }),
  LOG_EXTRACT: basis({
    act: "703/2023",
    section: "11 §",
    validFrom: "2024-01-01",
    evidence: "STATUTE",
    text: {
      fi: "Oikeus tietää, kuka tietoja on käyttänyt ja kenelle niitä on luovutettu",
      sv: "Rätt att få veta vem som har använt uppgifterna och till vem de har lämnats ut",
      en: "The right to know who has used the data and to whom it was disclosed",
    },
    opens: [{ senders: ["VTH", "COUNTY"], receivers: ["PERSON"], categories: ["USE_LOG"], purposes: ["OWN_DATA"] }],
  }),
} satisfies Record<string, LegalBasis>;
