import type { LocalizedText } from "../kernel/text.ts";
import type { DataCategory } from "./data-category.ts";
import { type LegalBasis, basis } from "./legal-basis-entry.ts";

/** A party that is not in the hub: nothing of these sections passes through it (decision D9). */
const noSuchParty = (party: LocalizedText): LocalizedText => ({
  fi: `Toinen osapuoli ei käytä tätä palvelua: ${party.fi}.`,
  sv: `Den andra parten använder inte denna tjänst: ${party.sv}.`,
  en: `The other party does not use the hub: ${party.en}.`,
});

type Words = readonly [fi: string, sv: string, en: string];
const localized = ([fi, sv, en]: Words): LocalizedText => ({ fi, sv, en });

const section = (number: string, text: Words, party: Words, direction: "IN" | "OUT", categories: DataCategory[]) =>
  basis({
    act: "1301/2021",
    section: number,
    validFrom: "2022-04-04",
    evidence: "STATUTE",
    text: localized(text),
    opens: [
      direction === "OUT"
        ? { senders: ["RISE"], receivers: [], categories, purposes: [] }
        : { senders: [], receivers: ["PRISON_WORKER", "PROBATION_WORKER"], categories, purposes: ["ENFORCEMENT"] },
    ],
    closed: noSuchParty(localized(party)),
  });

/**
 * Act 1301/2021, those of sections 16-30 whose other party is not in the hub. The categories are what the section
 * names, as far as the hub has a category for it.
 */
export const RISE_OUTSIDE_BASES = {
  R1301_16_1: section(
    "16.1 § 1-6 ja 8 k",
    [
      "Tietojen saaminen muilta viranomaisilta ja rekistereistä",
      "Erhållande av uppgifter från andra myndigheter och register",
      "What Rise receives from other authorities and registers",
    ],
    [
      "tuomioistuinten järjestelmät, väestötietojärjestelmä, poliisi, sakkorekisteri, ulosotto, Maahanmuuttovirasto, Rajavartiolaitos, asevelvollisrekisteri",
      "domstolarnas system, befolkningsdatasystemet, polisen, bötesregistret, utsökningen, Migrationsverket, Gränsbevakningsväsendet, värnpliktsregistret",
      "the courts' systems, the population information system, the police, the fine register, the enforcement authority, the Immigration Service, the Border Guard, the conscription register",
    ],
    "IN",
    ["IDENTIFICATION", "CONTACT", "FAMILY", "SANCTION", "ECONOMY"],
  ),
  R1301_17: section(
    "17 §",
    [
      "Oikeudenkäyntiasiakirjat toimintaohjelmaa varten",
      "Rättegångshandlingar för verksamhetsprogram",
      "Trial documents for programmes against reoffending",
    ],
    ["tuomioistuin", "domstolen", "the court"],
    "IN",
    ["SANCTION"],
  ),
  R1301_18: section(
    "18 §",
    ["Maksukortin tapahtumat", "Betalkortets transaktioner", "Transactions of the prisoner's payment card"],
    ["maksupalvelun tarjoaja", "betaltjänstleverantören", "the payment service provider"],
    "IN",
    ["ECONOMY"],
  ),
  R1301_19: section(
    "19 §",
    [
      "Tietojen luovuttaminen rikosasioiden tietosuojalain toimivaltaiselle viranomaiselle",
      "Utlämnande av uppgifter till behörig myndighet enligt dataskyddslagen avseende brottmål",
      "Disclosure to a competent authority under the criminal-matters data protection act",
    ],
    [
      "poliisi, Tulli, Rajavartiolaitos, puolustusvoimat, syyttäjä, tuomioistuin, Oikeusrekisterikeskus",
      "polisen, Tullen, Gränsbevakningsväsendet, försvarsmakten, åklagaren, domstolen, Rättsregistercentralen",
      "the police, Customs, the Border Guard, the Defence Forces, the prosecutor, the court, the Legal Register Centre",
    ],
    "OUT",
    [
      "IDENTIFICATION",
      "CONTACT",
      "SANCTION",
      "SENTENCE_DATES",
      "PLACEMENT",
      "ACTIVITY",
      "PLAN_EMPLOYMENT",
      "ALLOWANCES",
    ],
  ),
  R1301_20: section(
    "20 §",
    ["Tietojen luovuttaminen poliisille", "Utlämnande av uppgifter till polisen", "Disclosure to the police"],
    ["poliisi", "polisen", "the police"],
    "OUT",
    ["IDENTIFICATION", "SANCTION", "SENTENCE_DATES", "PLACEMENT"],
  ),
  R1301_21: section(
    "21 §",
    [
      "Tietojen luovuttaminen Maahanmuuttovirastolle, vastaanottokeskuksille ja säilöönottoyksiköille",
      "Utlämnande av uppgifter till Migrationsverket, förläggningar och förvarsenheter",
      "Disclosure to the Immigration Service, reception centres and detention units",
    ],
    [
      "Maahanmuuttovirasto, vastaanottokeskus, säilöönottoyksikkö",
      "Migrationsverket, förläggningen, förvarsenheten",
      "the Immigration Service, the reception centre, the detention unit",
    ],
    "OUT",
    ["IDENTIFICATION", "SANCTION", "SENTENCE_DATES", "PLACEMENT", "ACTIVITY", "ALLOWANCES", "READINESS"],
  ),
  R1301_22: section(
    "22 §",
    [
      "Tietojen luovuttaminen Oikeusrekisterikeskukselle",
      "Utlämnande av uppgifter till Rättsregistercentralen",
      "Disclosure to the Legal Register Centre",
    ],
    ["Oikeusrekisterikeskus", "Rättsregistercentralen", "the Legal Register Centre"],
    "OUT",
    ["IDENTIFICATION", "SANCTION", "SENTENCE_DATES", "PLACEMENT", "ALLOWANCES"],
  ),
  R1301_23: section(
    "23 §",
    [
      "Tietojen luovuttaminen ulosottoviranomaisille",
      "Utlämnande av uppgifter till utsökningsmyndigheterna",
      "Disclosure to the enforcement authorities",
    ],
    ["ulosottoviranomainen", "utsökningsmyndigheten", "the enforcement authority"],
    "OUT",
    ["IDENTIFICATION", "SANCTION", "SENTENCE_DATES", "PLACEMENT", "ACTIVITY", "ALLOWANCES", "ECONOMY"],
  ),
  R1301_24: section(
    "24 §",
    [
      "Tietojen luovuttaminen haastemiehelle",
      "Utlämnande av uppgifter till stämningsmannen",
      "Disclosure to the process server",
    ],
    ["haastemies", "stämningsmannen", "the process server"],
    "OUT",
    ["IDENTIFICATION", "SENTENCE_DATES", "PLACEMENT"],
  ),
  R1301_25: section(
    "25 §",
    [
      "Tietojen luovuttaminen Rajavartiolaitokselle",
      "Utlämnande av uppgifter till Gränsbevakningsväsendet",
      "Disclosure to the Border Guard",
    ],
    ["Rajavartiolaitos", "Gränsbevakningsväsendet", "the Border Guard"],
    "OUT",
    ["IDENTIFICATION", "SANCTION", "SENTENCE_DATES", "PLACEMENT", "CONTACT"],
  ),
  R1301_26: section(
    "26 §",
    [
      "Tietojen luovuttaminen sotilasviranomaisille",
      "Utlämnande av uppgifter till militärmyndigheterna",
      "Disclosure to the military authorities",
    ],
    [
      "sotilasviranomaiset ja pääesikunta",
      "militärmyndigheterna och huvudstaben",
      "the military authorities and the Defence Command",
    ],
    "OUT",
    ["IDENTIFICATION", "SANCTION", "SENTENCE_DATES", "PLACEMENT"],
  ),
  R1301_29: section(
    "29 §",
    [
      "Tietojen luovuttaminen yhdyskuntaseuraamuksen yksityiselle täytäntöönpanijalle",
      "Utlämnande av uppgifter till den privata som verkställer en samhällspåföljd",
      "Disclosure to a private party that enforces a community sanction",
    ],
    [
      "täytäntöönpanotehtävää hoitava yksityinen",
      "den privata som sköter verkställigheten",
      "the private party with the task",
    ],
    "OUT",
    ["IDENTIFICATION", "CONTACT", "SENTENCE_DATES"],
  ),
  R1301_30: section(
    "30 §",
    [
      "Tietojen luovuttaminen turvallisuustietorekisteristä",
      "Utlämnande av uppgifter ur säkerhetsdataregistret",
      "Disclosure from the security register",
    ],
    [
      "poliisi, pääesikunta, Tulli, Rajavartiolaitos; turvallisuustietorekisteriä ei ole tässä palvelussa",
      "polisen, huvudstaben, Tullen, Gränsbevakningsväsendet; säkerhetsdataregistret finns inte i denna tjänst",
      "the police, the Defence Command, Customs, the Border Guard; the security register is not in the hub",
    ],
    "OUT",
    [],
  ),
} satisfies Record<string, LegalBasis>;
