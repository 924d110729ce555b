import { type InferEntity, IsolationLevel } from "@mikro-orm/core";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { AnchorLine } from "./anchor.ts";
import type { TrustedKeys } from "./audit-key.ts";
import { AuditHeadEntity } from "./audit.entity.ts";
import { type Erasures, readErasures } from "./erasure-proof.ts";
import { type Finding, Findings, entriesText } from "./finding.ts";
import { FIRST_PREVIOUS_HASH, type SealedHead, checkSignature, headHash } from "./head.ts";
import { type Leaf, decodeLeaves, leafOf, merkleRoot } from "./leaf.ts";
import { MOST_ENTRIES, rowsBetween } from "./seal.ts";

export interface LogReport {
  heads: number;
  /** Sealed entries that are there. */
  entries: number;
  /** Sealed entries whose retention was over. */
  erased: number;
  /** Groups whose erasure no head seals yet: seal, and verify again. */
  erasuresUnsealed: number;
  /** Entries that no head seals yet; what happens to one before the next sealing cannot be seen. */
  unsealed: number;
  oldestUnsealedAt: string | null;
  lastSealedAt: string | null;
  lastHead: { number: number; hash: string } | null;
  /** Heads compared with those anchored outside; null: none were given, so a cut tail cannot be seen. */
  anchored: number | null;
  /** How many findings there are; `findings` names the first 1000. */
  found: number;
  findings: Finding[];
}

export interface VerifyParts {
  trusted: TrustedKeys;
  /** Heads exported or anchored earlier. */
  anchors?: AsyncIterable<AnchorLine> | undefined;
  now: Date;
}

const HEADS_A_PAGE = 20;
const ANCHORS_A_PAGE = 500;

/** Recomputes the whole log from its rows, head by head, in one snapshot: the hub may run meanwhile. */
export function verifyLog(em: EntityManager, parts: VerifyParts): Promise<LogReport> {
  return em.transactional(async (inside) => verifyIn(inside, parts), {
    isolationLevel: IsolationLevel.REPEATABLE_READ,
    readOnly: true,
  });
}

async function verifyIn(em: EntityManager, { trusted, anchors, now }: VerifyParts): Promise<LogReport> {
  const findings = new Findings();
  const erasures = await readErasures(em);
  const sum = { heads: 0, entries: 0, erased: 0 };
  let previous: SealedHead | undefined;
  for await (const { head, leaves } of storedHeads(em)) {
    checkChain(previous, head, findings);
    const signature = checkSignature(head, trusted);
    if (signature === "unknown key")
      findings.add(
        "HEAD_KEY_UNKNOWN",
        { head: head.number },
        `Head ${head.number} is signed with a key that is not among the trusted ones.`,
      );
    if (signature === "forged")
      findings.add("HEAD_CHANGED", { head: head.number }, `Head ${head.number} is not what its key signed.`);
    if (signature === "valid") erasures.prove(head, leaves ?? []);
    const counted = await checkEntries(em, previous, head, leaves, erasures, findings);
    sum.heads += 1;
    sum.entries += counted.entries;
    sum.erased += counted.erased;
    previous = head;
  }
  const erasuresUnsealed = erasures.judge(now, findings);
  const anchored = anchors ? await checkAnchors(em, anchors, trusted, findings) : null;
  const rest = await unsealedAfter(em, previous?.lastId ?? 0);
  return {
    ...sum,
    erasuresUnsealed,
    ...rest,
    lastSealedAt: previous?.sealedAt ?? null,
    lastHead: previous ? { number: previous.number, hash: previous.hash } : null,
    anchored,
    found: findings.count,
    findings: findings.kept,
  };
}

function checkChain(previous: SealedHead | undefined, head: SealedHead, findings: Findings): void {
  const { number } = head;
  const expected = (previous?.number ?? 0) + 1;
  const since = (previous?.lastId ?? 0) + 1;
  if (number > expected) {
    const gap = number - 1 > expected ? `Heads ${expected} to ${number - 1} are` : `Head ${expected} is`;
    const uncovered = head.firstId > since ? ` Unproven: ${entriesText(since, head.firstId - 1)}.` : "";
    findings.add("HEAD_MISSING", { head: expected }, `${gap} missing.${uncovered}`);
    return;
  }
  // The hash of what the head before says now, so that a change there breaks the chain here too.
  const previousHash = previous ? headHash(previous) : FIRST_PREVIOUS_HASH;
  if (head.previousHash !== previousHash || head.firstId !== since)
    findings.add("CHAIN_BROKEN", { head: number }, `Head ${number} does not follow the head before it.`);
}

/** Compares the rows in a head's range with what it sealed of each. */
async function checkEntries(
  em: EntityManager,
  previous: SealedHead | undefined,
  head: SealedHead,
  leaves: Leaf[] | undefined,
  erasures: Erasures,
  findings: Findings,
): Promise<{ entries: number; erased: number }> {
  const { number, lastId } = head;
  const sealed = new Map((leaves ?? []).map(({ id, hash }) => [id, hash.toString("hex")]));
  const idOfHash = new Map([...sealed].map(([id, hash]) => [hash, id]));
  const intact = leaves !== undefined && merkleRoot(leaves) === head.root && leaves.length === head.count;
  const ofHead = new Findings();
  const present: Leaf[] = [];
  let entries = 0;
  // Before the first head there is nothing: an id of zero or less is an insertion.
  for await (const leaf of leavesBetween(em, previous ? head.firstId : null, lastId)) {
    entries += 1;
    if (!intact) present.push(leaf);
    const hash = leaf.hash.toString("hex");
    const expected = sealed.get(leaf.id);
    sealed.delete(leaf.id);
    if (expected === hash) continue;
    const home = idOfHash.get(hash);
    const where = { entry: leaf.id, head: number };
    if (home !== undefined)
      ofHead.add("ENTRY_REORDERED", where, `Entry ${leaf.id} holds what was sealed as entry ${home}.`);
    else if (expected === undefined)
      ofHead.add("ENTRY_INSERTED", where, `Entry ${leaf.id} was inserted: head ${number} sealed none of this id.`);
    else ofHead.add("ENTRY_CHANGED", where, `Entry ${leaf.id} is not what head ${number} sealed.`);
  }
  const erased = erasures.has(number);
  if (!erased)
    for (const id of sealed.keys())
      ofHead.add("ENTRY_REMOVED", { entry: id, head: number }, `Entry ${id} is gone; head ${number} sealed it.`);
  if (!intact) {
    findings.add("HEAD_CHANGED", { head: number }, `The list of entries of head ${number} is not the one it signed.`);
    // The list is wrong; the entries themselves may still be what was signed.
    if (present.length === head.count && merkleRoot(present) === head.root) return { entries, erased: 0 };
  }
  findings.addAll(ofHead);
  return { entries, erased: erased ? sealed.size : 0 };
}

async function* storedHeads(em: EntityManager): AsyncGenerator<{ head: SealedHead; leaves: Leaf[] | undefined }> {
  let last = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const page = await em.find(
      AuditHeadEntity,
      { number: { $gt: last } },
      { orderBy: { number: "asc" }, limit: HEADS_A_PAGE, disableIdentityMap: true },
    );
    for (const row of page) yield { head: headOf(row), leaves: decodeLeaves(row.leaves) };
    if (page.length < HEADS_A_PAGE) return;
    last = page.at(-1)!.number;
  }
}

const headOf = ({ leaves: _, sealedAt, ...row }: InferEntity<typeof AuditHeadEntity>): SealedHead => ({
  ...row,
  sealedAt: sealedAt.toISOString(),
});

/** Every head as it may be exported, first one first. */
export async function* exportedHeads(em: EntityManager): AsyncGenerator<SealedHead> {
  for await (const { head } of storedHeads(em)) yield head;
}

async function* leavesBetween(em: EntityManager, firstId: number | null, lastId: number): AsyncGenerator<Leaf> {
  let from = firstId;
  for (;;) {
    const page = (await rowsBetween(em, from, lastId)).map(leafOf);
    yield* page;
    if (page.length < MOST_ENTRIES) return;
    from = page.at(-1)!.id + 1;
  }
}

async function unsealedAfter(
  em: EntityManager,
  lastId: number,
): Promise<Pick<LogReport, "unsealed" | "oldestUnsealedAt">> {
  const [row] = await em.execute<{ unsealed: number; oldest: Date | string | null }[]>(
    "select count(*)::int as unsealed, min(at) as oldest from audit_event where id > ?",
    [lastId],
  );
  const { unsealed, oldest } = row!;
  return { unsealed, oldestUnsealedAt: oldest === null ? null : new Date(oldest).toISOString() };
}

/** Compares the heads with those that were kept outside, which a forger of the database could not reach. */
async function checkAnchors(
  em: EntityManager,
  anchors: AsyncIterable<AnchorLine>,
  trusted: TrustedKeys,
  findings: Findings,
): Promise<number> {
  let compared = 0;
  let page: SealedHead[] = [];
  const compare = async () => {
    const rows = await em.find(
      AuditHeadEntity,
      { number: { $in: page.map(({ number }) => number) } },
      { fields: ["number", "hash"], disableIdentityMap: true },
    );
    const hashes = new Map(rows.map(({ number, hash }) => [number, hash]));
    for (const { number, hash, firstId, lastId } of page) {
      const stored = hashes.get(number);
      if (stored === hash) continue;
      const sealed = entriesText(firstId, lastId);
      if (stored === undefined)
        findings.add("HEAD_MISSING", { head: number }, `Head ${number} was anchored outside and is gone: ${sealed}.`);
      else
        findings.add(
          "HEAD_NOT_AS_ANCHORED",
          { head: number },
          `Head ${number} is another than the one anchored outside, which sealed ${sealed}.`,
        );
    }
    compared += page.length;
    page = [];
  };
  for await (const { line, head } of anchors) {
    if (!head || checkSignature(head, trusted) !== "valid") {
      findings.add("ANCHOR_INVALID", {}, `Line ${line} of the anchored heads is no head that a trusted key signed.`);
      continue;
    }
    page.push(head);
    if (page.length === ANCHORS_A_PAGE) await compare();
  }
  if (page.length > 0) await compare();
  return compared;
}
