import type { ClientRights } from "./client.ts";

export type { ClientRights } from "./client.ts";

/** How much of a client's allowance is left. */
export interface Spent {
  /** Cost points a minute. */
  limit: number;
  /** Points left, as this process last saw it; what other processes have set aside counts as spent. */
  remaining: number;
  /** When the whole allowance is there again. */
  resetsAt: Date;
}

/** Whether a client app may speak at all, and how much. Holds over all processes on one database. */
export interface Admission {
  /**
   * What the register says of the client; a change is seen within seconds by every process.
   * @throws Unauthenticated when the client is suspended, or unknown where only registered ones may speak
   * @throws Unavailable when the register cannot be read
   */
  rightsOf(client: string): Promise<ClientRights>;
  /**
   * Takes cost points from the client's allowance of this minute.
   * @throws TooManyRequests when they are not there
   * @throws Unavailable when the allowance cannot be read
   */
  spend(client: string, points: number): Promise<Spent>;
}

/** Root fields that no limit may hold up: a statutory notification (decision D12). */
const NEVER_HELD_UP: ReadonlySet<string> = new Set(["notifyByStatute"]);

/** Whether a request of these root fields, `__typename` aside, is made without spending (decision D12). */
export const isNeverHeldUp = (rootFields: readonly string[]): boolean => {
  const asked = rootFields.filter((field) => field !== "__typename");
  return asked.length > 0 && asked.every((field) => NEVER_HELD_UP.has(field));
};
