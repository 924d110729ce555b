import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { secretsIn } from "./secrets.ts";

/** A run that holds this file starts hubs that answer, and therefore must leave a log. */
const ALWAYS_LOGS = "test/http/server.test.ts";

let folder: string;
let run: TestProject;

/** Every hub of the run logs into one folder: see testLog(). */
export async function setup(project: TestProject): Promise<void> {
  run = project;
  folder = await mkdtemp(join(tmpdir(), "nivel-test-logs-"));
  process.env["NIVEL_TEST_LOGS"] = folder;
}

/**
 * Once after the whole run: no secret stands in any log of any hub (decision D1).
 * @throws Error which fails the run, naming the kind of secret and the line without repeating it
 */
export async function teardown(): Promise<void> {
  const found: string[] = [];
  let lines = 0;
  for (const name of await readdir(folder)) {
    for (const line of (await readFile(join(folder, name), "utf8")).split("\n")) {
      if (line === "") continue;
      lines += 1;
      const secrets = secretsIn(line);
      if (secrets.length > 0) found.push(`${secrets.join(", ")} in a line that says ${messageOf(line)}`);
    }
  }
  await rm(folder, { recursive: true });
  if (found.length > 0) {
    const kinds = [...new Set(found)].slice(0, 20).join("\n  ");
    throw new Error(`The hubs of the tests wrote secrets into ${found.length} of ${lines} log lines:\n  ${kinds}`);
  }
  const shouldLog = run.vitest.state.getFiles().some(({ filepath }) => filepath.endsWith(ALWAYS_LOGS));
  if (shouldLog && lines === 0)
    throw new Error("The hubs of the tests wrote no log, so nothing was searched for secrets.");
}

function messageOf(line: string): string {
  try {
    return JSON.stringify((JSON.parse(line) as { msg?: unknown }).msg ?? "?");
  } catch {
    return "no JSON";
  }
}
