import type { LocalizedText } from "../kernel/text.ts";

/**
 * Why a field is not disclosed. Consent, refusal and absence are three things (domain reference 3.6); a refusal is told
 * only to a caller to whom it exists, anybody else hears that a consent is missing.
 */
export const WITHHELD_REASONS = {
  NO_LEGAL_BASIS: {
    text: {
      fi: "Mikään laki ei anna sinulle tätä tietoa, eikä suostumuskaan avaa sitä.",
      sv: "Ingen lag ger dig denna uppgift, och inte heller ett samtycke öppnar den.",
      en: "No law gives you this, and no consent opens it either.",
    },
  },
  CONSENT_MISSING: {
    text: {
      fi: "Voimassa olevaa suostumusta tähän luovutukseen ei ole. Pyydä se henkilöltä ja kirjaa vastaus.",
      sv: "Det finns inget gällande samtycke till detta utlämnande. Be personen om det och anteckna svaret.",
      en: "There is no valid consent to this disclosure. Ask the person for it and record the answer.",
    },
  },
  CONSENT_REFUSED: {
    text: {
      fi: "Henkilö on kieltänyt tämän luovutuksen. Kunnioita kieltoa; hän voi muuttaa mielensä.",
      sv: "Personen har förbjudit detta utlämnande. Respektera förbudet; personen kan ändra sig.",
      en: "The person has refused this disclosure. Respect it; the person may change their mind.",
    },
  },
  SOCIAL_DATA_RIGHT_MISSING: {
    text: {
      fi: "Sosiaalihuollon tietoja käsittelevät Rikosseuraamuslaitoksessa vain sosiaalihuollon ammattihenkilöt ja päätöksen valmistelijat (1301/2021 14.2 §). Pyydä heitä hoitamaan asia.",
      sv: "Uppgifter om socialvård behandlas vid Brottspåföljdsmyndigheten endast av yrkesutbildade personer inom socialvården och beredare av beslut (1301/2021 14.2 §). Be dem sköta ärendet.",
      en: "In the prison service social-welfare data are handled only by social-care professionals and those preparing the decision (1301/2021 section 14.2). Ask one of them.",
    },
  },
} as const satisfies Record<string, { text: LocalizedText }>;
export type WithheldReason = keyof typeof WITHHELD_REASONS;
export const WITHHELD_REASON_CODES = Object.keys(WITHHELD_REASONS) as WithheldReason[];
