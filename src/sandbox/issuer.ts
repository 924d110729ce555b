import { type JsonWebKey, generateKeyPairSync } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { type RequestListener, type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Adapter, AdapterPayload, ClientMetadata, Configuration, Provider, ResourceServer } from "oidc-provider";
import { DEMO_CALLERS, DEMO_CLIENTS, type DemoCaller, type DemoCallerName, isDemoCallerName } from "./demo-callers.ts";

export interface IssuerOptions {
  /** 0 picks a free one. */
  port: number;
  host: "127.0.0.1";
  /** The hub's name in `aud`. */
  audience: string;
  /** Whom the demo caller `person` is; without it that caller gets no token. */
  demoPersonHetu?: string | undefined;
  /** Keeps the signing key here, so that tokens outlive a restart; without it each start has a key of its own. */
  stateFolder?: string | undefined;
  tokenLifeSeconds?: number | undefined;
}

export interface RunningIssuer {
  issuer: string;
  jwksUri: string;
  tokenEndpoint: string;
  close(): Promise<void>;
}

const DEMO_GRANT = "urn:nivel:dev-person";
/** Public: the issuer listens on the loopback address only and vouches for invented people. */
const [{ id: WORKER_CLIENT }, { id: PARTNER_CLIENT }] = DEMO_CLIENTS;
/** No secret: whoever reaches the development issuer may be the demo partner, as they may be any demo worker. */
const PARTNER_SECRET = "demo-partner-app-needs-no-secret-on-loopback";
/** The claim of Suomi.fi identification that access/authenticate.ts reads; the sandbox may not import it. */
const HETU_CLAIM = "urn:oid:1.2.246.21";
const DEFAULT_TOKEN_LIFE_SECONDS = 8 * 60 * 60;
const KEY_FILE = "issuer-key.json";

/**
 * A real OpenID provider for development: signs in anyone as a demo caller. It has no login page and no flow but
 * two: the demo grant for people (`caller=prison-worker`) and client credentials for the partner app.
 * @throws the original error when the port is taken
 */
export async function startIssuer(options: IssuerOptions): Promise<RunningIssuer> {
  const jwk = await signingKey(options.stateFolder);
  let serve: RequestListener = (_request, response) => response.writeHead(503).end();
  // The issuer's name holds its port, so the server listens before the provider exists.
  const server = createServer((request, response) => serve(request, response));
  const { port } = await listen(server, options.port, options.host);
  const issuer = `http://${options.host}:${String(port)}`;
  // Loaded on demand: whoever only fetches a token (the CLI) should not wait for a provider.
  const { default: OidcProvider } = await import("oidc-provider");
  const provider = new OidcProvider(issuer, configuration(options, jwk));
  addDemoGrant(provider, options);
  const callback = provider.callback();
  serve = (request, response) => void callback(request, response);
  return {
    issuer,
    jwksUri: `${issuer}/jwks`,
    tokenEndpoint: `${issuer}/token`,
    close: () => close(server),
  };
}

/**
 * An access token in the name of a demo caller; for the demo partner app to use on the caller's behalf when so asked.
 * @throws Error with the issuer's answer when it refuses
 */
export async function fetchDemoToken(
  tokenEndpoint: string,
  callerName: DemoCallerName,
  { forPartner = false }: { forPartner?: boolean } = {},
): Promise<string> {
  const partner = { client_id: PARTNER_CLIENT, client_secret: PARTNER_SECRET };
  const response = await fetch(tokenEndpoint, {
    method: "POST",
    body: new URLSearchParams(
      callerName === "partner-app"
        ? { grant_type: "client_credentials", ...partner }
        : { grant_type: DEMO_GRANT, caller: callerName, ...(forPartner ? partner : { client_id: WORKER_CLIENT }) },
    ),
    signal: AbortSignal.timeout(10_000),
  });
  const answer = (await response.json()) as { access_token?: string; error_description?: string; error?: string };
  if (answer.access_token === undefined) {
    throw new Error(`The issuer gave no token: ${answer.error_description ?? answer.error ?? String(response.status)}`);
  }
  return answer.access_token;
}

function configuration(options: IssuerOptions, jwk: JsonWebKey): Configuration {
  const life = options.tokenLifeSeconds ?? DEFAULT_TOKEN_LIFE_SECONDS;
  const client = (more: ClientMetadata): ClientMetadata => ({
    redirect_uris: [],
    response_types: [],
    // The provider refuses a client whose default algorithm (RS256) has no key.
    id_token_signed_response_alg: "ES256",
    ...more,
  });
  return {
    adapter: memory(),
    jwks: { keys: [jwk] },
    clients: [
      client({ client_id: WORKER_CLIENT, grant_types: [DEMO_GRANT], token_endpoint_auth_method: "none" }),
      client({
        client_id: PARTNER_CLIENT,
        client_secret: PARTNER_SECRET,
        grant_types: ["client_credentials", DEMO_GRANT],
        token_endpoint_auth_method: "client_secret_post",
      }),
    ],
    ttl: { AccessToken: life, ClientCredentials: life },
    // No browser app may call the issuer from another origin.
    clientBasedCORS: () => false,
    // No browser flow ends here well, since nobody can sign in by a page; its errors are plain text.
    renderError: (ctx, out) => {
      ctx.type = "text/plain";
      ctx.body = `${out.error}: ${out.error_description ?? "no such flow here"}`;
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      clientCredentials: { enabled: true },
      // JWT access tokens exist only for a named resource server; the hub is the one, named or not.
      resourceIndicators: {
        enabled: true,
        defaultResource: () => options.audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => hub(options),
      },
    },
    extraTokenClaims: (_ctx, token) => {
      if (token.kind === "ClientCredentials") return claimsOf(DEMO_CALLERS["partner-app"], options);
      const caller = Object.values(DEMO_CALLERS).find(({ id }) => id === token.accountId);
      return caller && claimsOf(caller, options);
    },
  };
}

function addDemoGrant(provider: Provider, options: IssuerOptions): void {
  provider.registerGrantType(
    DEMO_GRANT,
    // A custom grant gets no `next` since version 9 of the provider: it must answer by itself.
    async (ctx) => {
      const { client, params } = ctx.oidc;
      const asked = params["caller"];
      const name = typeof asked === "string" && isDemoCallerName(asked) ? asked : undefined;
      if (!name || name === "partner-app") {
        const people = Object.keys(DEMO_CALLERS).filter((one) => one !== "partner-app");
        refuse(ctx, `"caller" must be one of ${people.join(", ")}`);
        return;
      }
      if (name === "person" && options.demoPersonHetu === undefined) {
        refuse(ctx, "this issuer was started without a demo person");
        return;
      }
      const token = new provider.AccessToken({
        accountId: DEMO_CALLERS[name].id,
        client,
        gty: DEMO_GRANT,
        resourceServer: new provider.ResourceServer(options.audience, hub(options)),
        scope: "",
      } as unknown as ConstructorParameters<Provider["AccessToken"]>[0]);
      ctx.body = { access_token: await token.save(), token_type: "Bearer", expires_in: token.expiration };
    },
    ["caller"],
  );
}

function refuse(ctx: { status: number; body: unknown }, description: string): void {
  ctx.status = 400;
  ctx.body = { error: "invalid_request", error_description: description };
}

const hub = (options: IssuerOptions): ResourceServer => ({
  audience: options.audience,
  scope: "",
  accessTokenTTL: options.tokenLifeSeconds ?? DEFAULT_TOKEN_LIFE_SECONDS,
  accessTokenFormat: "jwt",
  jwt: { sign: { alg: "ES256" } },
});

function claimsOf(caller: DemoCaller, options: IssuerOptions): Record<string, unknown> {
  return {
    name: caller.name,
    nivel_role: caller.role,
    nivel_unit: caller.unit,
    nivel_social_data: caller.socialDataRight,
    nivel_steward_of: caller.stewardOf,
    ...(caller.role === "PERSON" && { [HETU_CLAIM]: options.demoPersonHetu }),
  };
}

/** With a state folder the key is made once; another process that makes it first wins. */
async function signingKey(folder: string | undefined): Promise<JsonWebKey> {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const fresh = privateKey.export({ format: "jwk" });
  if (folder === undefined) return fresh;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, KEY_FILE);
  try {
    await writeFile(file, JSON.stringify(fresh), { flag: "wx", mode: 0o600 });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return JSON.parse(await readFile(file, "utf8")) as JsonWebKey;
  }
}

/**
 * The provider wants a store of its own and prints a warning about its built-in one. Signed tokens are not stored and
 * both flows keep no state, so that whatever it stores is of one request.
 */
function memory(): (name: string) => Adapter {
  const rows = new Map<string, AdapterPayload>();
  const none = async () => Promise.resolve(undefined);
  return (name) => ({
    upsert: (id, payload) => Promise.resolve(void rows.set(`${name}:${id}`, payload)),
    find: (id) => Promise.resolve(rows.get(`${name}:${id}`)),
    destroy: (id) => Promise.resolve(void rows.delete(`${name}:${id}`)),
    findByUserCode: none,
    findByUid: none,
    consume: none,
    revokeByGrantId: none,
  });
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
    server.closeAllConnections();
  });
}
