import type { Purpose } from "../access/purpose.ts";
import type { Authority } from "../kernel/authority.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { CaseId, PermitId, WorkerId } from "../kernel/ids.ts";
import type { DataCategory } from "./data-category.ts";
import { LEGAL_BASES, type LegalBasisCode, type LegalBasisKind } from "./legal-basis.ts";

export const PERMIT_STATES = ["REQUESTED", "GRANTED", "DECLINED", "ENDED"] as const;
export type PermitState = (typeof PERMIT_STATES)[number];

/**
 * A recorded ground of law that is not the person's consent: a specified and reasoned request that its holder answers,
 * or a statutory notification that the holder makes with its reason. Opens nothing unless it is GRANTED.
 */
export interface Permit {
  id: PermitId;
  caseId: CaseId;
  /** A basis that demands a request or a reason. */
  basis: LegalBasisCode;
  state: PermitState;
  /** Whose facts it opens. */
  holder: Authority;
  /** The holder's unit that answers, where the holder has several registers; null: any. */
  holderUnit: string | null;
  receiver: Authority;
  receiverUnit: string;
  /** What is opened; while REQUESTED or after being DECLINED nothing. */
  categories: DataCategory[];
  purpose: Purpose;
  /** First and last day, both included. */
  from: LocalDate;
  until: LocalDate;
}

/** A permit as it is kept: with what was asked for and why, and who answered. */
export interface RecordedPermit extends Permit {
  /** What was asked for; the holder grants all of it, a part or nothing. */
  requested: DataCategory[];
  /** For which task, in the asker's words; null for a notification, which keeps its own. */
  reason: string | null;
  requestedBy: WorkerId;
  requestedByName: string;
  requestedAt: Date;
  answeredBy: WorkerId | null;
  answeredAt: Date | null;
  /** Why it was declined, in the holder's words. */
  answer: string | null;
}

type PermitCaller = { authority: Authority | null; unit: string | null; purpose: Purpose | null };

const NEEDING_A_PERMIT: readonly LegalBasisKind[] = ["REQUEST", "NOTIFICATION"];
const isRunning = ({ from, until }: Permit, on: LocalDate): boolean => from <= on && on <= until;

/** Whether a permit opens something on that day. */
export const permitStands = (permit: Permit, on: LocalDate): boolean =>
  permit.state === "GRANTED" && isRunning(permit, on);

/** Does this permit let `holder`'s facts of `category` go to the caller on that day? */
export const permitCovers = (
  permit: Permit,
  caller: PermitCaller,
  holder: Authority,
  category: DataCategory,
  on: LocalDate,
): boolean =>
  permitStands(permit, on) &&
  NEEDING_A_PERMIT.includes(LEGAL_BASES[permit.basis].kind) &&
  permit.holder === holder &&
  permit.receiver === caller.authority &&
  permit.receiverUnit === caller.unit &&
  permit.purpose === caller.purpose &&
  permit.categories.includes(category);

/**
 * Who cannot know of whom they are asked cannot answer: a request of Rise tells the asked unit who the person is, on
 * the request's own basis, and nothing else.
 */
export const permitIdentifies = (
  permit: Permit,
  caller: PermitCaller,
  holder: Authority,
  category: DataCategory,
  on: LocalDate,
): boolean =>
  category === "IDENTIFICATION" &&
  LEGAL_BASES[permit.basis].kind === "REQUEST" &&
  (permit.state === "REQUESTED" || permit.state === "GRANTED") &&
  permit.receiver === "RISE" &&
  holder === "RISE" &&
  permit.holder === caller.authority &&
  permit.holderUnit === caller.unit &&
  isRunning(permit, on);

type Party = Pick<PermitCaller, "authority" | "unit"> & { socialDataRight: boolean };

/**
 * That a county is asked or asks tells of social services, so that in Rise such a request exists only for those who may
 * handle social-welfare data (decisions D1, D2).
 */
export const isSecretFrom = ({ holder, receiver }: Permit, { authority, socialDataRight }: Party): boolean =>
  authority === "RISE" && !socialDataRight && (holder === "COUNTY" || receiver === "COUNTY");
const existsFor = (permit: Permit, party: Party): boolean =>
  LEGAL_BASES[permit.basis].kind === "REQUEST" && !isSecretFrom(permit, party);

/** Whether the caller answers for the asked holder; where it has several registers, for the asked one. */
export const isAnsweredBy = (permit: Permit, caller: Party): boolean =>
  existsFor(permit, caller) &&
  permit.holder === caller.authority &&
  (permit.holderUnit === null || permit.holderUnit === caller.unit);

/** Whether a request exists for the caller: the own unit made it or is to answer it. */
export const isPermitOpenTo = (permit: Permit, caller: Party): boolean =>
  isAnsweredBy(permit, caller) ||
  (existsFor(permit, caller) && permit.receiver === caller.authority && permit.receiverUnit === caller.unit);
