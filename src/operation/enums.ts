import { PURPOSES } from "../access/purpose.ts";
import { DATA_CATEGORIES } from "../disclosure/data-category.ts";
import { AUTHORITIES } from "../kernel/authority.ts";
import { LANGUAGES } from "../kernel/text.ts";
import { enumType } from "./published.ts";

export const AuthorityEnum = enumType(
  "Authority",
  AUTHORITIES,
  "The five authorities of the transition phase (nivelvaihe).",
);
export const LanguageEnum = enumType("Language", LANGUAGES, "Finnish, Swedish, English.");
export const PurposeEnum = enumType("Purpose", PURPOSES, "Why personal data is asked for; the header `nivel-purpose`.");
export const DataCategoryEnum = enumType("DataCategory", DATA_CATEGORIES, "What kind of fact a field holds.");
