import type { EntityManager } from "@mikro-orm/postgresql";
import type { Clock } from "../kernel/clock.ts";
import { anchorHeads } from "./anchor.ts";
import type { AuditKeySource } from "./audit-key.ts";
import type { SealedHead } from "./head.ts";
import { sealEntries } from "./seal.ts";

export interface SealerParts {
  /** A unit of work that may read the log and add heads. */
  fork: () => EntityManager;
  keys: AuditKeySource;
  clock: Clock;
  /** Seconds between two sealings; 0: this process seals only when told to. */
  sealSeconds: number;
  /** Where heads are anchored besides; undefined: nowhere. */
  anchorFile: string | undefined;
  /** Told when a sealing fails; the next one tries again. */
  failed(error: unknown): void;
}

export interface Sealer {
  /** Seals what is there now, and anchors it. */
  seal(): Promise<SealedHead[]>;
  /** Stops the interval after a last sealing. */
  close(): Promise<void>;
}

/** Seals the log every few seconds while there is something to seal. */
export function startSealer({ fork, keys, clock, sealSeconds, anchorFile, failed }: SealerParts): Sealer {
  let running: Promise<unknown> = Promise.resolve();
  const seal = async (): Promise<SealedHead[]> => {
    const { signing } = await keys();
    if (!signing) throw new Error("the audit log's key file has public keys only");
    const heads = await sealEntries(fork, signing, clock);
    if (anchorFile !== undefined && heads.length > 0) await anchorHeads(anchorFile, heads);
    return heads;
  };
  // One after the other: a slow sealing is never overtaken by the next.
  const inTurn = (): Promise<SealedHead[]> => {
    const turn = running.then(seal);
    running = turn.catch(() => undefined);
    return turn;
  };
  let waiting = false;
  const tick = () => {
    if (waiting) return;
    waiting = true;
    inTurn()
      .catch(failed)
      .finally(() => (waiting = false));
  };
  const timer = sealSeconds > 0 ? setInterval(tick, sealSeconds * 1000).unref() : undefined;
  return {
    seal: inTurn,
    close: async () => {
      clearInterval(timer);
      await inTurn().catch(failed);
    },
  };
}
