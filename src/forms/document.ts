import type { FreeTextNotice } from "../statements/free-text.ts";
import type { DisclosureTable } from "../disclosure/disclose.ts";
import type { CaseId, DocumentId, StatementId, WorkerId } from "../kernel/ids.ts";
import type { FormLanguage } from "./form-definition.ts";

/** A PDF that the hub made, as it is stored; its bytes are read apart. */
export interface StoredDocument {
  id: DocumentId;
  caseId: CaseId;
  form: string;
  edition: string;
  language: FormLanguage;
  /** The statement that is attached, if one is. */
  statementId: StatementId | null;
  /** Code of the county that is to handle it; null while it is unknown or protected. */
  receiverCounty: string | null;
  /** Whether it may tell the place: it was made while what does was open. A later protection closes it (decision D6). */
  tellsPlace: boolean;
  /** Tells nothing of the person or the place (decisions D1, D6). */
  fileName: string;
  /** SHA-256 (hex) of the bytes. */
  sha256: string;
  /** Ids of the consents and permits on which the facts in it rest (decision D11). */
  grounds: string[];
  createdBy: WorkerId;
  createdAt: Date;
  /** Words of health or crime in what the worker wrote instead of facts (decision D14). */
  notices: FreeTextNotice[];
  /** When it was sent to the receiver; a county reads no document before that. */
  sentAt: Date | null;
}

const application = { category: "APPLICATION" } as const;

export const documentDisclosure = {
  id: "PUBLIC",
  caseId: "PUBLIC",
  form: application,
  edition: application,
  language: application,
  statementId: application,
  receiverCounty: { category: "APPLICATION", tellsPlace: true },
  tellsPlace: application,
  fileName: application,
  sha256: application,
  grounds: application,
  createdBy: application,
  createdAt: application,
  notices: application,
  sentAt: application,
} satisfies DisclosureTable<StoredDocument>;
