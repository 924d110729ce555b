import { registerMissing } from "../access/client.repository.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Database } from "../persistence/database.ts";
import { DEMO_CLIENTS } from "../sandbox/demo-callers.ts";

/** Registers the sandbox's apps; an operator's later change of one is left as it is. */
export async function seedClients(database: Database, clock: Clock): Promise<void> {
  const clients = DEMO_CLIENTS.map((client) => ({
    ...client,
    registeredAt: clock.now(),
    suspendedAt: null,
    onlyTrusted: null,
    pointsPerMinute: null,
  }));
  await registerMissing(database.fork(), clients);
}
