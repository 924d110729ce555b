import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { HeaderMap } from "@apollo/server";
import { ApolloServerErrorCode } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { describeBug } from "../kernel/bug.ts";
import { NivelError, Refused, TooManyRequests, Unauthenticated, Unavailable } from "../kernel/errors.ts";
import { redactHetu } from "../kernel/hetu.ts";

/** A request that is larger or dearer than the hub takes; the code names the limit. */
export class LimitExceeded extends NivelError {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** What of an error leaves the hub, by whichever door: GraphQL, HTTP, a feed, a webhook. */
export interface PublicError {
  message: string;
  code: string;
  /** Found in the hub's log beside what is not told outside. */
  correlationId: string;
}

/**
 * The one place that decides what is told of an error: the hub's own words, or "something went wrong". Never a stack,
 * SQL, a path or a submitted value.
 */
export function errorFormatter(logger: Logger) {
  return (error: unknown, correlationId: string): PublicError => {
    if (error instanceof NivelError) {
      logger.debug({ correlationId, code: error.code }, "refused");
      return { message: error.message, code: error.code, correlationId };
    }
    logger.error(
      // Not its message, which may hold what was submitted or read.
      { correlationId, bug: describeBug(error) },
      "bug",
    );
    return {
      message: "Something went wrong in the hub. Tell its keepers the correlation id.",
      code: ApolloServerErrorCode.INTERNAL_SERVER_ERROR,
      correlationId,
    };
  };
}

/** HTTP status of a request that is refused as a whole. */
export function statusOf(error: NivelError): number {
  if (error instanceof Unauthenticated) return 401;
  if (error instanceof Refused) return 403;
  if (error instanceof TooManyRequests) return 429;
  return error instanceof Unavailable ? 503 : 400;
}

/** An error before any resolver runs: refuses the whole request. */
export const refusedRequest = (error: NivelError): GraphQLError =>
  new GraphQLError(error.message, {
    originalError: error,
    extensions: {
      code: error.code,
      http: {
        status: statusOf(error),
        headers: new HeaderMap(
          error instanceof TooManyRequests ? [["retry-after", String(error.retryAfterSeconds)]] : [],
        ),
      },
    },
  });

const PASSED_ON = new Set<unknown>([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "BAD_REQUEST",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "TIMED_OUT",
]);

/**
 * What graphql-js and the scalars say of a document often quotes the literal that they did not understand, which may
 * be an identity code or a name. Only these sentences are known to hold names of the schema and of the document alone.
 */
const NAMES_ONLY =
  /^(Cannot query field|Unknown (argument|type|directive|fragment)|Field "[\w.]+" (of|argument|must not have|is not defined)|Variable "\$\w+" (is|of type)|Fragment "|There can be only one|Too many validation errors)/;
const QUOTING_CODES = new Set<unknown>(["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"]);

/** What only the execution finds wrong with a request, such as a null variable for an argument that needs a value. */
const WRONG_REQUEST = /^Argument "\w+" |^Schema is not configured to execute \w+ operation/;

/** Which request is being answered; Apollo calls `formatError` without telling it. */
const answering = new AsyncLocalStorage<string>();

/** Runs what answers a request, so that every error of it carries the request's id. */
export const answeringAs = <T>(correlationId: string, answer: () => Promise<T>): Promise<T> =>
  answering.run(correlationId, answer);

/** What of a GraphQL error reaches the caller: see `errorFormatter`; here with the place in the document. */
export function formatError(logger: Logger) {
  const format = errorFormatter(logger);
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const correlationId = answering.getStore() ?? randomUUID();
    const place = {
      ...(formatted.path ? { path: formatted.path } : {}),
      ...(formatted.locations ? { locations: formatted.locations } : {}),
    };
    const told = (message: string, code: unknown): GraphQLFormattedError => ({
      message,
      ...place,
      extensions: { code, correlationId },
    });
    const cause = causeOf(error);
    if (cause instanceof NivelError) {
      const { message, code } = format(cause, correlationId);
      return told(message, code);
    }
    const code = formatted.extensions?.["code"];
    if (PASSED_ON.has(code)) {
      const quotes = QUOTING_CODES.has(code) && !NAMES_ONLY.test(formatted.message);
      return told(
        quotes
          ? "The document does not fit the schema: a value is of the wrong kind, or the text is not GraphQL."
          : redactHetu(formatted.message),
        code,
      );
    }
    if (cause instanceof Error && WRONG_REQUEST.test(cause.message)) {
      return told(
        "The hub cannot run this: an argument lacks its value, or there is no such kind of operation.",
        ApolloServerErrorCode.BAD_USER_INPUT,
      );
    }
    const bug = format(cause, correlationId);
    return told(bug.message, bug.code);
  };
}

/** What a resolver threw, or a refusal was made of. */
const causeOf = (error: unknown): unknown =>
  error instanceof GraphQLError && error.originalError ? error.originalError : error;
