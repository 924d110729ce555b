import { createHmac, randomBytes, randomUUID } from "node:crypto";
import { StartupError } from "../../kernel/errors.ts";
import { type Vault, vaultOf } from "../../kernel/vault.ts";
import { KEY_BYTES, decrypt, encrypt } from "./aes-gcm.ts";
import type { KeyWrapper } from "./key-wrapper.ts";

export type KeyKind = "ENCRYPT" | "INDEX";
export const KEY_KINDS: readonly KeyKind[] = ["ENCRYPT", "INDEX"];

/**
 * ANNOUNCED: known to every hub before anything is sealed with it. CURRENT: seals. RETIRING: its rows are being sealed
 * anew. RETIRED: no row has it; it is kept, since a process that stood still may come back with one.
 */
export type KeyState = "ANNOUNCED" | "CURRENT" | "RETIRING" | "RETIRED";

/** Runs one statement in whatever transaction its giver has. */
export type Run = <Row extends object>(sql: string, params?: unknown[]) => Promise<Row[]>;

interface DataKey {
  id: string;
  kind: KeyKind;
  state: KeyState;
  bytes: Buffer;
}

interface DataKeyRow {
  id: string;
  kind: KeyKind;
  state: KeyState;
  wrapped: Uint8Array;
  wrapping_key: string;
}

const VERSION = 1;
const ID_BYTES = 16;
const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");
const boundTo = ({ id, kind }: { id: string; kind: string }): string => `nivel data key ${kind} ${id}`;

/**
 * The data keys of one database, unwrapped. A sealed value is version (1 byte) | data key id (16) | iv (12) | tag (16) |
 * data, by AES-256-GCM with "table.column" authenticated; a blind index is data key id (16) | HMAC-SHA-256 (32).
 * One key seals at most 2^32 values (random iv); rotate long before.
 */
export class Keyring implements Vault {
  #keys = new Map<string, DataKey>();

  constructor(private readonly wrapper: KeyWrapper) {}

  seal(column: string, plain: Uint8Array): Buffer {
    const key = this.#current("ENCRYPT");
    const head = Buffer.concat([Buffer.of(VERSION), idBytes(key.id)]);
    return Buffer.concat([head, encrypt(key.bytes, plain, Buffer.concat([head, Buffer.from(column)]))]);
  }

  open(column: string, sealed: Uint8Array): Buffer {
    const bytes = Buffer.from(sealed);
    const head = bytes.subarray(0, 1 + ID_BYTES);
    const key = head[0] === VERSION ? this.#keys.get(head.subarray(1).toString("hex")) : undefined;
    if (key?.kind !== "ENCRYPT") throw new Error(`${column} is sealed with a key that this process does not have`);
    return decrypt(key.bytes, bytes.subarray(head.length), Buffer.concat([head, Buffer.from(column)]));
  }

  indexOf(column: string, text: string): Buffer {
    return blindIndex(this.#current("INDEX"), column, text);
  }

  indexesOf(column: string, text: string): Buffer[] {
    const active = [...this.#keys.values()].filter(({ kind, state }) => kind === "INDEX" && state !== "RETIRED");
    if (active.length === 0) throw new Error("this database has no key yet");
    return active.sort((a, b) => (a.id < b.id ? -1 : 1)).map((key) => blindIndex(key, column, text));
  }

  /** The 17 or 16 bytes that every value begins with that was made with the current key. */
  currentHead(kind: KeyKind): Buffer {
    const id = idBytes(this.#current(kind).id);
    return kind === "ENCRYPT" ? Buffer.concat([Buffer.of(VERSION), id]) : id;
  }

  /** Makes a data key; all else stays as it is until `load`. @returns its id */
  async create(run: Run, kind: KeyKind, state: "ANNOUNCED" | "CURRENT"): Promise<string> {
    const id = randomUUID();
    const { wrapped, wrappingKey } = await this.wrapper.wrap(randomBytes(KEY_BYTES), boundTo({ id, kind }));
    await run(
      `insert into data_key (id, kind, state, wrapped, wrapping_key, created_at) values (?, ?, ?, ?, ?, now())`,
      [id, kind, state, wrapped, wrappingKey],
    );
    return id;
  }

  /**
   * Reads the keys and their states; unwraps those that are new.
   * @throws StartupError when they do not open
   */
  async load(run: Run): Promise<void> {
    const rows = await run<DataKeyRow>("select id, kind, state, wrapped, wrapping_key from data_key");
    const keys = new Map<string, DataKey>();
    for (const { id, kind, state, wrapped, wrapping_key: wrappingKey } of rows) {
      const hex = idBytes(id).toString("hex");
      const bytes =
        this.#keys.get(hex)?.bytes ?? (await this.wrapper.unwrap({ wrapped, wrappingKey }, boundTo({ id, kind })));
      keys.set(hex, { id, kind, state, bytes });
    }
    this.#keys = keys;
  }

  /** Wraps every data key by the wrapper's current key. @returns how many were wrapped by another */
  async rewrap(run: Run): Promise<number> {
    const keyId = await this.wrapper.keyId();
    const rows = await run<DataKeyRow>("select id, kind, state, wrapped, wrapping_key from data_key for update");
    let count = 0;
    for (const { id, kind, wrapped: old, wrapping_key: oldKey } of rows) {
      if (oldKey === keyId) continue;
      const key = await this.wrapper.unwrap({ wrapped: old, wrappingKey: oldKey }, boundTo({ id, kind }));
      const { wrapped, wrappingKey } = await this.wrapper.wrap(key, boundTo({ id, kind }));
      await run("update data_key set wrapped = ?, wrapping_key = ? where id = ?", [wrapped, wrappingKey, id]);
      count += 1;
    }
    return count;
  }

  #current(kind: KeyKind): DataKey {
    for (const key of this.#keys.values()) if (key.kind === kind && key.state === "CURRENT") return key;
    throw new StartupError("The database has no keys yet. Run: npm run nivel -- migrate");
  }
}

const blindIndex = ({ id, bytes }: DataKey, column: string, text: string): Buffer =>
  Buffer.concat([idBytes(id), createHmac("sha256", bytes).update(`${column}\0${text}`).digest()]);

/**
 * The keyring by which this platform's database is read, for the hub's own work on keys.
 * @throws StartupError when it was opened without keys
 */
export function keyringOf(platform: object): Keyring {
  const vault = vaultOf(platform);
  if (!(vault instanceof Keyring)) throw new StartupError("This database is read through another vault.");
  return vault;
}
