import type { ContactAnswer } from "../contacts/contact-answer.ts";
import type { Phase, Situation } from "../contacts/contact.ts";
import { loadDirectory } from "../contacts/contact.repository.ts";
import type { ClientRelationship, FactPath, SettledFact } from "../cases/case.ts";
import type { CaseService } from "../cases/case.service.ts";
import type { SourceScope } from "../cases/source-scope.ts";
import { type Operation, type Room, operation } from "../operation/operation.ts";
import { type OwnWorker, whomToContactFor } from "./whom-to-contact.ts";

export interface WhomToContactService {
  /** Whom to contact about one person, in order; null when there is no such case for the caller. */
  whomToContact: Operation<
    {
      caseId: string;
      situation: Situation;
      phase: Phase;
      urgent: boolean;
      scope: SourceScope;
      selected: ReadonlySet<string>;
    },
    ContactAnswer | null
  >;
}

/** Only what the answer needs; an own worker counts only where the caller may know of one (decision D5). */
export const WHOM_TO_CONTACT_FACTS = [
  "person.homeMunicipality",
  "placement.unit",
  "social.clientRelationships",
] as const satisfies readonly FactPath[];

const PATHS: ReadonlySet<FactPath> = new Set(WHOM_TO_CONTACT_FACTS);

export function createWhomToContactService(room: Room, cases: CaseService): WhomToContactService {
  return {
    whomToContact: operation(room, {
      name: "whomToContact",
      permission: "READ_CASE",
      touchesPerson: true,
      prepare: (inRoom, caller, { caseId, scope }) => cases.gatherFor(inRoom, caller, caseId, { paths: PATHS, scope }),
      run: async (work, { situation, phase, urgent, scope, selected }, gathered) => {
        const view = gathered && (await cases.discloseIn(work, gathered, { paths: PATHS, scope, leaving: selected }));
        if (!view) return null;
        const home = view.person.homeMunicipality;
        return whomToContactFor({
          homeMunicipality: { status: home.status, code: home.value },
          prisonUnit: view.placement.unit.value,
          situation,
          phase,
          urgent,
          ownWorkers: ownWorkersIn(view.social.clientRelationships),
          now: work.clock.now(),
          directory: await loadDirectory(work.em),
        });
      },
    }),
  };
}

/** The county's system and its answer to a referral may name the same worker. */
function ownWorkersIn(relationships: SettledFact<ClientRelationship[]>): OwnWorker[] {
  const byWorker = new Map<string, OwnWorker>();
  for (const { countyCode, service, ownWorkerName, ownWorkerPhone } of relationships.value ?? []) {
    if (ownWorkerName === null) continue;
    const worker = { countyCode, service, name: ownWorkerName, phone: ownWorkerPhone };
    byWorker.set([countyCode, ownWorkerName, ownWorkerPhone].join("/"), worker);
  }
  return [...byWorker.values()];
}
