import { type LocalDate, addDays } from "../../kernel/dates.ts";
import { STAY_IN_JYVASKYLA } from "../population-places.ts";
import type { CountyService, Story } from "../population-story.ts";

/** What the social-welfare client register of one wellbeing services county holds. */
export interface CountyRecord {
  /** Code of the county. */
  alue: string;
  paivitetty: string;
  asiakas: {
    hetu: string;
    nimi: { suku: string; etu: string };
    syntynyt: LocalDate;
    kielet: { aidinkieli: string; asiointi: string };
    tulkki: "K" | "E";
    /** Municipality code, or `EI_KOTIKUNTAA`. */
    kotikunta: string;
    osoite?: { katu: string; postinro: string; paikka: string };
    sposti?: string;
    turvakielto: "K" | "E";
  };
  asiakkuudet: {
    tehtava: string;
    alkanut: LocalDate;
    omatyontekija: { nimi: string; puhelin: string | null } | null;
  }[];
  lapset: { suku: string; etu: string; vuosi: number; asuuAsiakkaanLuona: "K" | "E" }[];
  vireilla: { dnro: string; asia: string; vaihe: string; saapui: LocalDate }[];
}

const SERVICES: Record<CountyService["service"], string> = {
  ADULT: "TYOIKAISTEN_PALVELUT",
  SUBSTANCE: "PAIHDEPALVELUT",
  HOUSING: "ASUMISPALVELUT",
  REHABILITATIVE_WORK: "KUNTOUTTAVA_TYOTOIMINTA",
  AFTERCARE: "JALKIHUOLTO",
  CHILD_PROTECTION: "LASTENSUOJELU",
};

const LANGUAGES: Record<Story["motherTongue"], string> = {
  fi: "suomi",
  sv: "ruotsi",
  en: "englanti",
  ru: "venäjä",
  ar: "arabia",
  se: "pohjoissaame",
  hr: "kroatia",
};

const yesNo = (value: boolean) => (value ? "K" : "E");

/** The county of the home municipality, if it serves; a person without a home, by the county of the prison. */
export function countyRecords(story: Story): CountyRecord[] {
  const counties = new Set(story.countyServices.map((service) => service.county));
  if (counties.size === 0 && story.traits.includes("NO_HOME_MUNICIPALITY")) counties.add(STAY_IN_JYVASKYLA.county);
  return [...counties].sort().map((county) => countyRecord(story, county));
}

function countyRecord(story: Story, county: string): CountyRecord {
  const { home, today } = story;
  const services = story.countyServices.filter((service) => service.county === county);
  const childProtection = services.some((service) => service.service === "CHILD_PROTECTION");
  return {
    alue: county,
    paivitetty: `${addDays(today, -4)}T11:05:00Z`,
    asiakas: {
      hetu: story.hetu,
      nimi: { suku: story.familyName, etu: story.givenNames },
      syntynyt: story.birthDate,
      kielet: { aidinkieli: LANGUAGES[story.motherTongue], asiointi: LANGUAGES[story.serviceLanguage] },
      tulkki: yesNo(story.needsInterpreter),
      kotikunta: home ? home.municipality : "EI_KOTIKUNTAA",
      ...(home && story.street
        ? { osoite: { katu: story.street, postinro: home.postalCode, paikka: home.postOffice } }
        : {}),
      turvakielto: yesNo(story.addressProtected),
    },
    asiakkuudet: services.map((service) => ({
      tehtava: SERVICES[service.service],
      alkanut: service.since,
      omatyontekija: service.worker === null ? null : { nimi: service.worker, puhelin: service.workerPhone },
    })),
    lapset: story.children.map((child) => ({
      suku: child.familyName,
      etu: child.givenNames,
      vuosi: child.birthYear,
      asuuAsiakkaanLuona: yesNo(child.livesWithPerson),
    })),
    vireilla: [
      ...(story.traits.includes("SHORT_SENTENCE")
        ? [
            {
              dnro: `${county}/${story.index}/YHT`,
              asia: "YHTEYDENOTTO",
              vaihe: "SAAPUNUT",
              saapui: addDays(today, -2),
            },
          ]
        : []),
      ...(childProtection
        ? [
            {
              dnro: `${county}/${story.index}/LS`,
              asia: "LASTENSUOJELUILMOITUS",
              vaihe: "KASITTELYSSA",
              saapui: addDays(today, -5),
            },
          ]
        : []),
    ],
  };
}
