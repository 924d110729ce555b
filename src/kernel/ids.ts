import { randomUUID } from "node:crypto";

export type Id<Of extends string> = string & { readonly __id: Of };

export type CaseId = Id<"case">;
export type StatementId = Id<"statement">;
export type DocumentId = Id<"document">;
export type ReferralId = Id<"referral">;
export type ConsentId = Id<"consent">;
export type PermitId = Id<"permit">;
export type NotificationId = Id<"notification">;
export type ContactPointId = Id<"contact-point">;
export type WorkerId = Id<"worker">;

export const newId = <T extends Id<string>>(): T => randomUUID() as string as T;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Ids are opaque to callers; a text that is no id simply finds nothing, so that guessing tells nothing. */
export const asId = <T extends Id<string>>(text: string): T | undefined =>
  UUID.test(text.toLowerCase()) ? (text.toLowerCase() as T) : undefined;
