import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { testLog } from "../support/front-settings.ts";

const TSX = resolve("node_modules/.bin/tsx");
const NIVEL = resolve("src/cli/nivel.ts");

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcess;
  ended: Promise<Ended>;
  stdout(): string;
  stderr(): string;
}

/**
 * Only what a newcomer's shell has, and what the test gives; never the tests' own DATABASE_URL by accident. What it logs
 * is searched for secrets like that of every other hub.
 */
const cleanEnvironment = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  PATH: process.env["PATH"],
  HOME: process.env["HOME"],
  ...logEnvironment(),
  ...env,
});

function logEnvironment(): NodeJS.ProcessEnv {
  const { logFile, logLevel } = testLog();
  return logFile === undefined ? {} : { NIVEL_LOG: logLevel, NIVEL_LOG_FILE: logFile };
}

/** A real process of the operator's command line, as `npm run nivel --` starts it. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(TSX, [NIVEL, ...args], { env: cleanEnvironment(env), stdio: ["ignore", "pipe", "pipe"] });
  const said = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].on("data", (chunk: Buffer) => (said[stream] += chunk.toString("utf8")));
  }
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, ...said }));
  return { child, ended, stdout: () => said.stdout, stderr: () => said.stderr };
}

export const nivel = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> => start(args, env).ended;

export interface Served extends Running {
  /** Address of the hub. */
  url: string;
  /** Ends it as an operator does. */
  terminate(): Promise<Ended>;
}

/** A hub that was started from the command line and says that it is up. */
export async function serve(env: NodeJS.ProcessEnv, args: readonly string[] = []): Promise<Served> {
  const running = start(["serve", ...args], env);
  const url = await new Promise<string>((up, failed) => {
    const look = () => {
      const found = /(http:\/\/[^/\s]+)\/graphql\n/.exec(running.stdout());
      if (found) up(found[1]!);
    };
    running.child.stdout!.on("data", look);
    void running.ended.then(({ code, stderr }) => {
      failed(new Error(`nivel serve ended with ${String(code)}: ${stderr}`));
    });
  });
  return {
    ...running,
    url,
    terminate: () => {
      running.child.kill("SIGTERM");
      return running.ended;
    },
  };
}

/** A folder of one test, with the way to take it away. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "nivel-cli-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A port with six free ones after it, most likely; a development hub takes seven in a row. */
export async function freePorts(): Promise<number> {
  for (;;) {
    const port = await portOf(0);
    if (port > 65_000) continue;
    const others = await Promise.all([1, 2, 3, 4, 5, 6].map((more) => portOf(port + more).catch(() => undefined)));
    if (others.every((one) => one !== undefined)) return port;
  }
}

async function portOf(wanted: number): Promise<number> {
  const server = createServer();
  server.listen(wanted, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
