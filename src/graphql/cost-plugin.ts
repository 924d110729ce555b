import { type ApolloServerPlugin, type GraphQLRequestContext, type HeaderMap } from "@apollo/server";
import {
  type GraphQLFormattedError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  getVariableValues,
} from "graphql";
import { type Admission, type Spent, isNeverHeldUp } from "../access/admission.ts";
import { NivelError } from "../kernel/errors.ts";
import type { RequestContext } from "../operation/request-context.ts";
import { priceOf } from "./cost.ts";
import { wrongVariable } from "./engine.ts";
import { LimitExceeded, refusedRequest } from "./errors.ts";
import { type Admitted, LEAST_PRICE, OPAQUE_MESSAGE } from "./gate.ts";

/** A request as the server sees it: what resolvers get, and what the gate learnt. */
export interface ServedRequest extends RequestContext {
  admitted: Admitted;
}

interface CostOptions {
  schema: GraphQLSchema;
  admission: Admission;
  /** Points that one request may cost. */
  maximumPrice: number;
}

/** What stands in the answer's `extensions.cost`. */
export interface Cost {
  price: number;
  maximum: number;
  /** Null when nothing was counted (decision D12), or the allowance was already spent. */
  limit: number | null;
  remaining: number | null;
  resetsAt: string | null;
}

/**
 * Prices every request before it runs, by its coerced variables. Not in a validation rule: the server keeps validated
 * documents, so that a rule would see the first variables only.
 */
export function costPlugin({ schema, admission, maximumPrice }: CostOptions): ApolloServerPlugin<ServedRequest> {
  return {
    requestDidStart: async ({ contextValue: { admitted } }) => {
      let cost: Cost | undefined;
      const spend = async (points: number, price = points): Promise<void> => {
        cost = uncounted(price, maximumPrice);
        cost = counted(price, maximumPrice, await admission.spend(admitted.client, points));
      };
      return {
        didResolveOperation: (request) =>
          orRefuse(async () => {
            const { operation, document } = request;
            if (!operation)
              throw new LimitExceeded("OPERATION_RESOLUTION_FAILURE", "Name one operation of the document.");
            const values = getVariableValues(
              schema,
              operation.variableDefinitions ?? [],
              request.request.variables ?? {},
              { maxErrors: 1 },
            );
            if (!values.coerced) throw wrongVariable();
            const price = priceOf(schema, document, operation, values.coerced);
            if (isNeverHeldUp(rootFieldsOf(operation))) {
              cost = uncounted(price, maximumPrice);
              return;
            }
            if (price > maximumPrice) {
              await spend(LEAST_PRICE, price);
              throw new LimitExceeded(
                "PRICE_LIMIT",
                `This request costs ${price} points; one may cost ${maximumPrice}. Ask for shorter pages or fewer fields.`,
              );
            }
            await spend(price);
          }),
        willSendResponse: async (request) => {
          // A document that does not parse or validate was never priced.
          if (!cost) await spend(LEAST_PRICE).catch((error: unknown) => refuseLate(request, error));
          if (request.response.body.kind !== "single") return;
          const result = request.response.body.singleResult;
          if (admitted.opaque && result.errors) result.errors = opaque(result.errors);
          result.extensions = { ...result.extensions, cost };
        },
      };
    },
  };
}

/** Fragments are not opened: a notification exempts only a request that is plainly nothing else. */
const rootFieldsOf = (operation: OperationDefinitionNode): string[] =>
  operation.selectionSet.selections.map((one) => (one.kind === Kind.FIELD ? one.name.value : "a fragment"));

const uncounted = (price: number, maximum: number): Cost => ({
  price,
  maximum,
  limit: null,
  remaining: null,
  resetsAt: null,
});

export const counted = (price: number, maximum: number, { limit, remaining, resetsAt }: Spent): Cost => ({
  price,
  maximum,
  limit,
  remaining,
  resetsAt: resetsAt.toISOString(),
});

async function orRefuse(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    throw error instanceof NivelError ? refusedRequest(error) : error;
  }
}

/** The request is refused already; when its sender may not ask at all for now, that is what is told. */
function refuseLate({ response }: GraphQLRequestContext<ServedRequest>, error: unknown): void {
  if (!(error instanceof NivelError) || response.body?.kind !== "single") throw error;
  const { message, extensions } = refusedRequest(error);
  const http = extensions["http"] as { status: number; headers: HeaderMap };
  response.http.status = http.status;
  for (const [name, value] of http.headers) response.http.headers.set(name, value);
  const correlationId = response.body.singleResult.errors?.[0]?.extensions?.["correlationId"];
  response.body.singleResult.errors = [{ message, extensions: { code: error.code, correlationId } }];
}

const TELLS_SCHEMA = new Set<unknown>(["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED"]);

/** One text for every mistake in a document: what is hidden cannot be guessed by looking at how a guess fails. */
function opaque(errors: readonly GraphQLFormattedError[]): readonly GraphQLFormattedError[] {
  const mistake = errors.find(({ extensions }) => TELLS_SCHEMA.has(extensions?.["code"]));
  if (!mistake) return errors;
  const correlationId = mistake.extensions?.["correlationId"];
  return [{ message: OPAQUE_MESSAGE, extensions: { code: "GRAPHQL_VALIDATION_FAILED", correlationId } }];
}
