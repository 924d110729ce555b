import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import type { Purpose } from "../../src/access/purpose.ts";
import { type AppClient, type GraphqlAnswer, send } from "../../src/cli/graphql-client.ts";
import { type RunningHub, startHub } from "../../src/cli/serve.ts";
import { readConfig } from "../../src/config.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import type { DemoCallerName } from "../../src/sandbox/demo-callers.ts";
import { fetchDemoToken } from "../../src/sandbox/issuer.ts";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";
import { testDatabaseConfig } from "./database.ts";
import { UNLIMITED, testLog } from "./front-settings.ts";

/** The whole hub with its sandbox, over real HTTP, on the database under test. */
export interface TestHub extends RunningHub {
  sandbox: Sandbox;
  as(caller: DemoCallerName, purpose: Purpose): Promise<AppClient>;
}

let shared: Promise<TestHub> | undefined;

/** One hub per test worker. Tests that count or switch something off start their own with `startTestHub`. */
export const testHub = (): Promise<TestHub> => (shared ??= startTestHub());

export async function startTestHub(): Promise<TestHub> {
  const hub = await startHub(
    {
      ...readConfig({ NIVEL_SOURCE_TIMEOUT_MS: "1500", NIVEL_SANDBOX_SIZE: "400" }),
      port: 0,
      database: testDatabaseConfig(),
      audit: { keyFile: undefined, makeKey: false, anchorFile: undefined, sealSeconds: 5 },
      clients: UNLIMITED,
      ...testLog(),
    },
    systemClock,
  );
  const { sandbox } = hub;
  if (!sandbox) throw new Error("a test hub has a sandbox");
  const tokens = new Map<DemoCallerName, Promise<string>>();
  return {
    ...hub,
    sandbox,
    as: async (caller, purpose) => {
      const token = tokens.get(caller) ?? fetchDemoToken(sandbox.issuer.tokenEndpoint, caller);
      tokens.set(caller, token);
      return { url: hub.url, token: await token, purpose };
    },
  };
}

/** Sends a document that is written in the test itself. */
export function sendText(
  app: AppClient,
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<GraphqlAnswer<Record<string, never>>> {
  return fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${app.token}`,
      "nivel-purpose": app.purpose,
      "content-type": "application/json",
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  }).then((response) => response.json() as Promise<GraphqlAnswer<Record<string, never>>>);
}

/** Sends an operation with a fault asked of the sandbox, e.g. `kela=down`. */
export const sendWithFault = <T, V>(
  app: AppClient,
  document: TypedDocumentNode<T, V>,
  variables: V,
  fault: string,
): Promise<GraphqlAnswer<T>> => send(app, document, variables, { "nivel-sandbox": fault });
