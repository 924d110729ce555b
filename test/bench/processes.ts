import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

const TSX = resolve("node_modules/.bin/tsx");

export interface Child {
  process: ChildProcess;
  stop(): Promise<void>;
}

/** A real process under tsx; what it prints is left alone. */
export function spawnTsx(args: readonly string[], env: NodeJS.ProcessEnv = {}): Child {
  const child = spawn(TSX, args, {
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  return {
    process: child,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** The first line that a process says, as JSON. */
export async function firstLine<T>({ process: child }: Child): Promise<T> {
  for await (const line of createInterface({ input: child.stdout! })) return JSON.parse(line) as T;
  throw new Error("a process of the bench ended without a word");
}

/** Asks until an answer satisfies. @returns milliseconds since `start` */
export async function untilAnswered(start: number, ask: () => Promise<boolean>): Promise<number> {
  while (performance.now() - start < 60_000) {
    if (await ask().catch(() => false)) return performance.now() - start;
    await delay(15);
  }
  throw new Error("no answer within a minute");
}

export async function isAnswered(url: string, query: string, headers: Record<string, string> = {}): Promise<boolean> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  const { data } = (await response.json()) as { data?: object | null };
  return response.status === 200 && data != null;
}
