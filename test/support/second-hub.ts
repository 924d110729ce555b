import { decodeJwt } from "jose";
import type { IssuerConfig } from "../../src/access/authenticate.ts";
import type { ClientsConfig } from "../../src/access/identify.ts";
import type { XroadTrust } from "../../src/access/xroad-trust.ts";
import { readConfig } from "../../src/config.ts";
import type { RequestLimits } from "../../src/graphql/server.ts";
import { createHub } from "../../src/hub.ts";
import { AUTHORITIES, type Authority } from "../../src/kernel/authority.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { fetchDemoToken, startIssuer } from "../../src/sandbox/issuer.ts";
import { createSources } from "../../src/sources/register.ts";
import { UNLIMITED, testLog } from "./front-settings.ts";
import type { TestHub } from "./hub.ts";

interface SecondHub {
  url: string;
  close(): Promise<void>;
}

/** A second server over the same database and authorities, set up otherwise; much cheaper than a whole hub. */
export async function hubBeside(
  hub: TestHub,
  options: {
    production?: boolean;
    without?: readonly Authority[];
    issuer?: IssuerConfig;
    clients?: Partial<ClientsConfig>;
    requests?: Partial<RequestLimits>;
    xroad?: XroadTrust;
  },
): Promise<SecondHub> {
  const { production = false, without = [], issuer = await issuerOf(hub), clients, requests = {}, xroad } = options;
  const config = readConfig({ NIVEL_SOURCE_TIMEOUT_MS: "1500" });
  const connected = AUTHORITIES.filter((authority) => !without.includes(authority));
  const authorities = Object.fromEntries(
    connected.map((authority) => [authority, { url: hub.sandbox.authorities.urls[authority] }]),
  );
  const second = await createHub({
    database: hub.database,
    sources: createSources({ ...config.sources, authorities }, systemClock),
    issuer,
    clock: systemClock,
    formsFolder: config.formsFolder,
    production,
    clients: { ...UNLIMITED, ...clients },
    requests,
    xroad,
    ...testLog(),
  });
  const url = await second.listen({ host: "127.0.0.1", port: 0 });
  return { url, close: () => second.close() };
}

/** What the hub's own tokens say of their issuer and audience. */
async function issuerOf(hub: TestHub): Promise<IssuerConfig> {
  const { token } = await hub.as("prison-worker", "ENFORCEMENT");
  return {
    issuer: hub.sandbox.issuer.issuer,
    jwksUri: hub.sandbox.issuer.jwksUri,
    audience: String(decodeJwt(token).aud),
  };
}

/** A second server with an issuer of its own, and the partner app's token for it. */
export async function partnerBeside(hub: TestHub): Promise<SecondHub & { token: string }> {
  const audience = "urn:nivel:test";
  const issuer = await startIssuer({ port: 0, host: "127.0.0.1", audience });
  const second = await hubBeside(hub, { issuer: { issuer: issuer.issuer, jwksUri: issuer.jwksUri, audience } });
  return {
    url: second.url,
    token: await fetchDemoToken(issuer.tokenEndpoint, "partner-app"),
    close: async () => {
      await second.close();
      await issuer.close();
    },
  };
}
