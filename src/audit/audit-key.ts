import {
  type KeyObject,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomUUID,
} from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { z } from "zod";
import { StartupError } from "../kernel/errors.ts";
import { canonicalText } from "./leaf.ts";

/** The key that new heads are signed with. */
export interface SigningKey {
  id: string;
  privateKey: KeyObject;
}
/** Public keys by id: those whose heads are believed. */
export type TrustedKeys = ReadonlyMap<string, KeyObject>;

export interface AuditKeys {
  /** Undefined where only public keys are at hand: enough to verify, not to seal. */
  signing: SigningKey | undefined;
  trusted: TrustedKeys;
}
/** Where the log's keys are and how it is sealed. */
export interface AuditLogConfig {
  /** Undefined: keys that live as long as the process. */
  keyFile: string | undefined;
  /** Whether to make the file where it is missing. */
  makeKey: boolean;
  /** Where heads are anchored outside the database; undefined: nowhere. */
  anchorFile: string | undefined;
  /** Seconds between two sealings; 0: this process never seals by itself, only when it stops. */
  sealSeconds: number;
}

/** Read at each sealing, so that a key added to the file signs without a restart. */
export type AuditKeySource = () => Promise<AuditKeys>;

/** A JWK Set (RFC 7517) of Ed25519 keys (RFC 8037); the last one with a private part signs. */
const KEY_FILE = z.object({
  keys: z
    .array(z.object({ kty: z.literal("OKP"), crv: z.literal("Ed25519"), x: z.string(), d: z.string().optional() }))
    .min(1),
});
type Jwk = z.infer<typeof KEY_FILE>["keys"][number];

/** The id follows from the key (RFC 7638), so no file can give a key another's name. */
const keyId = ({ kty, crv, x }: Jwk): string =>
  createHash("sha256").update(canonicalText({ kty, crv, x })).digest("base64url");

function newJwk(): Jwk {
  const { kty, crv, x, d } = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  return KEY_FILE.parse({ keys: [{ kty, crv, x, d }] }).keys[0]!;
}

function keysOf(jwks: readonly Jwk[]): AuditKeys {
  const signing = jwks.findLast((jwk) => jwk.d !== undefined);
  return {
    signing: signing && { id: keyId(signing), privateKey: createPrivateKey({ key: signing, format: "jwk" }) },
    trusted: new Map(
      jwks.map((jwk) => {
        const { kty, crv, x } = jwk;
        return [keyId(jwk), createPublicKey({ key: { kty, crv, x }, format: "jwk" })];
      }),
    ),
  };
}

/** Keys that live as long as this process, for a database in memory. */
export const ephemeralKeys = (): AuditKeys => keysOf([newJwk()]);

/**
 * The keys to seal with, proven to be there.
 * @throws StartupError when the file is missing, holds no keys, or only public ones
 */
export async function openAuditKeys({ keyFile, makeKey }: AuditLogConfig): Promise<AuditKeySource> {
  if (keyFile === undefined) {
    const keys = ephemeralKeys();
    return async () => keys;
  }
  if (makeKey) await ensureAuditKeys(keyFile);
  if (!(await readAuditKeys(keyFile)).signing)
    throw new StartupError("The audit log's key file holds public keys only; sealing needs the private one.");
  return () => readAuditKeys(keyFile);
}

/**
 * The keys of a file.
 * @throws StartupError in one line, which never repeats what the file holds
 */
export async function readAuditKeys(file: string): Promise<AuditKeys> {
  return keysOf(await readJwks(file));
}

/** Makes the file with a first key where there is none yet; only its owner may read it. @returns whether it did */
export async function ensureAuditKeys(file: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = await writeDraft(file, [newJwk()]);
  // Of two processes that start at once one makes the key, and neither ever sees half a file.
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    await rm(draft);
  }
}

/**
 * Adds a key, which signs from the next sealing on; heads of the earlier keys stay believed. Where there is no file yet
 * it makes one. @returns the key's id
 */
export async function addAuditKey(file: string): Promise<string> {
  if (!(await ensureAuditKeys(file))) await rename(await writeDraft(file, [...(await readJwks(file)), newJwk()]), file);
  return (await readAuditKeys(file)).signing!.id;
}

/** The public keys of a file as a JWK Set: a key file for whoever verifies and must not be able to seal. */
export async function publicKeySet(file: string): Promise<string> {
  const keys = (await readJwks(file)).map(({ kty, crv, x }) => ({ kty, crv, x }));
  return `${JSON.stringify({ keys }, null, 2)}\n`;
}

async function writeDraft(file: string, keys: readonly Jwk[]): Promise<string> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600 });
  return draft;
}

async function readJwks(file: string): Promise<Jwk[]> {
  const wrong = (what: string) =>
    new StartupError(`The audit log's key file ${what}. Set NIVEL_AUDIT_KEY_FILE to a JWK Set with an Ed25519 key.`);
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw wrong(`cannot be read (${(error as NodeJS.ErrnoException).code ?? "?"})`);
  }
  try {
    const { keys } = KEY_FILE.parse(JSON.parse(text));
    keysOf(keys);
    return keys;
  } catch {
    throw wrong("holds no such keys");
  }
}
