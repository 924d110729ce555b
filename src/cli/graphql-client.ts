import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import type { Purpose } from "../access/purpose.ts";

/** One caller's app, as a partner would write it: a token, a purpose, GraphQL over HTTP. */
export interface AppClient {
  url: string;
  token: string;
  purpose: Purpose;
}

export interface GraphqlAnswer<T> {
  data?: T | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

const headersOf = ({ token, purpose }: AppClient) => ({ authorization: `Bearer ${token}`, "nivel-purpose": purpose });

export async function send<T, V>(
  app: AppClient,
  document: TypedDocumentNode<T, V>,
  variables: V,
  headers: Record<string, string> = {},
): Promise<GraphqlAnswer<T>> {
  const response = await fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: { ...headersOf(app), "content-type": "application/json", ...headers },
    body: JSON.stringify({ query: print(document), variables }),
  });
  return (await response.json()) as GraphqlAnswer<T>;
}

/** @throws Error with the hub's own words when the operation was not answered in full */
export async function ask<T, V>(app: AppClient, document: TypedDocumentNode<T, V>, variables: V): Promise<T> {
  const { data, errors } = await send(app, document, variables);
  if (errors || !data) throw new Error(errors?.map((error) => error.message).join("; ") ?? "no answer");
  return data;
}

/** Downloads a document by the path that the hub named. */
export async function download(app: AppClient, path: string): Promise<{ status: number; bytes: Uint8Array }> {
  const response = await fetch(`${app.url}${path}`, { headers: headersOf(app) });
  return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) };
}
