import type { EntityManager } from "@mikro-orm/postgresql";
import type { Caller } from "../access/caller.ts";
import type { ContactPointId, WorkerId } from "../kernel/ids.ts";
import type { ContactPoint } from "./contact.ts";
import { AreaReadinessEntity, ContactPointEntity, ContactPointEventEntity } from "./contact.entity.ts";
import type { AreaReadiness, Directory } from "./directory.ts";
import type { ReadinessStatus } from "./directory-data.ts";
import { reference } from "./reference.ts";

/** What happened to a contact point, by whom. */
export const CONTACT_POINT_EVENTS = ["IMPORTED", "REIMPORTED", "PROPOSED", "VERIFIED", "REPLACED", "EXPIRED"] as const;
export type ContactPointEventKind = (typeof CONTACT_POINT_EVENTS)[number];

export interface ContactPointEvent {
  at: Date;
  kind: ContactPointEventKind;
  /** Null for an import. */
  workerId: WorkerId | null;
  workerName: string | null;
  version: number;
  note: string | null;
}

type Row = { keptByPerson: boolean };

const toPoint = (row: Row): ContactPoint => {
  const { keptByPerson: _keptByPerson, ...point } = { ...row };
  return point as unknown as ContactPoint;
};

/** All that may be offered now or is still only proposed or ended, in a stable order. */
export async function findContactPoints(
  em: EntityManager,
  where: { state?: ContactPoint["state"]; organisation?: { $in: string[] } },
): Promise<ContactPoint[]> {
  const rows = await em.find(ContactPointEntity, where, { orderBy: { organisation: "asc", id: "asc" } });
  return rows.map(toPoint);
}

/** The directory as its people keep it now. */
export async function loadDirectory(em: EntityManager): Promise<Directory> {
  const contactPoints = await findContactPoints(em, { state: "CURRENT" });
  const readiness = await em.find(AreaReadinessEntity, {}, { orderBy: { countyCode: "asc", id: "asc" } });
  return {
    reference: reference(),
    contactPoints,
    readiness: readiness.map((row) => ({ ...row }) as unknown as AreaReadiness),
  };
}

export async function findContactPoint(em: EntityManager, id: ContactPointId): Promise<ContactPoint | undefined> {
  const row = await em.findOne(ContactPointEntity, { id });
  return row ? toPoint(row) : undefined;
}

export async function insertContactPoint(em: EntityManager, point: ContactPoint, keptByPerson: boolean): Promise<void> {
  await em.insert(ContactPointEntity, { ...point, keptByPerson });
}

/**
 * Writes a person's change, counting the version up.
 * @returns false when it has changed since it was read
 */
export async function changeContactPoint(
  em: EntityManager,
  id: ContactPointId,
  version: number,
  change: Partial<Pick<ContactPoint, "state" | "verifiedOn" | "validUntil">>,
): Promise<boolean> {
  const changed = await em.nativeUpdate(
    ContactPointEntity,
    { id, version },
    { ...change, keptByPerson: true, version: version + 1 },
  );
  return changed === 1;
}

export async function recordContactPointEvent(
  em: EntityManager,
  event: {
    contactPointId: ContactPointId;
    at: Date;
    kind: ContactPointEventKind;
    by: Pick<Caller, "id" | "name"> | null;
    version: number;
    note?: string | null;
  },
): Promise<void> {
  const { by, note = null, ...rest } = event;
  await em.insert(ContactPointEventEntity, { ...rest, note, workerId: by?.id ?? null, workerName: by?.name ?? null });
}

/** Oldest first. */
export async function contactPointEvents(
  em: EntityManager,
  contactPointId: ContactPointId,
): Promise<ContactPointEvent[]> {
  const rows = await em.find(ContactPointEventEntity, { contactPointId }, { orderBy: { id: "asc" } });
  return rows.map((row) => ({ ...row }) as unknown as ContactPointEvent);
}

export async function insertReadiness(
  em: EntityManager,
  readiness: Omit<AreaReadiness, "recordedAt"> & {
    status: ReadinessStatus;
    recordedAt: Date;
    workerId: WorkerId | null;
  },
): Promise<void> {
  await em.insert(AreaReadinessEntity, readiness);
}
