import { setTimeout as wait } from "node:timers/promises";
import type { EntityManager } from "@mikro-orm/postgresql";
import { StartupError } from "../../kernel/errors.ts";
import type { Keyring } from "./keyring.ts";
import { type KeyStatus, keyStatus, rotateKeys } from "./rotation.ts";

/** What an operator does to the keys of a database, also while hubs run on it. */
export interface KeyKeeping {
  status(): Promise<KeyStatus[]>;
  /** New data keys, and every row sealed anew with them. @returns how many rows were sealed anew */
  rotate(onProgress?: (rows: number) => void): Promise<number>;
  /** Wraps the data keys by the key holder's current key; no row changes. @returns how many were wrapped by another */
  rewrap(): Promise<number>;
  /** Stops looking for changed keys. */
  close(): void;
}

/** How often a hub on PostgreSQL reads the keys again, since another process may be changing them. */
const RELOAD_MS = 2000;
/** Until then every running hub has read them: its reload, one that was just under way, and a slow answer. */
const PAUSE_MS = 3 * RELOAD_MS;
/** Keeps two processes from changing keys at once. The number only has to be the same everywhere. */
const KEYS_LOCK = 4_210_420;

/** Reads the keys, if the database has come so far as to have them. */
export async function loadKeys(em: EntityManager, keyring: Keyring): Promise<void> {
  const [found] = await em.execute<{ there: boolean }[]>("select to_regclass('data_key') is not null as there");
  if (found?.there) await keyring.load((sql, params) => em.execute(sql, params));
}

export function keyKeeping(fork: () => EntityManager, keyring: Keyring | undefined, serverSide: boolean): KeyKeeping {
  // The embedded database has one process, which changes its own keys.
  const reload = keyring && serverSide ? setInterval(() => void reloadQuietly(), RELOAD_MS).unref() : undefined;
  const reloadQuietly = async () => {
    try {
      await loadKeys(fork(), keyring!);
    } catch {
      // The database or the key holder does not answer now; the next reload asks again, and the keys in hand still serve.
    }
  };
  const having = (): Keyring => {
    if (!keyring) throw new StartupError("No keys are configured for this database.");
    return keyring;
  };

  return {
    status: () => {
      having();
      return keyStatus(fork());
    },
    rotate: (onProgress = () => undefined) =>
      exclusively(fork, serverSide, () =>
        rotateKeys(fork, having(), () => (serverSide ? wait(PAUSE_MS) : Promise.resolve()), onProgress),
      ),
    rewrap: () =>
      exclusively(fork, serverSide, () =>
        fork().transactional((em) => having().rewrap((sql, params) => em.execute(sql, params))),
      ),
    close: () => {
      clearInterval(reload);
    },
  };
}

async function exclusively<T>(fork: () => EntityManager, serverSide: boolean, run: () => Promise<T>): Promise<T> {
  if (!serverSide) return run();
  const holder = fork();
  await holder.begin();
  try {
    const [lock] = await holder.execute<{ held: boolean }[]>(`select pg_try_advisory_xact_lock(${KEYS_LOCK}) as held`);
    if (!lock?.held) throw new StartupError("Another process is changing the keys of this database. Wait for its end.");
    return await run();
  } finally {
    await holder.rollback();
  }
}
