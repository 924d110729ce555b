import type { EntityManager } from "@mikro-orm/postgresql";
import type { Caller } from "../access/caller.ts";
import type { CallerRole } from "../access/role.ts";
import type { CasePhase } from "../disclosure/grounds.ts";
import { type Authority, OF_SEVERAL_REGISTERS } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { Hetu } from "../kernel/hetu.ts";
import { type CaseId, type ConsentId, type PermitId, type WorkerId, newId } from "../kernel/ids.ts";
import { vaultOf } from "../kernel/vault.ts";
import { CaseFileEntity, CaseRemitEntity, RecordedContactEntity, RecordedFactEntity } from "./case.entity.ts";
import type { Fact, FactPath } from "./case.ts";
import type { RecordedContact } from "./recorded-contact.ts";

export interface CaseRow {
  id: CaseId;
  hetu: Hetu | null;
  /**
   * When the case came within the caller's remit. When another authority opened it tells that the person is that
   * authority's client, so nobody else learns it (decisions D1, D5).
   */
  openedAt: Date;
  /** In whose service the case was opened; null or absent: not kept then. */
  openedByAuthority?: Authority | null;
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
  /** The permit on which it rests. */
  permitId?: PermitId;
  /** The instant of its beginning; the first of the day in `since` unless told. */
  begunAt?: Date;
  /** Why a worker moved it by hand. */
  reason?: string;
}

/**
 * The cases that exist for the caller, as a table expression of `COLUMNS`. Any other case is as if it were not there.
 * The rule, which the database's own wall (`nivel_knows`) repeats:
 *
 * - a remit of the caller's role, of the own unit or of the worker alone, on a day from `since` to `until`, not resting
 *   on a consent that is withdrawn or has ended with its event (decision D3); the person knows the own case
 * - Rise's roles only until the last day of enforcement, included (D13); null: it has no end, or nobody said one
 * - a treatment relation only until the day of release, included, unless it began after it: VTH's own system shows then
 *   that it goes on [D]
 *
 * It begins with the remits, so that its cost follows the caller's own cases and not everybody's.
 * @param which a condition on the alias `c`, whose parameters come last
 */
function inRemit(em: EntityManager, caller: Caller, on: LocalDate, which: string): { sql: string; params: unknown[] } {
  if (caller.role === "PERSON") {
    const own = hasHetu(em, caller.hetu);
    return {
      sql: `select ${COLUMNS}, c.opened_at as known_at from case_file c where ${own.sql} and ${which}`,
      params: own.params,
    };
  }
  return {
    sql: `select ${COLUMNS}, min(r.begun_at) as known_at from case_remit r join case_file c on c.id = r.case_id
      where r.role = ?
        and (r.worker_id = ? or (r.worker_id is null and r.unit = ?))
        and r.since <= ? and (r.until is null or r.until >= ?)
        and not exists (
          select 1 from consent k where k.id = r.consent_id and (k.withdrawn_at is not null
            or (k.ends_with = 'RELEASE' and c.released_on < ?)
            or (k.ends_with = 'END_OF_ENFORCEMENT' and c.enforcement_ends_on < ?)))
        and (r.role not in ('PRISON_WORKER', 'PROBATION_WORKER')
             or c.enforcement_ends_on is null or c.enforcement_ends_on >= ?)
        and (r.ground <> 'TREATMENT' or c.released_on is null or c.released_on >= ? or r.since > c.released_on)
        and ${which}
      group by c.id`,
    params: [caller.role, caller.id, caller.unit ?? "", on, on, on, on, on, on],
  };
}

/** The case of this identity code, found by its blind index; of nobody: none. */
function hasHetu(em: EntityManager, hetu: Hetu | null): { sql: string; params: Uint8Array[] } {
  const params = hetu === null ? [] : vaultOf(em.getPlatform()).indexesOf("case_file.hetu", hetu);
  return { sql: params.length > 0 ? `c.hetu_index in (${params.map(() => "?").join(", ")})` : "false", params };
}

interface CaseFileRow {
  id: string;
  /** Sealed. */
  hetu: Uint8Array | null;
  known_at: string | Date;
  opened_by_authority: string | null;
  released_on: string | null;
  enforcement_ends_on: string | null;
}

/** Dates as text: the drivers disagree on what a date is. */
const COLUMNS = `c.id, c.hetu, c.opened_by_authority, c.released_on::text as released_on,
  c.enforcement_ends_on::text as enforcement_ends_on`;

const toRow = (em: EntityManager, row: CaseFileRow): CaseRow => ({
  id: row.id as CaseId,
  hetu: row.hetu && (vaultOf(em.getPlatform()).open("case_file.hetu", row.hetu).toString("utf8") as Hetu),
  openedAt: new Date(row.known_at),
  openedByAuthority: row.opened_by_authority as Authority | null,
  phase: {
    releasedOn: row.released_on as LocalDate | null,
    enforcementEndsOn: row.enforcement_ends_on as LocalDate | null,
  },
});

export async function findCaseInRemit(
  em: EntityManager,
  caller: Caller,
  id: CaseId,
  on: LocalDate,
): Promise<CaseRow | undefined> {
  const { sql, params } = inRemit(em, caller, on, "c.id = ?");
  const rows = await em.execute<CaseFileRow[]>(sql, [...params, id]);
  return rows[0] ? toRow(em, rows[0]) : undefined;
}

/** What hangs on a case and is named by its own id; the names of the tables. */
export type CaseThing = "consent" | "permit" | "statement" | "document" | "referral";

/**
 * The case within the caller's remit on which a thing hangs. One statement, whether the thing is hidden, hangs on a
 * hidden case, or never was.
 */
export async function findCaseHolding(
  em: EntityManager,
  caller: Caller,
  thing: CaseThing,
  id: string,
  on: LocalDate,
): Promise<CaseRow | undefined> {
  const { sql, params } = inRemit(em, caller, on, `c.id = (select t.case_id from ${thing} t where t.id = ?)`);
  const rows = await em.execute<CaseFileRow[]>(sql, [...params, id]);
  return rows[0] ? toRow(em, rows[0]) : undefined;
}

/** At most `limit` cases of the caller, first known first, after the given sort key (exclusive). */
export async function listCasesInRemit(
  em: EntityManager,
  caller: Caller,
  on: LocalDate,
  limit: number,
  after: { openedAt: Date; id: CaseId } | undefined,
): Promise<CaseRow[]> {
  const { sql, params } = inRemit(em, caller, on, "true");
  const from = after ? "where (own.known_at, own.id) > (?::timestamptz, ?::uuid)" : "";
  const rows = await em.execute<CaseFileRow[]>(
    `select * from (${sql}) own ${from} order by own.known_at, own.id limit ?`,
    [...params, ...(after ? [after.openedAt, after.id] : []), limit],
  );
  return rows.map((row) => toRow(em, row));
}

/** Lets one transaction at a time open a case for this identity code. */
export async function holdHetu(em: EntityManager, hetu: Hetu): Promise<void> {
  // By every active key's index, in one order: of two processes that know different keys both know one.
  for (const index of vaultOf(em.getPlatform()).indexesOf("case_file.hetu", hetu))
    await em.execute("select pg_advisory_xact_lock(hashtextextended(?, 0))", [index.toString("hex")]);
}

export async function findCaseByHetu(em: EntityManager, hetu: Hetu): Promise<CaseRow | undefined> {
  const indexes = vaultOf(em.getPlatform()).indexesOf("case_file.hetu", hetu);
  // Who opens a case names it by its keyed index; from then on the database shows it to this transaction.
  const [found] = await em.execute<object[]>("select * from nivel_open_case(?)", [
    indexes.map((index) => index.toString("hex")).join(","),
  ]);
  if (!found) return undefined;
  const row = em.map(CaseFileEntity, found);
  return {
    id: row.id as CaseId,
    hetu: row.hetu as Hetu | null,
    openedAt: row.openedAt,
    openedByAuthority: row.openedByAuthority as Authority | null,
    phase: {
      releasedOn: row.releasedOn as LocalDate | null,
      enforcementEndsOn: row.enforcementEndsOn as LocalDate | null,
    },
  };
}

export async function insertCase(em: EntityManager, row: Omit<CaseRow, "phase">, openedBy: string): Promise<void> {
  const { id, hetu, openedAt, openedByAuthority = null } = row;
  const hetuIndex = hetu && vaultOf(em.getPlatform()).indexOf("case_file.hetu", hetu);
  await em.execute("select nivel_begin_case(?)", [id]);
  await em.insert(CaseFileEntity, { id, hetu, hetuIndex, openedAt, openedBy, openedByAuthority });
}

export async function setPhase(em: EntityManager, caseId: CaseId, phase: CasePhase): Promise<void> {
  await em.nativeUpdate(CaseFileEntity, { id: caseId }, phase);
}

export async function insertRemits(em: EntityManager, remits: readonly Remit[]): Promise<void> {
  await em.insertMany(
    CaseRemitEntity,
    remits.map((remit) => ({
      id: newId<CaseId>(),
      consentId: null,
      permitId: null,
      begunAt: new Date(`${remit.since}T00:00:00Z`),
      reason: null,
      ...remit,
    })),
  );
}

/** Whether anybody in one of these roles holds the case now. */
export async function isHeldByRole(
  em: EntityManager,
  caseId: CaseId,
  roles: readonly CallerRole[],
  on: LocalDate,
): Promise<boolean> {
  const held = await em.execute<object[]>(
    `select 1 from nivel_remits_of(?) where role in (${roles.map(() => "?").join(", ")})
       and (until is null or until >= ?) limit 1`,
    [caseId, ...roles, on],
  );
  return held.length > 0;
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
      ...(OF_SEVERAL_REGISTERS.includes(row.holder as Authority) ? { register: row.unit } : {}),
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
