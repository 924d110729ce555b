import type { EntityManager } from "@mikro-orm/postgresql";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Clock } from "../kernel/clock.ts";
import { TooManyRequests, Unavailable } from "../kernel/errors.ts";
import type { Spent } from "./admission.ts";

/** A window of one minute, which begins with the client's first request. */
const WINDOW_SECONDS = 60;
/**
 * A process sets aside this part of a client's allowance at once, so that most requests need no word of the database.
 * What it does not spend within the minute is lost: the limit may come out stricter by that much, never looser.
 */
const PART = 20;

/** What was refused is not asked of the database again so soon, whoever hammers. */
const REFUSED_MS = 1000;

/** What this process holds of a client's allowance of the current minute. */
interface Purse {
  /** Points set aside and not yet spent. */
  left: number;
  /** What all processes could still take when these were set aside. */
  elsewhere: number;
  until: Date;
}

/** Takes points from a client's allowance of a minute, which all processes on one database share. */
export type Allowance = (client: string, points: number, limit: number) => Promise<Spent>;

export function createAllowance(fork: () => EntityManager, clock: Clock): Allowance {
  const limiters = new Map<number, RateLimiterPostgres>();
  const purses = new Map<string, Purse>();
  const refusals = new Map<string, { points: number; error: TooManyRequests; until: Date }>();
  const turns = new Map<string, Promise<unknown>>();

  const limiterOf = (limit: number): RateLimiterPostgres => {
    const limiter = limiters.get(limit) ?? limiterOn(fork, limit);
    limiters.set(limit, limiter);
    return limiter;
  };

  const filled = async (client: string, lacking: number, left: number, limit: number): Promise<Purse> => {
    const refused = refusals.get(client);
    if (refused && refused.until > clock.now() && lacking >= refused.points) throw refused.error;
    try {
      const taken = await take(limiterOf(limit), client, [Math.max(lacking, Math.ceil(limit / PART)), lacking]);
      const until = new Date(clock.now().getTime() + taken.resetsInMs);
      return { left: left + taken.points, elsewhere: taken.remaining, until };
    } catch (error) {
      if (error instanceof TooManyRequests) {
        const until = new Date(clock.now().getTime() + REFUSED_MS);
        refusals.set(client, { points: lacking, error, until });
      }
      throw error;
    }
  };

  const spend: Allowance = async (client, points, limit) => {
    const held = purses.get(client);
    let purse = held && held.until > clock.now() ? held : undefined;
    if (!purse || purse.left < points) {
      const left = purse?.left ?? 0;
      purse = await filled(client, points - left, left, limit);
      purses.set(client, purse);
    }
    purse.left -= points;
    return { limit, remaining: Math.max(purse.left + purse.elsewhere, 0), resetsAt: purse.until };
  };

  // One request of a client after the other, so that many at once share what the first one sets aside.
  return (client, points, limit) => {
    const before = turns.get(client) ?? Promise.resolve();
    const turn = before.then(() => spend(client, points, limit));
    turns.set(
      client,
      turn.catch(() => undefined),
    );
    return turn;
  };
}

/**
 * The first of the amounts that is still there.
 * @throws TooManyRequests when none is, Unavailable when the database does not say
 */
async function take(
  limiter: RateLimiterPostgres,
  client: string,
  amounts: readonly [number, number],
): Promise<{ points: number; remaining: number; resetsInMs: number }> {
  let resetsInMs = 0;
  for (const points of new Set(amounts)) {
    try {
      const answer = await limiter.consume(client, points);
      return { points, remaining: answer.remainingPoints, resetsInMs: answer.msBeforeNext };
    } catch (answer) {
      if (!(answer instanceof RateLimiterRes)) throw new Unavailable(NO_ALLOWANCE);
      resetsInMs = answer.msBeforeNext;
      // It counts what it refuses; given back, so that a smaller request still passes.
      await limiter.reward(client, points).catch(() => undefined);
    }
  }
  throw new TooManyRequests(
    "Your application has spent its cost points of this minute. Wait as long as Retry-After says, or ask for less.",
    Math.max(1, Math.ceil(resetsInMs / 1000)),
  );
}

const NO_ALLOWANCE = "The hub cannot count your requests now, and answers none uncounted. Try again soon.";

/** The package's limiter for PostgreSQL, on the hub's own connection: PGlite or PostgreSQL alike. */
function limiterOn(fork: () => EntityManager, limit: number): RateLimiterPostgres {
  const query = async ({ text, values }: { text: string; values: unknown[] }) => {
    const params: unknown[] = [];
    const sql = text.replace(/\$(\d)/g, (_, place: string) => {
      params.push(values[Number(place) - 1]);
      return "?";
    });
    const rows = await fork().execute<object[]>(sql, params, "all");
    return { rows, rowCount: rows.length };
  };
  return new RateLimiterPostgres({
    storeClient: { query },
    storeType: "pool",
    tableName: "client_spending",
    tableCreated: true,
    // One row a client, which each new minute overwrites.
    clearExpiredByTimeout: false,
    keyPrefix: "minute",
    points: limit,
    duration: WINDOW_SECONDS,
  });
}
