import { type OutgoingHttpHeaders, request as httpRequest } from "node:http";
import { expect } from "vitest";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import { planted } from "./hidden-case.ts";

export interface Answer {
  status: number;
  text: string;
  bytes: Buffer;
  headers: Record<string, string>;
  /** The correlation id, by which the audit log tells of this request. */
  requestId: string;
}

export interface Attack {
  method?: string;
  /** A list sends a header as often. */
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
  /** What was submitted on purpose and may therefore come back as data, never in an error. */
  submitted?: string;
}

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

/** What no answer may tell, wherever it stands. */
const NEVER: readonly (readonly [what: string, pattern: RegExp])[] = [
  ["a stack", /(\n|\\n)\s+at \S|\bat [\w.<>]+ \((file|node|\/)/],
  ["a place in the source", /node_modules|\w\.[cm]?[jt]s:\d+|file:\/\/\//],
  ["a path of the machine", /(^|[^\w<.:/-])\/(work|tmp|home|usr|etc|var|root|proc|app)\//],
  ["SQL", /\bselect\s.{1,300}\sfrom\s+"?\w|insert into "?\w|delete from "?\w|\bupdate "\w/i],
  ["words of the database", /syntax error at or near|violates .{1,40}constraint|invalid input syntax|SQLSTATE|pg_\w+/i],
  ["a token", /\beyJ[\w-]{8,}\.[\w-]+|\bBearer [\w-]{8,}/],
  ["a key", /PRIVATE KEY/],
];
const IDENTITY_CODE = /(?<![\w-])\d{6}[-+A-Y]\d{3}[0-9A-FHJ-NPR-Y](?![\w-])/i;

let sent = 0;
/** How many requests the attacker of this worker has sent, each of whose answers was searched. */
export const requestsSent = (): number => sent;

/** Sends a request as it is written, header by header, and searches the answer for what no answer may tell. */
export async function attack(address: string, { method = "GET", headers = {}, body, submitted }: Attack = {}) {
  sent += 1;
  const answer = await new Promise<Answer>((resolve, reject) => {
    // Not `fetch`, which mends addresses and joins headers.
    const { hostname, port } = new URL(address);
    const path = address.slice(address.indexOf("/", "http://".length));
    const request = httpRequest({ hostname, port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const bytes = Buffer.concat(chunks);
        const told = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
        resolve({
          status: response.statusCode ?? 0,
          bytes,
          text: bytes.subarray(0, 5).toString() === "%PDF-" ? "" : bytes.toString("utf8"),
          headers: Object.fromEntries(told),
          requestId: String(response.headers["nivel-request-id"] ?? ""),
        });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
  expectNothingTold(answer, submitted);
  return answer;
}

function expectNothingTold({ text, headers }: Answer, submitted: string | undefined): void {
  const { data, rest } = partsOf(text);
  const errors = [rest, ...Object.values(headers)].join("\n").replace(UUID, "[id]");
  const facts = submitted === undefined ? data : data.replaceAll(JSON.stringify(submitted).slice(1, -1), "[submitted]");
  for (const [what, pattern] of NEVER) {
    expect(pattern.exec(errors)?.[0], `an error tells ${what}`).toBeUndefined();
    expect(pattern.exec(facts)?.[0], `data tells ${what}`).toBeUndefined();
  }
  // Among the data of the caller's own cases it may stand.
  expect(IDENTITY_CODE.exec(errors)?.[0], "an error tells an identity code").toBeUndefined();
  for (const secret of planted) expect(text.includes(secret), "an answer tells of the hidden case").toBe(false);
  if (submitted !== undefined && submitted.length > 8)
    expect(rest.includes(JSON.stringify(submitted).slice(1, -1)), "an error repeats what was submitted").toBe(false);
}

/** The data of a GraphQL answer, and all the rest, among it the user errors. */
function partsOf(text: string): { data: string; rest: string } {
  try {
    const { data, ...rest } = JSON.parse(text) as Record<string, unknown>;
    const userErrors: unknown[] = [];
    const without = JSON.stringify(data ?? null, (key, value: unknown) => {
      if (key !== "userErrors") return value;
      userErrors.push(value);
      return undefined;
    });
    return { data: without, rest: JSON.stringify({ rest, userErrors }) };
  } catch {
    return { data: "", rest: text };
  }
}

export const headersOf = ({ token, purpose }: Pick<AppClient, "token"> & { purpose: string | null }) => ({
  authorization: `Bearer ${token}`,
  ...(purpose === null ? {} : { "nivel-purpose": purpose }),
});

/** A GraphQL request as a well-behaved client sends it. */
export const ask = (
  app: Omit<AppClient, "purpose"> & { purpose: string | null },
  body: object,
  more: Pick<Attack, "headers" | "submitted"> = {},
): Promise<Answer> =>
  attack(`${app.url}/graphql`, {
    method: "POST",
    headers: { ...headersOf(app), "content-type": "application/json", ...more.headers },
    body: JSON.stringify(body),
    ...(more.submitted === undefined ? {} : { submitted: more.submitted }),
  });

export interface GraphqlBody {
  data?: Record<string, unknown> | null;
  errors?: { message: string; extensions: { code: string } }[];
}
export const bodyOf = ({ text }: Answer): GraphqlBody => JSON.parse(text) as GraphqlBody;
export const codeOf = (answer: Answer): string | undefined => bodyOf(answer).errors?.[0]?.extensions.code;
