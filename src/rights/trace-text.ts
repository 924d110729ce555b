import type { Purpose } from "../access/purpose.ts";
import type { CallerRole } from "../access/role.ts";
import type { DataCategory } from "../disclosure/data-category.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalizedText } from "../kernel/text.ts";

/**
 * The words in which the log is told to the person: plain language, no codes. Lists as the middle of a sentence, so in
 * small letters. A test refuses a role, purpose, category or operation that has no words here.
 */

/** Who may stand in the log: a caller's role, or the hub itself. */
export type ActorRole = CallerRole | "HUB";

export const ROLE_TEXTS: Record<ActorRole, LocalizedText> = {
  PRISON_WORKER: { fi: "vankilan työntekijä", sv: "anställd vid fängelset", en: "prison worker" },
  PROBATION_WORKER: {
    fi: "yhdyskuntaseuraamustoimiston työntekijä",
    sv: "anställd vid byrån för samhällspåföljder",
    en: "probation office worker",
  },
  VTH_NURSE: {
    fi: "vankiterveydenhuollon työntekijä",
    sv: "anställd vid fångarnas hälso- och sjukvård",
    en: "prison health care worker",
  },
  COUNTY_WORKER: {
    fi: "sosiaalihuollon työntekijä",
    sv: "anställd vid socialvården",
    en: "social welfare worker",
  },
  CHILD_PROTECTION_WORKER: {
    fi: "lastensuojelun työntekijä",
    sv: "anställd vid barnskyddet",
    en: "child protection worker",
  },
  EMPLOYMENT_CONTACT: {
    fi: "työvoimapalvelujen työntekijä",
    sv: "anställd vid arbetskraftsservicen",
    en: "employment services worker",
  },
  KELA_OFFICER: { fi: "etuuskäsittelijä", sv: "förmånshandläggare", en: "benefit officer" },
  PARTNER_APP: { fi: "sovellus", sv: "applikation", en: "application" },
  PERSON: { fi: "sinä itse", sv: "du själv", en: "you yourself" },
  HUB: { fi: "palvelu Nivel itse", sv: "tjänsten Nivel själv", en: "the service Nivel itself" },
};

export const AUTHORITY_TEXTS: Record<Authority, LocalizedText> = {
  RISE: { fi: "Rikosseuraamuslaitos", sv: "Brottspåföljdsmyndigheten", en: "Prison and Probation Service" },
  VTH: {
    fi: "Vankiterveydenhuollon yksikkö",
    sv: "Enheten för hälso- och sjukvård för fångar",
    en: "Health Care Services for Prisoners",
  },
  COUNTY: { fi: "hyvinvointialue", sv: "välfärdsområdet", en: "wellbeing services county" },
  EMPLOYMENT: { fi: "työvoimaviranomainen", sv: "arbetskraftsmyndigheten", en: "employment authority" },
  KELA: { fi: "Kela", sv: "FPA", en: "Kela" },
};

export const PURPOSE_TEXTS: Record<Purpose, LocalizedText> = {
  ENFORCEMENT: {
    fi: "rangaistuksen tai tutkintavankeuden täytäntöönpano",
    sv: "verkställighet av straff eller häktning",
    en: "enforcement of a sentence or remand",
  },
  RELEASE_PLANNING: { fi: "vapautumisen suunnittelu", sv: "planering av frigivningen", en: "planning of release" },
  SOCIAL_ASSISTANCE: { fi: "toimeentulotuki", sv: "utkomststöd", en: "social assistance" },
  SOCIAL_WELFARE: { fi: "sosiaalihuolto", sv: "socialvård", en: "social welfare" },
  CHILD_PROTECTION: { fi: "lastensuojelu", sv: "barnskydd", en: "child protection" },
  HEALTH_CARE: { fi: "terveydenhuolto", sv: "hälso- och sjukvård", en: "health care" },
  EMPLOYMENT_SERVICES: { fi: "työvoimapalvelut", sv: "arbetskraftsservice", en: "employment services" },
  BENEFITS: { fi: "etuuksien hoitaminen", sv: "skötsel av förmåner", en: "handling of benefits" },
  OWN_DATA: { fi: "omien tietojen katselu", sv: "granskning av egna uppgifter", en: "viewing of own data" },
};

export const CATEGORY_TEXTS: Record<DataCategory, LocalizedText> = {
  IDENTIFICATION: {
    fi: "nimi ja muut henkilötiedot",
    sv: "namn och andra personuppgifter",
    en: "name and other personal details",
  },
  CONTACT: {
    fi: "osoite, kotikunta ja yhteystiedot",
    sv: "adress, hemkommun och kontaktuppgifter",
    en: "address, home municipality and contact details",
  },
  FAMILY: { fi: "perhe ja huollettavat", sv: "familj och försörjda", en: "family and dependants" },
  HOUSING: { fi: "asuminen", sv: "boende", en: "housing" },
  ECONOMY: { fi: "rahat, tilit ja velat", sv: "pengar, konton och skulder", en: "money, accounts and debts" },
  ALLOWANCES: {
    fi: "käyttöraha, toimintaraha ja palkka vankilassa",
    sv: "brukspenning, sysselsättningspenning och lön i fängelset",
    en: "allowances and pay in prison",
  },
  BENEFITS: { fi: "etuudet", sv: "förmåner", en: "benefits" },
  SANCTION: { fi: "mikä seuraamus sinulla on", sv: "vilken påföljd du har", en: "which sanction you have" },
  SENTENCE_DATES: {
    fi: "rangaistuksen alku ja loppu",
    sv: "straffets början och slut",
    en: "start and end of the sentence",
  },
  PLACEMENT: { fi: "missä vankilassa olet", sv: "i vilket fängelse du är", en: "which prison you are in" },
  OFFICER: {
    fi: "kuka vastaa asiastasi",
    sv: "vem som ansvarar för ditt ärende",
    en: "who is responsible for your case",
  },
  PLAN_EMPLOYMENT: {
    fi: "suunnitelmasi työhön ja opintoihin liittyvät kohdat",
    sv: "de delar av din plan som gäller arbete och studier",
    en: "the parts of your plan on work and studies",
  },
  ACTIVITY: {
    fi: "osallistumisesi toimintaan",
    sv: "ditt deltagande i verksamhet",
    en: "the activities you have taken part in",
  },
  WORK_ABILITY: {
    fi: "työkyky ja toimintakyky",
    sv: "arbets- och funktionsförmåga",
    en: "ability to work and function",
  },
  READINESS: {
    fi: "vapautumisen valmistelu (esimerkiksi henkilöllisyystodistus ja pankkitunnukset)",
    sv: "förberedelser för frigivningen (till exempel identitetsbevis och bankkoder)",
    en: "preparation for release (such as identity document and bank access)",
  },
  SOCIAL_SERVICES: {
    fi: "sosiaalihuollon asiakkuus",
    sv: "klientrelation inom socialvården",
    en: "social welfare services",
  },
  EMPLOYMENT_SERVICES: {
    fi: "työnhaku ja työvoimapalvelut",
    sv: "jobbsökning och arbetskraftsservice",
    en: "job search and employment services",
  },
  HEALTH: { fi: "terveys ja hoito", sv: "hälsa och vård", en: "health and care" },
  REFERRALS: {
    fi: "vireillä olevat asiat ja yhteydenotot",
    sv: "anhängiga ärenden och kontakter",
    en: "pending matters and contacts",
  },
  APPLICATION: {
    fi: "hakemus, lausunto ja niiden asiakirjat",
    sv: "ansökan, utlåtande och handlingar till dem",
    en: "application, statement and their documents",
  },
  CONSENTS: { fi: "suostumukset ja kiellot", sv: "samtycken och förbud", en: "consents and refusals" },
  USE_LOG: {
    fi: "lokitiedot siitä, kuka tietojasi on käyttänyt",
    sv: "logguppgifter om vem som har använt dina uppgifter",
    en: "the log of who has used your data",
  },
};

/** What a path that no disclosure table names is called; it tells nothing. */
export const OTHER_DATA: LocalizedText = { fi: "muita tietoja", sv: "andra uppgifter", en: "other data" };
