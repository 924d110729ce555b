import { readFile } from "node:fs/promises";
import type { IncomingHttpHeaders } from "node:http";
import { BlockList, isIP } from "node:net";
import { z } from "zod";
import { AUTHORITIES } from "../kernel/authority.ts";
import { Refused, StartupError, Unauthenticated } from "../kernel/errors.ts";
import { looksLikeIdentityCode } from "../kernel/hetu.ts";
import type { WorkerId } from "../kernel/ids.ts";
import { ON_BEHALF_HEADER } from "./authenticate.ts";
import type { Caller } from "./caller.ts";
import { AUTHORITY_OF_ROLE, CALLER_ROLES } from "./role.ts";

/** Chooses among the roles of an X-Road client that has several. */
export const ROLE_HEADER = "nivel-role";
const PREFIX = "x-road-";

const workerRole = z
  .enum(CALLER_ROLES)
  .refine((role) => AUTHORITY_OF_ROLE[role] !== null, "a person or a partner app never comes by X-Road");

/** One information system that is connected to our security server, and whom its word is taken for. */
const xroadClient = z
  .strictObject({
    name: z.string().min(1),
    authority: z.enum(AUTHORITIES),
    roles: z.array(workerRole).min(1),
    unit: z.string().min(1),
    /** By X-Road-Represented-Party (`class/code`): the unit that the system speaks for then. */
    representedParties: z.record(z.string(), z.strictObject({ unit: z.string().min(1) })).default({}),
  })
  .refine(({ authority, roles }) => roles.every((role) => AUTHORITY_OF_ROLE[role] === authority), {
    error: "a role belongs to another authority",
  });

const trustFile = z.strictObject({
  /** IP addresses, or ranges as `10.1.0.0/24`, of our own security servers. */
  securityServers: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).min(1),
  clients: z.record(z.string().regex(/^[^/\s]+(\/[^/\s]+){3}$/, "instance/class/member/subsystem"), xroadClient),
});
export type XroadTrust = z.infer<typeof trustFile>;

/** @throws StartupError naming what is wrong in the file, never its values */
export async function readXroadTrust(file: string): Promise<XroadTrust> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new StartupError("The file of NIVEL_XROAD_TRUST_FILE cannot be read. Correct the path.");
  });
  const parsed = trustFile.safeParse(parsedJson(text));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join(" > ") || "the whole"}: ${message}`);
  throw new StartupError(`The file of NIVEL_XROAD_TRUST_FILE is not as the README says: ${wrong.join("; ")}.`);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What came with a request that tells who asks. The address is the connection's own, never a forwarded one. */
export interface Credentials {
  headers: IncomingHttpHeaders;
  remoteAddress: string;
}

/** Whether the request claims to come by X-Road. */
export const comesByXroad = ({ headers }: Credentials): boolean =>
  Object.keys(headers).some((name) => name.startsWith(PREFIX));

/** Believes X-Road headers from the security servers of the configuration, and from nobody else. */
export interface XroadGate {
  /**
   * @throws Unauthenticated when the headers come from elsewhere, with a bearer token, or are not in order
   * @throws Refused when the system represents somebody whom it is not configured for
   */
  callerOf(credentials: Credentials): Omit<Caller, "purpose" | "requestId">;
  /** X-Road's own message id, where its sender is believed. */
  requestIdOf(credentials: Credentials): string | undefined;
}

export function createXroadGate(trust: XroadTrust | undefined): XroadGate {
  const servers = new BlockList();
  for (const server of trust?.securityServers ?? []) {
    const [address = "", prefix] = server.split("/");
    const family = isIP(address) === 6 ? "ipv6" : "ipv4";
    if (prefix === undefined) servers.addAddress(address, family);
    else servers.addSubnet(address, Number(prefix), family);
  }
  const isTrusted = ({ remoteAddress }: Credentials): boolean =>
    isIP(remoteAddress) !== 0 && servers.check(remoteAddress, isIP(remoteAddress) === 6 ? "ipv6" : "ipv4");

  return {
    callerOf: (credentials) => {
      const { headers } = credentials;
      if (!isTrusted(credentials)) throw new Unauthenticated("X-Road headers are taken from our security server only.");
      if (headers.authorization !== undefined || headers[ON_BEHALF_HEADER] !== undefined) {
        throw new Unauthenticated("Send either X-Road headers or an access token, not both.");
      }
      const id = headerOf(headers, "x-road-client");
      const client = id !== undefined && trust && Object.hasOwn(trust.clients, id) ? trust.clients[id] : undefined;
      if (id === undefined || !client) throw new Unauthenticated("This X-Road client is not known here.");
      if (messageId(headers) === undefined) throw new Unauthenticated("The header X-Road-Id is a UUID.");
      const role = chosenRole(client.roles, headerOf(headers, ROLE_HEADER));
      return {
        id: workerOf(headers),
        role,
        name: client.name,
        authority: client.authority,
        unit: unitOf(client, headerOf(headers, "x-road-represented-party")),
        client: id,
        // What a system says of its worker's own rights is not known to be true.
        socialDataRight: false,
        stewardOf: [],
        hetu: null,
      };
    },
    requestIdOf: (credentials) => (isTrusted(credentials) ? messageId(credentials.headers) : undefined),
  };
}

const headerOf = (headers: IncomingHttpHeaders, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const messageId = (headers: IncomingHttpHeaders): string | undefined =>
  UUID.exec(headerOf(headers, "x-road-id") ?? "")?.[0].toLowerCase();

/** The worker is an opaque id of the sending organisation: an identity code would end in every log. */
function workerOf(headers: IncomingHttpHeaders): WorkerId {
  const user = headerOf(headers, "x-road-userid") ?? "";
  if (!/^[\w.@-]{1,64}$/.test(user) || looksLikeIdentityCode(user)) {
    throw new Unauthenticated("The header X-Road-UserId holds an opaque id of the worker, never an identity code.");
  }
  return user as WorkerId;
}

function chosenRole<Role>(roles: readonly Role[], stated: string | undefined): Role {
  const role = stated === undefined && roles.length === 1 ? roles[0] : roles.find((one) => one === stated);
  if (role === undefined) {
    throw new Unauthenticated(
      `State the worker's role in the header "${ROLE_HEADER}", one of those agreed for your system.`,
    );
  }
  return role;
}

function unitOf(client: XroadTrust["clients"][string], represented: string | undefined): string {
  if (represented === undefined) return client.unit;
  const party = Object.hasOwn(client.representedParties, represented)
    ? client.representedParties[represented]
    : undefined;
  if (!party) throw new Refused("Your system may not represent that party here.");
  return party.unit;
}
