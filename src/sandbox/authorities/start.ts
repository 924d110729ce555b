import fastify, { type FastifyInstance } from "fastify";
import { AUTHORITIES, type Authority } from "../../kernel/authority.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { SyntheticPerson } from "../population.ts";
import { installFaults } from "./fault.ts";
import { installFhir } from "./fhir-server.ts";
import { xroadProviders } from "./providers.ts";
import { installXRoad } from "./xroad-server.ts";

export interface AuthoritiesOptions {
  population: readonly SyntheticPerson[];
  host: string;
  /** 0: any free port. */
  ports: Readonly<Record<Authority, number>>;
  /** Tells the servers' own time (`Date` header). */
  clock: Clock;
}

export interface RunningAuthorities {
  /** Base address of each: before `/r1/…` for X-Road, before `/Patient/_search` for FHIR. */
  urls: Record<Authority, string>;
  /** How many requests each has got, faults included, `/sandbox/…` not. */
  requests: Record<Authority, number>;
  close(): Promise<void>;
}

/**
 * Starts the five authorities, one server and port each.
 * @throws the listener's own error (`EADDRINUSE` with its `port`) when a port is taken; the others are closed again.
 */
export async function startAuthorities(options: AuthoritiesOptions): Promise<RunningAuthorities> {
  const closing = new AbortController();
  const providers = xroadProviders(options.population);
  const requests: Record<Authority, number> = { RISE: 0, VTH: 0, COUNTY: 0, EMPLOYMENT: 0, KELA: 0 };
  const apps: FastifyInstance[] = [];
  const close = async () => {
    closing.abort();
    await Promise.all(apps.map((app) => app.close()));
  };
  const urls = {} as Record<Authority, string>;
  try {
    for (const authority of AUTHORITIES) {
      const app = createServer(options.clock, () => (requests[authority] += 1));
      apps.push(app);
      const faults = installFaults(app, authority);
      if (authority === "VTH") installFhir(app, options.population, faults, closing.signal);
      else installXRoad(app, providers[authority], faults, closing.signal);
      const address = await app.listen({ host: options.host, port: options.ports[authority] });
      urls[authority] = authority === "VTH" ? `${address}/fhir` : address;
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { urls, requests, close };
}

function createServer(clock: Clock, count: () => void): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true });
  // The request hash needs the bytes as they came; who serves parses them.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.addHook("onRequest", (request, reply, done) => {
    if (!request.url.startsWith("/sandbox/")) count();
    void reply.header("Date", clock.now().toUTCString());
    done();
  });
  return app;
}
