import { expect } from "vitest";
import { FACT_GROUPS } from "../../src/cases/case.ts";
import type { CaseSource, HolderAnswer, SourceIssue, SourceRequest } from "../../src/cases/case.source.ts";
import { AUTHORITIES, type Authority } from "../../src/kernel/authority.ts";
import { fixedClock } from "../../src/kernel/clock.ts";
import { localDate } from "../../src/kernel/dates.ts";
import type { Hetu } from "../../src/kernel/hetu.ts";
import { type RunningAuthorities, startAuthorities } from "../../src/sandbox/authorities/start.ts";
import { DEMO_PERSON, type Trait, createPopulation } from "../../src/sandbox/population.ts";
import { type SourceFaultReport, type SourcesConfig, createSources } from "../../src/sources/register.ts";

export const TODAY = localDate("2026-11-22");
export const NOW = "2026-11-22T10:00:00.000Z";
export const clock = fixedClock(NOW);
export const population = createPopulation({ seed: 1, today: TODAY });

export const withTrait = (trait: Trait): Hetu => population.find((person) => person.traits.includes(trait))!.hetu;

/** The real sources before the real sandbox servers. */
export class RunningSources {
  reports: SourceFaultReport[] = [];

  private constructor(readonly authorities: RunningAuthorities) {}

  static async start(): Promise<RunningSources> {
    const ports = { RISE: 0, VTH: 0, COUNTY: 0, EMPLOYMENT: 0, KELA: 0 };
    return new RunningSources(await startAuthorities({ population, host: "127.0.0.1", ports, clock }));
  }

  close(): Promise<void> {
    return this.authorities.close();
  }

  forget(): void {
    this.reports = [];
    for (const authority of AUTHORITIES) this.authorities.requests[authority] = 0;
  }

  config(more: Partial<SourcesConfig> = {}): SourcesConfig {
    return {
      xroadClient: "FI-TEST/GOV/9000000-0/nivel",
      timeoutMs: 3000,
      forwardSandboxHeader: true,
      authorities: Object.fromEntries(AUTHORITIES.map((each) => [each, { url: this.authorities.urls[each] }])),
      report: (fault) => this.reports.push(fault),
      ...more,
    };
  }

  source(authority: Authority, more: Partial<SourcesConfig> = {}): CaseSource {
    return createSources(this.config(more), clock).find((candidate) => candidate.authority === authority)!;
  }

  /** Asks for everything and expects an answer. */
  async answer(authority: Authority, hetu: Hetu, more: Partial<SourceRequest> = {}): Promise<HolderAnswer> {
    const outcome = await this.source(authority).ask(requestFor(hetu, more));
    if (!outcome.ok) throw new Error(outcome.issue.kind);
    expect(outcome.retrievedAt.toISOString()).toBe(NOW);
    return outcome.value;
  }

  /** Asks about the demo person under simulated faults and expects an issue. */
  async issue(authority: Authority, sandbox: string, more: Partial<SourcesConfig> = {}): Promise<SourceIssue> {
    const outcome = await this.source(authority, more).ask(requestFor(DEMO_PERSON.hetu, { sandbox }));
    if (outcome.ok) throw new Error("answered");
    return outcome.issue;
  }
}

export const requestFor = (hetu: Hetu, more: Partial<SourceRequest> = {}): SourceRequest => ({
  hetu,
  groups: FACT_GROUPS,
  workerId: "demo-prison-worker",
  issue: "case-17",
  signal: AbortSignal.timeout(20_000),
  ...more,
});
