import { type JWTVerifyGetKey, createRemoteJWKSet, errors, jwtVerify } from "jose";
import { z } from "zod";
import type { Clock } from "../kernel/clock.ts";
import { Unauthenticated, Unavailable } from "../kernel/errors.ts";
import { parseHetu } from "../kernel/hetu.ts";
import type { WorkerId } from "../kernel/ids.ts";
import type { Caller } from "./caller.ts";
import { AUTHORITY_OF_ROLE, CALLER_ROLES } from "./role.ts";

export interface IssuerConfig {
  /** Exactly the token's `iss`. */
  issuer: string;
  /** Must be among the token's `aud`. */
  audience: string;
  jwksUri: string;
}

/** Suomi.fi-tunnistus names the identity code so (attribute of 4.1 in the domain reference). */
export const HETU_CLAIM = "urn:oid:1.2.246.21";

const claims = z.object({
  sub: z.string().min(1),
  client_id: z.string().min(1),
  name: z.string().min(1),
  nivel_role: z.enum(CALLER_ROLES),
  nivel_unit: z.string().nullish(),
  nivel_social_data: z.boolean().optional(),
  nivel_steward_of: z.array(z.string()).optional(),
  [HETU_CLAIM]: z.string().optional(),
});

export type Authenticate = (authorization: string | undefined) => Promise<Omit<Caller, "purpose">>;

const REFUSAL = "Send a valid access token: Authorization: Bearer <token>.";
const CLOCK_TOLERANCE_SECONDS = 5;

/**
 * Verifies OIDC access tokens (JWT, RFC 9068) against the issuer's published keys. The signature algorithms are
 * pinned to asymmetric ones, so that a public key cannot serve as an HMAC secret.
 */
export function createAuthenticator(config: IssuerConfig, clock: Clock): Authenticate {
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(config.jwksUri), { timeoutDuration: 3000 });
  return async (authorization) => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) throw new Unauthenticated(REFUSAL);
    const payload = await verify(token, keys, config, clock);
    const parsed = claims.safeParse(payload);
    if (!parsed.success) throw new Unauthenticated("The access token lacks a claim that Nivel needs.");
    const claim = parsed.data;
    const person = claim.nivel_role === "PERSON" ? parseHetu(claim[HETU_CLAIM] ?? "") : undefined;
    if (claim.nivel_role === "PERSON" && !person) {
      throw new Unauthenticated("The access token does not tell by strong identification who you are.");
    }
    return {
      id: claim.sub as WorkerId,
      role: claim.nivel_role,
      name: claim.name,
      authority: AUTHORITY_OF_ROLE[claim.nivel_role],
      unit: claim.nivel_unit ?? null,
      client: claim.client_id,
      socialDataRight: claim.nivel_social_data ?? false,
      stewardOf: claim.nivel_steward_of ?? [],
      hetu: person?.hetu ?? null,
    };
  };
}

async function verify(token: string, keys: JWTVerifyGetKey, config: IssuerConfig, clock: Clock): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: config.issuer,
      audience: config.audience,
      algorithms: ["ES256", "PS256", "RS256"],
      typ: "at+jwt",
      requiredClaims: ["exp", "iat", "sub"],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      currentDate: clock.now(),
    });
    return payload;
  } catch (cause) {
    if (cause instanceof errors.JWTExpired) throw new Unauthenticated("The access token has expired. Fetch a new one.");
    if (isKeysFault(cause)) throw new Unavailable("The issuer of access tokens does not answer. Try again soon.");
    throw new Unauthenticated(REFUSAL);
  }
}

/** Whether the issuer's keys could not be had, which says nothing of the token. */
const isKeysFault = (cause: unknown): boolean =>
  !(cause instanceof errors.JOSEError) ||
  cause instanceof errors.JWKSTimeout ||
  cause instanceof errors.JWKSInvalid ||
  cause.code === "ERR_JOSE_GENERIC";
