/** The floor of a start: fastify and graphql-js alone, in a process under tsx. Arguments: the port. */
import fastify from "fastify";
import { buildSchema, graphql } from "graphql";

const schema = buildSchema("type Query { ready: Boolean }");
const app = fastify();
app.post<{ Body: { query: string } }>("/graphql", (request) =>
  graphql({ schema, source: request.body.query, rootValue: { ready: true } }),
);
await app.listen({ host: "127.0.0.1", port: Number(process.argv[2]) });
