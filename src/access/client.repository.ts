import type { InferEntity } from "@mikro-orm/core";
import type { EntityManager } from "@mikro-orm/postgresql";
import { InvalidInput, NotFound } from "../kernel/errors.ts";
import { ClientEntity } from "./client.entity.ts";
import type { Client } from "./client.ts";

export async function findClient(em: EntityManager, id: string): Promise<Client | undefined> {
  const row = await em.findOne(ClientEntity, { id });
  return row ? toClient(row) : undefined;
}

export async function listClients(em: EntityManager): Promise<Client[]> {
  return (await em.find(ClientEntity, {}, { orderBy: { id: "asc" } })).map(toClient);
}

/** @throws InvalidInput when a client of that id is registered already */
export async function registerClient(em: EntityManager, client: Client): Promise<void> {
  const [added] = await registerMissing(em, [client]);
  if (added === undefined) {
    throw new InvalidInput(
      'This client is registered already. See "nivel clients list"; change it by its own command.',
    );
  }
}

/** Registers those that are not there yet, and leaves the others as they are. @returns the ids that were added */
export async function registerMissing(em: EntityManager, clients: readonly Client[]): Promise<string[]> {
  return em.transactional(async (inside) => {
    const known = await inside.find(ClientEntity, { id: { $in: clients.map(({ id }) => id) } });
    const missing = clients.filter(({ id }) => !known.some((one) => one.id === id));
    // Several processes may start on one empty database.
    if (missing.length > 0) await inside.upsertMany(ClientEntity, missing, { onConflictAction: "ignore" });
    return missing.map(({ id }) => id);
  });
}

/** @throws NotFound */
export async function changeClient(
  em: EntityManager,
  id: string,
  change: Partial<Omit<Client, "id" | "registeredAt">>,
): Promise<void> {
  const changed = await em.nativeUpdate(ClientEntity, { id }, change);
  if (changed === 0) throw new NotFound('No such client is registered. See "nivel clients list".');
}

const toClient = (row: InferEntity<typeof ClientEntity>): Client => ({
  id: row.id,
  name: row.name,
  registeredAt: row.registeredAt,
  suspendedAt: row.suspendedAt ?? null,
  mayIntrospect: row.mayIntrospect,
  onlyTrusted: row.onlyTrusted ?? null,
  partner: row.partner,
  pointsPerMinute: row.pointsPerMinute ?? null,
});
