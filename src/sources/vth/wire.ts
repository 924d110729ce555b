import { z } from "zod";
import { wireDate, wireInstant, wireText } from "../transport/read-wire.ts";

/** The national identifier system of the identity code. */
export const HETU_SYSTEM = "urn:oid:1.2.246.21";

const stored = {
  id: z.string().regex(/^[A-Za-z0-9.-]{1,64}$/),
  meta: z.object({ lastUpdated: wireInstant }),
};
const concept = z.object({ coding: z.array(z.object({ code: wireText })).min(1) });
/** An organisation is known by the code of the polyclinic. */
const clinic = z.object({ identifier: z.object({ value: wireText }) });

export const patientWire = z.object({
  resourceType: z.literal("Patient"),
  ...stored,
  identifier: z.array(z.object({ system: z.string().optional(), value: wireText })).min(1),
  name: z.array(z.object({ use: z.string().optional(), family: wireText, given: z.array(wireText).min(1) })).min(1),
  birthDate: wireDate,
  managingOrganization: clinic.optional(),
});
export type PatientWire = z.infer<typeof patientWire>;

export const carePlanWire = z.object({
  resourceType: z.literal("CarePlan"),
  ...stored,
  status: z.enum(["draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"]),
  category: z.array(concept).default([]),
  title: wireText,
  author: clinic,
});
export type CarePlanWire = z.infer<typeof carePlanWire>;

export const serviceRequestWire = z.object({
  resourceType: z.literal("ServiceRequest"),
  ...stored,
  identifier: z.array(z.object({ value: wireText })).min(1),
  status: z.enum(["draft", "active", "on-hold", "revoked", "completed", "entered-in-error", "unknown"]),
  category: z.array(concept).default([]),
  basedOn: z.array(z.object({ reference: wireText })).default([]),
  authoredOn: wireDate,
});
export type ServiceRequestWire = z.infer<typeof serviceRequestWire>;
