import type { CaseSource } from "../cases/case.source.ts";
import { AUTHORITIES, type Authority } from "../kernel/authority.ts";
import type { Clock } from "../kernel/clock.ts";
import { readCounties } from "./county/client.ts";
import { readEmployment } from "./employment/client.ts";
import { readKela } from "./kela/client.ts";
import { readRise } from "./rise/client.ts";
import { type Read, type SourceFaultReport, createSource } from "./source.ts";
import { type BreakerOptions, createGuard } from "./transport/guard.ts";
import type { XRoadService } from "./transport/xroad-rest.ts";
import { readVth } from "./vth/client.ts";

export type { SourceFaultReport } from "./source.ts";

/** Where an authority's system is. */
export interface SourceEndpoint {
  /** X-Road: the hub's own security server. FHIR: the base address. */
  url: string;
  /** X-Road: `instance/class/member/subsystem/service`; the sandbox's unless told. */
  service?: string;
}

export interface SourcesConfig {
  /** The hub's own X-Road identifier, `instance/class/member/subsystem`. */
  xroadClient: string;
  /** For one question to one source, its retry included. */
  timeoutMs: number;
  /** Development only: faults may be asked of the sandbox by request. */
  forwardSandboxHeader: boolean;
  /** An authority that is not named here gives no source. */
  authorities: Partial<Record<Authority, SourceEndpoint>>;
  breaker?: BreakerOptions;
  /** Told of every fault, for the operator's log. */
  report?: (fault: SourceFaultReport) => void;
}

const DEFAULT_BREAKER: BreakerOptions = { failures: 5, openForMs: 10_000 };

interface SourceKind {
  /** The sandbox's service code; a FHIR server has none. */
  service: string;
  read: (service: XRoadService) => Read;
}

/** A new authority is a folder beside this file and one line here. */
const SOURCES: Record<Authority, SourceKind> = {
  RISE: { service: "FI-TEST/GOV/9000001-0/rise/asiakastiedot", read: readRise },
  VTH: { service: "", read: readVth },
  COUNTY: { service: "FI-TEST/GOV/9000002-0/hyvinvointialueet/asiakkuudet", read: readCounties },
  EMPLOYMENT: { service: "FI-TEST/GOV/9000003-0/tyovoimapalvelut/tyonhakija", read: readEmployment },
  KELA: { service: "FI-TEST/GOV/9000004-0/kela/etuustiedot", read: readKela },
};

/** One source for each authority that has an endpoint. Each has a time limit and a circuit breaker of its own. */
export function createSources(config: SourcesConfig, clock: Clock): CaseSource[] {
  return AUTHORITIES.flatMap((authority) => {
    const endpoint = config.authorities[authority];
    if (!endpoint) return [];
    const kind = SOURCES[authority];
    const { timeoutMs, breaker = DEFAULT_BREAKER, forwardSandboxHeader } = config;
    return createSource({
      authority,
      read: kind.read({
        url: endpoint.url,
        client: config.xroadClient,
        service: endpoint.service ?? kind.service,
        forwardSandboxHeader,
      }),
      guard: createGuard({ timeoutMs, breaker, clock }),
      clock,
      simulated: forwardSandboxHeader,
      report: config.report,
    });
  });
}
