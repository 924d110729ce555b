import { PURPOSES } from "../access/purpose.ts";
import { AUTHORITIES } from "../kernel/authority.ts";
import { DATA_CATEGORIES } from "./data-category.ts";
import { type LegalBasis, basis } from "./legal-basis-entry.ts";

const CLIENT_DATA_ACT = { act: "703/2023", validFrom: "2024-01-01", evidence: "STATUTE" } as const;
const SOCIAL_WELFARE_ACT = { act: "1301/2014", validFrom: "2015-04-01", evidence: "STATUTE" } as const;
const EMPLOYMENT_ACT = { act: "380/2023", validFrom: "2025-01-01", evidence: "STATUTE" } as const;
const ASSISTANCE_ACT = { act: "1412/1997", validFrom: null, evidence: "DOCUMENT" } as const;
const CHILD_WELFARE_ACT = { act: "417/2007", validFrom: null, evidence: "DOCUMENT" } as const;
const COUNTY_PURPOSES = ["SOCIAL_WELFARE", "SOCIAL_ASSISTANCE"] as const;

/** The subject of a child-protection notification is the child (decision D7). */
const CHILD_IS_THE_SUBJECT = {
  fi: "Ilmoitus koskee lasta: vanhemman asiasta ei avata mitään. Ilmoitus tehdään suoraan lapsen hyvinvointialueelle.",
  sv: "Anmälan gäller barnet: inget öppnas i förälderns ärende. Anmälan görs direkt till barnets välfärdsområde.",
  en: "The notification concerns the child: nothing of the parent's case is opened. It is made straight to the child's county.",
};
const OWN_CHANNEL = {
  fi: "Viranomaiset hoitavat tämän omalla kanavallaan; mikään ei kulje tämän palvelun kautta.",
  sv: "Myndigheterna sköter detta genom sin egen kanal; inget går via denna tjänst.",
  en: "The authorities do this by their own channel; nothing passes through the hub.",
};

/** A register's log is the register's own and the person's: no consent gives it to another authority. */
const CONSENTABLE = DATA_CATEGORIES.filter((category) => category !== "USE_LOG");

/** What goes from one authority to another by other acts than Rise's and the prison health act, and by consent. */
export const OTHER_BASES = {
  COUNTY_63: basis({
    ...CLIENT_DATA_ACT,
    section: "63 §",
    text: {
      fi: "Sosiaalihuollon asiakastieto suostumuksesta riippumatta erittäin tärkeän edun vuoksi",
      sv: "Klientuppgifter inom socialvården oberoende av samtycke på grund av ett synnerligen viktigt intresse",
      en: "Social welfare client data regardless of consent, for a very important interest",
    },
    opens: [{ senders: ["COUNTY"], receivers: [], categories: ["SOCIAL_SERVICES"], purposes: [] }],
    closed: {
      fi: "Luovuttamisesta päättää hyvinvointialue tapauskohtaisesti omassa asiassaan, ei tämä palvelu.",
      sv: "Välfärdsområdet beslutar om utlämnandet från fall till fall i sitt eget ärende, inte denna tjänst.",
      en: "The county decides on it case by case in its own matter, not the hub.",
    },
  }),
  // The section names no categories, only what is necessary; the list is ours [D]: no crime, no health, and the
  // holder grants the part that the request shows to be necessary.
  ATL_64: basis({
    ...CLIENT_DATA_ACT,
    section: "64 §",
    kind: "REQUEST",
    text: {
      fi: "Hyvinvointialueen pyyntö: sosiaalihuollon järjestämiseksi välttämättömät tiedot",
      sv: "Välfärdsområdets begäran: uppgifter som är nödvändiga för att ordna socialvården",
      en: "The county's request: what is necessary to arrange social welfare",
    },
    opens: [
      {
        senders: ["RISE", "EMPLOYMENT", "KELA"],
        receivers: ["COUNTY_WORKER"],
        categories: [
          "IDENTIFICATION",
          "CONTACT",
          "FAMILY",
          "HOUSING",
          "ECONOMY",
          "ALLOWANCES",
          "BENEFITS",
          "SENTENCE_DATES",
          "PLACEMENT",
          "OFFICER",
          "PLAN_EMPLOYMENT",
          "ACTIVITY",
          "WORK_ABILITY",
          "READINESS",
          "EMPLOYMENT_SERVICES",
        ],
        purposes: COUNTY_PURPOSES,
      },
    ],
  }),
  EMPLOYMENT_115: basis({
    ...EMPLOYMENT_ACT,
    section: "115 §",
    text: {
      fi: "Työvoimaviranomaisen tiedonsaantioikeus",
      sv: "Arbetskraftsmyndighetens rätt att få uppgifter",
      en: "The employment authority's right to receive what is necessary",
    },
    opens: [
      {
        senders: ["COUNTY", "KELA"],
        receivers: ["EMPLOYMENT_CONTACT"],
        categories: ["SOCIAL_SERVICES", "BENEFITS"],
        purposes: ["EMPLOYMENT_SERVICES"],
      },
    ],
    closed: OWN_CHANNEL,
  }),
  // Never Rise's basis: Rise is no party of the joint support (decision D9).
  TYM_15: basis({
    act: "381/2023",
    validFrom: "2025-01-01",
    evidence: "STATUTE",
    section: "15 §",
    text: {
      fi: "Monialaisen tuen osapuolten keskinäinen tiedonsaanti",
      sv: "Utbyte av uppgifter mellan parterna i det sektorsövergripande stödet",
      en: "Exchange among the parties of the sectors' joint support",
    },
    opens: [
      {
        senders: ["EMPLOYMENT", "COUNTY", "KELA"],
        receivers: ["EMPLOYMENT_CONTACT", "COUNTY_WORKER", "KELA_OFFICER"],
        categories: ["IDENTIFICATION", "EMPLOYMENT_SERVICES", "SOCIAL_SERVICES", "BENEFITS"],
        purposes: ["EMPLOYMENT_SERVICES", "SOCIAL_WELFARE", "BENEFITS"],
      },
    ],
    closed: OWN_CHANNEL,
  }),
  TTL_14C: basis({
    ...ASSISTANCE_ACT,
    section: "14 c §",
    text: {
      fi: "Kela siirtää hakemuksen hyvinvointialueelle henkilön pyynnöstä",
      sv: "FPA överför ansökan till välfärdsområdet på personens begäran",
      en: "Kela transfers the application to the county at the person's request",
    },
    opens: [
      { senders: ["KELA"], receivers: ["COUNTY_WORKER"], categories: ["BENEFITS"], purposes: ["SOCIAL_ASSISTANCE"] },
    ],
    closed: OWN_CHANNEL,
  }),
  TTL_15: basis({
    ...ASSISTANCE_ACT,
    section: "15 §",
    text: {
      fi: "Hyvinvointialueen lausunto Kelalle",
      sv: "Välfärdsområdets utlåtande till FPA",
      en: "The county's statement to Kela",
    },
    opens: [
      { senders: ["COUNTY"], receivers: ["KELA_OFFICER"], categories: ["SOCIAL_SERVICES"], purposes: ["BENEFITS"] },
    ],
    closed: OWN_CHANNEL,
  }),
  RECEIVED_REFERRAL: basis({
    ...SOCIAL_WELFARE_ACT,
    section: "35.1 §",
    text: {
      fi: "Vastaanotettu hakemus tai yhteydenotto",
      sv: "Mottagen ansökan eller kontakt",
      en: "A received application or contact",
    },
    // The content of the application reaches the county because the person applies, and no more (decision D11).
    opens: [
      { senders: ["RISE"], receivers: ["COUNTY_WORKER"], categories: ["APPLICATION"], purposes: COUNTY_PURPOSES },
    ],
  }),
  // What the county needs to find and meet the person; the list is ours [D]. Crime and health are no part of it.
  SHL_35_2: basis({
    ...SOCIAL_WELFARE_ACT,
    section: "35.2 §",
    kind: "NOTIFICATION",
    text: {
      fi: "Ilmoitus sosiaalihuollon tarpeesta ilman suostumusta",
      sv: "Anmälan om behov av socialvård utan samtycke",
      en: "Notification of a need for social welfare, without consent",
    },
    opens: [
      {
        senders: ["RISE", "VTH", "EMPLOYMENT", "KELA"],
        receivers: ["COUNTY_WORKER"],
        categories: ["IDENTIFICATION", "CONTACT", "HOUSING", "SENTENCE_DATES", "PLACEMENT", "OFFICER"],
        purposes: ["SOCIAL_WELFARE"],
      },
    ],
  }),
  SHL_41: basis({
    ...SOCIAL_WELFARE_ACT,
    section: "41 §",
    text: {
      fi: "Osallistuminen monialaiseen yhteistyöhön",
      sv: "Deltagande i sektorsövergripande samarbete",
      en: "Taking part in multi-actor co-operation",
    },
    opens: [{ senders: ["RISE", "EMPLOYMENT", "KELA"], receivers: ["COUNTY_WORKER"], categories: [], purposes: [] }],
    closed: {
      fi: "Velvoittaa osallistumaan, ei luovuttamaan tietoja: niihin tarvitaan toinen peruste.",
      sv: "Förpliktar att delta, inte att lämna ut uppgifter: för dem behövs en annan grund.",
      en: "It obliges to take part, not to disclose: for that another basis is needed.",
    },
  }),
  LSL_25: basis({
    ...CHILD_WELFARE_ACT,
    section: "25 §",
    kind: "NOTIFICATION",
    text: { fi: "Lastensuojeluilmoitus", sv: "Barnskyddsanmälan", en: "Child welfare notification" },
    opens: [
      {
        senders: ["RISE", "VTH", "EMPLOYMENT", "KELA"],
        receivers: ["CHILD_PROTECTION_WORKER"],
        categories: [],
        purposes: ["CHILD_PROTECTION"],
      },
    ],
    closed: CHILD_IS_THE_SUBJECT,
  }),
  LSL_25C: basis({
    ...CHILD_WELFARE_ACT,
    section: "25 c §",
    kind: "NOTIFICATION",
    text: {
      fi: "Ennakollinen lastensuojeluilmoitus",
      sv: "Föregripande barnskyddsanmälan",
      en: "Child welfare notification before a birth",
    },
    opens: [
      {
        senders: ["RISE", "VTH", "EMPLOYMENT", "KELA"],
        receivers: ["CHILD_PROTECTION_WORKER"],
        categories: [],
        purposes: ["CHILD_PROTECTION"],
      },
    ],
    closed: CHILD_IS_THE_SUBJECT,
  }),
  // Neither health nor anything else that the prison health service holds reaches Rise by a consent (decision D4): its
  // referrals, and its knowing the person at all, tell of care.
  CONSENT: basis({
    act: "621/1999",
    section: "26 ja 29 §",
    validFrom: null,
    evidence: "UNVERIFIED",
    kind: "CONSENT",
    text: { fi: "Henkilön suostumus", sv: "Personens samtycke", en: "The person's consent" },
    opens: [
      {
        senders: AUTHORITIES.filter((authority) => authority !== "VTH"),
        receivers: ["PRISON_WORKER", "PROBATION_WORKER"],
        categories: CONSENTABLE.filter((category) => category !== "HEALTH"),
        purposes: PURPOSES,
      },
      {
        senders: AUTHORITIES,
        receivers: ["VTH_NURSE", "COUNTY_WORKER", "CHILD_PROTECTION_WORKER", "EMPLOYMENT_CONTACT", "KELA_OFFICER"],
        categories: CONSENTABLE,
        purposes: PURPOSES,
      },
    ],
  }),
} satisfies Record<string, LegalBasis>;
