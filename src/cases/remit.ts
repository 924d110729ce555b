import type { EntityManager } from "@mikro-orm/postgresql";
import type { Caller } from "../access/caller.ts";
import type { CallerRole } from "../access/role.ts";
import { reference } from "../contacts/reference.ts";
import type { CasePhase } from "../disclosure/grounds.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { CaseId } from "../kernel/ids.ts";
import { type Remit, type RemitGround, insertRemits, setPhase } from "./case.repository.ts";
import type { HolderAnswer } from "./case.source.ts";
import { phaseBy, phaseWhenServedByNobody } from "./phase.ts";
import { type RemitRow, endRemits } from "./remit.repository.ts";

/** What changes of a case's phase and remits by what the authorities' own systems said just now. */
export interface Settlement {
  /** Undefined: as it was. */
  phase: CasePhase | undefined;
  begins: { role: CallerRole; unit: string; ground: RemitGround }[];
  ends: RemitRow[];
}

/** The remit that rests on what the authority's own system shows, by the role that holds it. */
const OWN_SYSTEM_GROUND: Partial<Record<CallerRole, RemitGround>> = {
  VTH_NURSE: "TREATMENT",
  COUNTY_WORKER: "CLIENT_RELATIONSHIP",
  EMPLOYMENT_CONTACT: "CLIENT_RELATIONSHIP",
  KELA_OFFICER: "KELA_MATTER",
};

export const isPrison = (unit: string): boolean => reference().riseUnits.get(unit)?.kind === "PRISON";
export const isOffice = (unit: string): boolean => reference().riseUnits.get(unit)?.kind === "PROBATION_OFFICE";

/**
 * Settles a case by the answers in hand; nothing more is asked for it, and a source that did not answer changes nothing.
 *
 * - Rise's word, whoever asked: the phase follows the dates; the prisons that serve the person know the case, and no
 *   other prison; an assignment in a probation office lasts until another office serves the person. When no unit
 *   serves the person, enforcement has ended.
 * - the caller's own authority's word: the own unit's remit ends when it no longer serves the person (decision D3).
 */
export function settlementOf(
  phase: CasePhase,
  remits: readonly RemitRow[],
  answers: ReadonlyMap<Authority, HolderAnswer>,
  caller: Caller,
  on: LocalDate,
): Settlement {
  const settlement: Settlement = { phase: undefined, begins: [], ends: [] };
  const rise = answers.get("RISE");
  if (rise) settleRise(settlement, phase, remits, rise, on);
  const own = caller.authority === null || caller.authority === "RISE" ? undefined : answers.get(caller.authority);
  if (own && !own.servedBy.includes(caller.unit ?? "")) {
    const ground = OWN_SYSTEM_GROUND[caller.role];
    settlement.ends.push(
      ...remits.filter((one) => one.role === caller.role && one.unit === caller.unit && one.ground === ground),
    );
  }
  return settlement;
}

function settleRise(
  settlement: Settlement,
  phase: CasePhase,
  remits: readonly RemitRow[],
  { facts, servedBy }: HolderAnswer,
  on: LocalDate,
): void {
  const served = facts !== undefined && servedBy.length > 0;
  const next = served ? phaseBy(facts.sentence, phase) : phaseWhenServedByNobody(phase, on);
  if (next.releasedOn !== phase.releasedOn || next.enforcementEndsOn !== phase.enforcementEndsOn) {
    settlement.phase = next;
  }
  if (!served) return;
  const prisons = servedBy.filter(isPrison);
  const offices = servedBy.filter(isOffice);
  for (const unit of prisons) {
    const known = remits.some((one) => one.role === "PRISON_WORKER" && one.ground === "UNIT" && one.unit === unit);
    if (!known) settlement.begins.push({ role: "PRISON_WORKER", unit, ground: "UNIT" });
  }
  for (const remit of remits) {
    const left = remit.role === "PRISON_WORKER" && remit.ground === "UNIT" && !servedBy.includes(remit.unit);
    const handedOver =
      remit.role === "PROBATION_WORKER" &&
      remit.ground === "ASSIGNMENT" &&
      offices.length > 0 &&
      !offices.includes(remit.unit);
    if (left || handedOver) settlement.ends.push(remit);
  }
}

export const changesAnything = ({ phase, begins, ends }: Settlement): boolean =>
  phase !== undefined || begins.length + ends.length > 0;

export async function applySettlement(
  em: EntityManager,
  caseId: CaseId,
  { phase, begins, ends }: Settlement,
  { on, at }: { on: LocalDate; at: Date },
): Promise<void> {
  // In this order: whoever asked still knows the case, also before the database's own wall.
  const begun = begins.map((one): Remit => ({ caseId, ...one, workerId: null, since: on, until: null, begunAt: at }));
  if (begun.length > 0) await insertRemits(em, begun);
  if (phase) await setPhase(em, caseId, phase);
  await endRemits(em, ends, on);
}

/** Whether these answers say anything that a settlement follows, so that nothing is read for the others. */
export const tellsOfRemit = (answers: ReadonlyMap<Authority, HolderAnswer>, { authority }: Caller): boolean =>
  answers.has("RISE") || (authority !== null && answers.has(authority));
