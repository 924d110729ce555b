import {
  BrokenCircuitError,
  ConsecutiveBreaker,
  ConstantBackoff,
  TaskCancelledError,
  TimeoutStrategy,
  circuitBreaker,
  handleWhen,
  retry,
  timeout,
} from "cockatiel";
import type { Clock } from "../../kernel/clock.ts";
import { SourceFault } from "./source-fault.ts";

export interface GuardOptions {
  /** For the whole question, the second attempt included. */
  timeoutMs: number;
  breaker: BreakerOptions;
  clock: Clock;
}

export interface BreakerOptions {
  /** Questions in a row without an answer, after which the source is left alone. */
  failures: number;
  /** How long it is left alone before one question is let through. */
  openForMs: number;
}

export type Guarded<T> = { ok: true; value: T } | { ok: false; fault: SourceFault; retriedAt: Date | null };

export interface GuardedCall<T> {
  attempt: (signal: AbortSignal) => Promise<T>;
  /** The caller's own limit. */
  signal: AbortSignal;
  /** The fault may be simulated for this call alone: it must not close the source to others. */
  besideBreaker: boolean;
}

const PAUSE_BEFORE_RETRY_MS = 100;

/** Time limit, one retry and circuit breaker of one source. */
export interface Guard {
  run<T>(call: GuardedCall<T>): Promise<Guarded<T>>;
}

const isFault = (error: unknown, ...kinds: SourceFault["kind"][]): boolean =>
  error instanceof SourceFault && !error.byCaller && kinds.includes(error.kind);

export function createGuard({ timeoutMs, breaker, clock }: GuardOptions): Guard {
  const limit = timeout(timeoutMs, TimeoutStrategy.Aggressive);
  // Every question is a look-up: asking twice changes nothing. A refusal or a malformed answer would only be repeated.
  const again = retry(
    handleWhen((error) => isFault(error, "UNAVAILABLE")),
    {
      maxAttempts: 1,
      backoff: new ConstantBackoff(PAUSE_BEFORE_RETRY_MS),
    },
  );
  const circuit = circuitBreaker(
    handleWhen((error) => isFault(error, "UNAVAILABLE", "TIMED_OUT")),
    {
      breaker: new ConsecutiveBreaker(breaker.failures),
      halfOpenAfter: breaker.openForMs,
    },
  );

  return {
    async run({ attempt, signal, besideBreaker }) {
      let retriedAt: Date | null = null;
      const limited = async () => {
        try {
          return await limit.execute(
            ({ signal: left }) =>
              again.execute(({ attempt: repeated }) => {
                if (repeated > 0) retriedAt = clock.now();
                return attempt(left);
              }, left),
            signal,
          );
        } catch (error) {
          const timedOut = error instanceof TaskCancelledError || isFault(error, "TIMED_OUT");
          throw timedOut ? new SourceFault("TIMED_OUT", "time limit", signal.aborted) : error;
        }
      };
      try {
        if (besideBreaker) return { ok: true, value: await limited() };
        // The outer limit cuts the wait for another call that tries a half-open circuit.
        return { ok: true, value: await limit.execute(() => circuit.execute(limited), signal) };
      } catch (error) {
        if (error instanceof TaskCancelledError)
          return { ok: false, fault: new SourceFault("TIMED_OUT", "time limit"), retriedAt };
        if (error instanceof SourceFault) return { ok: false, fault: error, retriedAt };
        if (error instanceof BrokenCircuitError) {
          return { ok: false, fault: new SourceFault("UNAVAILABLE", "circuit open"), retriedAt: null };
        }
        throw error;
      }
    },
  };
}
