import type { HealthContact, HeldMatter, HolderFacts } from "../../cases/case.ts";
import { type Hetu, parseHetu } from "../../kernel/hetu.ts";
import { SourceFault } from "../transport/source-fault.ts";
import { type CarePlanWire, HETU_SYSTEM, type PatientWire, type ServiceRequestWire } from "./wire.ts";

const SUBSTITUTION = "OPIOIDIKORVAUSHOITO";
const CONTINUED_CARE = "JATKOHOITO";

/** The identity code that the patient record carries, whatever else it is known by. */
export function hetuOf(patient: PatientWire): Hetu {
  const identifier = patient.identifier.find((candidate) => candidate.system === HETU_SYSTEM);
  const parsed = identifier && parseHetu(identifier.value);
  if (!parsed) throw new SourceFault("MALFORMED", "wire: Patient.identifier");
  return parsed.hetu;
}

export function personOf(patient: PatientWire): HolderFacts["person"] {
  const name = patient.name.find((candidate) => candidate.use === "official") ?? patient.name[0]!;
  return {
    familyName: name.family,
    givenNames: name.given.join(" "),
    hetu: hetuOf(patient),
    birthDate: patient.birthDate,
  };
}

const isOf = (resource: CarePlanWire | ServiceRequestWire, code: string): boolean =>
  resource.category.some((concept) => concept.coding.some((coding) => coding.code === code));

/** What is arranged and what goes on after release; no condition and no diagnosis is ever asked for. */
export function healthOf(plans: readonly CarePlanWire[], orders: readonly ServiceRequestWire[]): HolderFacts["health"] {
  const running = plans.filter((plan) => plan.status === "active");
  const continued = new Set(
    orders
      .filter((order) => order.status === "active" && isOf(order, CONTINUED_CARE))
      .flatMap((order) => order.basedOn.map((based) => based.reference)),
  );
  return {
    contacts: running.map(
      (plan): HealthContact => ({
        clinic: plan.author.identifier.value,
        matter: plan.title,
        continuesAfterRelease: continued.has(`CarePlan/${plan.id}`),
      }),
    ),
    substitutionTreatment: running.some((plan) => isOf(plan, SUBSTITUTION)),
  };
}

const STATES: Record<ServiceRequestWire["status"], string | null> = {
  draft: "DRAFT",
  active: "IN_PROGRESS",
  "on-hold": "ON_HOLD",
  revoked: "REVOKED",
  completed: "COMPLETED",
  unknown: "UNKNOWN",
  // Never was: FHIR keeps what was written by mistake, the case does not.
  "entered-in-error": null,
};

export const mattersOf = (orders: readonly ServiceRequestWire[]): HolderFacts["matters"] => ({
  held: orders.flatMap((order): HeldMatter[] => {
    const state = STATES[order.status];
    if (state === null) return [];
    const kind = isOf(order, CONTINUED_CARE) ? "CONTINUED_CARE_REFERRAL" : "HEALTH_REFERRAL";
    return [{ reference: order.identifier[0]!.value, kind, state, receivedOn: order.authoredOn }];
  }),
});
