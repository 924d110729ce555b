import { randomUUID } from "node:crypto";
import type { SourceRequest } from "../../cases/case.source.ts";
import { type HttpAnswer, post } from "./http.ts";
import { parseJson } from "./read-wire.ts";
import { SourceFault } from "./source-fault.ts";

export interface XRoadService {
  /** Base address of the hub's own security server. */
  url: string;
  /** `instance/class/member/subsystem` of the hub. */
  client: string;
  /** `instance/class/member/subsystem/service` of the provider. */
  service: string;
  forwardSandboxHeader: boolean;
}

export interface XRoadCall {
  /** Path behind the service code. */
  path: string;
  body: unknown;
  request: SourceRequest;
  signal: AbortSignal;
}

const encoded = (identifier: string): string => identifier.split("/").map(encodeURIComponent).join("/");

/**
 * One call by the X-Road Message Protocol for REST (PR-REST, version 1). Returns success and the provider's own
 * "not found" (404); the caller's adapter says what its body must be.
 *
 * The request hash is computed over the message as the security servers exchange it and is verified by the hub's own
 * security server (PR-REST 4.3); here only its form is checked, and that the answer's message id is ours.
 * @throws SourceFault
 */
export async function callXRoad(
  service: XRoadService,
  { path, body, request, signal }: XRoadCall,
): Promise<HttpAnswer> {
  const id = randomUUID();
  const answer = await post({
    url: `${service.url.replace(/\/$/, "")}/r1/${encoded(service.service)}/${path}`,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json;charset=utf-8",
      "X-Road-Client": encoded(service.client),
      "X-Road-Id": id,
      "X-Road-UserId": `FI${request.workerId}`,
      "X-Road-Issue": request.issue,
      ...(service.forwardSandboxHeader && request.sandbox !== undefined ? { "Nivel-Sandbox": request.sandbox } : {}),
    },
    body: JSON.stringify(body),
    signal,
  });
  const error = answer.headers.get("X-Road-Error");
  if (error !== null) throw faultOfXRoad(errorType(error, answer.text));
  judgeProvider(answer.status);
  if (answer.headers.get("X-Road-Id") !== id) throw new SourceFault("MALFORMED", "X-Road-Id is not the request's");
  if (!/^[A-Za-z0-9+/]{86}==$/.test(answer.headers.get("X-Road-Request-Hash") ?? "")) {
    throw new SourceFault("MALFORMED", "X-Road-Request-Hash");
  }
  return answer;
}

/** The body's type is the finer one, e.g. with the part that failed; the header is only a flag. */
function errorType(header: string, text: string): string {
  try {
    const { type } = parseJson(text) as { type?: unknown };
    if (typeof type === "string") return safeType(type);
  } catch {
    // The flag in the header says enough.
  }
  return safeType(header);
}

const safeType = (type: string): string => (/^[A-Za-z0-9._]{1,100}$/.test(type) ? type : "unknown X-Road error");

/** Access, identification and our own message are not cured by asking again; the rest of X-Road may be. */
const REFUSALS =
  /^Client\.|\.(AccessDenied|AuthenticationFailed|SslAuthenticationFailed|UnknownMember|UnknownService)$/;

const faultOfXRoad = (type: string): SourceFault =>
  new SourceFault(REFUSALS.test(type) ? "REFUSED" : "UNAVAILABLE", `X-Road ${type}`);

function judgeProvider(status: number): void {
  if ((status >= 200 && status < 300) || status === 404) return;
  const detail = `provider status ${status}`;
  if (status === 408 || status === 429 || status >= 500) throw new SourceFault("UNAVAILABLE", detail);
  if (status >= 400) throw new SourceFault("REFUSED", detail);
  throw new SourceFault("MALFORMED", detail);
}
