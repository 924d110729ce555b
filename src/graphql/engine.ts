import type { ApolloServerOptions, BaseContext } from "@apollo/server";
import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
  execute,
  getVariableValues,
} from "graphql";

/**
 * The one seam where documents are executed. graphql-js by decision: where data must not leak, right comes before
 * fast. A compiled executor may come here later, proven against this one.
 */
type Engine = Exclude<ApolloServerOptions<BaseContext>["gateway"], undefined>;

/** @param timeoutMs after which the caller gets an answer whatever still runs */
export function executionEngine(schema: GraphQLSchema, timeoutMs: number): Engine {
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
          if (values.errors) return { errors: [wrongVariable()] };
          const running = execute({
            schema,
            document: request.document,
            contextValue: request.context,
            variableValues: request.request.variables,
            operationName: request.operationName,
          });
          return (await within(
            timeoutMs,
            running,
            request.operation.operation === OperationTypeNode.MUTATION,
          )) as ExecutionResult<Record<string, unknown>, Record<string, unknown>>;
        },
      }),
    stop: () => Promise.resolve(),
  };
}

/** Instead of the library's own error, whose message repeats the submitted value, which may be an identity code. */
export const wrongVariable = (): GraphQLError =>
  new GraphQLError("A variable has a value of the wrong type.", {
    extensions: { code: "BAD_USER_INPUT", http: { status: 400 } },
  });

/**
 * The result, or after the time limit an answer without one. What runs cannot be broken off: a mutation may yet come to
 * its end, and the answer says so.
 */
async function within(
  timeoutMs: number,
  running: ExecutionResult | Promise<ExecutionResult>,
  changes: boolean,
): Promise<ExecutionResult> {
  if (!(running instanceof Promise)) return running;
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ExecutionResult>((resolve) => {
    timer = setTimeout(() => resolve({ errors: [timedOut(changes)] }), timeoutMs);
  });
  try {
    return await Promise.race([running, late]);
  } finally {
    clearTimeout(timer);
  }
}

const timedOut = (changes: boolean): GraphQLError =>
  new GraphQLError(
    changes
      ? "This took too long to wait for. It may yet be done: look before you send it again."
      : "This took too long to answer. Ask for less, or again later.",
    { extensions: { code: "TIMED_OUT", http: { status: 504 } } },
  );
