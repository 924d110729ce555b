import type { FormLanguage } from "../forms/form-definition.ts";
import { composeLogExtract } from "../forms/pdf/compose-log-extract.ts";
import { formatDate, formatInstant } from "../kernel/dates.ts";
import { ACCESS_LIMITS } from "./access-limits.ts";
import type { LogExtract } from "./trace.service.ts";

/** The words of the printed extract. Everything that is law here was read in the text of the section that it names. */
const TEXT = {
  issuer: { fi: "Nivel", sv: "Nivel" },
  secrecy: {
    fi: "SALASSA PIDETTÄVÄ, JulkL 24.1 § 25, 27 ja 28 k",
    sv: "SEKRETESSBELAGD, OffL 24 § 1 mom. 25, 27 och 28 punkten",
  },
  title: { fi: "Lokiote: kuka on käyttänyt tietojasi", sv: "Loggutdrag: vem har använt dina uppgifter" },
  person: { fi: "Kenen tiedot", sv: "Vems uppgifter" },
  period: { fi: "Ajalta", sv: "För tiden" },
  made: { fi: "Ote tehty", sv: "Utdraget gjort" },
  count: { fi: "Tapahtumia", sv: "Händelser" },
  basis: { fi: "Peruste", sv: "Grund" },
  basisText: {
    fi: "Oikeus tietää, kuka tietoja on käyttänyt ja kenelle niitä on luovutettu (703/2023 11 §)",
    sv: "Rätten att få veta vem som har använt uppgifterna och till vem de har lämnats ut (703/2023 11 §)",
  },
  when: { fi: "Milloin", sv: "När" },
  what: { fi: "Kuka, mitä, miksi ja millä perusteella", sv: "Vem, vad, varför och på vilken grund" },
  none: { fi: "Tältä ajalta ei ole tapahtumia.", sv: "Det finns inga händelser för denna tid." },
  cutOff: {
    fi: "Tapahtumia on enemmän kuin yhteen otteeseen mahtuu. Tässä ovat uusimmat; pyydä aikaisemmista oma otteensa.",
    sv: "Det finns fler händelser än vad som ryms i ett utdrag. Här är de nyaste; begär ett eget utdrag för de tidigare.",
  },
  leftOut: { fi: "Mitä otteessa ei ole", sv: "Vad som inte ingår i utdraget" },
  leftOutIntro: {
    fi: "Laki jättää otteesta aina pois seuraavat, olipa niitä tai ei:",
    sv: "Enligt lag lämnas följande alltid utanför utdraget, oavsett om det finns sådant eller inte:",
  },
  twoYears: {
    fi: "Kahta vuotta vanhempia lokitietoja annetaan vain erityisestä syystä (703/2023 11.2 §).",
    sv: "Logguppgifter som är äldre än två år ges endast av särskilda skäl (703/2023 11.2 §).",
  },
  rights: { fi: "Jos jokin on mielestäsi väärin", sv: "Om du anser att något är fel" },
  rightsTexts: {
    fi: [
      "Kukin viranomainen vastaa omista tiedoistaan. Kysy tai pyydä korjausta siltä viranomaiselta, joka tapahtuman kohdalla mainitaan.",
      "Jos katsot, että tietojasi on käytetty tai luovutettu ilman riittävää perustetta, sen, joka käytti tai sai tiedot, on annettava sinulle pyynnöstä selvitys perusteista ja siitä, oliko käyttö lain mukaista (703/2023 11.5 §).",
      "Jos lokitietoja ei anneta, siitä tehdään kirjallinen päätös, ja voit viedä asian tietosuojavaltuutetulle (703/2023 11.4 §).",
      "Rikosseuraamuslaitoksen rekisterissä olevat tietosi voit tarkastaa henkilökohtaisesti siinä yksikössä, jonka rekisterinpitäjä osoittaa (1301/2021 37 §).",
      "Lokitietoja saat käyttää vain omien oikeuksiesi selvittämiseen ja toteuttamiseen (703/2023 11.2 §).",
    ],
    sv: [
      "Varje myndighet ansvarar för sina egna uppgifter. Fråga eller begär rättelse hos den myndighet som nämns vid händelsen.",
      "Om du anser att dina uppgifter har använts eller lämnats ut utan tillräcklig grund, ska den som har använt eller fått uppgifterna på begäran ge dig en utredning om grunderna och om användningen har varit laglig (703/2023 11.5 §).",
      "Om logguppgifter inte ges, fattas ett skriftligt beslut, och du kan föra saken till dataombudsmannen (703/2023 11.4 §).",
      "Dina uppgifter i Brottspåföljdsmyndighetens register kan du granska personligen vid den enhet som den personuppgiftsansvarige anvisar (1301/2021 37 §).",
      "Du får använda logguppgifterna endast för att utreda och tillgodose dina egna rättigheter (703/2023 11.2 §).",
    ],
  },
} as const;

/**
 * The extract as a PDF.
 * @param person as whom the reader was identified; printed, and in no file name
 */
export function printLogExtract(extract: LogExtract, person: string, language: FormLanguage): Promise<Uint8Array> {
  const { entries, since, until, cutOff, at } = extract;
  const say = (text: Record<FormLanguage, string>): string => text[language];
  return composeLogExtract({
    language,
    issuer: say(TEXT.issuer),
    secrecy: say(TEXT.secrecy),
    title: say(TEXT.title),
    facts: [
      { label: say(TEXT.person), value: person },
      { label: say(TEXT.period), value: `${formatDate(since)}–${formatDate(until)}` },
      { label: say(TEXT.made), value: formatInstant(at) },
      { label: say(TEXT.count), value: String(entries.length) },
      { label: say(TEXT.basis), value: say(TEXT.basisText) },
    ],
    columns: { when: say(TEXT.when), what: say(TEXT.what) },
    entries: entries.flatMap((entry) =>
      entry.at && entry.sentence ? [{ when: formatInstant(entry.at), what: entry.sentence[language] }] : [],
    ),
    none: say(TEXT.none),
    notes: [
      ...(cutOff ? [{ heading: say(TEXT.count), paragraphs: [say(TEXT.cutOff)] }] : []),
      {
        heading: say(TEXT.leftOut),
        paragraphs: [
          say(TEXT.leftOutIntro),
          ...ACCESS_LIMITS.map(
            ({ register, leftOut, citation }) => `– ${say(register)}: ${say(leftOut)} (${citation}).`,
          ),
          say(TEXT.twoYears),
        ],
      },
      { heading: say(TEXT.rights), paragraphs: [...TEXT.rightsTexts[language]] },
    ],
    at,
  });
}
