import { randomUUID } from "node:crypto";
import fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import type { Logger } from "pino";

const MAX_BODY_BYTES = 256 * 1024;
const PROBLEM = "application/problem+json";

/** The HTTP server with what holds for every answer: no caching, no sniffing, no detail of a bug. */
export function createServer(logger: Logger): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    genReqId: () => randomUUID(),
    return503OnClosing: false,
    forceCloseConnections: "idle",
    // A path that cannot be decoded comes here before any hook, and fastify's own answer would repeat it.
    frameworkErrors: (_error, _request, reply: FastifyReply) => {
      secure(reply);
      void reply.code(400).type(PROBLEM).send({ status: 400, title: "The request cannot be read." });
    },
  });
  let closing = false;
  app.addHook("preClose", async () => {
    closing = true;
  });
  app.addHook("onSend", async (_request, reply) => {
    secure(reply);
    // Else the client of a request in flight keeps its connection open, and with it the stopping hub.
    if (closing) reply.header("connection", "close");
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type(PROBLEM).send({ status: 404, title: "There is nothing at this address." }),
  );
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
    if (status === 500)
      logger.error({ correlationId: request.id, err: { name: error.name, stack: error.stack } }, "bug");
    const title = status === 500 ? "Something went wrong in the hub." : "The request cannot be read.";
    return reply.code(status).type(PROBLEM).send({ status, title, correlationId: request.id });
  });
  return app;
}

function secure(reply: FastifyReply): void {
  if (!reply.hasHeader("cache-control")) void reply.header("cache-control", "no-store");
  void reply.header("x-content-type-options", "nosniff").header("referrer-policy", "no-referrer");
}
