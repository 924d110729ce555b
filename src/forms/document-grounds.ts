import type { Caller } from "../access/caller.ts";
import { consentStands } from "../disclosure/consent.ts";
import type { Grounds } from "../disclosure/grounds.ts";
import { permitStands } from "../disclosure/permit.ts";
import type { Decision } from "../disclosure/policy.ts";
import type { LocalDate } from "../kernel/dates.ts";
import type { StoredDocument } from "./document.ts";

/** Whether every consent and permit on which a document rests still stands, so that it may be sent. */
export const stillRests = (
  { grounds }: StoredDocument,
  { consents, permits, phase }: Grounds,
  on: LocalDate,
): boolean => {
  const standing = new Set<string>([
    ...consents.filter((consent) => consentStands(consent, { on, phase })).map(({ id }) => id),
    ...permits.filter((permit) => permitStands(permit, on)).map(({ id }) => id),
  ]);
  return grounds.every((ground) => standing.has(ground));
};

/**
 * Whether a document rests on a consent that has been withdrawn and that alone opened something of it to the caller
 * (decision D11). It stays as the record of what was sent; who has its facts by another basis, such as the receiver and
 * the person, still reads it. Which of the consent's facts stand in it is not kept, so that all of them must be open.
 */
export const isClosedByWithdrawal = (
  document: StoredDocument,
  caller: Caller,
  { consents }: Grounds,
  decision: Decision,
): boolean =>
  consents.some(
    (consent) =>
      consent.withdrawnAt !== null &&
      document.grounds.includes(consent.id) &&
      consent.receiver === caller.authority &&
      !consent.disclosers.every((holder) =>
        consent.categories.every((category) => decision.on(category, holder).allowed),
      ),
  );

/**
 * Whether a document may hold what a county holds, by a consent or a permit, and the caller is another Rise worker
 * without the right to social data (1301/2021 section 14.2, decision D2). Its maker had what stands in it.
 */
export const isSocialDataOfAnother = (
  { grounds, createdBy }: StoredDocument,
  { id, authority, socialDataRight }: Caller,
  { consents, permits }: Grounds,
): boolean =>
  authority === "RISE" &&
  !socialDataRight &&
  createdBy !== id &&
  (consents.some((consent) => grounds.includes(consent.id) && consent.disclosers.includes("COUNTY")) ||
    permits.some((permit) => grounds.includes(permit.id) && permit.holder === "COUNTY"));
