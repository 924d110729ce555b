import type { EntityManager } from "@mikro-orm/postgresql";
import type { Caller } from "../access/caller.ts";
import type { CallerRole } from "../access/role.ts";
import { type CasePhase, NO_GROUNDS } from "../disclosure/grounds.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { Hetu } from "../kernel/hetu.ts";
import { type CaseId, type ConsentId, type WorkerId, newId } from "../kernel/ids.ts";
import { CaseFileEntity, CaseRemitEntity, RecordedContactEntity, RecordedFactEntity } from "./case.entity.ts";
import type { Fact, FactPath } from "./case.ts";
import type { RecordedContact } from "./recorded-contact.ts";

export interface CaseRow {
  id: CaseId;
  hetu: Hetu | null;
  openedAt: Date;
  phase: CasePhase;
}

/** Why somebody may know of a case (decision D3). Living in an area is no ground. */
export const REMIT_GROUNDS = [
  "UNIT",
  "ASSIGNMENT",
  "TREATMENT",
  "CLIENT_RELATIONSHIP",
  "RECEIVED_REFERRAL",
  "CONSENT",
  "KELA_MATTER",
] as const;
export type RemitGround = (typeof REMIT_GROUNDS)[number];

export interface Remit {
  caseId: CaseId;
  role: CallerRole;
  unit: string;
  /** Only this worker of the unit; null: the whole unit in that role. */
  workerId: WorkerId | null;
  ground: RemitGround;
  since: LocalDate;
  /** Last day included; null while it lasts. */
  until: LocalDate | null;
  /** The consent on which it rests; it ends with the consent. */
  consentId?: ConsentId;
}

/** The cases that exist for the caller, as SQL over the alias `c`. Any other case is as if it were not there. */
function inRemit(caller: Caller, on: LocalDate): { sql: string; params: unknown[] } {
  if (caller.role === "PERSON") return { sql: "c.hetu = ?", params: [caller.hetu] };
  return {
    sql: `exists (
      select 1 from case_remit r
      where r.case_id = c.id and r.role = ?
        and (r.worker_id = ? or (r.worker_id is null and r.unit = ?))
        and r.since <= ? and (r.until is null or r.until >= ?)
        and not exists (select 1 from consent k where k.id = r.consent_id and k.withdrawn_at is not null))`,
    params: [caller.role, caller.id, caller.unit ?? "", on, on],
  };
}

const toRow = (row: { id: string; hetu: string | null; opened_at: string | Date }): CaseRow => ({
  id: row.id as CaseId,
  hetu: row.hetu as Hetu | null,
  openedAt: new Date(row.opened_at),
  phase: NO_GROUNDS.phase,
});

export async function findCaseInRemit(
  em: EntityManager,
  caller: Caller,
  id: CaseId,
  on: LocalDate,
): Promise<CaseRow | undefined> {
  const remit = inRemit(caller, on);
  const rows = await em.execute<Parameters<typeof toRow>[0][]>(
    `select c.id, c.hetu, c.opened_at from case_file c where c.id = ? and ${remit.sql}`,
    [id, ...remit.params],
  );
  return rows[0] ? toRow(rows[0]) : undefined;
}

/** At most `limit` cases of the caller, oldest first, after the given sort key (exclusive). */
export async function listCasesInRemit(
  em: EntityManager,
  caller: Caller,
  on: LocalDate,
  limit: number,
  after: { openedAt: Date; id: CaseId } | undefined,
): Promise<CaseRow[]> {
  const remit = inRemit(caller, on);
  const from = after ? "and (c.opened_at, c.id) > (?::timestamptz, ?::uuid)" : "";
  const rows = await em.execute<Parameters<typeof toRow>[0][]>(
    `select c.id, c.hetu, c.opened_at from case_file c
     where ${remit.sql} ${from} order by c.opened_at, c.id limit ?`,
    [...remit.params, ...(after ? [after.openedAt, after.id] : []), limit],
  );
  return rows.map(toRow);
}

/** Lets one transaction at a time open a case for this identity code. */
export async function holdHetu(em: EntityManager, hetu: Hetu): Promise<void> {
  await em.execute("select pg_advisory_xact_lock(hashtextextended(?, 0))", [hetu]);
}

export async function findCaseByHetu(em: EntityManager, hetu: Hetu): Promise<CaseRow | undefined> {
  const row = await em.findOne(CaseFileEntity, { hetu });
  return row
    ? { id: row.id as CaseId, hetu: row.hetu as Hetu | null, openedAt: row.openedAt, phase: NO_GROUNDS.phase }
    : undefined;
}

export async function insertCase(em: EntityManager, row: Omit<CaseRow, "phase">, openedBy: string): Promise<void> {
  await em.insert(CaseFileEntity, { id: row.id, hetu: row.hetu, openedAt: row.openedAt, openedBy });
}

export async function insertRemits(em: EntityManager, remits: readonly Remit[]): Promise<void> {
  await em.insertMany(
    CaseRemitEntity,
    remits.map((remit) => ({ id: newId<CaseId>(), consentId: null, ...remit })),
  );
}

/** Whether anybody in this role holds the case now. */
export async function isHeldByRole(
  em: EntityManager,
  caseId: CaseId,
  role: CallerRole,
  on: LocalDate,
): Promise<boolean> {
  return (await em.count(CaseRemitEntity, { caseId, role, $or: [{ until: null }, { until: { $gte: on } }] })) > 0;
}

export async function insertRecordedFact(
  em: EntityManager,
  fact: {
    caseId: CaseId;
    path: FactPath;
    holder: Authority;
    /** The recorder's unit; of a county or an employment area, its code. */
    unit: string;
    value: unknown;
    confirmedOn: LocalDate;
    recordedBy: WorkerId;
    recordedAt: Date;
  },
): Promise<void> {
  await em.insert(RecordedFactEntity, { id: newId<CaseId>(), ...fact, value: { value: fact.value } });
}

/** Counties and employment areas are authorities of their own, each with its own register. */
const OF_SEVERAL_REGISTERS: readonly Authority[] = ["COUNTY", "EMPLOYMENT"];

/** Another county's or area's entries are not those of the caller's own. */
const isOpenRegister = (caller: Caller, { holder, unit }: { holder: string; unit: string }): boolean =>
  holder !== caller.authority || !OF_SEVERAL_REGISTERS.includes(caller.authority) || unit === caller.unit;

/** The newest entered word of each holder on each fact, as far as the caller's own register goes. */
export async function recordedFactsOf(
  em: EntityManager,
  caseId: CaseId,
  caller: Caller,
): Promise<Map<FactPath, Fact<unknown>[]>> {
  const all = await em.find(RecordedFactEntity, { caseId }, { orderBy: { recordedAt: "asc", id: "asc" } });
  const rows = all.filter((row) => isOpenRegister(caller, row));
  const register = (row: { path: string; holder: string; unit: string; recordedBy: string }) => {
    // One worker's "no" does not undo another's "the address is protected" (decision D6): both stand.
    if (row.path === "person.addressProtected") return `${row.holder}/${row.recordedBy}`;
    return OF_SEVERAL_REGISTERS.includes(row.holder as Authority) ? `${row.holder}/${row.unit}` : row.holder;
  };
  const newest = new Map(rows.map((row) => [`${row.path}/${register(row)}`, row]));
  const byPath = new Map<FactPath, Fact<unknown>[]>();
  for (const row of newest.values()) {
    const fact: Fact<unknown> = {
      value: row.value.value,
      holder: row.holder as Authority,
      origin: "WORKER",
      asOf: new Date(`${row.confirmedOn}T00:00:00Z`),
      retrievedAt: row.recordedAt,
    };
    byPath.set(row.path as FactPath, [...(byPath.get(row.path as FactPath) ?? []), fact]);
  }
  return byPath;
}

export async function insertRecordedContact(em: EntityManager, contact: RecordedContact): Promise<void> {
  await em.insert(RecordedContactEntity, contact);
}

/** The contacts noted in the service of the caller's authority, first made first. */
export async function recordedContactsOf(
  em: EntityManager,
  caseId: CaseId,
  caller: Caller,
): Promise<RecordedContact[]> {
  const rows = await em.find(RecordedContactEntity, { caseId }, { orderBy: { contactedAt: "asc", id: "asc" } });
  return rows
    .filter((row) => row.holder === caller.authority && isOpenRegister(caller, row))
    .map((row) => row as unknown as RecordedContact);
}
