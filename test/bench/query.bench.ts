import autocannon from "autocannon";
import { print } from "graphql";
import { resolve } from "node:path";
import { type GraphqlAnswer, send } from "../../src/cli/graphql-client.ts";
import { CaseOfPersonDocument, type CaseOfPersonQuery } from "../../src/cli/operations.generated.ts";
import type { Row } from "./row.ts";
import { firstLine, spawnTsx } from "./processes.ts";

const CONNECTIONS = 4;
const WARM_UP_SECONDS = 2;
const SECONDS = 5;

/** The case query over HTTP, with everything on, beside the same document over a canned object. */
export async function queryRows(): Promise<Row[]> {
  const hub = spawnTsx([resolve("test/bench/hub-server.ts")]);
  const canned = spawnTsx([resolve("test/bench/canned-server.ts")]);
  try {
    const { url, inMemoryUrl, token, caseId } =
      await firstLine<Record<"url" | "inMemoryUrl" | "token" | "caseId", string>>(hub);
    const app = { url, token, purpose: "RELEASE_PLANNING" as const };
    const { data, errors } = await send(app, CaseOfPersonDocument, { id: caseId });
    if (errors || data?.case?.person.familyName.value == null) throw new Error("the case query was not answered");

    const floorSaid = firstLine<{ url: string }>(canned);
    canned.process.stdin!.end(`${JSON.stringify(data)}\n`);
    const floor = await floorSaid;
    const floorApp = { ...app, url: floor.url };
    const same: GraphqlAnswer<CaseOfPersonQuery> = await send(floorApp, CaseOfPersonDocument, { id: caseId });
    if (JSON.stringify(same.data) !== JSON.stringify(data)) throw new Error("the canned server answers otherwise");

    const peerFigure = await queriesPerSecond(floor.url, token, caseId);
    const row = (what: string, figure: number): Row => ({
      what,
      unit: "1/s",
      figure,
      peer: "same Apollo + Fastify over a canned object, nothing else",
      peerFigure,
      ratio: figure / peerFigure,
    });
    return [
      row("case query, sandbox sources in the same process", await queriesPerSecond(url, token, caseId)),
      row("case query, sources in memory", await queriesPerSecond(inMemoryUrl, token, caseId)),
    ];
  } finally {
    await Promise.all([hub.stop(), canned.stop()]);
  }
}

async function queriesPerSecond(url: string, token: string, caseId: string): Promise<number> {
  const load = (duration: number) =>
    autocannon({
      url: `${url}/graphql`,
      connections: CONNECTIONS,
      duration,
      method: "POST",
      headers: {
        authorization: `Bearer ${token}`,
        "nivel-purpose": "RELEASE_PLANNING",
        "content-type": "application/json",
      },
      body: JSON.stringify({ query: print(CaseOfPersonDocument), variables: { id: caseId } }),
    });
  await load(WARM_UP_SECONDS);
  const result = await load(SECONDS);
  if (result.non2xx + result.errors > 0) throw new Error("the bench met answers that were no answers");
  return result["2xx"] / result.duration;
}
