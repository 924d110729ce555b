import type { Consent } from "./consent.ts";
import type { DisclosureTable } from "./disclose.ts";

const consents = { category: "CONSENTS" } as const;
const place = { category: "CONSENTS", tellsPlace: true } as const;

export const consentDisclosure = {
  id: "PUBLIC",
  caseId: "PUBLIC",
  answer: consents,
  representative: consents,
  form: consents,
  disclosers: consents,
  receiver: consents,
  receiverUnit: place,
  categories: consents,
  purposes: consents,
  methods: consents,
  informedIn: consents,
  interpreterUsed: consents,
  rightToRefuseExplained: consents,
  givenOn: consents,
  validUntil: consents,
  endsWith: consents,
  recordedBy: consents,
  recordedByAuthority: consents,
  recordedByUnit: place,
  recordedAt: consents,
  withdrawnAt: consents,
  withdrawnBy: consents,
  withdrawnByAuthority: consents,
  withdrawalTold: consents,
} satisfies DisclosureTable<Consent>;
