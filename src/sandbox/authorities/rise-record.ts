import { type LocalDate, addDays, formatDate } from "../../kernel/dates.ts";
import type { Sanction, Story, Tongue } from "../population-story.ts";

/** What the client system of the prison service holds. Dates are written `p.k.vvvv`, money in cents. */
export interface RiseRecord {
  paivitetty: string;
  palvelevatYksikot: string[];
  henkilo: {
    henkilotunnus: string;
    sukunimi: string;
    etunimet: string;
    syntymaaika: string;
    /** ISO 639-2. */
    aidinkieli: string;
    asiointikieli: string;
    tulkinTarve: boolean;
    /** ISO 3166-1 alpha-3. */
    kansalaisuus: string;
    siviilisaaty: "NAIMATON" | "AVIOLIITOSSA";
    turvakielto: boolean;
    /** Null: no home municipality in Finland. */
    kotikunta: { koodi: string } | null;
    osoite?: { lahiosoite: string; postinumero: string; postitoimipaikka: string };
  };
  seuraamus: {
    laji: string;
    taytantoonpanoAlkoi: string;
    valvottuKoevapausAlkaa: string | null;
    /** Absent: the system has lost it. */
    ehdonalaiseenPaasyPvm?: string | null;
    taysiaikaPvm: string | null;
  };
  sijoitus: {
    yksikko: string;
    virkamies: {
      tunnus: string | null;
      nimi: string;
      nimike: string;
      puhelin: string | null;
      sahkoposti: string | null;
    };
  };
  suunnitelma: { tyollistyminen: string | null; toiminta: string | null; tyokyky: string | null } | null;
  talous: { kayttorahaSnt: number | null; toimintarahaSnt: number | null; saldoSnt: number | null } | null;
  huollettavat: { sukunimi: string; etunimet: string; syntymavuosi: number; samaTalous: boolean }[];
  asiat: { tunniste: string; laji: string; tila: string; saapunut: string }[];
}

const SANCTIONS: Record<Sanction, string> = {
  REMAND: "TUTKINTAVANKEUS",
  FIXED_TERM: "VANKEUS_MAARAAIKAINEN",
  LIFE: "VANKEUS_ELINKAUTINEN",
  FINE_CONVERSION: "SAKON_MUUNTORANGAISTUS",
  COMBINATION: "YHDISTELMARANGAISTUS",
  COMMUNITY_SERVICE: "YHDYSKUNTAPALVELU",
  MONITORING: "VALVONTARANGAISTUS",
  JUVENILE: "NUORISORANGAISTUS",
  CONDITIONAL_SUPERVISION: "EHDOLLISEN_VANKEUDEN_VALVONTA",
  RELEASE_SUPERVISION: "EHDONALAISEN_VAPAUDEN_VALVONTA",
};

const LANGUAGES: Record<Tongue, string> = {
  fi: "fin",
  sv: "swe",
  en: "eng",
  ru: "rus",
  ar: "ara",
  se: "sme",
  hr: "hrv",
};
const CITIZENSHIPS: Record<Story["citizenship"], string> = { FI: "FIN", SE: "SWE", RU: "RUS", IQ: "IRQ", HR: "HRV" };

const written = (date: LocalDate | null): string | null => (date === null ? null : formatDate(date));

export function riseRecord(story: Story): RiseRecord {
  const { timeline, home, today } = story;
  const [placement] = story.units;
  const inPrison = placement!.kind === "PRISON";
  return {
    paivitetty: `${addDays(today, -1)}T05:30:00Z`,
    palvelevatYksikot: story.units.map((unit) => unit.code),
    henkilo: {
      henkilotunnus: story.hetu,
      sukunimi: story.familyName,
      etunimet: story.givenNames,
      syntymaaika: formatDate(story.birthDate),
      aidinkieli: LANGUAGES[story.motherTongue],
      asiointikieli: LANGUAGES[story.serviceLanguage],
      tulkinTarve: story.needsInterpreter,
      kansalaisuus: CITIZENSHIPS[story.citizenship],
      siviilisaaty: story.married ? "AVIOLIITOSSA" : "NAIMATON",
      turvakielto: story.addressProtected,
      kotikunta: home && { koodi: home.municipality },
      ...(home && story.street
        ? { osoite: { lahiosoite: story.street, postinumero: home.postalCode, postitoimipaikka: home.postOffice } }
        : {}),
    },
    seuraamus: {
      laji: SANCTIONS[story.sanction],
      taytantoonpanoAlkoi: formatDate(timeline.startedOn),
      valvottuKoevapausAlkaa: written(timeline.supervisedFreedomOn),
      ...(timeline.conditionalReleaseOn === undefined
        ? {}
        : { ehdonalaiseenPaasyPvm: written(timeline.conditionalReleaseOn) }),
      taysiaikaPvm: written(timeline.fullTermOn),
    },
    sijoitus: {
      yksikko: placement!.code,
      virkamies: {
        tunnus: story.officer.workerId,
        nimi: story.officer.name,
        nimike: story.officer.title,
        // No number of a person is invented; the officer's own is entered by the officer.
        puhelin: null,
        sahkoposti: story.officer.email,
      },
    },
    suunnitelma:
      story.sanction === "REMAND"
        ? null
        : {
            tyollistyminen: "Ammatillisten opintojen loppuunsaattaminen ja työnhaun käynnistäminen ennen vapautumista.",
            toiminta: inPrison ? "Työtoiminta puuverstaalla" : null,
            tyokyky: null,
          },
    talous: inPrison
      ? {
          kayttorahaSnt: 4830,
          toimintarahaSnt: story.sanction === "REMAND" ? null : 6120,
          saldoSnt: 3275 + story.index * 10,
        }
      : null,
    huollettavat: story.children.map((child) => ({
      sukunimi: child.familyName,
      etunimet: child.givenNames,
      syntymavuosi: child.birthYear,
      samaTalous: child.livesWithPerson,
    })),
    asiat: story.traits.includes("MONITORING_SENTENCE")
      ? [
          {
            tunniste: `RISE-${story.index}/2`,
            laji: "SEURAAMUSSELVITYS",
            tila: "VALMIS",
            saapunut: formatDate(addDays(today, -60)),
          },
        ]
      : [],
  };
}
