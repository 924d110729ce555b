import type { GraphQLField, GraphQLObjectType } from "graphql";
import { Extensions } from "type-graphql";
import type { Permission } from "../access/permission.ts";
import type { Authority } from "../kernel/authority.ts";
import type { DataCategory } from "./data-category.ts";
import type { DisclosureTable, FieldRule } from "./disclose.ts";
import type { LegalBasisCode } from "./legal-basis.ts";

/** Whose facts a field holds; `OWN`: those of the authority in whose service the caller asks. */
export type Holder = Authority | "OWN";

/** A published personal field, with all that a decision about it needs. */
export interface PersonalField extends FieldRule {
  /** Under which it is on record, e.g. `person.hetu`. */
  path: string;
  holders: readonly Holder[];
  /** Authorities whose workers may have entered a word on it besides. */
  enteredBy: readonly Authority[];
  /** Paths of what it is made of; those are judged and recorded in its place. */
  derivedFrom: readonly string[];
}

/** Where the fields of a personal type come from. */
export interface Origin<Field extends string> {
  /** First part of the paths on record, e.g. `statement`. */
  record: string;
  holders: readonly Holder[] | ((field: Field) => readonly Holder[]);
  enteredBy?: (field: Field) => readonly Authority[];
  derivedFrom?: Readonly<Partial<Record<Field, readonly string[]>>>;
}

/** In place of a path: the facts of the form that the root field's arguments name. */
export const FORM_FACTS = "form.*";

/**
 * What a published type declares about itself. Start-up refuses a schema with a type that declares nothing, or with a
 * field of a personal type that its disclosure table does not name.
 */
export type PublishedAs =
  | { kind: "PUBLIC" }
  | { kind: "PERSONAL"; table: Readonly<Record<string, PersonalField | "PUBLIC">> }
  | { kind: "PROVENANCE" }
  | { kind: "DECISION" }
  | { kind: "ENVELOPE" };

/** How the arguments of a root field tell whose data it touches: by an id at this place, by the list, or not at all. */
export type Whose =
  | { kind: "CASE" | "STATEMENT" | "DOCUMENT" | "REFERRAL" | "CONSENT" | "PERMIT"; argument: string }
  | { kind: "OWN_CASES" | "RECEIVED_REFERRALS" | "NOBODY_NAMED" };

/** What running a root field sends to another than the caller, as it goes on record. */
export interface Sending {
  path: string;
  category: DataCategory;
  holder: Authority;
  basis: LegalBasisCode;
  receiver: Authority;
}

/** What a root field declares about itself. */
export interface RootDeclaration {
  /** The permission that its operation demands. */
  permission: Permission;
  /** Undefined: it touches nobody's data. */
  whose: Whose | undefined;
  /** Paths from which the whole answer is derived, whatever of it is selected. */
  derivedFrom: readonly string[];
  /** Paths that leave in another way than the answer, e.g. into a PDF, whatever is selected. */
  alwaysLeaves: readonly string[];
  sends: readonly Sending[];
}

export const PUBLISHED_AS = "publishedAs";
export const TOUCHES = "touches";

/** Under a key of its own for each class on the way up: type-graphql lets a parent's extension win over its child's. */
const declare =
  (value: PublishedAs): ClassDecorator =>
  (target) => {
    Extensions({ [`${PUBLISHED_AS}/${heightOf(target)}`]: value })(target);
  };

const heightOf = (target: unknown): number =>
  typeof target === "function" ? 1 + heightOf(Object.getPrototypeOf(target) as unknown) : 0;

/** Tells nothing of any person: the directory, reference data, rules. */
export const Public = () => declare({ kind: "PUBLIC" });

/** A person's data: every field is judged by this table before the value is built. */
export const Personal = <T>(table: DisclosureTable<T>, origin: Origin<keyof T & string>) =>
  declare({ kind: "PERSONAL", table: personalTable(table, origin) });

/** The value and provenance of one disclosed fact; reachable only from a field of a personal type. */
export const OfDisclosedFact = () => declare({ kind: "PROVENANCE" });

/**
 * What the hub decides by rule, before any value is looked at: reasons, bases, ids of consents that name the caller. It
 * tells nothing that running the operation would not; reachable only from structure.
 */
export const OfDecision = () => declare({ kind: "DECISION" });

/** Structure alone: pages, payloads, groups. Holds only other types, ids, cursors, flags and errors. */
export const Envelope = () => declare({ kind: "ENVELOPE" });

/** A root field that touches a person's data. */
export const TouchesPerson = (
  permission: Permission,
  whose: Whose,
  {
    derivedFrom = [],
    alwaysLeaves = [],
    sends = [],
  }: Partial<Pick<RootDeclaration, "derivedFrom" | "alwaysLeaves" | "sends">> = {},
) => Extensions({ [TOUCHES]: { permission, whose, derivedFrom, alwaysLeaves, sends } satisfies RootDeclaration });

/** A root field that touches nobody's data. */
export const TouchesNobody = (permission: Permission) =>
  Extensions({
    [TOUCHES]: { permission, whose: undefined, derivedFrom: [], alwaysLeaves: [], sends: [] } satisfies RootDeclaration,
  });

/** What the type itself declares, not what it inherits. */
export function publishedAs({ extensions }: GraphQLObjectType): PublishedAs | undefined {
  const own = Object.keys(extensions)
    .filter((key) => key.split("/")[0] === PUBLISHED_AS)
    .sort((a, b) => Number(b.split("/")[1] ?? 0) - Number(a.split("/")[1] ?? 0))[0];
  return own === undefined ? undefined : (extensions[own] as PublishedAs);
}

export const touchesOf = (field: GraphQLField<unknown, unknown>): RootDeclaration | undefined =>
  field.extensions[TOUCHES] as RootDeclaration | undefined;

export function personalTable<T>(
  table: DisclosureTable<T>,
  { record, holders, enteredBy, derivedFrom }: Origin<keyof T & string>,
): Record<string, PersonalField | "PUBLIC"> {
  const rules = Object.entries(table) as [keyof T & string, FieldRule | "PUBLIC"][];
  return Object.fromEntries(
    rules.map(([field, rule]): [string, PersonalField | "PUBLIC"] => {
      if (rule === "PUBLIC") return [field, rule];
      const declared: PersonalField = {
        ...rule,
        path: `${record}.${field}`,
        holders: typeof holders === "function" ? holders(field) : holders,
        enteredBy: enteredBy?.(field) ?? [],
        derivedFrom: derivedFrom?.[field] ?? [],
      };
      return [field, declared];
    }),
  );
}
