import type { EntityManager } from "@mikro-orm/postgresql";
import type { Clock } from "../kernel/clock.ts";
import type { SigningKey } from "./audit-key.ts";
import { AuditHeadEntity } from "./audit.entity.ts";
import { FIRST_PREVIOUS_HASH, type SealedHead, signHead } from "./head.ts";
import { type Leaf, encodeLeaves, leafOf, merkleRoot } from "./leaf.ts";

/** Entries of one head at most: what one page of `audit verify` holds in memory. */
export const MOST_ENTRIES = 1000;
/** The classes of our two advisory locks; the object is the table, so that two schemas of one database do not meet. */
const WRITERS = 4_210_418;
const SEALERS = 4_210_419;
/** Well below the server's deadlock_timeout (1 s): writers wait for a waiting sealer no longer than this. */
const LOCK_TIMEOUT_MS = 200;
const LOCK_NOT_AVAILABLE = "55P03";

const lock = (name: string, kind: number) => `select ${name}(${kind}, 'audit_event'::regclass::oid::int) as got`;

/**
 * Seals every entry that is final into signed heads, oldest first. Several processes may call it at once: each entry is
 * sealed once. Writers that are busy for too long put it off to the next call.
 * @returns the heads that this call made
 */
export async function sealEntries(fork: () => EntityManager, key: SigningKey, clock: Clock): Promise<SealedHead[]> {
  if (!(await hasUnsealed(fork()))) return [];
  const upTo = await highestFinalId(fork());
  const heads: SealedHead[] = [];
  for (;;) {
    const head = upTo === undefined ? undefined : await sealGroup(fork(), upTo, key, clock);
    if (!head) return heads;
    heads.push(head);
  }
}

/** In a transaction like the rest, since the sealer's role holds for one. */
function hasUnsealed(em: EntityManager): Promise<boolean> {
  return em.transactional(async (inside) => {
    const [row] = await inside.execute<{ some: boolean }[]>(
      `select exists (select 1 from audit_event
        where id > (select coalesce(max(last_id), 0) from audit_head)) as some`,
    );
    return row!.some;
  });
}

/** Once no writer is at work, every id up to the highest is either there or never will be. Undefined: too busy. */
async function highestFinalId(em: EntityManager): Promise<number | undefined> {
  try {
    return await em.transactional(async (inside) => {
      await inside.execute(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`);
      await inside.execute(lock("pg_advisory_xact_lock", WRITERS));
      const [row] = await inside.execute<{ id: string }[]>("select coalesce(max(id), 0)::text as id from audit_event");
      return Number(row!.id);
    });
  } catch (error) {
    if ((error as { code?: string }).code === LOCK_NOT_AVAILABLE) return undefined;
    throw error;
  }
}

function sealGroup(em: EntityManager, upTo: number, key: SigningKey, clock: Clock): Promise<SealedHead | undefined> {
  return em.transactional(async (inside) => {
    const [sealer] = await inside.execute<{ got: boolean }[]>(lock("pg_try_advisory_xact_lock", SEALERS));
    if (!sealer!.got) return undefined;
    const [previous] = await inside.find(AuditHeadEntity, {}, { orderBy: { number: "desc" }, limit: 1 });
    const firstId = (previous?.lastId ?? 0) + 1;
    const leaves = (await rowsBetween(inside, firstId, upTo)).map(leafOf);
    if (leaves.length === 0) return undefined;
    const head = signHead(
      {
        number: (previous?.number ?? 0) + 1,
        firstId,
        lastId: leaves.at(-1)!.id,
        count: leaves.length,
        root: merkleRoot(leaves),
        previousHash: previous?.hash ?? FIRST_PREVIOUS_HASH,
        sealedAt: clock.now().toISOString(),
      },
      key,
    );
    await insertHead(inside, head, leaves);
    return head;
  });
}

/** The first page of the rows with an id in the range, both ends included, as the database itself puts them into JSON. */
export async function rowsBetween(
  em: EntityManager,
  firstId: number | null,
  lastId: number,
): Promise<Record<string, unknown>[]> {
  await em.execute("set local timezone to 'UTC'");
  const found = await em.execute<{ row: Record<string, unknown> }[]>(
    `select to_jsonb(e) as row from audit_event e
      where id <= ? ${firstId === null ? "" : "and id >= ?"} order by id limit ${MOST_ENTRIES}`,
    firstId === null ? [lastId] : [lastId, firstId],
  );
  return found.map(({ row }) => row);
}

const insertHead = (em: EntityManager, head: SealedHead, leaves: readonly Leaf[]) =>
  em.insert(AuditHeadEntity, { ...head, sealedAt: new Date(head.sealedAt), leaves: encodeLeaves(leaves) });
