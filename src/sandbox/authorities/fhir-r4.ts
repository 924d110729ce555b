/** The part of FHIR R4 that the sandbox's patient system writes. */
interface Reference {
  reference: string;
  identifier?: { value: string };
}

interface Stored {
  id: string;
  meta: { lastUpdated: string };
}

interface CodeableConcept {
  coding: { system: string; code: string }[];
}

export interface Patient extends Stored {
  resourceType: "Patient";
  identifier: { system: string; value: string }[];
  name: { use: "official"; family: string; given: string[] }[];
  birthDate: string;
  managingOrganization: Reference;
}

export interface CarePlan extends Stored {
  resourceType: "CarePlan";
  status: "active" | "completed";
  intent: "plan";
  category: CodeableConcept[];
  title: string;
  subject: Reference;
  period: { start: string };
  author: Reference;
}

export interface ServiceRequest extends Stored {
  resourceType: "ServiceRequest";
  identifier: { value: string }[];
  status: "active" | "completed";
  intent: "order";
  category: CodeableConcept[];
  basedOn: Reference[];
  subject: Reference;
  authoredOn: string;
}

export interface OperationOutcome {
  resourceType: "OperationOutcome";
  issue: { severity: "error"; code: "forbidden" | "not-supported"; diagnostics: string }[];
}

export type Matched = Patient | CarePlan | ServiceRequest;

export interface Bundle {
  resourceType: "Bundle";
  type: "searchset";
  total: number;
  /** Absent rather than empty, as FHIR's JSON demands. */
  entry?: { resource: Matched; search: { mode: "match" } }[];
}
