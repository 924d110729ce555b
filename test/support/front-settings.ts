import { join } from "node:path";
import type { ClientsConfig } from "../../src/access/identify.ts";

/** No limit is in the way of what other tests ask; those of the limits set their own. */
export const UNLIMITED: ClientsConfig = {
  registeredOnly: false,
  pointsPerMinute: 1_000_000_000,
  failuresPerMinute: 0,
};

let hubs = 0;

/** Where a hub of the tests logs, as talkatively as it can: the whole suite's log is searched for secrets at its end. */
export function testLog(): { logLevel: string; logFile: string | undefined } {
  const folder = process.env["NIVEL_TEST_LOGS"];
  if (folder === undefined) return { logLevel: "silent", logFile: undefined };
  hubs += 1;
  return { logLevel: "debug", logFile: join(folder, `hub-${process.pid}-${hubs}.log`) };
}
