import type { AppClient } from "../../src/cli/graphql-client.ts";

export interface RawAnswer {
  status: number;
  text: string;
  /** Without those that differ by the second. */
  headers: Record<string, string>;
}

/** An HTTP request to the GraphQL address as it is written in the test; nothing is added to its headers. */
export async function request(url: string, init: RequestInit): Promise<RawAnswer> {
  const response = await fetch(url, init);
  const headers = Object.fromEntries([...response.headers].filter(([name]) => name !== "date"));
  return { status: response.status, text: await response.text(), headers };
}

/**
 * An answer's text without what differs between any two: the request's own id, and what is left of the client's
 * allowance.
 */
export const comparable = (text: string): string =>
  text.replace(/"(remaining|resetsAt|correlationId)":("[^"]*"|\d+)/g, '"$1":0');

/** Posts a GraphQL request in the caller's name. */
export const post = (app: AppClient, body: unknown, headers: Record<string, string> = {}): Promise<RawAnswer> =>
  request(`${app.url}/graphql`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${app.token}`,
      "nivel-purpose": app.purpose,
      "content-type": "application/json",
      ...headers,
    },
    body: JSON.stringify(body),
  });
