import { Command } from "commander";
import { readConfig } from "../config.ts";
import { systemClock } from "../kernel/clock.ts";
import type { RunningHub } from "./serve.ts";
import { wholeNumber } from "./whole-number.ts";

export function serveCommand(): Command {
  return new Command("serve")
    .description("Start the hub; in development with the sandbox authorities and a development issuer")
    .option("--seed <number>", "seed of the sandbox's population", wholeNumber(1_000_000))
    .option("--size <number>", "persons in the sandbox's population", wholeNumber(10_000))
    .addHelpText("after", "\nStops cleanly on SIGTERM or Ctrl-C: requests in flight finish, the database closes.")
    .action(async ({ seed, size }: { seed?: number; size?: number }) => {
      const config = readConfig(undefined, {
        ...(seed === undefined ? {} : { sandboxSeed: seed }),
        ...(size === undefined ? {} : { sandboxSize: size }),
      });
      // Only now, so that what is wrong with the configuration is told at once.
      const { startHub } = await import("./serve.ts");
      const hub = await startHub(config, systemClock);
      stopOnSignal(hub);
      process.stdout.write(await greeting(hub));
    });
}

/** The first signal stops cleanly; a second one is the operator's impatience and ends the process. */
function stopOnSignal(hub: RunningHub): void {
  let stopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      hub.stop().then(
        // A process with an open PGlite may not exit by itself.
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`nivel: the hub did not stop cleanly (${error instanceof Error ? error.name : "?"}).\n`);
          process.exit(1);
        },
      );
    });
  }
}

async function greeting({ url, sandbox }: RunningHub): Promise<string> {
  const graphql = `${url}/graphql`;
  if (!sandbox) return `Nivel answers at ${graphql}\n`;
  const { fetchDemoToken } = await import("../sandbox/issuer.ts");
  const { seededCaseId } = await import("./seed.ts");
  const token = await fetchDemoToken(sandbox.issuer.tokenEndpoint, "prison-worker");
  return `
Nivel is up, with ${sandbox.population.length} made-up persons in five sandbox authorities.

  GraphQL    ${graphql}
  GraphiQL   ${url}/graphiql#purpose=RELEASE_PLANNING&token=${token}

Token of a demo prison worker (8 hours; another: npm run -s nivel -- token <caller>):

${token}

Make the application PDF of the first demo person, application.pdf:

${applicationCurl(url, token, seededCaseId(0))}
`;
}

const APPLICATION = "taydentava-toimeentulotuki";

/** Generates the document, then downloads it: one line for the shell. */
function applicationCurl(url: string, token: string, caseId: string): string {
  const query = String.raw`mutation($c:ID!){generateDocument(input:{caseId:$c,form:\"${APPLICATION}\",language:fi}){document{url}userErrors{message}}}`;
  const body = `{"query":"${query}","variables":{"c":"${caseId}"}}`;
  const headers = `-H 'authorization: Bearer ${token}' -H 'nivel-purpose: SOCIAL_ASSISTANCE'`;
  const make = `curl -s ${url}/graphql ${headers} -H 'content-type: application/json' -d '${body}'`;
  return `curl -s ${headers} -o application.pdf ${url}$(${make} | grep -o '/documents/[0-9a-f-]*')`;
}
