import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** What a head seals of one entry: its id, and the hash of everything else in its row. */
export interface Leaf {
  id: number;
  /** SHA-256, 32 bytes. */
  hash: Buffer;
}

const HASH_BYTES = 32;
const ID_BYTES = 8;
const RECORD_BYTES = ID_BYTES + HASH_BYTES;
// RFC 9162 section 2.1.1: a leaf can never be passed off as an inner node.
const LEAF_PREFIX = Buffer.of(0);
const NODE_PREFIX = Buffer.of(1);

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** RFC 8785: one text for one value, however its members are ordered. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new Error("this value has no JSON form");
  return text;
}

/**
 * Seals one row as the database's `to_jsonb` gives it in UTC. Columns that are null are left out, so that a column
 * added later does not change what was sealed before it.
 */
export function leafOf({ id, ...rest }: Record<string, unknown>): Leaf {
  return { id: Number(id), hash: contentHash(rest) };
}

/** Hash of a row without its id. */
export function contentHash(content: Readonly<Record<string, unknown>>): Buffer {
  const filled = Object.fromEntries(Object.entries(content).filter(([, value]) => value !== null));
  return sha256(Buffer.from(canonicalText(filled)));
}

/** One record a leaf: the id in 8 bytes, big-endian, then its hash. */
export function encodeLeaves(leaves: readonly Leaf[]): Buffer {
  return Buffer.concat(
    leaves.map(({ id, hash }) => {
      const head = Buffer.alloc(ID_BYTES);
      head.writeBigInt64BE(BigInt(id));
      return Buffer.concat([head, hash]);
    }),
  );
}

/** @returns undefined when the bytes are no whole number of records */
export function decodeLeaves(stored: Uint8Array): Leaf[] | undefined {
  const bytes = Buffer.from(stored);
  if (bytes.length % RECORD_BYTES !== 0) return undefined;
  return Array.from({ length: bytes.length / RECORD_BYTES }, (_, index) => {
    const at = index * RECORD_BYTES;
    return { id: Number(bytes.readBigInt64BE(at)), hash: bytes.subarray(at + ID_BYTES, at + RECORD_BYTES) };
  });
}

/** Merkle tree hash of RFC 9162 section 2.1.1 over the leaves' records, in hex. */
export function merkleRoot(leaves: readonly Leaf[]): string {
  return treeHash(leaves.map((leaf) => sha256(LEAF_PREFIX, encodeLeaves([leaf])))).toString("hex");
}

function treeHash(hashes: readonly Buffer[]): Buffer {
  if (hashes.length < 2) return hashes[0] ?? sha256();
  const split = 2 ** Math.ceil(Math.log2(hashes.length) - 1);
  return sha256(NODE_PREFIX, treeHash(hashes.slice(0, split)), treeHash(hashes.slice(split)));
}
