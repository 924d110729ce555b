import type { EntityManager } from "@mikro-orm/postgresql";
import { AuditErasureEntity } from "./audit.entity.ts";
import { ERASURE_OPERATION, erasedSubject, retentionEnd } from "./erase.ts";
import type { Findings } from "./finding.ts";
import type { SealedHead } from "./head.ts";
import { type Leaf, contentHash } from "./leaf.ts";

/** The erasures on record, to be proven while the heads pass by. */
export interface Erasures {
  has(head: number): boolean;
  /** Notes what this head, whose signature holds, says of the erasures: their dates and their proofs. */
  prove(head: SealedHead, leaves: readonly Leaf[]): void;
  /** Judges them once all heads have passed. @returns how many no head seals yet */
  judge(now: Date, findings: Findings): number;
}

/**
 * An erasure is believed when a signed head seals the entry that tells of it, and when by the two heads' own dates the
 * retention was over. Removing entries and inserting a record of erasure therefore proves nothing.
 */
export async function readErasures(em: EntityManager): Promise<Erasures> {
  const rows = await em.find(AuditErasureEntity, {}, { disableIdentityMap: true });
  const erasures = new Map(
    rows.map(({ head, eventId, event }) => {
      const tells = event["operation"] === ERASURE_OPERATION && event["subject_id"] === erasedSubject(head);
      return [head, { eventId, hash: contentHash(event), tells, sealedAt: "", provenAt: "" }];
    }),
  );
  const ofEvent = new Map([...erasures.values()].map((erasure) => [erasure.eventId, erasure]));
  const lastId = { sealed: 0 };

  return {
    has: (head) => erasures.has(head),

    prove: (head, leaves) => {
      lastId.sealed = head.lastId;
      const erased = erasures.get(head.number);
      if (erased) erased.sealedAt = head.sealedAt;
      for (const { id, hash } of leaves) {
        const told = ofEvent.get(id);
        if (told?.tells && told.hash.equals(hash)) told.provenAt = head.sealedAt;
      }
    },

    judge: (now, findings) => {
      let unsealed = 0;
      for (const [head, { tells, sealedAt, provenAt, eventId }] of erasures) {
        const waits = provenAt === "" && tells && eventId > lastId.sealed;
        if (waits) unsealed += 1;
        if (provenAt === "" && !waits) {
          findings.add("ERASURE_UNPROVEN", { head }, `No sealed entry tells that head ${head} was erased: removed.`);
          continue;
        }
        if (sealedAt === "" || retentionEnd(new Date(sealedAt)) > (waits ? now : new Date(provenAt)))
          findings.add(
            "ERASURE_TOO_EARLY",
            { head },
            `Head ${head} was erased before its retention was over: removed.`,
          );
      }
      return unsealed;
    },
  };
}
