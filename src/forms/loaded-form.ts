import type { FormDefinition, FormLanguage } from "./form-definition.ts";

/** One form of one authority, checked: every field of its templates is mapped or left blank with a reason. */
export interface LoadedForm {
  definition: FormDefinition;
  /** @throws NotFound when the form is not in that language. */
  template(language: FormLanguage): Uint8Array;
}
