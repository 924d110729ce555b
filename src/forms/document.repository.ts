import type { EntityManager } from "@mikro-orm/postgresql";
import type { CaseId, DocumentId } from "../kernel/ids.ts";
import { vaultOf } from "../kernel/vault.ts";
import { DocumentEntity } from "./document.entity.ts";
import type { StoredDocument } from "./document.ts";

export async function insertDocument(em: EntityManager, document: StoredDocument, bytes: Uint8Array): Promise<void> {
  await em.insert(DocumentEntity, { ...document, bytes });
}

export async function findDocument(em: EntityManager, id: DocumentId): Promise<StoredDocument | undefined> {
  return ((await em.findOne(DocumentEntity, { id })) as unknown as StoredDocument | null) ?? undefined;
}

/** First made first. */
export async function documentsOf(em: EntityManager, caseId: CaseId): Promise<StoredDocument[]> {
  const rows = await em.find(DocumentEntity, { caseId }, { orderBy: { createdAt: "asc", id: "asc" } });
  return rows as unknown as StoredDocument[];
}

export async function documentBytes(em: EntityManager, id: DocumentId): Promise<Uint8Array> {
  const rows = await em.execute<{ bytes: Uint8Array }[]>("select bytes from document where id = ?", [id]);
  return vaultOf(em.getPlatform()).open("document.bytes", rows[0]!.bytes);
}

/** Deletes, with its bytes, what rests on this consent or permit and has not been sent. @returns their ids */
export async function deleteUnsentRestingOn(em: EntityManager, caseId: CaseId, ground: string): Promise<DocumentId[]> {
  const rows = await em.find(DocumentEntity, { caseId, sentAt: null }, { orderBy: { createdAt: "asc", id: "asc" } });
  const ids = rows.filter((row) => row.grounds.includes(ground)).map((row) => row.id as DocumentId);
  await em.nativeDelete(DocumentEntity, { id: { $in: ids }, sentAt: null });
  return ids;
}

/** False when it was sent before. */
export async function markSent(em: EntityManager, id: DocumentId, at: Date): Promise<boolean> {
  return (await em.nativeUpdate(DocumentEntity, { id, sentAt: null }, { sentAt: at })) === 1;
}
