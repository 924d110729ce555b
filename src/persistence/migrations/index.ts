import { Migration001Guarantees } from "./001-guarantees.ts";
import { Migration002Contacts } from "./002-contacts.ts";
import { Migration003Cases } from "./003-cases.ts";
import { Migration004Applications } from "./004-applications.ts";
import { Migration005AuditSeal } from "./005-audit-seal.ts";
import { Migration006Grounds } from "./006-grounds.ts";
import { Migration007Phase } from "./007-phase.ts";
import { Migration008Clients } from "./008-clients.ts";
import { Migration008bTrustedDocuments } from "./008b-trusted-documents.ts";
import { Migration009Vault } from "./009-vault.ts";
import { Migration009bRetention } from "./009b-retention.ts";
import { Migration010Walls } from "./010-walls.ts";

/** In order; a landed migration is never edited. */
export const MIGRATIONS = [
  { name: "001-guarantees", class: Migration001Guarantees },
  { name: "002-contacts", class: Migration002Contacts },
  { name: "003-cases", class: Migration003Cases },
  { name: "004-applications", class: Migration004Applications },
  { name: "005-audit-seal", class: Migration005AuditSeal },
  { name: "006-grounds", class: Migration006Grounds },
  { name: "007-phase", class: Migration007Phase },
  { name: "008-clients", class: Migration008Clients },
  { name: "008b-trusted-documents", class: Migration008bTrustedDocuments },
  { name: "009-vault", class: Migration009Vault },
  { name: "009b-retention", class: Migration009bRetention },
  { name: "010-walls", class: Migration010Walls },
];
