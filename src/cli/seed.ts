import { createHash } from "node:crypto";
import type { CallerRole } from "../access/role.ts";
import { type Remit, type RemitGround, findCaseByHetu, insertCase, insertRemits } from "../cases/case.repository.ts";
import type { Clock } from "../kernel/clock.ts";
import { type LocalDate, today } from "../kernel/dates.ts";
import type { CaseId, WorkerId } from "../kernel/ids.ts";
import type { Database } from "../persistence/database.ts";
import { DEMO_CALLERS } from "../sandbox/demo-callers.ts";
import type { SyntheticPerson } from "../sandbox/population.ts";

/** The number only has to be the same in every process. */
const SEED_LOCK = 4_210_419;

/**
 * Opens a case for each person of the sandbox, with the remits that the authorities' own records give. Idempotent:
 * a person who has a case is left as they are.
 * @returns how many cases were opened
 */
export async function seedCases(
  database: Database,
  population: readonly SyntheticPerson[],
  clock: Clock,
  onProgress: (done: number) => void = () => undefined,
): Promise<number> {
  const opened = await database.fork().transactional(async (em) => {
    // Several processes may start on one empty PostgreSQL.
    await em.execute(`select pg_advisory_xact_lock(${SEED_LOCK})`);
    let count = 0;
    const start = clock.now().getTime();
    for (const [index, person] of population.entries()) {
      onProgress(index + 1);
      if (await findCaseByHetu(em, person.hetu)) continue;
      const id = seededCaseId(person.index);
      // A millisecond apart, so that the demo person's case is the first of its unit's list.
      const openedAt = new Date(start + person.index);
      await insertCase(em, { id, hetu: person.hetu, openedAt }, "sandbox");
      const begun = remitsOf(person, id, today(clock)).map((remit) => ({ ...remit, begunAt: openedAt }));
      await insertRemits(em, begun);
      count += 1;
    }
    return count;
  });
  return opened;
}

/** The same person's case has the same id in every sandbox, so that a README can name it. */
export function seededCaseId(index: number): CaseId {
  const hex = createHash("sha256").update(`nivel-sandbox-case-${index}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}` as CaseId;
}

function remitsOf(person: SyntheticPerson, caseId: CaseId, since: LocalDate): Remit[] {
  const remit = (role: CallerRole, unit: string, ground: RemitGround, workerId: WorkerId | null = null): Remit => ({
    caseId,
    role,
    unit,
    workerId,
    ground,
    since,
    until: null,
  });
  const remits: Remit[] = [];
  for (const unit of person.units) {
    if (unit.endsWith("-yhdyskuntaseuraamustoimisto")) {
      const probationWorker = DEMO_CALLERS["probation-worker"];
      const assigned =
        unit === probationWorker.unit ? (probationWorker.id as WorkerId) : (`worker-${unit}` as WorkerId);
      remits.push(remit("PROBATION_WORKER", unit, "ASSIGNMENT", assigned));
    } else {
      remits.push(remit("PRISON_WORKER", unit, "UNIT"));
      if (person.vth) remits.push(remit("VTH_NURSE", unit, "TREATMENT"));
    }
  }
  for (const { alue, asiakkuudet } of person.county) {
    // In child protection the person is the child, so a parent's case is no case of child protection (decision D7).
    const own = asiakkuudet.filter((relationship) => relationship.tehtava !== "LASTENSUOJELU");
    if (own.length > 0) remits.push(remit("COUNTY_WORKER", alue, "CLIENT_RELATIONSHIP"));
  }
  if (person.employment) {
    const area = String(person.employment.tyollisyysalue.numero).padStart(2, "0");
    remits.push(remit("EMPLOYMENT_CONTACT", area, "CLIENT_RELATIONSHIP"));
  }
  const { kela } = person;
  if (kela && (kela.rikosseuraamusilmoitus || kela.vireilla.length > 0)) {
    remits.push(remit("KELA_OFFICER", "KELA", "KELA_MATTER"));
  }
  return remits;
}
