import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { Caller } from "../access/caller.ts";
import type { CallerRole } from "../access/role.ts";
import { consentCovers } from "./consent.ts";
import type { DataCategory } from "./data-category.ts";
import type { Grounds } from "./grounds.ts";
import type { ConsentId, PermitId } from "../kernel/ids.ts";
import type { LegalBasisCode } from "./legal-basis.ts";
import { permitCovers } from "./permit.ts";

/** One line of law: these receivers get these categories from this holder, on this basis. */
interface DisclosureRule {
  receivers: readonly CallerRole[];
  holder: Authority;
  categories: readonly DataCategory[];
  basis: LegalBasisCode;
}

const RISE: readonly CallerRole[] = ["PRISON_WORKER", "PROBATION_WORKER"];

/** Deny by default: what no line names is withheld. A joined case has no basis of its own (decision D2). */
const RULES: readonly DisclosureRule[] = [
  {
    receivers: RISE,
    holder: "RISE",
    categories: [
      "IDENTIFICATION",
      "CONTACT",
      "FAMILY",
      "HOUSING",
      "ECONOMY",
      "SANCTION",
      "SENTENCE_DATES",
      "PLACEMENT",
      "OFFICER",
      "PLAN_EMPLOYMENT",
      "ACTIVITY",
      "WORK_ABILITY",
      "READINESS",
      "REFERRALS",
      "APPLICATION",
    ],
    basis: "RISE_TASK",
  },
  { receivers: RISE, holder: "EMPLOYMENT", categories: ["EMPLOYMENT_SERVICES"], basis: "R1301_16_1_7" },
  {
    receivers: ["VTH_NURSE"],
    holder: "VTH",
    categories: ["IDENTIFICATION", "CONTACT", "HEALTH", "REFERRALS"],
    basis: "VTH_PATIENT_DATA",
  },
  {
    receivers: ["VTH_NURSE"],
    holder: "RISE",
    categories: ["IDENTIFICATION", "SENTENCE_DATES", "PLACEMENT", "OFFICER"],
    basis: "RISE_TO_VTH",
  },
  {
    receivers: ["COUNTY_WORKER"],
    holder: "COUNTY",
    categories: ["IDENTIFICATION", "CONTACT", "FAMILY", "HOUSING", "ECONOMY", "SOCIAL_SERVICES", "REFERRALS"],
    basis: "COUNTY_CLIENT_DATA",
  },
  {
    // The content of the application itself reaches the county because the person applies (decision D11: and no more).
    receivers: ["COUNTY_WORKER"],
    holder: "RISE",
    categories: ["APPLICATION"],
    basis: "RECEIVED_REFERRAL",
  },
  {
    receivers: ["CHILD_PROTECTION_WORKER"],
    holder: "COUNTY",
    categories: ["IDENTIFICATION", "CONTACT", "FAMILY"],
    basis: "COUNTY_CLIENT_DATA",
  },
  {
    receivers: ["EMPLOYMENT_CONTACT"],
    holder: "EMPLOYMENT",
    categories: ["IDENTIFICATION", "CONTACT", "EMPLOYMENT_SERVICES", "REFERRALS"],
    basis: "EMPLOYMENT_CLIENT_DATA",
  },
  {
    receivers: ["EMPLOYMENT_CONTACT"],
    holder: "RISE",
    categories: ["IDENTIFICATION", "SENTENCE_DATES", "PLAN_EMPLOYMENT", "ACTIVITY", "WORK_ABILITY"],
    basis: "R1301_28_TYO",
  },
  {
    receivers: ["KELA_OFFICER"],
    holder: "KELA",
    categories: ["IDENTIFICATION", "CONTACT", "BENEFITS", "REFERRALS"],
    basis: "KELA_BENEFIT_DATA",
  },
  {
    receivers: ["KELA_OFFICER"],
    holder: "RISE",
    categories: ["IDENTIFICATION", "SENTENCE_DATES", "PLACEMENT", "ECONOMY"],
    basis: "R1301_27_KELA",
  },
  {
    receivers: ["PERSON"],
    holder: "RISE",
    categories: [
      "IDENTIFICATION",
      "CONTACT",
      "HOUSING",
      "ECONOMY",
      "SANCTION",
      "SENTENCE_DATES",
      "PLACEMENT",
      "OFFICER",
      "PLAN_EMPLOYMENT",
      "ACTIVITY",
      "WORK_ABILITY",
      "READINESS",
      "APPLICATION",
    ],
    basis: "OWN_DATA",
  },
  { receivers: ["PERSON"], holder: "KELA", categories: ["BENEFITS"], basis: "OWN_DATA" },
  { receivers: ["PERSON"], holder: "EMPLOYMENT", categories: ["EMPLOYMENT_SERVICES"], basis: "OWN_DATA" },
  { receivers: ["PERSON"], holder: "VTH", categories: ["HEALTH"], basis: "OWN_DATA" },
];

/** Each authority keeps the consents that name it. */
const OWN_CONSENTS: readonly DisclosureRule[] = [
  { receivers: RISE, holder: "RISE", categories: ["CONSENTS"], basis: "RISE_TASK" },
  { receivers: ["VTH_NURSE"], holder: "VTH", categories: ["CONSENTS"], basis: "VTH_PATIENT_DATA" },
  { receivers: ["COUNTY_WORKER"], holder: "COUNTY", categories: ["CONSENTS"], basis: "COUNTY_CLIENT_DATA" },
  {
    receivers: ["EMPLOYMENT_CONTACT"],
    holder: "EMPLOYMENT",
    categories: ["CONSENTS"],
    basis: "EMPLOYMENT_CLIENT_DATA",
  },
  { receivers: ["KELA_OFFICER"], holder: "KELA", categories: ["CONSENTS"], basis: "KELA_BENEFIT_DATA" },
];

/**
 * Health never reaches a Rise worker, not by consent either (1635/2015 6 §; decision D4). Nor does anything else that
 * the prison health service holds: its referrals, and its knowing the person at all, tell of care.
 */
const consentNeverOpens = (caller: Caller, category: DataCategory, holder: Authority): boolean =>
  RISE.includes(caller.role) && (category === "HEALTH" || holder === "VTH");

export type WithheldReason = "NO_LEGAL_BASIS" | "CONSENT_MISSING" | "SOCIAL_DATA_RIGHT_MISSING";

/** Allowed on a basis of law; `ground` is the consent or permit on which it rests, null where the law alone allows. */
export type Verdict =
  | { allowed: true; basis: LegalBasisCode; ground: ConsentId | PermitId | null }
  | { allowed: false; reason: WithheldReason };

/** What may leave about one person to one caller on one day. Decided before any value is looked at. */
export interface Decision {
  on(category: DataCategory, holder: Authority): Verdict;
}

export function decide(caller: Caller, grounds: Grounds, on: LocalDate): Decision {
  const verdicts = new Map<string, Verdict>();
  return {
    on(category, holder) {
      const key = `${category}/${holder}`;
      let verdict = verdicts.get(key);
      if (!verdict) verdicts.set(key, (verdict = judge(caller, grounds, on, category, holder)));
      return verdict;
    },
  };
}

function judge(
  caller: Caller,
  { consents, permits }: Grounds,
  on: LocalDate,
  category: DataCategory,
  holder: Authority,
): Verdict {
  const rule = [...RULES, ...OWN_CONSENTS].find(
    (line) => line.holder === holder && line.receivers.includes(caller.role) && line.categories.includes(category),
  );
  if (rule) return { allowed: true, basis: rule.basis, ground: null };
  if (caller.authority === null || consentNeverOpens(caller, category, holder)) {
    return { allowed: false, reason: "NO_LEGAL_BASIS" };
  }
  // A county's register is one of social welfare: whatever it holds of a person is social data (decision D2).
  const social = category === "SOCIAL_SERVICES" || holder === "COUNTY";
  if (caller.authority === "RISE" && social && !caller.socialDataRight) {
    return { allowed: false, reason: "SOCIAL_DATA_RIGHT_MISSING" };
  }
  const permit = permits.find((one) => permitCovers(one, caller, holder, category, on));
  if (permit) return { allowed: true, basis: permit.basis, ground: permit.id };
  const consent = consents.find((one) => consentCovers(one, caller, holder, category, on));
  return consent
    ? { allowed: true, basis: "CONSENT", ground: consent.id }
    : { allowed: false, reason: "CONSENT_MISSING" };
}
