/** Where "now" comes from. Passed in everywhere, so that a test or a replay decides what day it is. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is set. */
export function fixedClock(start: string | Date): Clock & { set(to: string | Date): void } {
  let now = new Date(start);
  return {
    now: () => now,
    set: (to) => {
      now = new Date(to);
    },
  };
}
