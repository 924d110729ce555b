import type { Purpose } from "../access/purpose.ts";
import { DATA_CATEGORIES } from "../disclosure/data-category.ts";
import type { DisclosureRecord } from "../disclosure/disclose.ts";
import { LEGAL_BASES, type LegalBasis } from "../disclosure/legal-basis.ts";
import { AUTHORITIES, type Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import { LEFT_OUT } from "./access-limits.ts";
import { categoryOfPath } from "./category-of-path.ts";
import { CHANGED_NOTHING, OPERATION_TEXTS, UNNAMED_OPERATION } from "./operation-text.ts";
import {
  type ActorRole,
  AUTHORITY_TEXTS,
  CATEGORY_TEXTS,
  OTHER_DATA,
  PURPOSE_TEXTS,
  ROLE_TEXTS,
} from "./trace-text.ts";
import type { TraceEntry, TracedBasis, TracedData } from "./trace-entry.ts";
import { sentenceOf } from "./trace-sentence.ts";
import { organisationName, receiverName } from "./unit-name.ts";

/** One event of the log, as the person's trace reads it. */
export interface TraceEvent {
  id: string;
  at: Date;
  operation: string;
  callerId: string;
  /** Null for events that were written before names were kept. */
  callerName: string | null;
  callerRole: ActorRole;
  callerAuthority: Authority | null;
  callerUnit: string | null;
  purpose: Purpose | null;
  subjectId: string | null;
  /** Code of what kept the operation from changing anything; null when nothing did. */
  reason: string | null;
  /** To whom it sent something. */
  receiver: { authority: Authority; unit: string | null } | null;
  left: DisclosureRecord["left"];
}

/** What the words of an event need besides the event itself. */
export interface TraceContext {
  /** The day on which a consent was given, by its id. */
  consentGivenOn: ReadonlyMap<string, LocalDate>;
}

/**
 * Tells one event in words. Paths that the person may not know of are left out without a gap; what was withheld from the
 * one who asked is never told.
 * @param only the entries of the event that may be told; all of them for the person
 */
export function traceEntry(
  event: TraceEvent,
  context: TraceContext,
  only: (entry: TraceEvent["left"][number]) => boolean = () => true,
): TraceEntry {
  const open = event.left.filter((entry) => !isLeftOut(entry.path));
  const left = open.filter(only);
  const text = event.reason === null ? (OPERATION_TEXTS[event.operation] ?? UNNAMED_OPERATION) : CHANGED_NOTHING;
  const holders = AUTHORITIES.filter((authority) => left.some((entry) => entry.holder === authority));
  const fromElsewhere = holders.some((holder) => holder !== event.callerAuthority) && event.callerRole !== "PERSON";
  const told: Omit<TraceEntry, "sentence"> = {
    at: event.at,
    kind: text.kind === "LOOKED_AT" && fromElsewhere ? "RECEIVED" : text.kind,
    did: text.did,
    who: {
      name: event.callerName,
      role: ROLE_TEXTS[event.callerRole],
      organisation: organisationName(event.callerRole, event.callerUnit, event.callerAuthority),
    },
    data: dataOf(left, open.length > left.length),
    registers: holders.map((holder) => AUTHORITY_TEXTS[holder]),
    purpose: event.purpose && PURPOSE_TEXTS[event.purpose],
    bases: basesOf(left, context),
    sentTo: event.receiver && receiverName(event.receiver),
  };
  return { ...told, sentence: sentenceOf(told, { own: event.callerRole === "PERSON", fromElsewhere }) };
}

const isLeftOut = (path: string): boolean => LEFT_OUT.paths.some((prefix) => path.startsWith(prefix));

/** The kinds of data; what no table names, or may not be told to a controller's worker, comes last as "other data". */
function dataOf(left: TraceEvent["left"], more: boolean): TracedData[] {
  const categories = unique(left.map((entry) => categoryOfPath(entry.path)));
  const named = DATA_CATEGORIES.filter((category) => categories.includes(category));
  const other = more || categories.includes(undefined) ? [{ category: null, text: OTHER_DATA }] : [];
  return [...named.map((category) => ({ category, text: CATEGORY_TEXTS[category] })), ...other];
}

function basesOf(left: TraceEvent["left"], { consentGivenOn }: TraceContext): TracedBasis[] {
  const bases = new Map<string, TracedBasis>();
  for (const { basis, ground } of left) {
    const givenOn = (ground !== undefined && consentGivenOn.get(ground)) || null;
    const known: Pick<LegalBasis, "citation" | "text"> = LEGAL_BASES[basis];
    const { citation, text } = known;
    bases.set(`${basis}/${givenOn ?? ""}`, { citation, text, consentGivenOn: givenOn });
  }
  return [...bases.values()];
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
