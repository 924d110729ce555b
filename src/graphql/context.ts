import type { FastifyRequest } from "fastify";
import type { Authenticate } from "../access/authenticate.ts";
import { PURPOSES, type Purpose } from "../access/purpose.ts";
import type { Caller } from "../access/caller.ts";
import { InvalidInput, NivelError } from "../kernel/errors.ts";
import type { RequestContext } from "../operation/request-context.ts";
import { refusedRequest } from "./errors.ts";

export const PURPOSE_HEADER = "nivel-purpose";
export const SANDBOX_HEADER = "nivel-sandbox";

/**
 * Who asks, and for what.
 * @throws Unauthenticated without a valid token; InvalidInput for a purpose outside the closed list
 */
export async function callerOfRequest(request: FastifyRequest, authenticate: Authenticate): Promise<Caller> {
  const stated = request.headers[PURPOSE_HEADER];
  const purpose = PURPOSES.find((known) => known === stated);
  if (stated !== undefined && purpose === undefined) {
    throw new InvalidInput(`The header "${PURPOSE_HEADER}" is one of ${PURPOSES.join(", ")}.`);
  }
  const caller = await authenticate(request.headers.authorization);
  return { ...caller, purpose: purpose ?? (null satisfies Purpose | null) };
}

export function createContext(authenticate: Authenticate, sandboxAllowed: boolean) {
  return async (request: FastifyRequest): Promise<RequestContext> => {
    try {
      const sandbox = request.headers[SANDBOX_HEADER];
      return {
        caller: await callerOfRequest(request, authenticate),
        sandbox: sandboxAllowed && typeof sandbox === "string" ? sandbox : undefined,
      };
    } catch (error) {
      throw error instanceof NivelError ? refusedRequest(error) : error;
    }
  };
}
