import type { DisclosureTable } from "./disclose.ts";
import type { RecordedPermit } from "./permit.ts";

const request = { category: "REFERRALS" } as const;
const place = { category: "REFERRALS", tellsPlace: true } as const;

export const permitDisclosure = {
  id: "PUBLIC",
  caseId: "PUBLIC",
  basis: request,
  state: request,
  holder: request,
  holderUnit: place,
  receiver: request,
  receiverUnit: request,
  requested: request,
  categories: request,
  purpose: request,
  from: request,
  until: request,
  reason: request,
  requestedBy: request,
  requestedByName: request,
  requestedAt: request,
  answeredBy: request,
  answeredAt: request,
  answer: request,
} satisfies DisclosureTable<RecordedPermit>;
