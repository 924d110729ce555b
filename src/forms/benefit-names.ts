import type { FormLanguage } from "./form-definition.ts";

/** Names of Kela's benefits as a form prints them, by the hub's code. */
const NAMES: Record<string, Record<FormLanguage, string>> = {
  BASIC_SOCIAL_ASSISTANCE: { fi: "Perustoimeentulotuki", sv: "Grundläggande utkomststöd" },
  HOUSING_ALLOWANCE: { fi: "Yleinen asumistuki", sv: "Allmänt bostadsbidrag" },
  LABOUR_MARKET_SUPPORT: { fi: "Työmarkkinatuki", sv: "Arbetsmarknadsstöd" },
  NATIONAL_PENSION: { fi: "Kansaneläke", sv: "Folkpension" },
  GUARANTEE_PENSION: { fi: "Takuueläke", sv: "Garantipension" },
  REHABILITATION: { fi: "Kuntoutus", sv: "Rehabilitering" },
  REHABILITATION_ALLOWANCE: { fi: "Kuntoutusraha", sv: "Rehabiliteringspenning" },
  SICKNESS_ALLOWANCE: { fi: "Sairauspäiväraha", sv: "Sjukdagpenning" },
  STUDY_GRANT: { fi: "Opintoraha", sv: "Studiepenning" },
};

/** A benefit that has no code here is printed as the source wrote it. */
export const benefitName = (code: string, language: FormLanguage): string =>
  (Object.hasOwn(NAMES, code) ? NAMES[code]?.[language] : undefined) ?? code;
