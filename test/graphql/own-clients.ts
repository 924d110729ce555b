import fastify from "fastify";
import { SignJWT, exportJWK, generateKeyPair } from "jose";
import type { Purpose } from "../../src/access/purpose.ts";
import { registerMissing } from "../../src/access/client.repository.ts";
import type { Client } from "../../src/access/client.ts";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import type { RequestLimits } from "../../src/graphql/server.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { DEMO_CALLERS } from "../../src/sandbox/demo-callers.ts";
import { testHub } from "../support/hub.ts";
import { hubBeside } from "../support/second-hub.ts";

const ISSUER = "https://clients.test.example";
const AUDIENCE = "nivel-clients";

/** A hub in front of the shared database, where the demo prison worker speaks through any application. */
interface ClientsHub {
  url: string;
  /** Registers the application with these rights, where it is not yet. */
  through(client: string, rights?: Partial<Client>, purpose?: Purpose): Promise<AppClient>;
  close(): Promise<void>;
}

export async function hubForClients(options: {
  production?: boolean;
  requests?: Partial<RequestLimits>;
  pointsPerMinute?: number;
}): Promise<ClientsHub> {
  const hub = await testHub();
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const keys = fastify();
  const jwk = { ...(await exportJWK(publicKey)), kid: "clients", alg: "ES256" };
  keys.get("/jwks", () => ({ keys: [jwk] }));
  const jwksUri = `${await keys.listen({ host: "127.0.0.1", port: 0 })}/jwks`;
  const { pointsPerMinute, ...rest } = options;
  const second = await hubBeside(hub, {
    ...rest,
    ...(pointsPerMinute === undefined ? {} : { clients: { pointsPerMinute } }),
    issuer: { issuer: ISSUER, audience: AUDIENCE, jwksUri },
  });
  const { id, role, name, unit } = DEMO_CALLERS["prison-worker"];
  return {
    url: second.url,
    through: async (client, rights = {}, purpose = "RELEASE_PLANNING") => {
      const entry: Client = {
        id: client,
        name: client,
        registeredAt: systemClock.now(),
        suspendedAt: null,
        mayIntrospect: false,
        onlyTrusted: null,
        partner: false,
        pointsPerMinute: null,
        ...rights,
      };
      await registerMissing(hub.database.fork(), [entry]);
      const token = await new SignJWT({ client_id: client, name, nivel_role: role, nivel_unit: unit })
        .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "clients" })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(id)
        .setIssuedAt()
        .setExpirationTime("1h")
        .sign(privateKey);
      return { url: second.url, token, purpose };
    },
    close: async () => {
      await second.close();
      await keys.close();
    },
  };
}
