import { RateLimiterMemory } from "rate-limiter-flexible";
import { TooManyRequests, Unauthenticated } from "../kernel/errors.ts";
import type { Admission } from "./admission.ts";
import { type Authenticate, NEEDS_ITS_APP, ON_BEHALF_HEADER } from "./authenticate.ts";
import type { Caller } from "./caller.ts";
import type { AdmissionConfig } from "./client-admission.ts";
import { type Credentials, type XroadGate, comesByXroad } from "./xroad-trust.ts";

type Identified = Omit<Caller, "purpose" | "requestId">;

/**
 * Who asks: by access token, by an app's and its user's tokens, or by X-Road; and through an application that may
 * speak.
 * @throws Unauthenticated when that is not proven, or the application is suspended or not registered
 * @throws Refused when an X-Road system represents somebody whom it may not
 * @throws TooManyRequests instead of the refusal, after too many failures from one address
 * @throws Unavailable when the issuer or the register cannot be asked
 */
export type Identify = (credentials: Credentials) => Promise<Identified>;

export interface ClientsConfig extends AdmissionConfig {
  /** Failed authentications from one address in a minute, after which a further one is told to wait; 0: no limit. */
  failuresPerMinute: number;
}

export interface IdentifyParts extends Pick<ClientsConfig, "failuresPerMinute"> {
  authenticate: Authenticate;
  xroad: XroadGate;
  admission: Admission;
}

export function createIdentify({ authenticate, xroad, admission, failuresPerMinute }: IdentifyParts): Identify {
  const failures = attemptsOf(failuresPerMinute);
  return async (credentials) => {
    const onBehalfOf = textOf(credentials.headers[ON_BEHALF_HEADER]);
    try {
      const caller = comesByXroad(credentials)
        ? xroad.callerOf(credentials)
        : await authenticate(credentials.headers.authorization, onBehalfOf);
      const { partner } = await admission.rightsOf(caller.client);
      if (partner && caller.role !== "PARTNER_APP" && onBehalfOf === undefined) {
        throw new Unauthenticated(NEEDS_ITS_APP);
      }
      return caller;
    } catch (error) {
      // Only those who fail: behind a proxy all callers have one address, and a stranger's garbage would else shut out
      // every worker, and with them a statutory notification (decision D12).
      if (error instanceof Unauthenticated) await failures.count(credentials.remoteAddress);
      throw error;
    }
  };
}

/** An empty text is a header that was sent without its token, which is refused. */
const textOf = (header: string | string[] | undefined): string | undefined =>
  header === undefined ? undefined : String(header);

interface Attempts {
  /** @throws TooManyRequests when there were too many */
  count(address: string): Promise<void>;
}

/** In this process's memory: guessing is slowed down, not accounted for. */
function attemptsOf(perMinute: number): Attempts {
  if (perMinute === 0) return { count: async () => undefined };
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return {
    count: async (address) => {
      const state = await limiter.penalty(address);
      if (state.consumedPoints > perMinute) {
        throw new TooManyRequests(
          "Too many attempts from your address failed. Wait as long as Retry-After says.",
          Math.max(1, Math.ceil(state.msBeforeNext / 1000)),
        );
      }
    },
  };
}
