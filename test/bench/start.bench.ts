import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fetchDemoToken } from "../../src/sandbox/issuer.ts";
import { freePorts } from "../cli/nivel-process.ts";
import type { Row } from "./row.ts";
import { isAnswered, spawnTsx, untilAnswered } from "./processes.ts";

/** From the start of the process to the first answered query, on a new data folder and on one that is there. */
export async function startRows(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), "nivel-bench-"));
  try {
    const floor = await bareStart();
    const row = (what: string, figure: number): Row => ({
      what,
      unit: "ms",
      figure,
      peer: "bare fastify + graphql-js under tsx",
      peerFigure: floor,
      ratio: figure / floor,
    });
    return [
      row("start to first answered query, new data folder", await hubStart(folder)),
      row("start to first answered query, same folder again", await hubStart(folder)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function hubStart(folder: string): Promise<number> {
  const port = await freePorts();
  const start = performance.now();
  const child = spawnTsx([resolve("src/main.ts")], { PORT: String(port), NIVEL_DATA_DIR: folder });
  child.process.stdout!.resume();
  let token: string | undefined;
  const took = await untilAnswered(start, async () => {
    token ??= await fetchDemoToken(`http://127.0.0.1:${String(port + 1)}/token`, "prison-worker");
    return isAnswered(`http://127.0.0.1:${String(port)}/graphql`, "{ forms { code } }", {
      authorization: `Bearer ${token}`,
    });
  });
  await child.stop();
  return took;
}

async function bareStart(): Promise<number> {
  const port = await freePorts();
  const start = performance.now();
  const child = spawnTsx([resolve("test/bench/bare-server.ts"), String(port)]);
  const took = await untilAnswered(start, () => isAnswered(`http://127.0.0.1:${String(port)}/graphql`, "{ ready }"));
  await child.stop();
  return took;
}
