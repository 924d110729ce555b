/**
 * The floor of a query: the hub's own server (Apollo on Fastify, the same engine) over an object that is there already,
 * without authentication, disclosure, audit or a database. Reads the answer to give as one line of JSON from stdin.
 */
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import { fastifyApolloHandler } from "@as-integrations/fastify";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { buildSchema } from "graphql";
import { executionEngine } from "../../src/graphql/engine.ts";
import { createServer } from "../../src/http/server.ts";
import { pino } from "pino";

const schema = buildSchema(await readFile("schema/hub.graphql", "utf8"));
for await (const line of createInterface({ input: process.stdin })) {
  const answer = JSON.parse(line) as Record<string, unknown>;
  for (const [name, field] of Object.entries(schema.getQueryType()!.getFields())) field.resolve = () => answer[name];
  const server = new ApolloServer({
    gateway: executionEngine(schema, 15_000),
    plugins: [ApolloServerPluginCacheControlDisabled()],
    stopOnTerminationSignals: false,
  });
  await server.start();
  const app = createServer({ logger: pino({ level: "silent" }), production: false, requestIdOf: () => undefined });
  app.route({ url: "/graphql", method: "POST", handler: fastifyApolloHandler(server) });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  process.stdout.write(`${JSON.stringify({ url })}\n`);
}
