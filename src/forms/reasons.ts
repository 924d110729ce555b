import type { LocalDate } from "../kernel/dates.ts";
import { formatDate } from "../kernel/dates.ts";
import type { LocalizedText } from "../kernel/text.ts";
import type { FieldState } from "./form-model.ts";

/** Why a field is empty, by its state, where the form definition does not say it itself. */
export const STATE_REASONS = {
  UNKNOWN: {
    fi: "Tietoa ei ole missään lähteessä. Täytetään käsin.",
    sv: "Uppgiften finns inte i någon källa. Fylls i för hand.",
    en: "No source knows it. Left for the pen.",
  },
  NONE: {
    fi: "Lähteen mukaan tietoa ei ole.",
    sv: "Enligt källan finns ingen sådan uppgift.",
    en: "A source says that there is none.",
  },
  FAILED: {
    fi: "Lähde ei vastannut. Täytetään käsin tai haetaan uudelleen.",
    sv: "Källan svarade inte. Fylls i för hand eller hämtas på nytt.",
    en: "A source did not answer. Left for the pen, or ask again.",
  },
  CONFLICT: {
    fi: "Lähteet ovat eri mieltä. Valitse oikea arvo.",
    sv: "Källorna är oense. Välj det rätta värdet.",
    en: "The sources disagree. Choose the right value.",
  },
  WITHHELD: {
    fi: "Tietoa ei anneta lomakkeen täyttäjälle. Henkilö täyttää itse.",
    sv: "Uppgiften lämnas inte ut till den som fyller i blanketten. Personen fyller i själv.",
    en: "Not disclosed to the one who fills the form. The person fills it in.",
  },
} as const satisfies Partial<Record<FieldState, LocalizedText>>;

export const PROTECTED_ADDRESS: LocalizedText = {
  fi: "Asuinpaikan kertovaa tietoa ei esitäytetä. Henkilö täyttää itse.",
  sv: "Uppgifter som röjer bostadsorten fylls inte i på förhand. Personen fyller i själv.",
  en: "What tells the place is not pre-filled. The person fills it in.",
};

/** One text for an unknown receiver and for one that must not be told (decisions D6, D15). */
export const NO_RECEIVER: LocalizedText = {
  fi: "Vastaanottajaa ei täytetä valmiiksi. Täytetään käsin.",
  sv: "Mottagaren fylls inte i på förhand. Fylls i för hand.",
  en: "The receiver is not pre-filled. Left for the pen.",
};

export const NO_STATEMENT: LocalizedText = {
  fi: "Lausuntoa ei ole. Hakemuksen voi lähettää ilman sitä.",
  sv: "Det finns inget utlåtande. Ansökan kan skickas utan det.",
  en: "There is no statement. The application can go without it.",
};

export const NOT_ASKED: LocalizedText = {
  fi: "Asiaa ei ole kysytty asiakkaalta. Täytetään käsin.",
  sv: "Klienten har inte tillfrågats. Fylls i för hand.",
  en: "The client has not been asked. Left for the pen.",
};

export const NOT_SIGNED: LocalizedText = {
  fi: "Lausuntoa ei ole allekirjoitettu sähköisesti.",
  sv: "Utlåtandet har inte undertecknats elektroniskt.",
  en: "The statement has not been signed electronically.",
};

export const NOT_NEEDED: LocalizedText = {
  fi: "Ei tarvita muun vastauksen perusteella.",
  sv: "Behövs inte på grund av ett annat svar.",
  en: "Not needed because of another answer.",
};

export const NO_OPTION: LocalizedText = {
  fi: "Tieto ei vastaa mitään lomakkeen vaihtoehtoa. Henkilö valitsee.",
  sv: "Uppgiften motsvarar inget av blankettens alternativ. Personen väljer.",
  en: "What is known fits none of the form's options. The person chooses.",
};

const ROUTES: LocalizedText = {
  fi: "Vaihtoehdot: haetaan ensin Kelasta; pyydetään Kelaa siirtämään hakemus (14 c §); ehkäisevä tuki erityisestä syystä (8.2 §).",
  sv: "Alternativ: ansök först hos FPA; be FPA överföra ansökan (14 c §); förebyggande stöd av särskilda skäl (8 § 2 mom.).",
  en: "Ways: apply to Kela first; ask Kela to transfer the application (14 c); preventive assistance for a special reason (8(2)).",
};

/** Kela decides first, for the same period; what to do when it has not (decision D22). */
export function kelaDecisionMissing(
  applied: { first: LocalDate; last: LocalDate },
  decided: { from: LocalDate; until: LocalDate } | null,
): LocalizedText {
  const wanted = `${formatDate(applied.first)}–${formatDate(applied.last)}`;
  const other = decided && `${formatDate(decided.from)}–${formatDate(decided.until)}`;
  return {
    fi: `${other ? `Kelan päätös koskee aikaa ${other}, ei haettavaa aikaa ${wanted}.` : `Kelan päätöstä ajalta ${wanted} ei ole tiedossa.`} ${ROUTES.fi}`,
    sv: `${other ? `FPA:s beslut gäller tiden ${other}, inte den sökta tiden ${wanted}.` : `Något beslut av FPA för tiden ${wanted} är inte känt.`} ${ROUTES.sv}`,
    en: `${other ? `Kela's decision is for ${other}, not for the period applied for, ${wanted}.` : `No decision of Kela for ${wanted} is known.`} ${ROUTES.en}`,
  };
}
