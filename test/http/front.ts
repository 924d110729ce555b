import fastify from "fastify";
import { SignJWT, exportJWK, generateKeyPair } from "jose";
import { createHub } from "../../src/hub.ts";
import { HETU_CLAIM } from "../../src/access/authenticate.ts";
import type { Purpose } from "../../src/access/purpose.ts";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import { seededCaseId } from "../../src/cli/seed.ts";
import { AUTHORITIES } from "../../src/kernel/authority.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import type { CaseId } from "../../src/kernel/ids.ts";
import type { DemoCaller } from "../../src/sandbox/demo-callers.ts";
import type { SyntheticPerson } from "../../src/sandbox/population.ts";
import { createSources } from "../../src/sources/register.ts";
import { UNLIMITED, testLog } from "../support/front-settings.ts";
import { type TestHub, testHub } from "../support/hub.ts";

const ISSUER = "https://issuer.test.example";
const AUDIENCE = "nivel-front";

/** A second HTTP front on the shared hub's database and sandbox, whose tokens name any caller, not the demo's alone. */
export interface Front {
  hub: TestHub;
  as(
    caller: Pick<DemoCaller, "id" | "role" | "unit"> & Partial<DemoCaller> & { hetu?: string },
    purpose: Purpose,
  ): Promise<AppClient>;
}

export interface PersonInCase {
  person: SyntheticPerson;
  caseId: CaseId;
  /** Prison or probation office of the person's case. */
  unit: string;
}

let shared: Promise<Front> | undefined;

export const testFront = (): Promise<Front> => (shared ??= startFront());

async function startFront(): Promise<Front> {
  const hub = await testHub();
  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const keys = fastify();
  const jwk = { ...(await exportJWK(publicKey)), kid: "front", alg: "ES256" };
  keys.get("/jwks", () => ({ keys: [jwk] }));
  const jwksUri = `${await keys.listen({ host: "127.0.0.1", port: 0 })}/jwks`;

  const { urls } = hub.sandbox.authorities;
  const front = await createHub({
    database: hub.database,
    sources: createSources(
      {
        xroadClient: "FI-TEST/GOV/0000000-0/nivel",
        timeoutMs: 1500,
        forwardSandboxHeader: true,
        authorities: Object.fromEntries(AUTHORITIES.map((authority) => [authority, { url: urls[authority] }])),
      },
      systemClock,
    ),
    issuer: { issuer: ISSUER, audience: AUDIENCE, jwksUri },
    clock: systemClock,
    formsFolder: "forms",
    production: false,
    clients: UNLIMITED,
    ...testLog(),
  });
  const url = await front.listen({ host: "127.0.0.1", port: 0 });
  return {
    hub,
    as: async ({ id, role, unit, name = `Worker ${id}`, socialDataRight = false, stewardOf = [], hetu }, purpose) => {
      const claims = {
        client_id: "front-app",
        name,
        nivel_role: role,
        nivel_unit: unit,
        nivel_social_data: socialDataRight,
        nivel_steward_of: stewardOf,
        ...(hetu === undefined ? {} : { [HETU_CLAIM]: hetu }),
      };
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "front" })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(id)
        .setIssuedAt()
        .setExpirationTime("1h")
        .sign(privateKey);
      return { url, token, purpose };
    },
  };
}

const taken = new Set<number>();

/**
 * A person whom no other test of this worker has, so that consents and referrals do not meet; the last of the
 * population first, since the first ones are the story's.
 */
export async function freshPerson(
  wanted: (person: SyntheticPerson) => boolean = () => true,
  from: "prison" | "office" = "prison",
): Promise<PersonInCase> {
  const { sandbox } = await testHub();
  const isOffice = (person: SyntheticPerson) => person.units[0]!.endsWith("yhdyskuntaseuraamustoimisto");
  const person = sandbox.population.findLast(
    (one) => !taken.has(one.index) && one.index > 3 && isOffice(one) === (from === "office") && wanted(one),
  );
  if (!person) throw new Error("no such person is left in the population");
  taken.add(person.index);
  return { person, caseId: seededCaseId(person.index), unit: person.units[0]! };
}

/** The demo worker's prisoner, unknown to every county. */
export const strangerToCounties = async (): Promise<CaseId> =>
  (await freshPerson(({ units, county }) => units[0] === "jyvaskylan-vankila" && county.length === 0)).caseId;

/** A worker of the prison that holds the person. */
export async function prisonWorkerOf(
  { unit }: Pick<PersonInCase, "unit">,
  more: Partial<DemoCaller> = {},
  purpose: Purpose = "SOCIAL_ASSISTANCE",
): Promise<AppClient> {
  const { as } = await testFront();
  return as({ id: `officer-${unit}`, role: "PRISON_WORKER", unit, ...more }, purpose);
}

/** A social worker of a county. */
export async function countyWorkerOf(unit: string, id = `county-${unit}`): Promise<AppClient> {
  const { as } = await testFront();
  return as({ id, role: "COUNTY_WORKER", unit }, "SOCIAL_ASSISTANCE");
}
