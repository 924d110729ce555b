import type { LocalizedText } from "../kernel/text.ts";
import type { StatementContent } from "./statement.ts";

export const NOTICE_TOPICS = ["HEALTH", "CRIME"] as const;
export type NoticeTopic = (typeof NOTICE_TOPICS)[number];

/** A word in free text that may tell of health or crime; the worker decides (decision D14). */
export interface FreeTextNotice {
  field: string;
  topic: NoticeTopic;
  /** The word as written, so that the writer finds it. */
  word: string;
  advice: LocalizedText;
}

/** Beginnings of words, Finnish, Swedish and English. Chosen by us, not from a source: a prompt to look, not a filter. */
const STEMS: Record<NoticeTopic, readonly string[]> = {
  HEALTH: [
    "diagnoo",
    "sairau",
    "sairast",
    "masennu",
    "psyko",
    "skitsofren",
    "lääkit",
    "lääkehoi",
    "korvaushoi",
    "hepatiit",
    "päihde",
    "päihty",
    "raskaa",
    "raskaus",
    "hiv",
    "sjukdom",
    "medicin",
    "depression",
    "missbruk",
    "gravid",
    "substitutionsbeh",
    "diagnos",
    "illness",
    "medicat",
    "pregnan",
    "addict",
  ],
  CRIME: [
    "rikos",
    "rikoks",
    "rikok",
    "pahoinpit",
    "varkau",
    "ryöst",
    "tappo",
    "murha",
    "huumausaine",
    "raiska",
    "uhri",
    "brott",
    "misshandel",
    "stöld",
    "rån",
    "mord",
    "dråp",
    "narkotika",
    "offence",
    "assault",
    "robbery",
    "murder",
  ],
};

const ADVICE: Record<NoticeTopic, LocalizedText> = {
  HEALTH: {
    fi: "Sana voi kertoa terveydestä. Jätä se pois, ellei asiakas itse halua sitä mukaan ja se ole tarpeen.",
    sv: "Ordet kan berätta om hälsan. Lämna bort det om inte klienten själv vill ha det med och det behövs.",
    en: "The word may tell of health. Leave it out unless the client wants it and it is needed.",
  },
  CRIME: {
    fi: "Sana voi kertoa rikoksesta. Jätä se pois, ellei asiakas itse halua sitä mukaan ja se ole tarpeen.",
    sv: "Ordet kan berätta om brott. Lämna bort det om inte klienten själv vill ha det med och det behövs.",
    en: "The word may tell of a crime. Leave it out unless the client wants it and it is needed.",
  },
};

/** Scans named free texts for words of health and crime. */
export function scanFreeText(texts: Readonly<Record<string, string>>): FreeTextNotice[] {
  const notices: FreeTextNotice[] = [];
  for (const [field, text] of Object.entries(texts)) {
    for (const word of new Set(text.match(/\p{L}[\p{L}\p{M}-]*/gu) ?? [])) {
      const lower = word.toLocaleLowerCase("fi");
      // "Rikosseuraamuslaitos" and its like name the authority, not a crime.
      if (lower.startsWith("rikosseuraamus") || lower.startsWith("brottspåföljd")) continue;
      for (const topic of NOTICE_TOPICS) {
        if (STEMS[topic].some((stem) => lower.startsWith(stem)))
          notices.push({ field, topic, word, advice: ADVICE[topic] });
      }
    }
  }
  return notices;
}

export const noticesOf = ({
  need,
  arrangedByPrison,
  housingOnRelease,
  linkToSentencePlan,
}: StatementContent): FreeTextNotice[] =>
  scanFreeText({ need, arrangedByPrison, housingOnRelease, linkToSentencePlan });
