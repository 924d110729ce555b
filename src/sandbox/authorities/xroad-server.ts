import { createHash, randomUUID } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Authority } from "../../kernel/authority.ts";
import { type Fault, type FaultState, parsedBody, sufferFault } from "./fault.ts";

/** The provider's own answer behind its security server. */
export interface ProviderAnswer {
  status: number;
  body: unknown;
}

export interface XRoadProvider {
  authority: Authority;
  /** `instance/class/member/subsystem/service` */
  service: string;
  /** Path behind the service code, e.g. `henkilo/haku`. */
  path: string;
  /** A body that is not what the service promises, for the fault `garbage`. */
  garbage: { contentType: string; body: string };
  answer(body: unknown, contradict: boolean): ProviderAnswer;
}

const JSON_TYPE = "application/json;charset=utf-8";

/** Never passed on between security servers, thus not part of the hashed message. */
const UNHASHED_HEADERS = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "host",
  "user-agent",
  "content-length",
]);

/**
 * Serves one provider as the consumer's security server shows it: X-Road Message Protocol for REST, version 1
 * (PR-REST). Errors of X-Road carry `X-Road-Error`; the provider's own pass without.
 */
export function installXRoad(
  app: FastifyInstance,
  provider: XRoadProvider,
  faults: FaultState,
  closing: AbortSignal,
): void {
  app.post("/r1/*", async (request, reply) => {
    const fault = faults.of(request);
    if (await sufferFault(fault, reply, closing)) return reply;
    const segments = request.url.split("?")[0]!.split("/").slice(2);
    const client = request.headers["x-road-client"];
    if (segments.length < 5 || typeof client !== "string" || !isIdentifier(client)) {
      return xroadError(
        reply,
        400,
        "Client.BadRequest",
        "Error parsing the client's REST request. The request format must correspond to the X-Road Message Protocol for REST (r1).",
      );
    }
    const service = segments.slice(0, 5).map(decodeURIComponent).join("/");
    if (service !== provider.service) {
      return xroadError(reply, 500, "Server.ServerProxy.UnknownService", `Unknown service: SERVICE:${service}`);
    }
    if (fault === "refuse") {
      return xroadError(reply, 500, "Server.ServerProxy.AccessDenied", `Request is not allowed: SERVICE:${service}`);
    }
    return provide(request, reply, { provider, fault, client, path: segments.slice(5).join("/") });
  });
}

function provide(
  request: FastifyRequest,
  reply: FastifyReply,
  {
    provider,
    fault,
    client,
    path,
  }: { provider: XRoadProvider; fault: Fault | undefined; client: string; path: string },
): FastifyReply {
  const requestId = randomUUID();
  void reply.headers({
    "X-Road-Client": client,
    "X-Road-Service": provider.service,
    "X-Road-Id": request.headers["x-road-id"] ?? randomUUID(),
    "X-Road-Request-Id": requestId,
    "X-Road-Request-Hash": requestHash(request, requestId),
  });
  if (fault === "garbage") return reply.type(provider.garbage.contentType).send(provider.garbage.body);
  if (path !== provider.path) {
    return reply
      .code(404)
      .type(JSON_TYPE)
      .send(JSON.stringify({ status: 404, error: "Not Found" }));
  }
  const { status, body } = provider.answer(parsedBody(request), fault === "contradict");
  return reply.code(status).type(JSON_TYPE).send(JSON.stringify(body));
}

const isIdentifier = (client: string): boolean => {
  const parts = client.split("/");
  return (parts.length === 3 || parts.length === 4) && parts.every((part) => part !== "");
};

function xroadError(reply: FastifyReply, status: number, type: string, message: string): FastifyReply {
  return reply
    .code(status)
    .header("X-Road-Error", type)
    .type(JSON_TYPE)
    .send(JSON.stringify({ type, message, detail: randomUUID() }));
}

/** base64(SHA-512(SHA-512(request line and headers) + SHA-512(body))); without a body, of the headers alone. */
function requestHash(request: FastifyRequest, requestId: string): string {
  const headers = Object.entries(request.headers)
    .filter(([name]) => !UNHASHED_HEADERS.has(name))
    .map(([name, value]) => `${name}:${String(value)}\r\n`);
  const message = `${request.method}\r\n${request.url}\r\n${headers.join("")}x-road-request-id:${requestId}\r\n`;
  const head = createHash("sha512").update(message).digest();
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) return head.toString("base64");
  const body = createHash("sha512").update(request.body).digest();
  return createHash("sha512").update(head).update(body).digest("base64");
}
