import { type LocalDate, addDays } from "../../kernel/dates.ts";
import type { KelaStory, Story } from "../population-story.ts";

/** What Kela's benefit information service tells another authority. Euros are written with a decimal comma. */
export interface KelaRecord {
  tietojenAika: string;
  asiakas: {
    hetu: string;
    sukunimi: string;
    etunimet: string;
    syntymaaika: LocalDate;
    kieli: "FI" | "SV" | "EN";
    /** Null: not resident in any municipality. The number has no leading zeros. */
    asuinkunta: number | null;
    osoite?: { lahiosoite: string; postinumero: string; postitoimipaikka: string };
  };
  maksutili: string | null;
  etuudet: { etuuslaji: string; alkaa: LocalDate; paattyy: LocalDate | null; euroaKuukaudessa: string | null }[];
  perustoimeentulotuki: {
    paatospaiva: LocalDate;
    jakso: { alku: LocalDate; loppu: LocalDate };
    ratkaisu: "MYONNETTY" | "HYLATTY";
  } | null;
  vireilla: { viite: string; hakemuslaji: string; vaihe: string; saapui: LocalDate }[];
  /** The prison service's notice by 1301/2021 section 27. */
  rikosseuraamusilmoitus: { saapui: LocalDate } | null;
}

const APPLICATIONS: Record<KelaStory["pending"][number]["kind"], string> = {
  BASIC_ASSISTANCE: "PERUSTOIMEENTULOTUKI",
  HOUSING_ALLOWANCE: "YLEINEN_ASUMISTUKI",
};

export function kelaRecord(story: Story): KelaRecord | null {
  const { kela, today } = story;
  if (!kela) return null;
  const home = story.disagreement.kelaHome ?? story.home;
  // Kela has the street of the common register, and none where it believes in another municipality.
  const street = story.disagreement.kelaHome ? null : story.street;
  return {
    tietojenAika: `${addDays(today, -1)}T22:00:00Z`,
    asiakas: {
      hetu: story.hetu,
      sukunimi: story.disagreement.kelaFamilyName ?? story.familyName,
      etunimet: story.givenNames,
      syntymaaika: story.birthDate,
      kieli: ({ fi: "FI", sv: "SV", en: "EN" } as const)[story.serviceLanguage],
      asuinkunta: home ? Number(home.municipality) : null,
      ...(home && street
        ? { osoite: { lahiosoite: street, postinumero: home.postalCode, postitoimipaikka: home.postOffice } }
        : {}),
    },
    maksutili: kela.iban,
    etuudet: kela.housingAllowance
      ? [{ etuuslaji: "YLEINEN_ASUMISTUKI", alkaa: addDays(today, -120), paattyy: null, euroaKuukaudessa: "312,40" }]
      : [],
    perustoimeentulotuki: kela.decision && {
      paatospaiva: kela.decision.decidedOn,
      jakso: { alku: kela.decision.from, loppu: kela.decision.until },
      ratkaisu: kela.decision.granted ? "MYONNETTY" : "HYLATTY",
    },
    vireilla: kela.pending.map((application, position) => ({
      viite: `K-${story.index}-${position + 1}`,
      hakemuslaji: APPLICATIONS[application.kind],
      vaihe: "VIREILLA",
      saapui: application.receivedOn,
    })),
    rikosseuraamusilmoitus: kela.noticeOn && { saapui: kela.noticeOn },
  };
}
