import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { AUTHORITIES, type Authority } from "../kernel/authority.ts";
import type { Clock } from "../kernel/clock.ts";
import { isLocalDate, today } from "../kernel/dates.ts";
import { type RunningAuthorities, startAuthorities } from "./authorities/start.ts";
import { type RunningIssuer, startIssuer } from "./issuer.ts";
import { DEMO_PERSON, type SyntheticPerson, createPopulation } from "./population.ts";

export interface SandboxOptions {
  seed: number;
  size: number;
  /** First of six ports: the issuer's, then the five authorities'; 0: any free ports. */
  firstPort: number;
  audience: string;
  /** Keeps the signing key and the day of the population between starts; undefined: nothing is kept. */
  stateFolder: string | undefined;
  clock: Clock;
}

export interface Sandbox {
  issuer: RunningIssuer;
  authorities: RunningAuthorities;
  population: readonly SyntheticPerson[];
  close(): Promise<void>;
}

export const SANDBOX_HOST = "127.0.0.1";

/** The five authorities and an OpenID provider over a synthetic population. Never part of production. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const population = await populationOf(options);
  const issuer = await startIssuer({
    port: options.firstPort,
    host: SANDBOX_HOST,
    audience: options.audience,
    demoPersonHetu: DEMO_PERSON.hetu,
    stateFolder: options.stateFolder,
  });
  try {
    const port = (index: number) => (options.firstPort === 0 ? 0 : options.firstPort + 1 + index);
    const ports = Object.fromEntries(AUTHORITIES.map((authority, index) => [authority, port(index)]));
    const authorities = await startAuthorities({
      population,
      host: SANDBOX_HOST,
      ports: ports as Record<Authority, number>,
      clock: options.clock,
    });
    return {
      issuer,
      authorities,
      population,
      close: async () => {
        await Promise.all([authorities.close(), issuer.close()]);
      },
    };
  } catch (error) {
    await issuer.close();
    throw error;
  }
}

const kept = z.object({ seed: z.number(), size: z.number(), today: z.string().refine(isLocalDate) });

/** The same persons at every start: their dates follow the day of the first start, which is kept. */
export async function populationOf(
  options: Pick<SandboxOptions, "seed" | "size" | "stateFolder" | "clock">,
): Promise<readonly SyntheticPerson[]> {
  const { stateFolder, clock } = options;
  const wanted = { seed: options.seed, size: options.size, today: today(clock) };
  if (stateFolder === undefined) return createPopulation(wanted);
  const file = join(stateFolder, "population.json");
  const text = await readFile(file, "utf8").catch(() => undefined);
  const known = text === undefined ? undefined : kept.safeParse(parsed(text)).data;
  if (known && known.seed === wanted.seed && known.size === wanted.size) return createPopulation(known);
  await mkdir(stateFolder, { recursive: true });
  await writeFile(file, `${JSON.stringify(wanted)}\n`);
  return createPopulation(wanted);
}

/** A file cut short is like none: the population is made anew. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
