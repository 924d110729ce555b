import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { changeClient } from "../../src/access/client.repository.ts";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import { Kind, buildSchema, getIntrospectionQuery, getVariableValues, parse } from "graphql";
import { PRICES } from "../../src/graphql/cost-table.ts";
import { priceOf, publishPrices } from "../../src/graphql/cost.ts";
import { createSchema } from "../../src/graphql/schema.ts";
import { testHub } from "../support/hub.ts";
import { post } from "../support/raw-request.ts";
import { hubForClients } from "./own-clients.ts";

const schema = createSchema([]);

function price(text: string, variables: Record<string, unknown> = {}): number {
  const document = parse(text);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)!;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  return priceOf(schema, document, operation, coerced!);
}

describe("the price of a request", () => {
  it("is at least 1", () => {
    expect(price("{ __typename }")).toBe(1);
  });

  it("is one point an object, nothing a leaf", () => {
    expect(price(`{ municipality(codeOrName: "179") { code } }`)).toBe(1);
  });

  it("counts what asks the authorities' systems dear", () => {
    const one = price(`{ case(id: "x") { person { familyName { value } } } }`);
    expect(one).toBe(1 + 5 + 1);
    expect(
      price(`{ case(id: "x") { person { familyName { value } } sentence { conditionalReleaseOn { value } } } }`),
    ).toBe(one + 5 + 1);
  });

  const page =
    "query ($first: Int! = 20) { cases(first: $first) { edges { node { person { familyName { value } } } } } }";

  it("multiplies a page by its size, as the variables and their defaults say", () => {
    const each = (first: number) => 1 + first * (1 + 6);
    expect(price(page)).toBe(each(20));
    expect(price(page, { first: 100 })).toBe(each(100));
    expect(price("{ cases { edges { node { person { familyName { value } } } } } }")).toBe(each(20));
  });

  it("counts no field that the request leaves out, and none less behind a fragment", () => {
    const text = `query ($yes: Boolean!) { case(id: "x") { ...F @include(if: $yes) } } fragment F on Case { person { familyName { value } } }`;
    expect(price(text, { yes: true })).toBe(7);
    expect(price(text, { yes: false })).toBe(1);
  });

  it("grows with every alias", () => {
    expect(
      price(`{ a: case(id: "x") { person { hetu { value } } } b: case(id: "y") { person { hetu { value } } } }`),
    ).toBe(14);
  });

  it("of fragments that multiply is told at once, and ends for fragments in a circle", () => {
    const many = Array.from({ length: 40 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`).join(
      " ",
    );
    expect(price(`{ ...F0 } ${many} fragment F40 on Query { counties { code } }`)).toBe(23 * 2 ** 40);
    expect(price("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A counties { code } }")).toBe(23);
  });

  it("refuses a page of less than 1 or more than 100", () => {
    for (const first of [0, -1, 101, 2_000_000_000]) expect(() => price(page, { first })).toThrow("between 1 and 100");
  });

  it("of the schema itself is fixed", () => {
    expect(price(getIntrospectionQuery())).toBe(50);
  });
});

describe("the list of prices", () => {
  it("stands in the schema: how a price is made, and every field that costs something else", () => {
    expect(schema.getQueryType()!.description).toContain("extensions.cost");
    for (const [name, { weight }] of Object.entries(PRICES)) {
      const [typeName, fieldName] = name.split(".") as [string, string];
      const type = schema.getType(typeName) as ReturnType<typeof schema.getQueryType>;
      const { description } = type!.getFields()[fieldName]!;
      if (weight !== undefined) expect(description, name).toContain(`Costs ${weight} points.`);
    }
  });

  it("may not price what is not there: the hub would not start", () => {
    expect(() => publishPrices(buildSchema("type Query { a: Int }"))).toThrow("which the schema does not have");
  });
});

interface Cost {
  price: number;
  maximum: number;
  limit: number | null;
  remaining: number | null;
  resetsAt: string | null;
}
interface Body {
  data?: unknown;
  errors?: { message: string; extensions: { code: string } }[];
  extensions: { cost: Cost };
}
const ask = async (app: AppClient, query: string, variables: Record<string, unknown> = {}) => {
  const { status, text, headers } = await post(app, { query, variables });
  return { status, headers, ...(JSON.parse(text) as Body) };
};

describe("a request over HTTP", () => {
  let hub: Awaited<ReturnType<typeof hubForClients>>;
  let app: AppClient;
  beforeAll(async () => {
    hub = await hubForClients({ requests: { maximumPrice: 500 } });
    app = await hub.through("cost-app", { pointsPerMinute: 100_000 });
  });
  afterAll(() => hub.close());

  const page = "query ($first: Int!) { cases(first: $first) { edges { node { person { familyName { value } } } } } }";

  it("is told its price and what is left", async () => {
    const { extensions } = await ask(app, "{ counties { code } }");
    expect(extensions.cost).toEqual({
      price: 23,
      maximum: 500,
      limit: 100_000,
      remaining: expect.any(Number) as number,
      resetsAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    });
    const { extensions: next } = await ask(app, "{ counties { code } }");
    expect(next.cost.remaining).toBe(extensions.cost.remaining! - 23);
  });

  it("is refused above the maximum before anything runs, also when the same text passed before with less", async () => {
    expect((await ask(app, page, { first: 5 })).status).toBe(200);
    const refused = await ask(app, page, { first: 100 });
    expect(refused).toMatchObject({
      status: 400,
      errors: [{ extensions: { code: "PRICE_LIMIT" } }],
      extensions: { cost: { price: 701, maximum: 500, limit: 100_000 } },
    });
    expect(refused.data ?? null).toBeNull();
  });

  it("costs its client a point also when it is refused", async () => {
    const left = async () => (await ask(app, "{ __typename }")).extensions.cost.remaining!;
    const before = await left();
    for (const query of ["{ nothing }", "{", `{ ${"a ".repeat(2100)} }`, page]) await post(app, { query });
    expect(await left()).toBe(before - 4 - 1);
  });

  it("is refused with 429 and Retry-After once the points are spent, whatever it asks", async () => {
    const poor = await hub.through("cost-poor", { pointsPerMinute: 30 });
    expect((await ask(poor, "{ counties { code } }")).status).toBe(200);
    const dear = await ask(poor, "{ counties { code } }");
    expect(dear).toMatchObject({ status: 429, errors: [{ extensions: { code: "RATE_LIMITED" } }] });
    expect(Number(dear.headers["retry-after"])).toBeGreaterThan(0);
    // Mistakes are paid from the same purse.
    for (let n = 0; n < 7; n += 1) await ask(poor, "{ nothing }");
    for (const query of ["{ nothing }", "{ __typename }"]) {
      expect(await ask(poor, query), query).toMatchObject({
        status: 429,
        errors: [{ extensions: { code: "RATE_LIMITED" } }],
      });
    }
    expect((await post(poor, { query: `{ ${"a ".repeat(2100)} }` })).status).toBe(429);
  });

  it("for a statutory notification is never held up by spent points (decision D12)", async () => {
    const poor = await hub.through("cost-notifier", { pointsPerMinute: 5 });
    for (let n = 0; n < 6; n += 1) await ask(poor, "{ __typename }");
    expect((await ask(poor, "{ __typename }")).status).toBe(429);
    const notification = `notifyByStatute(input: { basis: LSL_25, reason: "" }) { userErrors { code } }`;
    const notified = await ask(poor, `mutation { ${notification} }`);
    expect(notified.status).not.toBe(429);
    expect(JSON.stringify(notified.errors ?? [])).not.toContain("RATE_LIMITED");
    expect(notified.extensions.cost).toMatchObject({ price: 1, limit: null, remaining: null });
    // What comes beside it is paid for.
    const beside = `mutation { ${notification} receiveReferral(referralId: "x") { userErrors { code } } }`;
    expect((await ask(poor, beside)).status).toBe(429);
  });

  it("of a suspended client is not served", async () => {
    const gone = await hub.through("cost-gone", { suspendedAt: new Date(0) });
    expect((await post(gone, { query: "{ counties { code } }" })).status).toBe(401);
    const { database } = await testHub();
    await changeClient(database.fork(), "cost-gone", { suspendedAt: null });
  });
});

describe("an answer", () => {
  it("that is too large is none at all", async () => {
    const hub = await hubForClients({ requests: { responseBytes: 1000 } });
    const app = await hub.through("cost-large");
    const answer = await post(app, { query: "{ employmentAreas { code fi sv } }" });
    const small = await post(app, { query: "{ __typename }" });
    await hub.close();
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).toEqual({
      errors: [
        {
          message: "The answer is larger than 1000 bytes. Ask for shorter pages or fewer fields.",
          extensions: { code: "RESPONSE_TOO_LARGE", correlationId: expect.any(String) as string },
        },
      ],
    });
    expect(small.status).toBe(200);
  });

  it("that takes too long is given up, with a code", async () => {
    const hub = await hubForClients({ requests: { operationTimeoutMs: 1 } });
    const app = await hub.through("cost-late");
    const answer = await post(app, {
      query: "{ cases(first: 20) { edges { node { person { familyName { value } } } } } }",
    });
    await hub.close();
    expect(answer.status).toBe(504);
    expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code: "TIMED_OUT" } }] });
  });
});
