import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { SourceRequest } from "../../cases/case.source.ts";
import { post } from "./http.ts";
import { readWire } from "./read-wire.ts";
import { SourceFault } from "./source-fault.ts";

export interface FhirServer {
  /** FHIR base address. */
  url: string;
  forwardSandboxHeader: boolean;
}

export interface FhirSearch<T> {
  type: string;
  parameters: Readonly<Record<string, string>>;
  resource: z.ZodType<T>;
  request: SourceRequest;
  signal: AbortSignal;
}

const bundleOf = <T>(resource: z.ZodType<T>) =>
  z.object({
    resourceType: z.literal("Bundle"),
    type: z.literal("searchset"),
    link: z.array(z.object({ relation: z.string() })).optional(),
    entry: z.array(z.object({ resource, search: z.object({ mode: z.literal("match") }).optional() })).default([]),
  });

/**
 * A FHIR R4 search by POST, so that no identity code stands in an address.
 * @throws SourceFault
 */
export async function searchFhir<T>(server: FhirServer, search: FhirSearch<T>): Promise<T[]> {
  const { type, parameters, resource, request, signal } = search;
  const answer = await post({
    url: `${server.url.replace(/\/$/, "")}/${type}/_search`,
    headers: {
      Accept: "application/fhir+json",
      "Content-Type": "application/x-www-form-urlencoded",
      "X-Request-Id": randomUUID(),
      "X-Correlation-Id": request.issue,
      "X-User-Id": request.workerId,
      ...(server.forwardSandboxHeader && request.sandbox !== undefined ? { "Nivel-Sandbox": request.sandbox } : {}),
    },
    body: new URLSearchParams(parameters).toString(),
    signal,
  });
  judge(answer.status, answer.text);
  const bundle = readWire(bundleOf(resource), answer.text);
  // A second page would be silently lost: better no health facts than half of them.
  if (bundle.link?.some((link) => link.relation === "next"))
    throw new SourceFault("MALFORMED", "answer has more pages");
  return bundle.entry.map((entry) => entry.resource);
}

const outcomeSchema = z.object({
  resourceType: z.literal("OperationOutcome"),
  issue: z.array(z.object({ code: z.string().regex(/^[a-z-]{1,40}$/) })).min(1),
});

/** FHIR issue types that asking again may cure. */
const PASSING = new Set(["transient", "lock-error", "no-store", "exception", "timeout", "incomplete", "throttled"]);

function judge(status: number, text: string): void {
  if (status === 200) return;
  const detail = `FHIR status ${status}, ${issueCode(text)}`;
  if (status === 408 || status === 429 || status >= 500) throw new SourceFault("UNAVAILABLE", detail);
  if (status >= 400) throw new SourceFault(PASSING.has(issueCode(text)) ? "UNAVAILABLE" : "REFUSED", detail);
  throw new SourceFault("MALFORMED", detail);
}

function issueCode(text: string): string {
  try {
    return readWire(outcomeSchema, text).issue[0]!.code;
  } catch {
    return "no OperationOutcome";
  }
}
