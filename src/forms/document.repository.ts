import type { EntityManager } from "@mikro-orm/postgresql";
import type { CaseId, DocumentId } from "../kernel/ids.ts";
import { DocumentEntity } from "./document.entity.ts";
import type { StoredDocument } from "./document.ts";

export async function insertDocument(em: EntityManager, document: StoredDocument, bytes: Uint8Array): Promise<void> {
  await em.insert(DocumentEntity, { ...document, bytes: Buffer.from(bytes) });
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
  return rows[0]!.bytes;
}

/** False when it was sent before. */
export async function markSent(em: EntityManager, id: DocumentId, at: Date): Promise<boolean> {
  return (await em.nativeUpdate(DocumentEntity, { id, sentAt: null }, { sentAt: at })) === 1;
}
