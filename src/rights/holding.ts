import type { Caller } from "../access/caller.ts";
import { AUTHORITY_OF_ROLE, type CallerRole } from "../access/role.ts";
import { recordedContactDisclosure } from "../cases/recorded-contact.ts";
import { type Consent, isConsentOpenTo } from "../disclosure/consent.ts";
import { consentDisclosure } from "../disclosure/consent.disclosure.ts";
import type { FieldRule } from "../disclosure/disclose.ts";
import { type Permit, isSecretFrom } from "../disclosure/permit.ts";
import { permitDisclosure } from "../disclosure/permit.disclosure.ts";
import { documentDisclosure } from "../forms/document.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalizedText } from "../kernel/text.ts";
import { referralDisclosure } from "../referrals/referral.ts";
import { statementDisclosure } from "../statements/statement.disclosure.ts";
import { LEFT_OUT } from "./access-limits.ts";
import { ruleOfPath } from "./category-of-path.ts";

/** A row as the database has it, by the entity's names. */
export type HeldRow = Readonly<Record<string, unknown>>;

/** How a column is exported: as a kind of data, or by the path that its row names. */
export type ColumnRule = FieldRule | "BY_PATH";

/** Whose register a row, or one column of it, belongs to; `unit` only where an authority has several registers. */
export interface Register {
  authority: Authority | null;
  unit: string | null;
}

/** What of one table a controller gets of its own register (decision D8), column by column. */
export interface Holding {
  name: LocalizedText;
  /** Rows that do not exist for the asking worker (decisions D1, D2, D5, D8) are left out. */
  existsFor?(row: HeldRow, caller: Caller): boolean;
  register(row: HeldRow, column: string): Register;
  columns: Readonly<Record<string, ColumnRule>>;
}

const log: FieldRule = { category: "USE_LOG" };
const dates: FieldRule = { category: "SENTENCE_DATES" };
const application: FieldRule = { category: "APPLICATION" };
const referrals: FieldRule = { category: "REFERRALS" };
const social: FieldRule = { category: "SOCIAL_SERVICES" };

const rise: Register = { authority: "RISE", unit: null };
const held = (row: HeldRow): Register => ({ authority: row["holder"] as Authority, unit: row["unit"] as string });

const rulesOf = (table: Readonly<Record<string, FieldRule | "PUBLIC">>): Record<string, FieldRule> =>
  Object.fromEntries(Object.entries(table).flatMap(([field, rule]) => (rule === "PUBLIC" ? [] : [[field, rule]])));

/**
 * The personal tables by name, with every column that the export holds; `TECHNICAL_COLUMNS` names the others and why. A
 * test reads the columns from the database and refuses one that is in neither.
 */
export const HOLDINGS: Readonly<Record<string, Holding>> = {
  case_file: {
    name: { fi: "Asia palvelussa", sv: "Ärende i tjänsten", en: "Case in the service" },
    register: (row, column) =>
      column === "releasedOn" || column === "enforcementEndsOn"
        ? rise
        : {
            authority: (row["openedByAuthority"] as Authority | null) ?? "RISE",
            // Where it cannot be told, no county learns that its neighbour opened the case (decision D5).
            unit: (row["openedByUnit"] as string | null) ?? "",
          },
    columns: {
      hetu: { category: "IDENTIFICATION" },
      openedAt: log,
      openedBy: log,
      openedByAuthority: log,
      releasedOn: dates,
      enforcementEndsOn: dates,
    },
  },
  case_remit: {
    name: { fi: "Kuka saa tietää asiasta", sv: "Vem som får veta om ärendet", en: "Who may know of the case" },
    register: (row) => ({ authority: AUTHORITY_OF_ROLE[row["role"] as CallerRole], unit: row["unit"] as string }),
    existsFor: (row) => !LEFT_OUT.roles.includes(row["role"] as CallerRole),
    columns: {
      role: log,
      unit: log,
      workerId: log,
      ground: log,
      consentId: log,
      permitId: log,
      since: log,
      until: log,
      begunAt: log,
      reason: log,
    },
  },
  recorded_fact: {
    name: { fi: "Kirjattu tieto", sv: "Antecknad uppgift", en: "Recorded fact" },
    register: held,
    columns: {
      path: "BY_PATH",
      value: "BY_PATH",
      confirmedOn: "BY_PATH",
      holder: log,
      unit: log,
      recordedBy: log,
      recordedAt: log,
    },
  },
  recorded_contact: {
    name: { fi: "Kirjattu yhteydenotto", sv: "Antecknad kontakt", en: "Recorded contact" },
    register: held,
    columns: rulesOf(recordedContactDisclosure),
  },
  consent: {
    name: { fi: "Suostumus tai kielto", sv: "Samtycke eller förbud", en: "Consent or refusal" },
    register: (row) => ({ authority: row["recordedByAuthority"] as Authority, unit: row["recordedByUnit"] as string }),
    existsFor: (row, caller) => isConsentOpenTo(row as unknown as Consent, caller),
    columns: rulesOf(consentDisclosure),
  },
  permit: {
    name: { fi: "Tietopyyntö", sv: "Begäran om uppgifter", en: "Request for data" },
    register: (row) => ({ authority: row["receiver"] as Authority, unit: row["receiverUnit"] as string }),
    existsFor: (row, caller) => !isSecretFrom(row as unknown as Permit, caller),
    columns: rulesOf(permitDisclosure),
  },
  notification: {
    name: { fi: "Lakisääteinen ilmoitus", sv: "Lagstadgad anmälan", en: "Statutory notification" },
    register: (row) => ({ authority: row["madeByAuthority"] as Authority, unit: row["madeByUnit"] as string | null }),
    columns: {
      basis: referrals,
      permitId: referrals,
      receiverUnit: { category: "REFERRALS", tellsPlace: true },
      reason: referrals,
      madeBy: referrals,
      madeByName: referrals,
      madeByAuthority: referrals,
      madeByUnit: referrals,
      madeAt: referrals,
    },
  },
  statement: {
    name: { fi: "Lausunto", sv: "Utlåtande", en: "Statement" },
    register: () => rise,
    columns: { ...rulesOf(statementDisclosure), authorId: application },
  },
  document: {
    name: { fi: "Asiakirja", sv: "Handling", en: "Document" },
    register: () => rise,
    columns: { ...rulesOf(documentDisclosure), tellsPlace: application, grounds: application },
  },
  referral: {
    name: { fi: "Lähetetty hakemus", sv: "Sänd ansökan", en: "Sent application" },
    register: (row, column) =>
      COUNTY_COLUMNS.has(column) ? { authority: "COUNTY", unit: row["receiverUnit"] as string } : rise,
    columns: {
      ...Object.fromEntries(Object.entries(rulesOf(referralDisclosure)).filter(([column]) => column !== "ownWorker")),
      ownWorkerName: social,
      ownWorkerPhone: social,
      answeredBy: social,
    },
  },
};

/** What the county answered is of the county's register (decision D5). */
const COUNTY_COLUMNS = new Set(["state", "version", "ownWorkerName", "ownWorkerPhone", "answeredBy", "answeredAt"]);

const TOLD = "Told as the trace, in words and with ids.";

/** Columns of personal tables that are not exported by themselves, each with its reason. */
export const TECHNICAL_COLUMNS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "*": {
    id: "Opaque id; it is the exported record's own.",
    case_id: "Opaque id of the case that was asked for.",
  },
  case_file: { hetu_index: "Keyed index of hetu, which is exported." },
  document: { bytes: "The document itself: got by its download, /documents/:id." },
  audit_event: {
    at: TOLD,
    operation: TOLD,
    reason: TOLD,
    caller_id: TOLD,
    caller_name: TOLD,
    caller_role: TOLD,
    caller_authority: TOLD,
    caller_unit: TOLD,
    purpose: TOLD,
    subject_id: TOLD,
    receiver_authority: TOLD,
    receiver_unit: TOLD,
    disclosed: TOLD,
    outcome: "The trace tells of what was done; a refusal showed nothing.",
    withheld: "What did not leave, by rule and whatever there is.",
    sought_id: "An id that was asked for and not found: no row of this person.",
    client: "The program, which is no person.",
    request_id: "Joins the entries of one act, which the trace tells as one.",
  },
};

/** The rule of one column of one row; undefined when it is judged by a path that no table names. */
export const ruleOfColumn = (rule: ColumnRule, row: HeldRow): FieldRule | undefined =>
  rule === "BY_PATH" ? ruleOfPath(String(row["path"])) : rule;
