import { type LocalDate, addDays } from "../../kernel/dates.ts";
import { STAY_IN_JYVASKYLA } from "../population-places.ts";
import type { Story } from "../population-story.ts";

/** What the customer system of the employment services holds. */
export interface EmploymentRecord {
  muokattu: string;
  tyonhakija: {
    tunnus: string;
    sukunimi: string;
    etunimet: string;
    syntymapaiva: LocalDate;
    asiointikieli: "FI" | "SV" | "EN";
    yhteystiedot: { matkapuhelin?: string; sahkoposti?: string };
  };
  tyonhaku: { voimassa: boolean; alkamispaiva: LocalDate | null };
  /** The number has no leading zero. */
  tyollisyysalue: { numero: number };
  risenYhdyshenkilo: { nimi: string } | null;
  asiat: { tunnus: string; asiaryhma: string; vaihe: string; saapumispaiva: LocalDate }[];
}

export function employmentRecord(story: Story): EmploymentRecord | null {
  if (story.jobSearchSince === undefined) return null;
  return {
    muokattu: `${addDays(story.today, -3)}T07:45:00Z`,
    tyonhakija: {
      tunnus: story.hetu,
      sukunimi: story.familyName,
      etunimet: story.givenNames,
      syntymapaiva: story.birthDate,
      asiointikieli: ({ fi: "FI", sv: "SV", en: "EN" } as const)[story.serviceLanguage],
      yhteystiedot: {},
    },
    tyonhaku: { voimassa: story.jobSearchSince !== null, alkamispaiva: story.jobSearchSince },
    tyollisyysalue: { numero: Number((story.home ?? STAY_IN_JYVASKYLA).employmentArea) },
    risenYhdyshenkilo: story.employmentContact === null ? null : { nimi: story.employmentContact },
    asiat: story.traits.includes("UNDER_25")
      ? [
          {
            tunnus: `TYM-${story.index}`,
            asiaryhma: "TYM_LAHETE",
            vaihe: "VIREILLA",
            saapumispaiva: addDays(story.today, -14),
          },
        ]
      : [],
  };
}
