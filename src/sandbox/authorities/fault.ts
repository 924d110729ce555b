import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { setTimeout as delay } from "node:timers/promises";
import type { Authority } from "../../kernel/authority.ts";

/** How a sandbox authority can be told to misbehave. */
export const FAULTS = ["down", "slow", "garbage", "contradict", "refuse"] as const;
export type Fault = (typeof FAULTS)[number];

export const SLOW_ANSWER_MS = 10_000;

const isFault = (text: unknown): text is Fault => FAULTS.includes(text as Fault);

/** Reads `Nivel-Sandbox: kela=down, vth=slow`. What it does not understand, it passes over. */
export function faultInHeader(header: string | undefined, authority: Authority): Fault | undefined {
  for (const part of (header ?? "").split(",")) {
    const [name, fault] = part.trim().split("=");
    if (name?.toUpperCase() === authority && isFault(fault)) return fault;
  }
  return undefined;
}

export interface FaultState {
  of(request: FastifyRequest): Fault | undefined;
}

/** Adds `POST /sandbox/fault {"fault": "down"|null}`, which lasts until told otherwise; a request's header goes first. */
export function installFaults(app: FastifyInstance, authority: Authority): FaultState {
  let lasting: Fault | undefined;
  app.post("/sandbox/fault", async (request, reply) => {
    const body = parsedBody(request) as { fault?: unknown } | undefined;
    const fault = body?.fault;
    if (fault !== null && !isFault(fault)) {
      return reply.code(400).send({ message: `"fault" is null or one of: ${FAULTS.join(", ")}.` });
    }
    lasting = fault ?? undefined;
    return reply.code(204).send();
  });
  return {
    of(request) {
      const header = request.headers["nivel-sandbox"];
      return faultInHeader(typeof header === "string" ? header : undefined, authority) ?? lasting;
    },
  };
}

/**
 * Plays the faults that are the same for every protocol.
 * @returns true when the connection is gone and nothing more may be sent
 */
export async function sufferFault(
  fault: Fault | undefined,
  reply: FastifyReply,
  closing: AbortSignal,
): Promise<boolean> {
  if (fault === "down") {
    reply.hijack();
    reply.raw.socket?.destroy();
    return true;
  }
  if (fault === "slow") await delay(SLOW_ANSWER_MS, undefined, { signal: closing, ref: false }).catch(() => undefined);
  return false;
}

/** The body as parsed JSON; undefined when there is none or it is no JSON. */
export function parsedBody(request: FastifyRequest): unknown {
  if (!Buffer.isBuffer(request.body)) return undefined;
  try {
    return JSON.parse(request.body.toString("utf8"));
  } catch {
    return undefined;
  }
}
