import type { Caller } from "../access/caller.ts";
import { Unauthenticated } from "../kernel/errors.ts";

/** What a resolver gets with each request. */
export interface RequestContext {
  /** Undefined when no valid token came; every operation of the hub refuses then. */
  caller: Caller | undefined;
  /** The request's correlation id, which its answer, its log line and its audit event share. */
  requestId: string;
  /** Development only: faults asked of the sandbox for this request. */
  sandbox: string | undefined;
}

/** @throws Unauthenticated when the request came without a valid token. */
export function callerOf(context: RequestContext): Caller {
  if (!context.caller) throw new Unauthenticated("Send a valid access token: Authorization: Bearer <token>.");
  return context.caller;
}
