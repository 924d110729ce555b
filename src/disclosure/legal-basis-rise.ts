import { type LegalBasis, basis } from "./legal-basis-entry.ts";

const RISE = ["PRISON_WORKER", "PROBATION_WORKER"] as const;
const RISE_PURPOSES = ["ENFORCEMENT", "RELEASE_PLANNING", "SOCIAL_ASSISTANCE"] as const;
const ACT = { act: "1301/2021", validFrom: "2022-04-04", evidence: "STATUTE" } as const;
const PRISON_HEALTH_ACT = { act: "1635/2015", validFrom: "2016-01-01", evidence: "STATUTE" } as const;

/**
 * What Rise handles itself, gets from and gives to those who are in the hub (act 1301/2021), and its exchange with the
 * prison health service (act 1635/2015). The rest of sections 16-30 is in `legal-basis-rise-outside.ts` (decision D9).
 */
export const RISE_BASES = {
  RISE_TASK: basis({
    ...ACT,
    section: "5-9 §",
    text: {
      fi: "Rikosseuraamuslaitoksen oma tehtävä",
      sv: "Brottspåföljdsmyndighetens egen uppgift",
      en: "The prison and probation service's own task",
    },
    opens: [
      {
        senders: ["RISE"],
        receivers: RISE,
        categories: [
          "IDENTIFICATION",
          "CONTACT",
          "FAMILY",
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
          "REFERRALS",
          "APPLICATION",
          "CONSENTS",
          "USE_LOG",
        ],
        purposes: RISE_PURPOSES,
      },
    ],
  }),
  R1301_16_1_7: basis({
    ...ACT,
    section: "16.1 § 7 k",
    text: {
      fi: "Työvoimaviranomaiselta saatavat palvelu- ja työkykytiedot",
      sv: "Uppgifter om service och arbetsförmåga från arbetskraftsmyndigheten",
      en: "Services and work ability received from the employment authority",
    },
    opens: [{ senders: ["EMPLOYMENT"], receivers: RISE, categories: ["EMPLOYMENT_SERVICES"], purposes: RISE_PURPOSES }],
  }),
  // Item 1 names work experience and item 2 the mind and substances too: no category of their own holds the first in
  // the hub, and health never passes to Rise (decision D4).
  R1301_16_2_1: basis({
    ...ACT,
    section: "16.2 § 1 k",
    kind: "REQUEST",
    text: {
      fi: "Yksilöity ja perusteltu tietopyyntö: epäillyn palvelut ja toimintakyky lausuntoa varten",
      sv: "Specificerad och motiverad begäran: den misstänktes service och funktionsförmåga för ett utlåtande",
      en: "Specified and reasoned request: a suspect's services and functional ability, for a statement to the court",
    },
    opens: [
      {
        senders: ["COUNTY", "EMPLOYMENT"],
        receivers: RISE,
        categories: ["SOCIAL_SERVICES", "WORK_ABILITY"],
        purposes: ["ENFORCEMENT"],
      },
    ],
  }),
  R1301_16_2_2: basis({
    ...ACT,
    section: "16.2 § 2 k",
    kind: "REQUEST",
    text: {
      fi: "Yksilöity ja perusteltu tietopyyntö: alle 21-vuotiaana epäillyn elinolosuhteet seuraamusselvitystä varten",
      sv: "Specificerad och motiverad begäran: levnadsförhållanden för den som misstänks för brott före 21 års ålder",
      en: "Specified and reasoned request: living conditions of one suspected of a crime before the age of 21",
    },
    opens: [
      {
        senders: ["COUNTY", "EMPLOYMENT"],
        receivers: RISE,
        categories: ["HOUSING", "SOCIAL_SERVICES"],
        purposes: ["ENFORCEMENT"],
      },
    ],
  }),
  R1301_16_2_3: basis({
    ...ACT,
    section: "16.2 § 3 k",
    kind: "REQUEST",
    text: {
      fi: "Yksilöity ja perusteltu tietopyyntö: vangin tai yhdyskuntaseuraamusta suorittavan palvelut ja toimintakyky",
      sv: "Specificerad och motiverad begäran: service och funktionsförmåga för en fånge eller den som avtjänar samhällspåföljd",
      en: "Specified and reasoned request: services and functional ability of a prisoner or one serving a community sanction",
    },
    opens: [
      {
        senders: ["COUNTY", "EMPLOYMENT"],
        receivers: RISE,
        categories: ["SOCIAL_SERVICES", "WORK_ABILITY"],
        purposes: ["ENFORCEMENT", "RELEASE_PLANNING"],
      },
    ],
  }),
  R1301_27_KELA: basis({
    ...ACT,
    section: "27 §",
    text: {
      fi: "Tietojen luovuttaminen Kansaneläkelaitokselle",
      sv: "Utlämnande av uppgifter till Folkpensionsanstalten",
      en: "Disclosure to the Social Insurance Institution",
    },
    // Start and end, placement, allowances and wages; not the rest of the person's economy.
    opens: [
      {
        senders: ["RISE"],
        receivers: ["KELA_OFFICER"],
        categories: ["IDENTIFICATION", "SENTENCE_DATES", "PLACEMENT", "ALLOWANCES"],
        purposes: ["BENEFITS"],
      },
    ],
  }),
  R1301_28_TYO: basis({
    ...ACT,
    section: "28 §",
    text: {
      fi: "Tietojen luovuttaminen työvoimaviranomaiselle",
      sv: "Utlämnande av uppgifter till arbetskraftsmyndigheten",
      en: "Disclosure to the employment authority",
    },
    // No placement, no health, no crime (decision D9).
    opens: [
      {
        senders: ["RISE"],
        receivers: ["EMPLOYMENT_CONTACT"],
        categories: ["IDENTIFICATION", "SENTENCE_DATES", "PLAN_EMPLOYMENT", "ACTIVITY", "WORK_ABILITY"],
        purposes: ["EMPLOYMENT_SERVICES"],
      },
    ],
  }),
  RISE_TO_VTH: basis({
    ...PRISON_HEALTH_ACT,
    section: "7.3 §",
    text: {
      fi: "Vankiterveydenhuollon tehtävässä välttämättömät tiedot",
      sv: "Uppgifter som är nödvändiga för fångarnas hälso- och sjukvård",
      en: "What prison health care needs for its task",
    },
    opens: [
      {
        senders: ["RISE"],
        receivers: ["VTH_NURSE"],
        categories: ["IDENTIFICATION", "SENTENCE_DATES", "PLACEMENT", "OFFICER"],
        purposes: ["HEALTH_CARE"],
      },
    ],
  }),
  VTH_TO_RISE: basis({
    ...PRISON_HEALTH_ACT,
    section: "6 §",
    text: {
      fi: "Vankiterveydenhuollon riski- ja työkykytieto Rikosseuraamuslaitokselle ilman sairautta koskevaa tietoa",
      sv: "Fångarnas hälso- och sjukvårds uppgifter om risker och arbetsförmåga till Brottspåföljdsmyndigheten, utan uppgift om sjukdom",
      en: "The prison health service's word on risk and work ability to the prison service, without the illness",
    },
    opens: [{ senders: ["VTH"], receivers: RISE, categories: ["WORK_ABILITY"], purposes: RISE_PURPOSES }],
    closed: {
      fi: "Lääkäri kertoo tiedon suoraan vankilan johtajalle tai tämän määräämälle; se ei kulje tämän palvelun kautta.",
      sv: "Läkaren lämnar uppgiften direkt till fängelsets direktör eller den direktören utsett; den går inte via denna tjänst.",
      en: "The doctor tells the prison's director or the official named by the director; it does not pass through the hub.",
    },
  }),
} satisfies Record<string, LegalBasis>;
