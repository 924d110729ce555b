import type { FastifyInstance } from "fastify";

/** Liveness: the process answers. Readiness: it can serve, its database too. No detail leaves here. */
export function registerHealth(app: FastifyInstance, ready: () => Promise<boolean>): void {
  app.get("/health/live", () => ({ status: "live" }));
  app.get("/health/ready", async (_request, reply) => {
    const isReady = await ready();
    return reply.code(isReady ? 200 : 503).send({ status: isReady ? "ready" : "not ready" });
  });
}
