import type { Consent } from "./consent.ts";
import type { DisclosureTable } from "./disclose.ts";

const consents = { category: "CONSENTS" } as const;

export const consentDisclosure = {
  id: "PUBLIC",
  caseId: "PUBLIC",
  answer: consents,
  disclosers: consents,
  receiver: consents,
  receiverUnit: { category: "CONSENTS", tellsPlace: true },
  categories: consents,
  purposes: consents,
  informedIn: consents,
  givenOn: consents,
  validUntil: consents,
  recordedBy: consents,
  recordedByAuthority: consents,
  withdrawnAt: consents,
} satisfies DisclosureTable<Consent>;
