import { ApolloServer } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from "@apollo/server/plugin/disabled";
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from "@as-integrations/fastify";
import type { FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import type { Logger } from "pino";
import type { Authenticate } from "../access/authenticate.ts";
import type { RequestContext } from "../operation/request-context.ts";
import { createContext } from "./context.ts";
import { executionEngine } from "./engine.ts";
import { formatError } from "./errors.ts";

export const GRAPHQL_PATH = "/graphql";

/** Largest document, in lexical tokens; answers 400 before anything is validated. */
const MAX_TOKENS = 2000;

/** Serves GraphQL on the app. Stops taking requests and finishes those in flight when the returned function is called. */
export async function serveGraphql(
  app: FastifyInstance,
  options: { schema: GraphQLSchema; authenticate: Authenticate; production: boolean; logger: Logger },
): Promise<() => Promise<void>> {
  const { logger } = options;
  const server = new ApolloServer<RequestContext>({
    gateway: executionEngine(options.schema),
    introspection: !options.production,
    hideSchemaDetailsFromClientErrors: options.production,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: MAX_TOKENS },
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
    ],
  });
  await server.start();
  const context = createContext(options.authenticate, !options.production);
  app.route({
    url: GRAPHQL_PATH,
    method: ["GET", "POST"],
    handler: fastifyApolloHandler(server, { context: (request) => context(request) }),
  });
  return () => server.stop();
}
