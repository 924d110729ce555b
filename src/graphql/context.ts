import type { FastifyRequest } from "fastify";
import type { Identify } from "../access/identify.ts";
import { PURPOSES, type Purpose } from "../access/purpose.ts";
import type { Caller } from "../access/caller.ts";
import { InvalidInput, NivelError, Unauthenticated } from "../kernel/errors.ts";
import type { RequestContext } from "../operation/request-context.ts";
import { refusedRequest } from "./errors.ts";

export const PURPOSE_HEADER = "nivel-purpose";
export const SANDBOX_HEADER = "nivel-sandbox";

/** Who makes a request, and for what. */
export type CallerOf = (request: FastifyRequest) => Promise<Caller>;

/**
 * Who asks, and for what.
 * @throws InvalidInput for a purpose outside the closed list, and what `Identify` throws
 */
export async function callerOfRequest(request: FastifyRequest, identify: Identify): Promise<Caller> {
  const stated = request.headers[PURPOSE_HEADER];
  const purpose = PURPOSES.find((known) => known === stated);
  if (stated !== undefined && purpose === undefined) {
    throw new InvalidInput(`The header "${PURPOSE_HEADER}" is one of ${PURPOSES.join(", ")}.`);
  }
  if (isTwice(request, "authorization")) throw new Unauthenticated("Send one access token, in one header.");
  const remoteAddress = request.socket.remoteAddress ?? "";
  const caller = await identify({ headers: request.headers, remoteAddress });
  request.client = caller.client;
  return { ...caller, purpose: purpose ?? (null satisfies Purpose | null), requestId: request.id };
}

/** Of two such headers only the first is read here, and what stands before the hub may have judged the second. */
const isTwice = ({ raw }: FastifyRequest, name: string): boolean =>
  raw.rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length > 1;

export function createContext(callerOf: CallerOf, sandboxAllowed: boolean) {
  return async (request: FastifyRequest): Promise<RequestContext> => {
    try {
      const sandbox = request.headers[SANDBOX_HEADER];
      return {
        caller: await callerOf(request),
        requestId: request.id,
        sandbox: sandboxAllowed && typeof sandbox === "string" ? sandbox : undefined,
      };
    } catch (error) {
      throw error instanceof NivelError ? refusedRequest(error) : error;
    }
  };
}
