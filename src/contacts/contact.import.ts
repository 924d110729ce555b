import { isDeepStrictEqual } from "node:util";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { Clock } from "../kernel/clock.ts";
import { today } from "../kernel/dates.ts";
import { type ContactPointId, newId } from "../kernel/ids.ts";
import type { ContactPoint } from "./contact.ts";
import { AreaReadinessEntity, ContactPointEntity } from "./contact.entity.ts";
import { insertContactPoint, insertReadiness, recordContactPointEvent } from "./contact.repository.ts";
import { pointOfEntry, printedReadiness } from "./directory.ts";
import { reference } from "./reference.ts";

/** Serialises imports of several processes on one PostgreSQL. The number only has to be the same everywhere. */
const IMPORT_LOCK = 4_210_418;

/**
 * Brings the data files into the directory; as often as one likes. An entry that a person has verified, replaced or
 * ended is theirs: no import touches it again (decision D26).
 */
export async function importDirectory(em: EntityManager, clock: Clock): Promise<{ added: number; changed: number }> {
  return em.transactional(async (work) => {
    await work.execute(`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
    const done = await importContactPoints(work, clock);
    await importReadiness(work, clock);
    return done;
  });
}

async function importContactPoints(em: EntityManager, clock: Clock): Promise<{ added: number; changed: number }> {
  const rows = await em.find(ContactPointEntity, { key: { $ne: null } });
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const counted = { added: 0, changed: 0 };
  const record = (id: ContactPointId, kind: "IMPORTED" | "REIMPORTED", version: number) =>
    recordContactPointEvent(em, { contactPointId: id, at: clock.now(), kind, by: null, version });

  for (const entry of reference().entries) {
    const row = byKey.get(entry.key);
    byKey.delete(entry.key);
    if (!row) {
      const point = pointOfEntry(entry, newId<ContactPointId>());
      await insertContactPoint(em, point, false);
      await record(point.id, "IMPORTED", point.version);
      counted.added += 1;
      continue;
    }
    if (row.keptByPerson) continue;
    const { id: _id, version: _version, ...content } = pointOfEntry(entry, row.id as ContactPointId);
    if (sameContent(content, row)) continue;
    const version = row.version + 1;
    await em.nativeUpdate(ContactPointEntity, { id: row.id }, { ...content, version });
    await record(row.id as ContactPointId, "REIMPORTED", version);
    counted.changed += 1;
  }
  for (const row of byKey.values()) {
    // No longer in the data files, and nobody has taken it over.
    if (row.keptByPerson || row.state === "ENDED") continue;
    const version = row.version + 1;
    await em.nativeUpdate(ContactPointEntity, { id: row.id }, { state: "ENDED", validUntil: today(clock), version });
    await record(row.id as ContactPointId, "REIMPORTED", version);
    counted.changed += 1;
  }
  return counted;
}

const sameContent = (content: Omit<ContactPoint, "id" | "version">, row: object): boolean =>
  Object.entries(content).every(([field, value]) => isDeepStrictEqual(value, (row as Record<string, unknown>)[field]));

async function importReadiness(em: EntityManager, clock: Clock): Promise<void> {
  const printed = await em.find(AreaReadinessEntity, { workerId: null });
  const known = new Set(printed.map((row) => `${row.countyCode} ${row.source}`));
  for (const one of printedReadiness(reference())) {
    if (known.has(`${one.countyCode} ${one.source}`)) continue;
    await insertReadiness(em, { ...one, recordedAt: clock.now(), workerId: null });
  }
}
