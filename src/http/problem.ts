import type { FastifyReply } from "fastify";
import { type NivelError, NotFound, Refused, TooManyRequests, Unauthenticated, Unavailable } from "../kernel/errors.ts";

/** An answer of RFC 9457 that is no success. */
export interface Problem {
  status: number;
  /** For programs; stable. */
  code: string;
  /** For people. Never repeats what was submitted. */
  title: string;
}

export const PROBLEM_TYPE = "application/problem+json; charset=utf-8";

/** Sends a problem with the request's correlation id. */
export const sendProblem = (reply: FastifyReply, { status, code, title }: Problem): FastifyReply =>
  reply.code(status).type(PROBLEM_TYPE).send({ status, code, title, correlationId: reply.request.id });

/** Sends what a caller may be told of an error. */
export function sendError(reply: FastifyReply, error: NivelError): FastifyReply {
  if (error instanceof TooManyRequests) void reply.header("retry-after", String(error.retryAfterSeconds));
  if (error instanceof Unauthenticated) void reply.header("www-authenticate", "Bearer");
  return sendProblem(reply, { status: statusOf(error), code: error.code, title: error.message });
}

function statusOf(error: NivelError): number {
  if (error instanceof Unauthenticated) return 401;
  if (error instanceof TooManyRequests) return 429;
  if (error instanceof Unavailable) return 503;
  if (error instanceof Refused) return 403;
  if (error instanceof NotFound) return 404;
  return 400;
}
