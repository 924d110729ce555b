import { randomUUID } from "node:crypto";
import fastify, { type FastifyInstance } from "fastify";
import type { Logger } from "pino";

const MAX_BODY_BYTES = 256 * 1024;

/** The HTTP server with what holds for every answer: no caching, no sniffing, no detail of a bug. */
export function createServer(logger: Logger): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    genReqId: () => randomUUID(),
    return503OnClosing: false,
    forceCloseConnections: "idle",
  });
  app.addHook("onSend", async (_request, reply) => {
    if (!reply.hasHeader("cache-control")) reply.header("cache-control", "no-store");
    reply.header("x-content-type-options", "nosniff");
    reply.header("referrer-policy", "no-referrer");
  });
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type("application/problem+json").send({ status: 404, title: "There is nothing at this address." }),
  );
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode !== undefined && error.statusCode < 500 ? error.statusCode : 500;
    if (status === 500)
      logger.error({ correlationId: request.id, err: { name: error.name, stack: error.stack } }, "bug");
    const title = status === 500 ? "Something went wrong in the hub." : "The request cannot be read.";
    return reply.code(status).type("application/problem+json").send({ status, title, correlationId: request.id });
  });
  return app;
}
