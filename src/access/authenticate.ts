import { type JWTVerifyGetKey, createRemoteJWKSet, errors, jwtVerify } from "jose";
import { z } from "zod";
import type { Clock } from "../kernel/clock.ts";
import { Unauthenticated, Unavailable } from "../kernel/errors.ts";
import { looksLikeIdentityCode, parseHetu } from "../kernel/hetu.ts";
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

/** Where a partner app sends the token of the person whom it serves: `Bearer <token>`. */
export const ON_BEHALF_HEADER = "nivel-on-behalf-of";

export const NEEDS_ITS_APP = `This token is used by an app on a person's behalf: send it in "${ON_BEHALF_HEADER}", beside the app's own.`;

/** Suomi.fi-tunnistus names the identity code so (attribute of 4.1 in the domain reference). */
export const HETU_CLAIM = "urn:oid:1.2.246.21";

/** An id that is written into logs and the audit: never an identity code. */
const opaque = z
  .string()
  .min(1)
  .refine((id) => !looksLikeIdentityCode(id));

const claims = z.object({
  sub: opaque,
  client_id: opaque,
  azp: opaque.optional(),
  act: z.object({ sub: opaque }).optional(),
  name: z.string().min(1),
  nivel_role: z.enum(CALLER_ROLES),
  nivel_unit: z.string().nullish(),
  nivel_social_data: z.boolean().optional(),
  nivel_steward_of: z.array(z.string()).optional(),
  [HETU_CLAIM]: z.string().optional(),
});

/**
 * Who asks, by the header `authorization` and, for a partner app that serves a person, `nivel-on-behalf-of`.
 * @throws Unauthenticated when a token does not verify or the two do not belong together
 * @throws Unavailable when the issuer's keys cannot be had
 */
export type Authenticate = (
  authorization: string | undefined,
  onBehalfOf?: string,
) => Promise<Omit<Caller, "purpose" | "requestId">>;

interface ProvenToken {
  caller: Awaited<ReturnType<Authenticate>>;
  /** The app that the issuer gave the token to: RFC 8693 `act.sub`, OIDC `azp`, RFC 9068 `client_id`. */
  heldBy: string;
  /** Whether it says itself that an app uses it for its subject (RFC 8693 section 4.1). */
  delegated: boolean;
}

const REFUSAL = "Send a valid access token: Authorization: Bearer <token>.";
const CLOCK_TOLERANCE_SECONDS = 5;
/** However long the issuer lets a token live, it is not believed longer: a working day. [D] */
const MAX_TOKEN_AGE = "12h";
/** A key that the issuer no longer publishes is refused after this. [D] */
const KEYS_BELIEVED_MS = 5 * 60_000;
/** An unknown key id makes the hub ask the issuer at most this often. */
const KEYS_ASKED_EVERY_MS = 30_000;

/**
 * Verifies OIDC access tokens (JWT, RFC 9068) against the issuer's published keys. The signature algorithms are
 * pinned to asymmetric ones, so that a public key cannot serve as an HMAC secret; a key, or an address of one, in the
 * token's own header is not looked at.
 */
export function createAuthenticator(config: IssuerConfig, clock: Clock): Authenticate {
  const keys: JWTVerifyGetKey = createRemoteJWKSet(new URL(config.jwksUri), {
    timeoutDuration: 3000,
    cacheMaxAge: KEYS_BELIEVED_MS,
    cooldownDuration: KEYS_ASKED_EVERY_MS,
  });
  const read = async (authorization: string | undefined): Promise<ProvenToken> => {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) throw new Unauthenticated(REFUSAL);
    return provenBy(await verify(token, keys, config, clock));
  };
  return async (authorization, onBehalfOf) => {
    const token = await read(authorization);
    if (onBehalfOf !== undefined) return onBehalf(token, await read(onBehalfOf));
    if (token.delegated) throw new Unauthenticated(NEEDS_ITS_APP);
    return token.caller;
  };
}

/**
 * A partner app serves a person: the person's rights and never more (decision D3), through that app. A token that the
 * issuer gave to another app opens nothing here.
 */
function onBehalf(app: ProvenToken, user: ProvenToken): ProvenToken["caller"] {
  if (app.caller.role !== "PARTNER_APP" || app.delegated) {
    throw new Unauthenticated(`Beside "${ON_BEHALF_HEADER}", the header Authorization holds the app's own token.`);
  }
  if (user.caller.role === "PARTNER_APP") {
    throw new Unauthenticated(`The header "${ON_BEHALF_HEADER}" holds a person's token, never an app's.`);
  }
  if (user.heldBy !== app.caller.client) {
    throw new Unauthenticated(`The token in "${ON_BEHALF_HEADER}" was issued to another app.`);
  }
  return { ...user.caller, client: app.caller.client };
}

function provenBy(payload: unknown): ProvenToken {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) throw new Unauthenticated("The access token lacks a claim that Nivel needs.");
  const claim = parsed.data;
  const person = claim.nivel_role === "PERSON" ? parseHetu(claim[HETU_CLAIM] ?? "") : undefined;
  if (claim.nivel_role === "PERSON" && !person) {
    throw new Unauthenticated("The access token does not tell by strong identification who you are.");
  }
  return {
    caller: {
      id: claim.sub as WorkerId,
      role: claim.nivel_role,
      name: claim.name,
      authority: AUTHORITY_OF_ROLE[claim.nivel_role],
      unit: claim.nivel_unit ?? null,
      client: claim.client_id,
      socialDataRight: claim.nivel_social_data ?? false,
      stewardOf: claim.nivel_steward_of ?? [],
      hetu: person?.hetu ?? null,
    },
    heldBy: claim.act?.sub ?? claim.azp ?? claim.client_id,
    delegated: claim.act !== undefined,
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
      maxTokenAge: MAX_TOKEN_AGE,
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
