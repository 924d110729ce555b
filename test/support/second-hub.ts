import { createHub } from "../../src/hub.ts";
import { readConfig } from "../../src/config.ts";
import { AUTHORITIES, type Authority } from "../../src/kernel/authority.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { createSources } from "../../src/sources/register.ts";
import type { TestHub } from "./hub.ts";

/** A second server over the same database, issuer and authorities, set up otherwise; much cheaper than a whole hub. */
export async function hubBeside(
  hub: TestHub,
  { production = false, without = [] }: { production?: boolean; without?: readonly Authority[] },
): Promise<{ url: string; close(): Promise<void> }> {
  const config = readConfig({ NIVEL_SOURCE_TIMEOUT_MS: "1500" });
  const connected = AUTHORITIES.filter((authority) => !without.includes(authority));
  const authorities = Object.fromEntries(
    connected.map((authority) => [authority, { url: hub.sandbox.authorities.urls[authority] }]),
  );
  const { issuer, jwksUri } = hub.sandbox.issuer;
  const second = await createHub({
    database: hub.database,
    sources: createSources({ ...config.sources, authorities }, systemClock),
    issuer: { issuer, jwksUri, audience: "nivel" },
    clock: systemClock,
    formsFolder: config.formsFolder,
    production,
    logLevel: "silent",
  });
  const url = await second.listen({ host: "127.0.0.1", port: 0 });
  return { url, close: () => second.close() };
}
