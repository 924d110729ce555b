import type { CaseSource, HolderAnswer, SourceIssue, SourceIssueKind, SourceRequest } from "../cases/case.source.ts";
import type { Authority } from "../kernel/authority.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Guard } from "./transport/guard.ts";

/** Asks the authority's system once and tells its answer in the hub's words. Throws SourceFault. */
export type Read = (request: SourceRequest, signal: AbortSignal) => Promise<HolderAnswer>;

/** For the operator's log. `detail` holds no address, value, token or identity code. */
export interface SourceFaultReport {
  source: Authority;
  kind: SourceIssueKind;
  detail: string;
  issue: string;
}

export interface GuardedSource {
  authority: Authority;
  read: Read;
  guard: Guard;
  clock: Clock;
  /** Per-request faults can be asked of the sandbox. */
  simulated: boolean;
  report: ((fault: SourceFaultReport) => void) | undefined;
}

const NAMES: Record<Authority, string> = {
  RISE: "The prison service (Rise)",
  VTH: "The prison health service (VTH)",
  COUNTY: "The wellbeing services counties' register",
  EMPLOYMENT: "The employment services",
  KELA: "Kela",
};

const MESSAGES: Record<SourceIssueKind, string> = {
  UNAVAILABLE: "cannot be reached. Its facts are missing here; ask again later, or call.",
  TIMED_OUT: "did not answer in time. Its facts are missing here; ask again later, or call.",
  REFUSED: "refused the question. Its facts are missing here; the hub's operator must agree on the right with it.",
  MALFORMED: "answered in a form that the hub does not understand, so nothing of it is shown; tell the hub's operator.",
};

/** A source that never throws for a fault of the authority's system. */
export function createSource({ authority, read, guard, clock, simulated, report }: GuardedSource): CaseSource {
  return {
    authority,
    async ask(request) {
      const result = await guard.run({
        attempt: (signal) => read(request, signal),
        signal: request.signal,
        besideBreaker: simulated && request.sandbox !== undefined,
      });
      if (result.ok) return { ok: true, value: result.value, retrievedAt: clock.now() };
      const { kind, detail } = result.fault;
      report?.({ source: authority, kind, detail, issue: request.issue });
      const issue: SourceIssue = {
        source: authority,
        kind,
        message: `${NAMES[authority]} ${MESSAGES[kind]}`,
        retriedAt: result.retriedAt,
      };
      return { ok: false, issue };
    },
  };
}
