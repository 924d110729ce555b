import { formatDate } from "../kernel/dates.ts";
import type { Language, LocalizedText } from "../kernel/text.ts";
import type { TraceEntry } from "./trace-entry.ts";

/** The words around the parts of an entry. Names stand in the basic form, so that none has to be inflected. */
const WORDS = {
  own: {
    fi: "Sinun tunnistautumisellasi katsottiin tietojasi",
    sv: "Dina uppgifter öppnades med din identifiering",
    en: "Your data was opened with your own identification",
  },
  nothing: {
    fi: "Tietojasi ei annettu.",
    sv: "Inga uppgifter om dig lämnades ut.",
    en: "No data about you was given.",
  },
  data: { fi: "Tiedot", sv: "Uppgifter", en: "Data" },
  sentTo: { fi: "Vastaanottaja", sv: "Mottagare", en: "Sent to" },
  register: { fi: "Tiedot antoi", sv: "Uppgifterna kom från", en: "The data came from" },
  reason: { fi: "Syy", sv: "Orsak", en: "Reason" },
  basis: { fi: "Peruste", sv: "Grund", en: "Basis" },
  bases: { fi: "Perusteet", sv: "Grunder", en: "Bases" },
  consent: { fi: "suostumuksesi, jonka annoit", sv: "ditt samtycke som du gav", en: "your consent, given on" },
} as const satisfies Record<string, LocalizedText>;

/**
 * The whole entry in plain language, e.g. "Maija Esimerkkilä (vankilan työntekijä, Jyväskylän vankila) katsoi tietojasi:
 * etuudet. Tiedot antoi: Kela. Syy: vapautumisen suunnittelu. Peruste: suostumuksesi, jonka annoit 22.11.2026."
 */
export const sentenceOf = (
  entry: Omit<TraceEntry, "sentence">,
  how: { own: boolean; fromElsewhere: boolean },
): LocalizedText => ({
  fi: inLanguage(entry, how, "fi"),
  sv: inLanguage(entry, how, "sv"),
  en: inLanguage(entry, how, "en"),
});

function inLanguage(
  { who, did, kind, data, registers, purpose, bases, sentTo }: Omit<TraceEntry, "sentence">,
  { own, fromElsewhere }: { own: boolean; fromElsewhere: boolean },
  language: Language,
): string {
  const list = (texts: readonly LocalizedText[], between: string) => texts.map((text) => text[language]).join(between);
  const unit = [who.role[language], who.organisation[language]].filter((text, at, both) => both.indexOf(text) === at);
  const subject = who.name === null ? capital(unit.join(", ")) : `${who.name} (${unit.join(", ")})`;
  const head = own ? WORDS.own[language] : `${subject} ${did[language]}`;
  const seen = list(
    data.map((one) => one.text),
    "; ",
  );
  const looked = kind === "LOOKED_AT" || kind === "RECEIVED";
  const what = looked ? `: ${seen}.` : `. ${WORDS.data[language]}: ${seen}.`;
  const reasons = bases.map(({ citation, text, consentGivenOn }) =>
    consentGivenOn === null
      ? `${text[language]} (${citation})`
      : `${WORDS.consent[language]} ${formatDate(consentGivenOn)} (${citation})`,
  );
  return [
    `${head}${data.length === 0 ? "." : what}`,
    data.length === 0 && looked ? WORDS.nothing[language] : "",
    sentTo && `${WORDS.sentTo[language]}: ${sentTo[language]}.`,
    fromElsewhere ? `${WORDS.register[language]}: ${list(registers, ", ")}.` : "",
    purpose && `${WORDS.reason[language]}: ${purpose[language]}.`,
    reasons.length > 0 && `${(reasons.length === 1 ? WORDS.basis : WORDS.bases)[language]}: ${reasons.join("; ")}.`,
  ]
    .filter((part) => typeof part === "string" && part !== "")
    .join(" ");
}

const capital = (text: string): string => text.slice(0, 1).toLocaleUpperCase("fi") + text.slice(1);
