import type { EntityManager } from "@mikro-orm/postgresql";
import type { CallerRole } from "../access/role.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { CaseId, PermitId, WorkerId } from "../kernel/ids.ts";
import { CaseRemitEntity } from "./case.entity.ts";
import type { RemitGround } from "./case.repository.ts";

/** A remit as it is kept. */
export interface RemitRow {
  id: string;
  role: CallerRole;
  unit: string;
  workerId: WorkerId | null;
  ground: RemitGround;
  since: LocalDate;
  until: LocalDate | null;
}

/** Lets one transaction at a time move the remits of a case. */
export async function holdCase(em: EntityManager, caseId: CaseId): Promise<void> {
  await em.execute("select 1 from case_file where id = ? for no key update", [caseId]);
}

/** The remits of a case that have not ended before that day, first begun first. */
export async function remitsOf(em: EntityManager, caseId: CaseId, on: LocalDate): Promise<RemitRow[]> {
  // By a function, since the database shows a caller none but the own remits of a case.
  const found = await em.execute<object[]>(
    "select * from nivel_remits_of(?) where until is null or until >= ? order by begun_at, id",
    [caseId, on],
  );
  return found
    .map((row) => em.map(CaseRemitEntity, row))
    .map(({ id, role, unit, workerId, ground, since, until }) => ({
      id,
      role: role as CallerRole,
      unit,
      workerId: workerId as WorkerId | null,
      ground: ground as RemitGround,
      since: since as LocalDate,
      until: until as LocalDate | null,
    }));
}

/** Ends remits before that day; one that began on it has then been none. */
export async function endRemits(
  em: EntityManager,
  remits: readonly { id: string }[],
  before: LocalDate,
): Promise<void> {
  if (remits.length === 0) return;
  await em.execute("select nivel_end_remits(?, ?::date)", [remits.map((remit) => remit.id).join(","), before]);
}

/** Ends before that day what rests on a permit. */
export async function endRemitsOfPermit(em: EntityManager, permitId: PermitId, before: LocalDate): Promise<void> {
  await endRemits(em, await em.find(CaseRemitEntity, { permitId }), before);
}

/** Lets the caller know a known case until the end of the transaction, also when the own remit ends halfway. */
export async function keepCase(em: EntityManager, caseId: CaseId): Promise<void> {
  await em.execute("select nivel_keep_case(?)", [caseId]);
}
