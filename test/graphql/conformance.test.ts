import { serverAudits } from "graphql-http";
import { describe, expect, it } from "vitest";
import { testHub } from "../support/hub.ts";

/** The public audits of GraphQL over HTTP against the running hub. Notices and warnings count as failures. */
describe("GraphQL over HTTP", () => {
  const audits = serverAudits({
    url: async () => `${(await testHub()).url}/graphql`,
    // Two headers of ours on each request: the token, and on GET the one that proves that no foreign page sends it.
    fetchFn: async (url: string, init: RequestInit = {}) => {
      const { token } = await (await testHub()).as("prison-worker", "RELEASE_PLANNING");
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${token}`);
      if (init.method !== "POST") headers.set("apollo-require-preflight", "1");
      return fetch(url, { ...init, headers });
    },
  });

  it("is audited in full", () => {
    expect(audits.length).toBeGreaterThan(60);
  });

  it.each(audits.map(({ id, name, fn }) => ({ id, name, fn })))("$id $name", async ({ fn }) => {
    const result = await fn();
    expect({ status: result.status, reason: "reason" in result ? result.reason : null }).toEqual({
      status: "ok",
      reason: null,
    });
  });
});
