import type { SettledFact } from "../cases/case.ts";
import { type LocalDate, firstOfMonth, isLocalDate, lastOfMonth } from "../kernel/dates.ts";
import type { LocalizedText } from "../kernel/text.ts";
import type { Statement } from "../statements/statement.ts";
import type { FormLanguage } from "./form-definition.ts";
import type { FieldDraft, FieldState, FormInput } from "./form-model.ts";
import {
  NOT_ASKED,
  NOT_SIGNED,
  NO_RECEIVER,
  NO_STATEMENT,
  PROTECTED_ADDRESS,
  STATE_REASONS,
  kelaDecisionMissing,
} from "./reasons.ts";
import { TELLS_THE_PLACE, factOf } from "./sources.ts";

/** What a source gives on one occasion. A value is there only when the state is FILLED. */
export interface SourceValue {
  value: unknown;
  state: FieldState;
  provenance: FieldDraft["provenance"];
  reason: LocalizedText | null;
}

export interface Period {
  first: LocalDate;
  last: LocalDate;
}

/** Reads the sources of a form definition from its input. Pure. */
export function readSource(name: string, input: FormInput, language: FormLanguage, period: Period): SourceValue {
  if (TELLS_THE_PLACE.has(name) && addressIsProtected(input)) return empty("WITHHELD", PROTECTED_ADDRESS);
  switch (name) {
    case "receiver":
      return input.receiver ? filled(input.receiver[language]) : empty("UNKNOWN", NO_RECEIVER);
    case "sender":
      return filled(input.sender[language]);
    case "today":
      return filled(input.today);
    case "period.first":
      return filled(period.first);
    case "period.last":
      return filled(period.last);
  }
  return name.startsWith("statement.") ? readStatement(name, input.statement) : readFact(name, input, period);
}

/** The month of the day on which the form is made. */
export const defaultPeriod = (today: LocalDate): Period => ({ first: firstOfMonth(today), last: lastOfMonth(today) });

/** A date as a Finnish form writes it, e.g. `1.3.2026`; undefined for anything else. */
export function readFinnishDate(text: string): LocalDate | undefined {
  const match = /^\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*$/.exec(text);
  if (!match) return undefined;
  const date = `${match[3]!}-${match[2]!.padStart(2, "0")}-${match[1]!.padStart(2, "0")}`;
  return isLocalDate(date) ? date : undefined;
}

/** One source that says so is enough: a conflict about a protected address is resolved for the protection. */
function addressIsProtected(input: FormInput): boolean {
  return input.facts.person?.addressProtected?.facts.some((fact) => fact.value === true) ?? false;
}

function readFact(name: string, input: FormInput, period: Period): SourceValue {
  const { path, part } = factOf(name)!;
  const [group, field] = path.split(".") as [string, string];
  const groups = input.facts as Record<string, Record<string, SettledFact<unknown>> | undefined>;
  const settled = groups[group]?.[field];
  if (path === "benefits.basicAssistanceDecision") return readDecision(part!, input, period);
  if (!settled) return empty("WITHHELD", STATE_REASONS.WITHHELD);
  const provenance = provenanceOf(settled);
  if (settled.status !== "KNOWN") return empty(settled.status, STATE_REASONS[settled.status], provenance);
  const value = part === undefined ? settled.value : (settled.value as Record<string, unknown>)[part];
  return value === null || value === undefined
    ? empty("NONE", STATE_REASONS.NONE, provenance)
    : { value, state: "FILLED", provenance, reason: null };
}

/** The decision is shown as it is; that it is for another time, or is not known, is said beside it (D22). */
function readDecision(part: string, input: FormInput, period: Period): SourceValue {
  const settled = input.facts.benefits?.basicAssistanceDecision;
  if (!settled) return empty("WITHHELD", kelaDecisionMissing(period, null));
  const provenance = provenanceOf(settled);
  if (settled.status === "CONFLICT") return empty("CONFLICT", STATE_REASONS.CONFLICT, provenance);
  const decision = settled.value;
  if (settled.status !== "KNOWN" || decision === null) {
    return empty(settled.status === "KNOWN" ? "NONE" : settled.status, kelaDecisionMissing(period, null), provenance);
  }
  const covers = decision.from <= period.first && decision.until >= period.last;
  const reason = covers ? null : kelaDecisionMissing(period, decision);
  return { value: decision[part as keyof typeof decision], state: "FILLED", provenance, reason };
}

function readStatement(name: string, statement: Statement | null): SourceValue {
  if (name === "statement.present") return filled(statement !== null);
  if (!statement) return empty("UNKNOWN", NO_STATEMENT);
  const said = statementValue(name, statement);
  const provenance: FieldDraft["provenance"] = [
    {
      holder: "RISE",
      origin: "WORKER",
      asOf: statement.signedAt ?? statement.writtenAt,
      retrievedAt: statement.signedAt ?? statement.writtenAt,
    },
  ];
  if (said === null && /hasRead|agreesToAttach/.test(name)) return empty("UNKNOWN", NOT_ASKED, provenance);
  if (said === null && /signed/.test(name)) return empty("NONE", NOT_SIGNED, provenance);
  if (said === null || said === "") return empty("UNKNOWN", STATE_REASONS.UNKNOWN, provenance);
  return { value: said, state: "FILLED", provenance, reason: null };
}

function statementValue(name: string, statement: Statement): string | boolean | Date | null {
  const { author, content, agreement } = statement;
  switch (name) {
    case "statement.author.name":
      return author.name;
    case "statement.author.title":
      return author.title;
    case "statement.author.phone":
      return author.phone;
    case "statement.author.email":
      return author.email;
    case "statement.hasRead":
      return agreement?.hasRead ?? null;
    case "statement.agreesToAttach":
      return agreement?.agreesToAttach ?? null;
    case "statement.writtenAt":
      return statement.writtenAt;
    case "statement.signedAt":
      return statement.signedAt;
    case "statement.signedHash":
      return statement.signedHash;
  }
  return content[name.slice("statement.".length) as keyof typeof content];
}

const provenanceOf = (settled: SettledFact<unknown>): FieldDraft["provenance"] =>
  settled.facts.map(({ holder, origin, asOf, retrievedAt }) => ({ holder, origin, asOf, retrievedAt }));

const filled = (value: unknown): SourceValue => ({ value, state: "FILLED", provenance: [], reason: null });

const empty = (state: FieldState, reason: LocalizedText, provenance: FieldDraft["provenance"] = []): SourceValue => ({
  value: null,
  state,
  provenance,
  reason,
});
