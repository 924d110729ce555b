/** What kind of fact a field holds (domain reference 6.7). Every field of a personal type belongs to exactly one. */
export const DATA_CATEGORIES = [
  "IDENTIFICATION",
  "CONTACT",
  "FAMILY",
  "HOUSING",
  "ECONOMY",
  "BENEFITS",
  "SANCTION",
  "SENTENCE_DATES",
  "PLACEMENT",
  "OFFICER",
  "PLAN_EMPLOYMENT",
  "ACTIVITY",
  "WORK_ABILITY",
  "READINESS",
  "SOCIAL_SERVICES",
  "EMPLOYMENT_SERVICES",
  "HEALTH",
  "REFERRALS",
  "APPLICATION",
  "CONSENTS",
] as const;
export type DataCategory = (typeof DATA_CATEGORIES)[number];
