import { setImmediate as breathe } from "node:timers/promises";
import type { EntityManager } from "@mikro-orm/postgresql";
import { encryptedColumn } from "../../kernel/encrypted.ts";
import { KEY_KINDS, type KeyKind, type KeyState, type Keyring, type Run } from "./keyring.ts";

export interface KeyStatus {
  id: string;
  kind: KeyKind;
  state: KeyState;
  wrappingKey: string;
  createdAt: Date;
  /** How many values in the database were made with it. */
  values: number;
}

/** The columns of one table that were made with data keys; each row has an `id`. */
interface KeyedTable {
  table: string;
  sealed: string[];
  /** A blind index and the sealed column that it is of. */
  index: { column: string; of: string } | undefined;
}

const BATCH = 50;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";
const INDEXES: Readonly<Record<string, KeyedTable["index"]>> = { case_file: { column: "hetu_index", of: "hetu" } };

const runIn =
  (em: EntityManager): Run =>
  (sql, params) =>
    em.execute(sql, params);

/** Every encrypted column, as the entities declare them. */
function keyedTables(em: EntityManager): KeyedTable[] {
  const tables: KeyedTable[] = [];
  for (const meta of em.getMetadata().getAll().values()) {
    const sealed = meta.props.filter((prop) => encryptedColumn(prop.customType) !== undefined);
    if (sealed.length === 0) continue;
    const table = meta.tableName;
    tables.push({ table, sealed: sealed.map((prop) => prop.fieldNames[0]!), index: INDEXES[table] });
  }
  return tables;
}

export async function keyStatus(em: EntityManager): Promise<KeyStatus[]> {
  const run = runIn(em);
  const used = new Map<string, number>();
  const count = async (table: string, column: string, from: number) => {
    const rows = await run<{ key: string; values: string | number }>(
      `select encode(substring(${column} from ${from} for 16), 'hex') as key, count(*) as values
       from ${table} where ${column} is not null group by 1`,
    );
    for (const { key, values } of rows) used.set(key, (used.get(key) ?? 0) + Number(values));
  };
  for (const { table, sealed, index } of keyedTables(em)) {
    for (const column of sealed) await count(table, column, 2);
    if (index) await count(table, index.column, 1);
  }
  const keys = await run<{
    id: string;
    kind: KeyKind;
    state: KeyState;
    wrapping_key: string;
    created_at: string | Date;
  }>("select id, kind, state, wrapping_key, created_at from data_key order by created_at, id");
  return keys.map(({ id, kind, state, wrapping_key: wrappingKey, created_at: createdAt }) => {
    return {
      id,
      kind,
      state,
      wrappingKey,
      createdAt: new Date(createdAt),
      values: used.get(id.replaceAll("-", "")) ?? 0,
    };
  });
}

/**
 * Changes both data keys while hubs go on serving, and may be repeated after it was interrupted:
 * announce the new ones; when every hub knows them, seal with them; when every hub does, seal the old rows anew, in
 * small transactions; then retire the old.
 * @param pause waits until every running hub has read the keys again
 * @returns how many rows were sealed anew
 */
export async function rotateKeys(
  fork: () => EntityManager,
  keyring: Keyring,
  pause: () => Promise<void>,
  onProgress: (rows: number) => void,
): Promise<number> {
  await fork().transactional(async (em) => {
    const run = runIn(em);
    const announced = await run<{ kind: KeyKind }>("select kind from data_key where state = 'ANNOUNCED'");
    for (const kind of KEY_KINDS)
      if (!announced.some((key) => key.kind === kind)) await keyring.create(run, kind, "ANNOUNCED");
  });
  await keyring.load(runIn(fork()));
  await pause();
  await fork().transactional(async (em) => {
    const run = runIn(em);
    await run("update data_key set state = 'RETIRING' where state = 'CURRENT'");
    await run("update data_key set state = 'CURRENT' where state = 'ANNOUNCED'");
  });
  await keyring.load(runIn(fork()));
  await pause();
  let total = 0;
  for (;;) {
    let changed = 0;
    for (const table of keyedTables(fork())) {
      changed += await resealTable(fork, keyring, table, (rows) => {
        onProgress(total + changed + rows);
      });
    }
    total += changed;
    // Only a pass that finds nothing shows that nobody wrote with the old key behind the one before.
    if (changed === 0) break;
  }
  await fork().transactional((em) => runIn(em)("update data_key set state = 'RETIRED' where state = 'RETIRING'"));
  await keyring.load(runIn(fork()));
  return total;
}

async function resealTable(
  fork: () => EntityManager,
  keyring: Keyring,
  { table, sealed, index }: KeyedTable,
  onProgress: (rows: number) => void,
): Promise<number> {
  const [sealHead, indexHead] = [keyring.currentHead("ENCRYPT"), keyring.currentHead("INDEX")];
  const heads: [string, Buffer][] = sealed.map((column) => [column, sealHead]);
  if (index) heads.push([index.column, indexHead]);
  const isOld = heads.map(([column, head]) => `substring(${column} from 1 for ${head.length}) <> ?`).join(" or ");
  const columns = heads.map(([column]) => column);
  const open = (column: string, value: Uint8Array) => keyring.open(`${table}.${column}`, value);

  let after = FIRST_ID;
  let count = 0;
  for (;;) {
    const rows = await fork().transactional(async (em) => {
      const run = runIn(em);
      // Lets the trigger that locks signed statements see that only the seal changes.
      await run("select set_config('nivel.resealing', 'on', true)");
      const old = await run<{ id: string } & Record<string, Uint8Array | null>>(
        `select id, ${columns.join(", ")} from ${table} where id > ? and (${isOld}) order by id limit ${BATCH} for update`,
        [after, ...heads.map(([, head]) => head)],
      );
      for (const row of old) {
        const values = sealed.map((column) => {
          const value = row[column];
          return value ? keyring.seal(`${table}.${column}`, open(column, value)) : null;
        });
        if (index) {
          const text = row[index.of];
          values.push(text ? keyring.indexOf(`${table}.${index.of}`, open(index.of, text).toString("utf8")) : null);
        }
        const set = columns.map((column) => `${column} = ?`).join(", ");
        await run(`update ${table} set ${set} where id = ?`, [...values, row.id]);
      }
      return old;
    });
    count += rows.length;
    const last = rows.at(-1);
    if (!last) return count;
    onProgress(count);
    after = last.id;
    // The embedded database answers without ever letting the event loop go round.
    await breathe();
  }
}
