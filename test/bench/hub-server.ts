/**
 * The hub as `npm start` makes it, on a database in memory, and beside it a second front on the same database whose
 * five sources answer from memory: what the hub itself costs, without what the sandbox costs.
 */
import "reflect-metadata";
import type { CaseSource, HolderAnswer, SourceOutcome, SourceRequest } from "../../src/cases/case.source.ts";
import { DEVELOPMENT_AUDIENCE, startHub } from "../../src/cli/serve.ts";
import { seededCaseId } from "../../src/cli/seed.ts";
import { readConfig } from "../../src/config.ts";
import { createHub } from "../../src/hub.ts";
import { AUTHORITIES } from "../../src/kernel/authority.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { fetchDemoToken } from "../../src/sandbox/issuer.ts";
import { createSources } from "../../src/sources/register.ts";

const config = {
  ...readConfig({ NIVEL_LOG: "error", NIVEL_RATE_POINTS_PER_MINUTE: "1000000000" }),
  port: 0,
  database: { kind: "memory" } as const,
};
const hub = await startHub(config, systemClock);
const { issuer, authorities } = hub.sandbox!;

const sources = createSources(
  {
    ...config.sources,
    authorities: Object.fromEntries(AUTHORITIES.map((authority) => [authority, { url: authorities.urls[authority] }])),
  },
  systemClock,
);
const inMemory = await createHub({
  database: hub.database,
  sources: sources.map(remembered),
  issuer: { issuer: issuer.issuer, jwksUri: issuer.jwksUri, audience: DEVELOPMENT_AUDIENCE },
  clock: systemClock,
  formsFolder: config.formsFolder,
  production: false,
  logLevel: "error",
  clients: config.clients,
});
const inMemoryUrl = await inMemory.listen({ host: "127.0.0.1", port: 0 });
const token = await fetchDemoToken(issuer.tokenEndpoint, "prison-worker");
process.stdout.write(`${JSON.stringify({ url: hub.url, inMemoryUrl, token, caseId: seededCaseId(0) })}\n`);

/** Asks the real source once for each question and gives the same answer from then on. */
function remembered(source: CaseSource): CaseSource {
  const answers = new Map<string, Promise<SourceOutcome<HolderAnswer>>>();
  const key = ({ hetu, groups, register }: SourceRequest) => [hetu, register, ...groups].join("/");
  return {
    authority: source.authority,
    ask: (request) => {
      const known = answers.get(key(request));
      if (known) return known;
      const asked = source.ask(request);
      answers.set(key(request), asked);
      return asked;
    },
  };
}
