import type { Evidence } from "../kernel/evidence.ts";
import type { LocalDate } from "../kernel/dates.ts";

/**
 * How long one kind of row is kept (703/2023 appendix; 1301/2021 section 31; decision D13). What has no source is marked
 * [D] in its note and can be changed here alone. Where a row is in two registers, as a sent application is, the sender's
 * and the receiver's copies are one row in the hub, and the longer time counts.
 */
export interface RetentionRule {
  /** Goes on record with every row that it erases; a changed rule gets a new code. */
  code: string;
  table: string;
  /** What it is about, for the operator. */
  what: string;
  citation: string;
  evidence: Evidence;
  /** The day on which the source was last read. */
  checkedOn: LocalDate;
  /** Months from the event, or null: kept, since the hub does not know the event that ends it. */
  months: number | null;
  /** The event from which the time runs. */
  from: string;
  /** What was decided without a source, and why. */
  note?: string;
  /** SQL over the alias `t`: which rows the rule is about. */
  about: string;
  /** SQL over `t`: the day of the event, in Europe/Helsinki; null while it has not happened. */
  event: string;
  /** SQL over `t`: true while another row still needs it. */
  neededBy?: string;
}

const READ_ON = "2025-02-21" as LocalDate;
const years = (count: number): number => count * 12;
const APPENDIX = { citation: "703/2023 liite", evidence: "STATUTE", checkedOn: READ_ON } as const;
const rise = (item: string) =>
  ({ citation: `1301/2021 31.1 § ${item}`, evidence: "STATUTE", checkedOn: READ_ON }) as const;
const DECIDED = { citation: "[D]", evidence: "UNVERIFIED", checkedOn: READ_ON } as const;

const dayOf = (instant: string): string => `(${instant} at time zone 'Europe/Helsinki')::date`;
const phaseOf = (column: string): string => `(select c.${column} from case_file c where c.id = t.case_id)`;
const RELEASE_OR_END = `(select greatest(c.released_on, c.enforcement_ends_on) from case_file c
  where c.id = t.case_id and c.enforcement_ends_on is not null)`;
const UNKNOWN_END = "kept while the end of enforcement is not known, since enforcement may go on";

/** In the order in which they run: what points at a row goes before it. */
export const RETENTION_RULES: readonly RetentionRule[] = [
  {
    ...APPENDIX,
    code: "REFERRAL_3Y",
    table: "referral",
    what: "applications and referrals that were sent (correspondence)",
    months: years(3),
    from: "the day it was sent",
    note: "[D] Rise's own copy for as long as the county's.",
    about: "true",
    event: dayOf("t.sent_at"),
  },
  {
    ...APPENDIX,
    code: "SENT_DOCUMENT_3Y",
    table: "document",
    what: "documents that were sent (correspondence)",
    months: years(3),
    from: "the day it was sent",
    about: "t.sent_at is not null",
    event: dayOf("t.sent_at"),
    neededBy: "exists (select 1 from referral r where r.document_id = t.id)",
  },
  {
    ...DECIDED,
    code: "UNSENT_DOCUMENT_6M",
    table: "document",
    what: "documents that were made and never sent",
    months: 6,
    from: "the day it was made",
    note: "[D] A print that was given to the person is the person's; the hub needs it only while it may be sent.",
    about: "t.sent_at is null",
    event: dayOf("t.created_at"),
    neededBy: "exists (select 1 from referral r where r.document_id = t.id)",
  },
  {
    ...APPENDIX,
    code: "SIGNED_STATEMENT_5Y",
    table: "statement",
    what: "signed statements made for others",
    months: years(5),
    from: "the day it was signed",
    about: "t.signed_at is not null",
    event: dayOf("t.signed_at"),
    neededBy: "exists (select 1 from document d where d.statement_id = t.id)",
  },
  {
    ...DECIDED,
    code: "STATEMENT_DRAFT_6M",
    table: "statement",
    what: "statements that were never signed",
    months: 6,
    from: "the day it was written",
    note: "[D] A draft is no statement.",
    about: "t.signed_at is null",
    event: dayOf("t.written_at"),
    neededBy: "exists (select 1 from document d where d.statement_id = t.id)",
  },
  {
    ...rise("1 k"),
    code: "RISE_SENTENCE_10Y",
    table: "recorded_fact",
    what: "Rise's entries on the sentence",
    months: years(10),
    from: "the end of enforcement",
    note: UNKNOWN_END,
    about: "t.holder = 'RISE' and starts_with(t.path, 'sentence.')",
    event: phaseOf("enforcement_ends_on"),
  },
  {
    ...rise("2 k"),
    code: "RISE_ENTRY_5Y",
    table: "recorded_fact",
    what: "Rise's other entries",
    months: years(5),
    from: "the last release, or the end of the community sanction",
    note: UNKNOWN_END,
    about: "t.holder = 'RISE' and not starts_with(t.path, 'sentence.')",
    event: RELEASE_OR_END,
  },
  {
    ...rise("2 k"),
    code: "RISE_CONTACT_5Y",
    table: "recorded_contact",
    what: "contacts that Rise's workers noted",
    months: years(5),
    from: "the last release, or the end of the community sanction",
    note: UNKNOWN_END,
    about: "t.holder = 'RISE'",
    event: RELEASE_OR_END,
  },
  {
    ...APPENDIX,
    code: "COUNTY_ENTRY_10Y",
    table: "recorded_fact",
    what: "the county's entries (services for persons of working age)",
    months: years(10),
    from: "the day it was recorded",
    note: "[D] The act counts from the closing of the matter, which the hub does not know.",
    about: "t.holder = 'COUNTY'",
    event: dayOf("t.recorded_at"),
  },
  {
    ...APPENDIX,
    code: "VTH_ENTRY_LIFE",
    table: "recorded_fact",
    what: "entries of the prison health service (patient records)",
    months: null,
    from: "the person's death (12 years)",
    note: "Kept: the hub does not know of a death; a year after it 1301/2021 section 31.6 ends Rise's data.",
    about: "t.holder = 'VTH'",
    event: "null::date",
  },
  {
    citation: "381/2023 12 §",
    evidence: "STATUTE",
    checkedOn: READ_ON,
    code: "EMPLOYMENT_ENTRY_4Y",
    table: "recorded_fact",
    what: "entries of the employment services",
    months: years(4),
    from: "the day it was recorded",
    note: "[D] The act counts from the end of the client relationship in the multi-sector model, which the hub does not know.",
    about: "t.holder = 'EMPLOYMENT'",
    event: dayOf("t.recorded_at"),
  },
  {
    ...DECIDED,
    code: "KELA_ENTRY_10Y",
    table: "recorded_fact",
    what: "Kela's entries",
    months: years(10),
    from: "the day it was recorded",
    note: "[D] No source was at hand; as long as the county's.",
    about: "t.holder = 'KELA'",
    event: dayOf("t.recorded_at"),
  },
  {
    ...APPENDIX,
    code: "CONTACT_3Y",
    table: "recorded_contact",
    what: "contacts that workers of the other authorities noted",
    months: years(3),
    from: "the day of the contact",
    note: "[D] The appendix is of social welfare and health care; the employment services and Kela likewise.",
    about: "t.holder <> 'RISE'",
    event: dayOf("t.contacted_at"),
  },
  {
    ...DECIDED,
    code: "NOTIFICATION_3Y",
    table: "notification",
    what: "statutory notifications, the sender's copy (correspondence)",
    months: years(3),
    from: "the day it was made",
    note: "[D] The receiver keeps its own in its own system.",
    about: "true",
    event: dayOf("t.made_at"),
  },
  {
    ...DECIDED,
    code: "REMIT_12Y",
    table: "case_remit",
    what: "who might know of a case",
    months: years(12),
    from: "the last day of the remit",
    note: "[D] As long as the log that it explains.",
    about: "true",
    event: "t.until",
  },
  {
    ...APPENDIX,
    code: "EARLIER_CONSENT_12Y",
    table: "consent",
    what: "consents and refusals that a newer one for the same receiver replaced",
    months: years(12),
    from: "the making of the newer one",
    about: `exists (select 1 from consent n where n.case_id = t.case_id and n.receiver = t.receiver
      and n.receiver_unit is not distinct from t.receiver_unit and (n.recorded_at, n.id) > (t.recorded_at, t.id))`,
    event: `(select min(${dayOf("n.recorded_at")}) from consent n where n.case_id = t.case_id and n.receiver = t.receiver
      and n.receiver_unit is not distinct from t.receiver_unit and (n.recorded_at, n.id) > (t.recorded_at, t.id))`,
    neededBy: "exists (select 1 from case_remit r where r.consent_id = t.id)",
  },
  {
    ...APPENDIX,
    code: "NEWEST_CONSENT_LIFE",
    table: "consent",
    what: "the newest consent or refusal for a receiver",
    months: null,
    from: "the person's death (12 years)",
    note: "Kept: the hub does not know of a death.",
    about: `not exists (select 1 from consent n where n.case_id = t.case_id and n.receiver = t.receiver
      and n.receiver_unit is not distinct from t.receiver_unit and (n.recorded_at, n.id) > (t.recorded_at, t.id))`,
    event: "null::date",
  },
  {
    ...APPENDIX,
    code: "PERMIT_12Y",
    table: "permit",
    what: "requests for data and their answers",
    months: years(12),
    from: "the last day of the permit",
    note: "[D] As the documents on the control of disclosures.",
    about: "true",
    event: "t.until",
    neededBy: `(exists (select 1 from case_remit r where r.permit_id = t.id)
      or exists (select 1 from notification n where n.permit_id = t.id))`,
  },
  {
    ...DECIDED,
    code: "EMPTY_CASE_1Y",
    table: "case_file",
    what: "cases of which nothing is left and that nobody serves",
    months: 12,
    from: "the end of the last remit",
    note: "[D] A case is only the place of what hangs on it.",
    about: `not exists (select 1 from case_remit r where r.case_id = t.id and r.until is null)`,
    event: `coalesce((select max(r.until) from case_remit r where r.case_id = t.id), ${dayOf("t.opened_at")})`,
    neededBy: [
      "statement",
      "document",
      "referral",
      "recorded_fact",
      "recorded_contact",
      "consent",
      "permit",
      "notification",
    ]
      .map((table) => `exists (select 1 from ${table} x where x.case_id = t.id)`)
      .join(" or "),
  },
];

/** The log has its own way out, group by sealed group: 12 years from the event (703/2023 appendix). */
export const LOG_RULE = {
  ...APPENDIX,
  code: "USE_AND_DISCLOSURE_LOG_12Y",
  table: "audit_event",
  what: "use and disclosure logs",
  months: years(12),
  from: "the event",
} as const;

/** Retention that the acts demand of data which the hub does not hold; here so that none is overlooked (decision D13). */
export const NOT_HELD: readonly { what: string; keep: string; citation: string }[] = [
  { what: "visitors of prisoners and others in touch with them", keep: "2 years", citation: "1301/2021 31.1 § 4 k" },
  { what: "persons with business in a prison", keep: "1 year", citation: "1301/2021 31.1 § 5 k" },
  { what: "observations for order and security (section 8.4)", keep: "2 months", citation: "1301/2021 31.1 § 3 k" },
  { what: "the security register", keep: "5 years", citation: "1301/2021 31.1 § 6 k" },
  { what: "the register of victims", keep: "half a year from release", citation: "1301/2021 31.1 § 7 k" },
  { what: "child protection records", keep: "2 years from death", citation: "703/2023 liite" },
];

/** Tables without a rule of their own, each with its reason. */
export const NOT_RETAINED: Readonly<Record<string, string>> = {
  audit_head: "Seals: no person's data, kept for good so that the log can be verified.",
  audit_erasure: "Says which part of the log was erased and by which rule; names no person.",
};
