import type { Caller } from "../../src/access/caller.ts";
import { PURPOSES, PURPOSES_OF_ROLE } from "../../src/access/purpose.ts";
import { AUTHORITY_OF_ROLE, type CallerRole } from "../../src/access/role.ts";
import type { Consent } from "../../src/disclosure/consent.ts";
import { DATA_CATEGORIES } from "../../src/disclosure/data-category.ts";
import { AUTHORITIES } from "../../src/kernel/authority.ts";
import { addMonths, localDate } from "../../src/kernel/dates.ts";
import { type WorkerId, newId } from "../../src/kernel/ids.ts";

/** The day on which these decisions are made. */
export const onDay = localDate("2026-11-23");

/** A caller in a role, of the unit `unit`, for the last purpose of its task. */
export const callerIn = (role: CallerRole, more: Partial<Caller> = {}): Caller => ({
  id: "worker" as WorkerId,
  role,
  name: "Worker",
  authority: AUTHORITY_OF_ROLE[role],
  unit: "unit",
  client: "test",
  socialDataRight: false,
  stewardOf: [],
  hetu: null,
  purpose: PURPOSES_OF_ROLE[role].at(-1) ?? "OWN_DATA",
  ...more,
});

/** As wide as a consent can be, but for what is said. */
export const consentOf = (more: Partial<Consent>): Consent => ({
  id: newId(),
  caseId: newId(),
  answer: "GIVEN",
  representative: null,
  form: null,
  disclosers: [...AUTHORITIES],
  receiver: "RISE",
  receiverUnit: null,
  categories: [...DATA_CATEGORIES],
  purposes: [...PURPOSES],
  methods: null,
  informedIn: "fi",
  interpreterUsed: null,
  rightToRefuseExplained: null,
  givenOn: addMonths(onDay, -1),
  validUntil: addMonths(onDay, 1),
  endsWith: null,
  recordedBy: "worker" as WorkerId,
  recordedByAuthority: "RISE",
  recordedByUnit: "unit",
  recordedAt: new Date("2026-10-23T00:00:00Z"),
  withdrawnAt: null,
  withdrawnBy: null,
  withdrawnByAuthority: null,
  withdrawalTold: [],
  ...more,
});
