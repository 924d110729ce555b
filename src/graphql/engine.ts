import type { ApolloServerOptions, BaseContext } from "@apollo/server";
import { type ExecutionResult, GraphQLError, type GraphQLSchema, execute, getVariableValues } from "graphql";

/**
 * The one seam where documents are executed. graphql-js by decision: where data must not leak, right comes before
 * fast. A compiled executor may come here later, proven against this one.
 */
type Engine = Exclude<ApolloServerOptions<BaseContext>["gateway"], undefined>;

export function executionEngine(schema: GraphQLSchema): Engine {
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: "" });
      return () => undefined;
    },
    load: () =>
      Promise.resolve({
        executor: async (request) => {
          const values = getVariableValues(
            schema,
            request.operation.variableDefinitions ?? [],
            request.request.variables ?? {},
            { maxErrors: 1 },
          );
          // The library's own message repeats the submitted value, which may be an identity code.
          if (values.errors)
            return { errors: [new GraphQLError("A variable has a value of the wrong type.", BAD_INPUT)] };
          return (await execute({
            schema,
            document: request.document,
            contextValue: request.context,
            variableValues: request.request.variables,
            operationName: request.operationName,
          })) as ExecutionResult<Record<string, unknown>, Record<string, unknown>>;
        },
      }),
    stop: () => Promise.resolve(),
  };
}

const BAD_INPUT = { extensions: { code: "BAD_USER_INPUT", http: { status: 400 } } };
