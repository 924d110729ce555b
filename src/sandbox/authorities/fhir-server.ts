import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { SyntheticPerson } from "../population.ts";
import { type FaultState, sufferFault } from "./fault.ts";
import type { Bundle, Matched, OperationOutcome } from "./fhir-r4.ts";
import { HETU_SYSTEM, type VthRecord } from "./vth-record.ts";

const FHIR_TYPE = "application/fhir+json;charset=utf-8";

/**
 * The prison health service as a FHIR R4 server. Search is by POST alone, so that no identity code stands in an
 * address: `Patient` by identifier, `CarePlan` and `ServiceRequest` by patient.
 */
export function installFhir(
  app: FastifyInstance,
  population: readonly SyntheticPerson[],
  faults: FaultState,
  closing: AbortSignal,
): void {
  const records = population.flatMap((person) => (person.vth ? [person.vth] : []));
  const byHetu = new Map(records.map((record) => [record.patient.identifier[0]!.value, record]));
  const byId = new Map(records.map((record) => [record.patient.id, record]));

  app.post<{ Params: { type: string } }>("/fhir/:type/_search", async (request, reply) => {
    const fault = faults.of(request);
    if (await sufferFault(fault, reply, closing)) return reply;
    if (fault === "refuse") return outcome(reply, 403, "forbidden", "The client has no right to this information.");
    if (fault === "garbage") return reply.type("text/html").send("<html><body>Huoltokatko</body></html>");
    const parameters = new URLSearchParams(Buffer.isBuffer(request.body) ? request.body.toString("utf8") : "");
    const found = search(request, parameters, byHetu, byId);
    if (!found) return outcome(reply, 400, "not-supported", "The search is not supported.");
    return send(reply, 200, bundle(fault === "contradict" ? found.map(contradicting) : found));
  });
  app.get("/fhir/*", (_request, reply) => outcome(reply, 405, "not-supported", "Search by POST."));
}

function search(
  request: FastifyRequest<{ Params: { type: string } }>,
  parameters: URLSearchParams,
  byHetu: ReadonlyMap<string, VthRecord>,
  byId: ReadonlyMap<string, VthRecord>,
): Matched[] | undefined {
  const { type } = request.params;
  if (type === "Patient") {
    const [system, hetu] = (parameters.get("identifier") ?? "").split("|");
    if (system !== HETU_SYSTEM || !hetu) return undefined;
    const record = byHetu.get(hetu);
    return record ? [record.patient] : [];
  }
  const id = /^Patient\/(.+)$/.exec(parameters.get("patient") ?? "")?.[1];
  if (!id) return undefined;
  const record = byId.get(id);
  if (type === "CarePlan") return record?.carePlans ?? [];
  if (type === "ServiceRequest") return record?.serviceRequests ?? [];
  return undefined;
}

function contradicting(resource: Matched): Matched {
  if (resource.resourceType !== "Patient") return resource;
  return { ...resource, name: [{ ...resource.name[0]!, family: `Toinen-${resource.name[0]!.family}` }] };
}

const bundle = (resources: Matched[]): Bundle => ({
  resourceType: "Bundle",
  type: "searchset",
  total: resources.length,
  ...(resources.length > 0 ? { entry: resources.map((resource) => ({ resource, search: { mode: "match" } })) } : {}),
});

const outcome = (
  reply: FastifyReply,
  status: number,
  code: OperationOutcome["issue"][number]["code"],
  diagnostics: string,
): FastifyReply =>
  send(reply, status, { resourceType: "OperationOutcome", issue: [{ severity: "error", code, diagnostics }] });

const send = (reply: FastifyReply, status: number, resource: Bundle | OperationOutcome): FastifyReply =>
  reply.code(status).type(FHIR_TYPE).send(JSON.stringify(resource));
