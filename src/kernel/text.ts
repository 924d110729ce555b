/** The languages in which the hub speaks: national languages, and English for those who build on it. */
export const LANGUAGES = ["fi", "sv", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

export interface LocalizedText {
  fi: string;
  sv: string;
  en: string;
}
