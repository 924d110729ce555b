import type { EntityManager } from "@mikro-orm/postgresql";
import type { Clock } from "../kernel/clock.ts";
import { Unauthenticated, Unavailable } from "../kernel/errors.ts";
import type { Admission } from "./admission.ts";
import { createAllowance } from "./client-allowance.ts";
import { findClient } from "./client.repository.ts";
import type { Client } from "./client.ts";

export interface AdmissionConfig {
  /** Whether a client that nobody registered is refused; else it has the rights and the allowance below. */
  registeredOnly: boolean;
  /** Cost points of a minute for a client whose entry does not say otherwise. */
  pointsPerMinute: number;
}

/** How long a process believes what it read of a client: a suspension is felt everywhere after that. */
const BELIEVED_MS = 2000;
/** More clients than a hub will ever have; only verified tokens name one. */
const MOST_KNOWN = 10_000;

/** The register of clients and their allowances, in the hub's database. */
export function createAdmission(fork: () => EntityManager, config: AdmissionConfig, clock: Clock): Admission {
  const known = new Map<string, { client: Promise<Client | undefined>; until: number }>();
  const allowance = createAllowance(fork, clock);

  const read = (id: string): Promise<Client | undefined> => {
    const now = clock.now().getTime();
    const found = known.get(id);
    if (found && found.until > now) return found.client;
    if (known.size >= MOST_KNOWN) known.clear();
    const client = (async () => findClient(fork(), id))();
    known.set(id, { client, until: now + BELIEVED_MS });
    // A failure is not believed.
    client.catch(() => known.delete(id));
    return client;
  };

  const admitted = async (id: string): Promise<Client | undefined> => {
    const client = await read(id).catch(() => {
      throw new Unavailable("The register of applications cannot be read now. Try again soon.");
    });
    if (client?.suspendedAt) throw new Unauthenticated("Your application is suspended. Ask the keepers of the hub.");
    if (!client && config.registeredOnly) {
      throw new Unauthenticated("Your application is not registered here. Ask the keepers of the hub.");
    }
    return client;
  };

  return {
    rightsOf: async (id) => {
      const client = await admitted(id);
      return {
        mayIntrospect: client?.mayIntrospect ?? false,
        onlyTrusted: client?.onlyTrusted ?? null,
        partner: client?.partner ?? false,
      };
    },
    spend: async (id, points) => {
      const client = await admitted(id);
      return allowance(id, points, client?.pointsPerMinute ?? config.pointsPerMinute);
    },
  };
}
