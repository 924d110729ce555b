import { Extensions } from "type-graphql";
import type { DisclosureTable, FieldRule } from "./disclose.ts";

/**
 * What a published type declares about itself. Start-up refuses a schema with a type that declares nothing, or with a
 * field of a personal type that its disclosure table does not name.
 */
export type PublishedAs =
  | { kind: "PUBLIC" }
  | { kind: "PERSONAL"; table: Record<string, FieldRule | "PUBLIC"> }
  | { kind: "PROVENANCE" }
  | { kind: "ENVELOPE" };

export const PUBLISHED_AS = "publishedAs";

const declare = (value: PublishedAs) => Extensions({ [PUBLISHED_AS]: value });

/** Tells nothing of any person: the directory, reference data, rules. */
export const Public = () => declare({ kind: "PUBLIC" });

/** A person's data: every field is judged by this table before the value is built. */
export const Personal = <T>(table: DisclosureTable<T>) =>
  declare({ kind: "PERSONAL", table: table as Record<string, FieldRule | "PUBLIC"> });

/** The value and provenance of one disclosed fact; reachable only from a field of a personal type. */
export const OfDisclosedFact = () => declare({ kind: "PROVENANCE" });

/** Structure alone: pages, payloads, groups. Holds only other types, ids, cursors, flags and errors. */
export const Envelope = () => declare({ kind: "ENVELOPE" });
