import type { AppClient } from "../../src/cli/graphql-client.ts";
import { startHub } from "../../src/cli/serve.ts";
import { readConfig } from "../../src/config.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { fetchDemoToken } from "../../src/sandbox/issuer.ts";
import { absentThings, hideCase, isUnknownToDemo } from "../attack/hidden-case.ts";
import type { Row } from "./row.ts";

const WARM_UP = 40;
const ROUNDS = 300;

/**
 * How long another's thing takes beside one that never was, asked in turns in one process: whoever may not know of it
 * shall not learn by the clock that it is there. A ratio near 1 is what is wanted.
 */
export async function hiddenRows(): Promise<Row[]> {
  const hub = await startHub(
    {
      ...readConfig({ NIVEL_LOG: "error", NIVEL_RATE_POINTS_PER_MINUTE: "1000000000" }),
      port: 0,
      database: { kind: "memory" },
    },
    systemClock,
  );
  const sandbox = hub.sandbox!;
  try {
    const person = sandbox.population.findLast(isUnknownToDemo);
    if (!person) throw new Error("nobody in the population is unknown to the demo");
    const { things } = await hideCase(hub.database, person);
    const token = await fetchDemoToken(sandbox.issuer.tokenEndpoint, "prison-worker");
    const app: AppClient = { url: hub.url, token, purpose: "SOCIAL_ASSISTANCE" };
    const doors: [what: string, thing: "case" | "document", ask: (id: string) => Promise<Response>][] = [
      [
        "a case",
        "case",
        (id) => post(app, "query ($id: ID!) { case(id: $id) { person { familyName { value } } } }", id),
      ],
      [
        "a case's documents",
        "case",
        (id) => post(app, "query ($id: ID!) { documents(caseId: $id) { edges { cursor } } }", id),
      ],
      ["a download", "document", (id) => fetch(`${app.url}/documents/${id}`, { headers: headersOf(app) })],
    ];
    const rows: Row[] = [];
    for (const [what, thing, ask] of doors) {
      const hidden: number[] = [];
      const absent: number[] = [];
      for (let round = -WARM_UP; round < ROUNDS; round += 1) {
        // In turns, and each first as often as the other: a slow moment falls on both.
        const order = round % 2 === 0 ? [hidden, absent] : [absent, hidden];
        for (const into of order) {
          const milliseconds = await timed(() => ask(into === hidden ? things[thing] : absentThings()[thing]));
          if (round >= 0) into.push(milliseconds);
        }
      }
      const [figure, peerFigure] = [median(hidden), median(absent)];
      rows.push({
        what: `${what} of another, hidden (median)`,
        unit: "ms",
        figure,
        peer: "the same of none that ever was",
        peerFigure,
        ratio: figure / peerFigure,
      });
    }
    return rows;
  } finally {
    await hub.stop();
  }
}

const headersOf = ({ token, purpose }: AppClient) => ({ authorization: `Bearer ${token}`, "nivel-purpose": purpose });

const post = (app: AppClient, query: string, id: string): Promise<Response> =>
  fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: { ...headersOf(app), "content-type": "application/json" },
    body: JSON.stringify({ query, variables: { id } }),
  });

async function timed(ask: () => Promise<Response>): Promise<number> {
  const start = performance.now();
  await (await ask()).text();
  return performance.now() - start;
}

const median = (all: number[]): number => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!;
