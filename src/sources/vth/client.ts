import type { HolderFacts } from "../../cases/case.ts";
import type { HolderAnswer, SourceRequest } from "../../cases/case.source.ts";
import type { Read } from "../source.ts";
import { type FhirServer, searchFhir } from "../transport/fhir.ts";
import { requireSamePerson } from "../transport/read-wire.ts";
import { SourceFault } from "../transport/source-fault.ts";
import { healthOf, hetuOf, mattersOf, personOf } from "./to-domain.ts";
import { HETU_SYSTEM, carePlanWire, patientWire, serviceRequestWire } from "./wire.ts";

/** Finds the patient first, then only those resources whose groups were asked for, in parallel. */
export const readVth =
  (server: FhirServer): Read =>
  async (request, signal): Promise<HolderAnswer> => {
    const [patient, ...others] = await searchFhir(server, {
      type: "Patient",
      parameters: { identifier: `${HETU_SYSTEM}|${request.hetu}` },
      resource: patientWire,
      request,
      signal,
    });
    if (!patient) return { asOf: null, facts: undefined, servedBy: [] };
    if (others.length > 0) throw new SourceFault("MALFORMED", "several patients of one identity code");
    requireSamePerson(hetuOf(patient), request.hetu);

    const [plans, orders] = await searchCare(server, patient.id, request, signal);
    const facts: HolderFacts = {};
    if (request.groups.includes("person")) facts.person = personOf(patient);
    if (request.groups.includes("health")) facts.health = healthOf(plans, orders);
    if (request.groups.includes("matters")) facts.matters = mattersOf(orders);
    const times = [patient, ...plans, ...orders].map((resource) => resource.meta.lastUpdated.getTime());
    return {
      // As old as the oldest part: newer would promise more than was known.
      asOf: new Date(Math.min(...times)),
      facts,
      servedBy: patient.managingOrganization ? [patient.managingOrganization.identifier.value] : [],
    };
  };

function searchCare(server: FhirServer, patientId: string, request: SourceRequest, signal: AbortSignal) {
  const wantsHealth = request.groups.includes("health");
  const wantsOrders = wantsHealth || request.groups.includes("matters");
  const shared = { parameters: { patient: `Patient/${patientId}` }, request, signal };
  return Promise.all([
    wantsHealth ? searchFhir(server, { ...shared, type: "CarePlan", resource: carePlanWire }) : [],
    wantsOrders ? searchFhir(server, { ...shared, type: "ServiceRequest", resource: serviceRequestWire }) : [],
  ]);
}
