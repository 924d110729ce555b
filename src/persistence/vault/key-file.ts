import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { StartupError } from "../../kernel/errors.ts";
import { KEY_BYTES, decrypt, encrypt } from "./aes-gcm.ts";
import type { KeyWrapper } from "./key-wrapper.ts";

const KEY_FILE = z.object({
  /** Id of the key that wraps from now on; the others only unwrap. */
  current: z.string().min(1),
  keys: z.record(
    z.string().min(1),
    z.base64().refine((key) => Buffer.from(key, "base64").length === KEY_BYTES),
  ),
});
type KeyFile = z.infer<typeof KEY_FILE>;

/** Bits of the file's mode by which others than its owner and group could read or change it. */
const OTHERS = 0o007;

/**
 * Key-encryption keys in a JSON file: `{ "current": "2026-11", "keys": { "2026-11": "<32 bytes, base64>" } }`.
 * To change them, add a key, name it as current, and run `keys rewrap`; afterwards the old one can go.
 * With `create`, a missing file is made when the first data key is wrapped; never for a database that has keys.
 */
export function keyFile(path: string, { create }: { create: boolean }): KeyWrapper {
  const read = async (): Promise<KeyFile> => {
    const text = await readKeyFile(path);
    if (text === undefined) throw new StartupError(`The key file ${path} is missing. Restore it; nothing was changed.`);
    return parse(path, text);
  };
  const readOrMake = async (): Promise<KeyFile> => {
    if (create && (await readKeyFile(path)) === undefined) await make(path);
    return read();
  };
  return wrapperOf(readOrMake, read, `the key file ${path}`);
}

/** Keys that end with the process, for a database that does. */
export function ephemeralKeys(): KeyWrapper {
  const keys = { current: "ephemeral", keys: { ephemeral: newKey() } };
  const read = () => Promise.resolve(keys);
  return wrapperOf(read, read, "this process");
}

function wrapperOf(forWrapping: () => Promise<KeyFile>, read: () => Promise<KeyFile>, holder: string): KeyWrapper {
  return {
    keyId: async () => (await forWrapping()).current,
    wrap: async (key, bound) => {
      const { current, keys } = await forWrapping();
      return {
        wrapped: encrypt(Buffer.from(keys[current]!, "base64"), key, Buffer.from(bound)),
        wrappingKey: current,
      };
    },
    unwrap: async ({ wrapped, wrappingKey }, bound) => {
      const key = (await read()).keys[wrappingKey];
      if (key === undefined)
        throw new StartupError(
          `The database's keys are wrapped by the key "${wrappingKey}", which ${holder} does not hold. Restore the right keys; nothing was changed.`,
        );
      try {
        return decrypt(Buffer.from(key, "base64"), Buffer.from(wrapped), Buffer.from(bound));
      } catch {
        throw new StartupError(
          `The key "${wrappingKey}" of ${holder} does not open the database's keys: it is another one. Restore the right keys; nothing was changed.`,
        );
      }
    },
  };
}

async function readKeyFile(path: string): Promise<string | undefined> {
  try {
    if (((await stat(path)).mode & OTHERS) !== 0)
      throw new StartupError(`The key file ${path} is open to every user of this machine. Run: chmod 600 ${path}`);
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof StartupError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new StartupError(
      `The key file ${path} cannot be read (${code ?? "?"}). Make it readable for the hub's user.`,
    );
  }
}

function parse(path: string, text: string): KeyFile {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    read = undefined;
  }
  const parsed = KEY_FILE.safeParse(read);
  if (!parsed.success || !Object.hasOwn(parsed.data.keys, parsed.data.current))
    throw new StartupError(
      `The key file ${path} is not one: it must be {"current": "<id>", "keys": {"<id>": "<32 bytes in base64>"}}.`,
    );
  return parsed.data;
}

/** Adds a key to the file and lets it wrap from now on; makes the file if need be. @returns the new key's id */
export async function addFileKey(path: string): Promise<string> {
  const text = await readKeyFile(path);
  const { keys } = text === undefined ? { keys: {} } : parse(path, text);
  const id = String(Object.keys(keys).length + 1);
  const current = Object.hasOwn(keys, id) ? randomUUID() : id;
  const content: KeyFile = { current, keys: { ...keys, [current]: newKey() } };
  const draft = `${path}.${randomUUID()}`;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(draft, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  // By a rename, so that a crash leaves the old file whole: with it goes everything that it opens.
  await rename(draft, path);
  return current;
}

const newKey = (): string => randomBytes(KEY_BYTES).toString("base64");

async function make(path: string): Promise<void> {
  const content: KeyFile = { current: "1", keys: { "1": newKey() } };
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await writeFile(path, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600, flag: "wx" });
  } catch (error) {
    // Another process made it a moment before.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}
