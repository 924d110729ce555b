import { Migration001Guarantees } from "./001-guarantees.ts";
import { Migration002Contacts } from "./002-contacts.ts";
import { Migration003Cases } from "./003-cases.ts";
import { Migration004Applications } from "./004-applications.ts";

/** In order; a landed migration is never edited. */
export const MIGRATIONS = [
  { name: "001-guarantees", class: Migration001Guarantees },
  { name: "002-contacts", class: Migration002Contacts },
  { name: "003-cases", class: Migration003Cases },
  { name: "004-applications", class: Migration004Applications },
];
