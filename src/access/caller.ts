import type { Authority } from "../kernel/authority.ts";
import type { Hetu } from "../kernel/hetu.ts";
import type { WorkerId } from "../kernel/ids.ts";
import type { Purpose } from "./purpose.ts";
import type { CallerRole } from "./role.ts";

/** Who asks, as proven by the access token, and for what, as stated with the request. */
export interface Caller {
  /** The token's subject: an opaque worker id, never a personal identity code. */
  id: WorkerId;
  role: CallerRole;
  name: string;
  authority: Authority | null;
  /** The unit the caller serves: a prison, a probation office, a clinic, a county's or employment area's code. */
  unit: string | null;
  /** The registered application through which the caller speaks. */
  client: string;
  /** May handle social-welfare data inside Rise (1301/2021 section 14.2; decision D2). */
  socialDataRight: boolean;
  /** Codes of the areas whose contact points the caller verifies (decision D26). */
  stewardOf: readonly string[];
  /** Only for the role PERSON: who the person is, from strong identification. */
  hetu: Hetu | null;
  purpose: Purpose | null;
  /** Correlation id of the HTTP request; goes on record with what it did. */
  requestId?: string | undefined;
}
