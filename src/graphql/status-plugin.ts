import type { ApolloServerPlugin } from "@apollo/server";

/** Faults of a request that is well-formed as GraphQL over HTTP, but whose document or variables are wrong. */
const OF_THE_DOCUMENT = new Set<unknown>(["GRAPHQL_PARSE_FAILED", "GRAPHQL_VALIDATION_FAILED", "BAD_USER_INPUT"]);

/**
 * GraphQL over HTTP: an answer of the older media type `application/json` has the status 200 also where the document
 * is wrong, since a 4xx of that type may come from anybody between; the newer `application/graphql-response+json` has
 * 400. A caller who named no type gets the plainer 400. What the hub refuses (limits, prices) is 4xx for all.
 */
export const statusPlugin: ApolloServerPlugin = {
  requestDidStart: async () => ({
    willSendResponse: async ({ request, response }) => {
      if (response.body.kind !== "single" || response.http.status !== 400) return;
      const { data, errors = [] } = response.body.singleResult;
      const wrongDocument = errors.every(({ extensions }) => OF_THE_DOCUMENT.has(extensions?.["code"]));
      if (data === undefined && wrongDocument && namesJson(request.http?.headers.get("accept"))) {
        response.http.status = 200;
      }
    },
  }),
};

const namesJson = (accept = ""): boolean => {
  const types = accept.split(",").map((one) => one.split(";")[0]!.trim().toLowerCase());
  return types.includes("application/json") && !types.includes("application/graphql-response+json");
};
