import fastify from "fastify";
import { SignJWT, exportJWK, generateKeyPair } from "jose";
import type { Purpose } from "../../src/access/purpose.ts";
import { HETU_CLAIM } from "../../src/access/authenticate.ts";
import type { CallerRole } from "../../src/access/role.ts";
import {
  type Remit,
  type RemitGround,
  insertCase,
  insertRecordedFact,
  insertRemits,
} from "../../src/cases/case.repository.ts";
import type { AppClient } from "../../src/cli/graphql-client.ts";
import { createHub } from "../../src/hub.ts";
import { AUTHORITIES, type Authority } from "../../src/kernel/authority.ts";
import type { Clock } from "../../src/kernel/clock.ts";
import { localDate, today } from "../../src/kernel/dates.ts";
import type { Hetu } from "../../src/kernel/hetu.ts";
import { type CaseId, type WorkerId, newId } from "../../src/kernel/ids.ts";
import type { Database } from "../../src/persistence/database.ts";
import { createPopulation } from "../../src/sandbox/population.ts";
import { testDatabase } from "../support/database.ts";
import { UNLIMITED, testLog } from "../support/front-settings.ts";
import { canarySource } from "./canary-source.ts";

const ISSUER = "https://issuer.property.example";
const AUDIENCE = "nivel-property";
export const FIRST_DAY = localDate("2026-03-02");

export interface Asker {
  name: string;
  role: CallerRole;
  unit: string | null;
  socialDataRight: boolean;
  /** Index of the case whose person this is. */
  person?: number;
  worker: string;
  purposes: readonly Purpose[];
}

const asker = (
  name: string,
  role: CallerRole,
  unit: string | null,
  purposes: readonly Purpose[],
  more: Partial<Asker> = {},
): Asker => ({ name, role, unit, purposes, socialDataRight: false, worker: `property-${name}`, ...more });

const RISE: readonly Purpose[] = ["ENFORCEMENT", "RELEASE_PLANNING", "SOCIAL_ASSISTANCE"];

/** Everybody who may ask: some hold the cases, some are strangers of the same kind. */
export const ASKERS: readonly Asker[] = [
  asker("prison", "PRISON_WORKER", "jyvaskylan-vankila", RISE),
  asker("prison-social", "PRISON_WORKER", "jyvaskylan-vankila", RISE, { socialDataRight: true }),
  asker("other-prison", "PRISON_WORKER", "turun-vankila", RISE, { socialDataRight: true }),
  asker("probation", "PROBATION_WORKER", "vali-suomen-yhdyskuntaseuraamustoimisto", RISE),
  asker("nurse", "VTH_NURSE", "jyvaskylan-vankila", ["HEALTH_CARE"]),
  asker("county", "COUNTY_WORKER", "15", ["SOCIAL_WELFARE", "SOCIAL_ASSISTANCE"]),
  asker("other-county", "COUNTY_WORKER", "06", ["SOCIAL_WELFARE", "SOCIAL_ASSISTANCE"]),
  asker("child-protection", "CHILD_PROTECTION_WORKER", "15", ["CHILD_PROTECTION"]),
  asker("employment", "EMPLOYMENT_CONTACT", "09", ["EMPLOYMENT_SERVICES"]),
  asker("kela", "KELA_OFFICER", "KELA", ["BENEFITS"]),
  asker("person", "PERSON", null, ["OWN_DATA"], { person: 0 }),
  asker("other-person", "PERSON", null, ["OWN_DATA"], { person: 1 }),
];

/** Units that each authority's system says it serves the persons by: of those askers who hold the cases. */
const SERVED_BY: Record<Authority, readonly string[]> = {
  RISE: ["jyvaskylan-vankila", "vali-suomen-yhdyskuntaseuraamustoimisto"],
  VTH: ["jyvaskylan-vankila"],
  COUNTY: ["15"],
  EMPLOYMENT: ["09"],
  KELA: ["KELA"],
};

const REMITS: readonly { role: CallerRole; unit: string; ground: RemitGround; workerId?: string }[] = [
  { role: "PRISON_WORKER", unit: "jyvaskylan-vankila", ground: "UNIT" },
  {
    role: "PROBATION_WORKER",
    unit: "vali-suomen-yhdyskuntaseuraamustoimisto",
    ground: "ASSIGNMENT",
    workerId: "property-probation",
  },
  { role: "VTH_NURSE", unit: "jyvaskylan-vankila", ground: "TREATMENT" },
  { role: "COUNTY_WORKER", unit: "15", ground: "CLIENT_RELATIONSHIP" },
  { role: "EMPLOYMENT_CONTACT", unit: "09", ground: "CLIENT_RELATIONSHIP" },
  { role: "KELA_OFFICER", unit: "KELA", ground: "KELA_MATTER" },
];

/** Holds a time that a test moves. */
export interface MovableClock extends Clock {
  moveTo(instant: Date): void;
}

export interface World {
  database: Database;
  clock: MovableClock;
  cases: readonly { id: CaseId; hetu: Hetu }[];
  /** A case that none of the askers knows, and an id that never was one. */
  hidden: CaseId;
  absent: CaseId;
  /** @param run sets the worker's id apart, so that what this caller did is found in the log; the same rights */
  as(who: Asker, purpose: Purpose, run?: string): Promise<AppClient>;
  close(): Promise<void>;
}

/** A hub over canary sources and a clock of its own, over real HTTP, on the database under test. */
export async function startWorld(): Promise<World> {
  const database = await testDatabase();
  let now = new Date(`${FIRST_DAY}T10:00:00.000Z`);
  const clock: MovableClock = { now: () => now, moveTo: (instant) => void (now = instant) };

  const { privateKey, publicKey } = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "property", alg: "ES256" };
  const keys = fastify();
  keys.get("/jwks", () => ({ keys: [jwk] }));
  const jwksUri = `${await keys.listen({ host: "127.0.0.1", port: 0 })}/jwks`;

  const hub = await createHub({
    database,
    sources: AUTHORITIES.map((authority) => canarySource(authority, SERVED_BY[authority], clock)),
    issuer: { issuer: ISSUER, audience: AUDIENCE, jwksUri },
    clock,
    formsFolder: "forms",
    production: false,
    clients: UNLIMITED,
    ...testLog(),
  });
  const url = await hub.listen({ host: "127.0.0.1", port: 0 });

  const population = createPopulation({ seed: 777, size: 8, today: FIRST_DAY });
  const cases = population.slice(4, 8).map(({ hetu }) => ({ id: newId<CaseId>(), hetu }));
  for (const [index, one] of cases.entries()) {
    await openCase(database, one, clock, index < 3 ? REMITS : []);
  }
  return {
    database,
    clock,
    cases: cases.slice(0, 3),
    hidden: cases[3]!.id,
    absent: newId<CaseId>(),
    as: async (who, purpose, run = "") => {
      const seconds = Math.floor(now.getTime() / 1000);
      const person = who.person === undefined ? {} : { [HETU_CLAIM]: cases[who.person]!.hetu };
      const token = await new SignJWT({
        client_id: "property-app",
        name: `Worker ${who.name}`,
        nivel_role: who.role,
        nivel_unit: who.unit,
        nivel_social_data: who.socialDataRight,
        nivel_steward_of: [],
        ...person,
      })
        .setProtectedHeader({ alg: "ES256", typ: "at+jwt", kid: "property" })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(`${who.worker}${run}`)
        .setIssuedAt(seconds - 1)
        .setExpirationTime(seconds + 600)
        .sign(privateKey);
      return { url, token, purpose };
    },
    close: async () => {
      await hub.close();
      await keys.close();
    },
  };
}

async function openCase(
  database: Database,
  { id, hetu }: { id: CaseId; hetu: Hetu },
  clock: Clock,
  remits: typeof REMITS,
): Promise<void> {
  await database.fork().transactional(async (em) => {
    await insertCase(em, { id, hetu, openedAt: clock.now() }, "property");
    const rows = remits.map(
      (remit): Remit => ({
        caseId: id,
        until: null,
        since: today(clock),
        ...remit,
        workerId: (remit.workerId ?? null) as WorkerId | null,
      }),
    );
    await insertRemits(em, rows);
    for (const authority of AUTHORITIES) {
      await insertRecordedFact(em, {
        caseId: id,
        path: "readiness.firstNight",
        holder: authority,
        unit: SERVED_BY[authority][0]!,
        value: `Entered by ${authority}`,
        confirmedOn: today(clock),
        recordedBy: "property" as WorkerId,
        recordedAt: clock.now(),
      });
    }
  });
}
