import fastify from "fastify";
import {
  type CryptoKey,
  type JWK,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
  exportJWK,
  generateKeyPair,
} from "jose";
import type { IssuerConfig } from "../../src/access/authenticate.ts";
import { systemClock } from "../../src/kernel/clock.ts";

export interface SigningKey {
  kid: string;
  privateKey: CryptoKey;
  publicJwk: JWK;
}

/** An issuer whose keys and tokens a test makes as it likes. */
export interface OwnIssuer {
  config: IssuerConfig;
  /** What it publishes; a test may change it at any time. */
  published: JWK[];
  /** How often its keys were asked for. */
  asked(): number;
  newKey(kid: string): Promise<SigningKey>;
  /** A token as the issuer itself would sign it, with whatever a test wants changed. */
  token(change?: JWTPayload, by?: SigningKey, header?: Partial<JWTHeaderParameters>): Promise<string>;
  close(): Promise<void>;
}

export const nowSeconds = (): number => Math.floor(systemClock.now().getTime() / 1000);

export async function startOwnIssuer(): Promise<OwnIssuer> {
  const server = fastify();
  const published: JWK[] = [];
  let asked = 0;
  server.get("/jwks", () => {
    asked += 1;
    return { keys: published };
  });
  const address = await server.listen({ host: "127.0.0.1", port: 0 });
  const config = { issuer: "https://own.issuer.example", audience: "urn:nivel:own", jwksUri: `${address}/jwks` };
  const newKey = async (kid: string): Promise<SigningKey> => {
    const { privateKey, publicKey } = await generateKeyPair("ES256");
    return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: "ES256" } };
  };
  const first = await newKey("first");
  published.push(first.publicJwk);
  return {
    config,
    published,
    asked: () => asked,
    newKey,
    token: (change = {}, by = first, header = {}) =>
      new SignJWT({
        iss: config.issuer,
        aud: config.audience,
        sub: "worker-1",
        client_id: "an-app",
        name: "A Worker",
        nivel_role: "PRISON_WORKER",
        nivel_unit: "jyvaskylan-vankila",
        iat: nowSeconds(),
        exp: nowSeconds() + 600,
        ...change,
      })
        .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: by.kid, ...header })
        .sign(by.privateKey),
    close: () => server.close(),
  };
}
