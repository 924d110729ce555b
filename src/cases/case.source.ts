import type { Authority } from "../kernel/authority.ts";
import type { Hetu } from "../kernel/hetu.ts";
import type { FactGroup, HolderFacts } from "./case.ts";

export const SOURCE_ISSUE_KINDS = ["UNAVAILABLE", "TIMED_OUT", "REFUSED", "MALFORMED"] as const;
export type SourceIssueKind = (typeof SOURCE_ISSUE_KINDS)[number];

/** A source that did not answer as it should. Costs its own facts only. */
export interface SourceIssue {
  source: Authority;
  kind: SourceIssueKind;
  /** For a person; tells what to do, holds no address, token or identity code. */
  message: string;
  /** When the source was last asked again before giving up; null when it was asked once. */
  retriedAt: Date | null;
}

export type SourceOutcome<T> = { ok: true; value: T; retrievedAt: Date } | { ok: false; issue: SourceIssue };

export interface SourceRequest {
  hetu: Hetu;
  /** Only what will be shown is asked for. */
  groups: readonly FactGroup[];
  /** Only this register of an authority that has several (a county's code); absent: every one that knows the person. */
  register?: string | undefined;
  /** Opaque worker id, for the source's own log; never an identity code. */
  workerId: string;
  /** The hub's case number, for the source's own log (X-Road-Issue). */
  issue: string;
  /** Development only: told to the sandbox as it came, e.g. `kela=down`. */
  sandbox?: string | undefined;
  signal: AbortSignal;
}

/** What a holder said, and when it last knew it to be so. `undefined` facts: it does not know the person. */
export interface HolderAnswer {
  asOf: Date | null;
  facts: HolderFacts | undefined;
  /** Units or areas of the holder that serve the person: a prison's, county's, clinic's or employment area's code. */
  servedBy: readonly string[];
}

/** The port: one authority's system. Never throws for a fault of the system; that is an outcome. */
export interface CaseSource {
  readonly authority: Authority;
  ask(request: SourceRequest): Promise<SourceOutcome<HolderAnswer>>;
}
