import { randomUUID } from "node:crypto";
import { ApolloServerErrorCode, unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "pino";
import { NivelError, Unauthenticated, Unavailable } from "../kernel/errors.ts";
import { redactHetu } from "../kernel/hetu.ts";

const PASSED_ON = new Set<unknown>([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "BAD_REQUEST",
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_SUPPORTED",
]);

/**
 * What graphql-js and the scalars say of a document often quotes the literal that they did not understand, which may
 * be an identity code or a name. Only these sentences are known to hold names of the schema and of the document alone.
 */
const NAMES_ONLY =
  /^(Cannot query field|Unknown (argument|type|directive|fragment)|Field "[\w.]+" (of|argument|must not have|is not defined)|Variable "\$\w+" (is|of type)|Fragment "|There can be only one|GraphQL introspection is not allowed|Too many validation errors)/;
const QUOTING_CODES = new Set<unknown>(["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"]);

/** What only the execution finds wrong with a request, such as a null variable for an argument that needs a value. */
const WRONG_REQUEST = /^Argument "\w+" |^Schema is not configured to execute \w+ operation/;

/** What of an error reaches the caller: the hub's own words, or "internal error" with an id to find it in the log. */
export function formatError(logger: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const place = {
      ...(formatted.path ? { path: formatted.path } : {}),
      ...(formatted.locations ? { locations: formatted.locations } : {}),
    };
    const cause = unwrapResolverError(error);
    if (cause instanceof NivelError) return { message: cause.message, ...place, extensions: { code: cause.code } };
    const code = formatted.extensions?.["code"];
    if (PASSED_ON.has(code)) {
      const quotes = QUOTING_CODES.has(code) && !NAMES_ONLY.test(formatted.message);
      const message = quotes
        ? "The document does not fit the schema: a value is of the wrong kind, or the text is not GraphQL."
        : redactHetu(formatted.message);
      return { message, ...place, extensions: { code } };
    }
    if (cause instanceof Error && WRONG_REQUEST.test(cause.message)) {
      const message = "The hub cannot run this: an argument lacks its value, or there is no such kind of operation.";
      return { message, ...place, extensions: { code: ApolloServerErrorCode.BAD_USER_INPUT } };
    }
    if (code === "UNAUTHENTICATED") return { message: formatted.message, extensions: { code } };
    const correlationId = randomUUID();
    logger.error(
      { correlationId, err: cause instanceof Error ? { name: cause.name, stack: redactHetu(cause.stack ?? "") } : "?" },
      "bug",
    );
    return {
      message: "Something went wrong in the hub. Tell its keepers the correlation id.",
      ...place,
      extensions: { code: ApolloServerErrorCode.INTERNAL_SERVER_ERROR, correlationId },
    };
  };
}

/** An error of the context function, before any resolver runs: refuses the whole request. */
export const refusedRequest = (error: NivelError): GraphQLError =>
  new GraphQLError(error.message, {
    extensions: { code: error.code, http: { status: statusOf(error) } },
  });

function statusOf(error: NivelError): number {
  if (error instanceof Unauthenticated) return 401;
  return error instanceof Unavailable ? 503 : 400;
}
