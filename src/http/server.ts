import helmet from "@fastify/helmet";
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { describeBug } from "../kernel/bug.ts";
import { NivelError } from "../kernel/errors.ts";
import { PROBLEM_TYPE, sendError, sendProblem } from "./problem.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** The application that asks, once it is known; for the log. */
    client: string | null;
  }
}

export const REQUEST_ID_HEADER = "nivel-request-id";

const MAX_BODY_BYTES = 256 * 1024;
/** Above the largest PDF; an answer beyond it is a mistake or an attack. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const MAX_HEADER_BYTES = 32 * 1024;
/** For the headers of a request to arrive, and for all of it. A slow sender holds no connection longer. */
const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 30_000;
/** From the whole request to the answer. */
const ANSWER_WITHIN_MS = 60_000;
const IDLE_CONNECTION_MS = 30_000;

export interface ServerOptions {
  logger: Logger;
  production: boolean;
  /** The sender's own id of a request, where the sender is believed. */
  requestIdOf(request: IncomingMessage): string | undefined;
}

/** The HTTP server with what holds for every answer: security headers, limits, an id, one log line, no detail of a bug. */
export function createServer({ logger, production, requestIdOf }: ServerOptions): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_WITHIN_MS,
    handlerTimeout: ANSWER_WITHIN_MS,
    keepAliveTimeout: IDLE_CONNECTION_MS,
    http: { headersTimeout: HEADERS_WITHIN_MS, maxHeaderSize: MAX_HEADER_BYTES },
    // A forwarded address is never believed: whoever reaches the hub could write it.
    trustProxy: false,
    genReqId: (request) => requestIdOf(request) ?? randomUUID(),
    return503OnClosing: false,
    forceCloseConnections: "idle",
    // A path that cannot be decoded comes here before any hook, and fastify's own answer would repeat it.
    frameworkErrors: (_error, request, reply: FastifyReply) => {
      void reply.headers({ ...BARE_HEADERS, [REQUEST_ID_HEADER]: request.id });
      void sendProblem(reply, { status: 400, code: "BAD_REQUEST", title: UNREADABLE });
    },
  });
  app.decorateRequest("client", null);
  secure(app, production);
  stopWithoutHangingOn(app);
  logRequests(app, logger);
  answerErrors(app, logger);
  return app;
}

const UNREADABLE = "The request cannot be read.";

/** Where hooks do not reach. */
const BARE_HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
};

/** No page of another site may read, frame or call the hub: there is no CORS, and nothing here is a page but GraphiQL. */
function secure(app: FastifyInstance, production: boolean): void {
  void app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
    },
    frameguard: { action: "deny" },
    // In development the hub speaks plain HTTP on this machine.
    hsts: production ? { maxAge: 63_072_000, includeSubDomains: true } : false,
  });
  app.addHook("onRequest", async (request, reply) => {
    void reply.header(REQUEST_ID_HEADER, request.id);
  });
  app.addHook("onSend", async (_request, reply, payload) => {
    if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-store");
    const bytes = typeof payload === "string" || Buffer.isBuffer(payload) ? Buffer.byteLength(payload) : 0;
    if (bytes <= MAX_ANSWER_BYTES) return payload;
    void reply.code(500).type(PROBLEM_TYPE).removeHeader("content-length");
    const title = "The answer is too large. Ask for less at once.";
    return JSON.stringify({ status: 500, code: "ANSWER_TOO_LARGE", title, correlationId: reply.request.id });
  });
}

/** Else the client of a request in flight keeps its connection open, and with it the stopping hub. */
function stopWithoutHangingOn(app: FastifyInstance): void {
  let closing = false;
  app.addHook("preClose", async () => {
    closing = true;
  });
  app.addHook("onSend", async (_request, reply) => {
    if (closing) reply.header("connection", "close");
  });
}

/** One line a request: the route's pattern and never the address, since a log is as secret as what it tells (D1). */
function logRequests(app: FastifyInstance, logger: Logger): void {
  app.addHook("onResponse", async (request, reply) => {
    logger.info(
      {
        requestId: request.id,
        client: request.client,
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      "request",
    );
  });
}

function answerErrors(app: FastifyInstance, logger: Logger): void {
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { status: 404, code: "NOT_FOUND", title: "There is nothing at this address." }),
  );
  app.setErrorHandler((error: Error & { statusCode?: number; code?: string }, request: FastifyRequest, reply) => {
    if (error instanceof NivelError) return sendError(reply, error);
    if (error.code === "FST_ERR_HANDLER_TIMEOUT") {
      return sendProblem(reply, {
        status: 503,
        code: "UNAVAILABLE",
        title: "This took too long. Ask for less at once.",
      });
    }
    const { statusCode: status } = error;
    if (status !== undefined && status >= 400 && status < 500) {
      return sendProblem(reply, { status, code: "BAD_REQUEST", title: UNREADABLE });
    }
    logger.error({ correlationId: request.id, bug: describeBug(error) }, "bug");
    const title = "Something went wrong in the hub. Tell its keepers the correlation id.";
    return sendProblem(reply, { status: 500, code: "INTERNAL_SERVER_ERROR", title });
  });
}
