import type { Authority } from "../kernel/authority.ts";
import type { DataCategory } from "./data-category.ts";
import type { LegalBasisCode } from "./legal-basis.ts";
import type { Decision, Verdict, WithheldReason } from "./policy.ts";

declare const disclosed: unique symbol;

/** A value that went through a disclosure. Published types are built from such values alone. */
export type Disclosed<T> = T & { readonly [disclosed]: true };

/** How one field is judged. */
export interface FieldRule {
  category: DataCategory;
  /** Tells where a person lives (or does when one of these holds it); withheld under a protected address (D6). */
  tellsPlace?: true | readonly Authority[];
}

/** A field that tells nothing of the person: an opaque id, a type name. */
export type PublicField = "PUBLIC";

/** Every field of a type has a rule; a new field does not compile until it has one. */
export type DisclosureTable<T> = { readonly [K in keyof T]-?: FieldRule | PublicField };

/**
 * What left, and what was withheld, for the audit log. Paths, codes and ids only, never a value. `ground` is the id of the
 * consent or permit, absent where the law alone allows.
 */
export interface DisclosureRecord {
  left: { path: string; holder: Authority; basis: LegalBasisCode; ground?: string }[];
  withheld: { path: string; holder: Authority; reason: WithheldReason }[];
}

export const emptyRecord = (): DisclosureRecord => ({ left: [], withheld: [] });

/**
 * Judges one field and writes the verdict into the record.
 * @param placeProtected the person has a protected address, or it is not known whether they have
 */
export function judgeField(
  rule: FieldRule,
  path: string,
  holder: Authority,
  decision: Decision,
  placeProtected: boolean,
  record: DisclosureRecord,
): boolean {
  const verdict = decision.on(rule.category, holder);
  // What is closed anyway keeps its reason: another one would tell that the address is protected.
  if (!verdict.allowed) {
    record.withheld.push({ path, holder, reason: verdict.reason });
    return false;
  }
  if (placeProtected && (rule.tellsPlace === true || rule.tellsPlace?.includes(holder))) {
    record.withheld.push({ path, holder, reason: "NO_LEGAL_BASIS" });
    return false;
  }
  record.left.push(left(path, holder, verdict));
  return true;
}

/** One entry of what left. */
export const left = (
  path: string,
  holder: Authority,
  { basis, ground }: Extract<Verdict, { allowed: true }>,
): DisclosureRecord["left"][number] => ({ path, holder, basis, ...(ground === null ? {} : { ground }) });

/** Marks a value whose every field was judged by `judgeField`. Only the disclosures of the capabilities call it. */
export const asDisclosed = <T>(value: T): Disclosed<T> => value as Disclosed<T>;

/** A flat record after its disclosure: what is not public may have been withheld, and is null then. */
export type DisclosedRecord<T, Table extends DisclosureTable<T>> = Disclosed<{
  [K in keyof T]: Table[K] extends PublicField ? T[K] : T[K] | null;
}>;

/** Of what was judged, what concerns these paths. */
export const recordOf = (paths: ReadonlySet<string>, { left, withheld }: DisclosureRecord): DisclosureRecord => ({
  left: left.filter(({ path }) => paths.has(path)),
  withheld: withheld.filter(({ path }) => paths.has(path)),
});

/** How the records of one answer are judged. */
export interface Judgement {
  decision: Decision;
  /** The paths that the document selects below the root field (`selectedBy`). */
  selected: ReadonlySet<string>;
  /** Gets what left and what was withheld. */
  record: DisclosureRecord;
  /** What tells the place is closed to this caller (decision D6). A table without such a field needs none. */
  placeClosed?: boolean;
}

/**
 * Discloses a flat record held by one authority: what may not leave becomes null, and so does what the document does
 * not select, of which nothing goes on record.
 */
export function disclose<T extends object, Table extends DisclosureTable<T>>(
  table: Table,
  holder: Authority,
  path: string,
  value: T,
  { decision, selected, record, placeClosed = false }: Judgement,
): DisclosedRecord<T, Table> {
  const result: Record<string, unknown> = {};
  for (const field of Object.keys(table) as (keyof T & string)[]) {
    const rule: FieldRule | PublicField = table[field];
    const at = `${path}.${field}`;
    const open = rule === "PUBLIC" || (selected.has(at) && judgeField(rule, at, holder, decision, placeClosed, record));
    result[field] = open ? value[field] : null;
  }
  return asDisclosed(result as DisclosedRecord<T, Table>);
}
