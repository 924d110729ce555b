import { createHash, sign, verify } from "node:crypto";
import { z } from "zod";
import type { SigningKey, TrustedKeys } from "./audit-key.ts";
import { canonicalText } from "./leaf.ts";

const HEX_HASH = z.string().regex(/^[0-9a-f]{64}$/);

/** A head as it is exported and anchored: no personal content, and verifiable by the public key alone. */
export const SEALED_HEAD = z.object({
  /** 1, 2, 3 … without a gap. */
  number: z.int().positive(),
  /** The ids that this head seals, both included; an id in between that it has no leaf for was never used. */
  firstId: z.int(),
  lastId: z.int(),
  /** How many entries. */
  count: z.int().positive(),
  /** Merkle root over the entries, in hex. */
  root: HEX_HASH,
  /** Hash of the head before; of the first one `FIRST_PREVIOUS_HASH`. */
  previousHash: HEX_HASH,
  /** ISO 8601 in UTC, milliseconds. */
  sealedAt: z.iso.datetime({ precision: 3 }),
  keyId: z.string(),
  /** SHA-256 of the signed text, in hex. */
  hash: HEX_HASH,
  /** Ed25519 over the same text, base64url. */
  signature: z.string(),
});
export type SealedHead = z.infer<typeof SEALED_HEAD>;
type HeadStatement = Omit<SealedHead, "hash" | "signature">;

export const FIRST_PREVIOUS_HASH = "0".repeat(64);

/** What is signed: RFC 8785 JSON, with a mark that no other signature of this key can be taken for a head's. */
function signedText(head: HeadStatement): Buffer {
  const { number, firstId, lastId, count, root, previousHash, sealedAt, keyId } = head;
  const statement = { number, firstId, lastId, count, root, previousHash, sealedAt, keyId };
  return Buffer.from(canonicalText({ format: "nivel-audit-head-1", ...statement }));
}

export const headHash = (head: HeadStatement): string => createHash("sha256").update(signedText(head)).digest("hex");

export function signHead(statement: Omit<HeadStatement, "keyId">, key: SigningKey): SealedHead {
  const head = { ...statement, keyId: key.id };
  return {
    ...head,
    hash: headHash(head),
    signature: sign(null, signedText(head), key.privateKey).toString("base64url"),
  };
}

/** Whether a head is what one of the trusted keys signed. */
export function checkSignature(head: SealedHead, trusted: TrustedKeys): "valid" | "forged" | "unknown key" {
  const key = trusted.get(head.keyId);
  if (!key) return "unknown key";
  if (headHash(head) !== head.hash) return "forged";
  return verify(null, signedText(head), key, Buffer.from(head.signature, "base64url")) ? "valid" : "forged";
}
