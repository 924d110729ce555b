import { ApolloServer, type HTTPGraphQLRequest, HeaderMap } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { fastifyApolloDrainPlugin } from "@as-integrations/fastify";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { Admission } from "../access/admission.ts";
import { type CallerOf, createContext } from "./context.ts";
import { type Cost, type ServedRequest, costPlugin, counted } from "./cost-plugin.ts";
import { executionEngine } from "./engine.ts";
import { answeringAs, formatError } from "./errors.ts";
import { LEAST_PRICE, createGate } from "./gate.ts";
import { LIMITS } from "./limits.ts";
import { readJsonStrictly } from "./request-body.ts";
import { statusPlugin } from "./status-plugin.ts";
import type { TrustedDocuments } from "./trusted-document.ts";

export const GRAPHQL_PATH = "/graphql";

/** What one request may ask and how long it may take. */
export interface RequestLimits {
  /** Whether only trusted documents are served, where the client's entry does not say. */
  trustedOnly: boolean;
  /** Points that one request may cost. */
  maximumPrice: number;
  /** Bytes of an answer. */
  responseBytes: number;
  /** From the first resolver to the answer. */
  operationTimeoutMs: number;
}

export const USUAL_LIMITS: RequestLimits = {
  trustedOnly: false,
  maximumPrice: 3000,
  responseBytes: 2_000_000,
  operationTimeoutMs: 15_000,
};

export interface GraphqlOptions {
  schema: GraphQLSchema;
  callerOf: CallerOf;
  admission: Admission;
  trusted: TrustedDocuments;
  limits: RequestLimits;
  production: boolean;
  logger: Logger;
}

/** Serves GraphQL on the app. Stops taking requests and finishes those in flight when the returned function is called. */
export async function serveGraphql(app: FastifyInstance, options: GraphqlOptions): Promise<() => Promise<void>> {
  const { logger, limits } = options;
  const server = new ApolloServer<ServedRequest>({
    gateway: executionEngine(options.schema, limits.operationTimeoutMs),
    // The gate decides by client who may introspect; here a client without the right is told nothing of a mistake.
    introspection: true,
    hideSchemaDetailsFromClientErrors: options.production,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    // Trusted documents, not whatever a client sent before.
    persistedQueries: false,
    parseOptions: { maxTokens: LIMITS.tokens },
    validationOptions: { maxErrors: 1 },
    stopOnTerminationSignals: false,
    formatError: formatError(logger),
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (text) => logger.warn(text),
      error: (text) => logger.error(text),
    },
    plugins: [
      fastifyApolloDrainPlugin(app),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      costPlugin({ ...options, maximumPrice: limits.maximumPrice }),
      statusPlugin,
    ],
  });
  await server.start();
  const context = createContext(options.callerOf, !options.production);
  const gate = createGate({ ...options, trustedOnly: limits.trustedOnly });

  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<string> => {
    const httpGraphQLRequest = ofFastify(request);
    let refusalCost: Cost | undefined;
    const { headers, body, status } = await server.executeHTTPGraphQLRequest({
      httpGraphQLRequest,
      context: async () => {
        const requested = await context(request);
        const admitted = await gate(httpGraphQLRequest, requested.caller?.client ?? "", (spent) => {
          refusalCost = counted(LEAST_PRICE, limits.maximumPrice, spent);
        });
        return { ...requested, admitted };
      },
    });
    if (body.kind !== "complete") throw new Error("the hub answers in one piece");
    for (const [name, value] of headers) void reply.header(name, value);
    if (Buffer.byteLength(body.string) > limits.responseBytes) {
      void reply.code(400);
      return tooLarge(limits.responseBytes, request.id);
    }
    void reply.code(status ?? 200);
    return refusalCost === undefined ? body.string : withCost(body.string, refusalCost);
  };
  await app.register(async (scope) => {
    readJsonStrictly(scope);
    scope.route({
      url: GRAPHQL_PATH,
      method: ["GET", "POST"],
      handler: (request, reply) => answeringAs(request.id, () => answer(request, reply)),
    });
  });
  return () => server.stop();
}

function ofFastify(request: FastifyRequest): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const questionMark = request.url.indexOf("?");
  return {
    method: request.method.toUpperCase(),
    headers,
    search: questionMark === -1 ? "" : request.url.slice(questionMark),
    body: request.body,
  };
}

/** What is refused before the server's plugins see it is answered alike. */
const withCost = (answer: string, cost: Cost): string =>
  `${JSON.stringify({ ...(JSON.parse(answer) as object), extensions: { cost } })}\n`;

/** Nothing of the answer: half of one could be read as the whole. */
const tooLarge = (bytes: number, correlationId: string): string =>
  `${JSON.stringify({
    errors: [
      {
        message: `The answer is larger than ${bytes} bytes. Ask for shorter pages or fewer fields.`,
        extensions: { code: "RESPONSE_TOO_LARGE", correlationId },
      },
    ],
  })}\n`;
