import type { EntityManager } from "@mikro-orm/postgresql";
import { InvalidInput, NotFound } from "../kernel/errors.ts";
import { ClientEntity } from "./client.entity.ts";
import { TrustedDocumentEntity } from "./trusted-document.entity.ts";

/** An operation that a client may send, and no other client by this entry. */
export interface RegisteredDocument {
  client: string;
  /** SHA-256 of the text, in hexadecimal digits. */
  hash: string;
  /** The operation's. */
  name: string;
  text: string;
  registeredAt: Date;
}

/** @returns the document's text; undefined when this client has none of that hash */
export async function findRegisteredText(em: EntityManager, client: string, hash: string): Promise<string | undefined> {
  return (await em.findOne(TrustedDocumentEntity, { client, hash }))?.text;
}

export const listRegistered = (em: EntityManager, client?: string): Promise<RegisteredDocument[]> =>
  em.find(TrustedDocumentEntity, client === undefined ? {} : { client }, { orderBy: { client: "asc", name: "asc" } });

/**
 * Registers what is not registered yet.
 * @throws InvalidInput when no such client is registered
 */
export async function registerDocuments(em: EntityManager, documents: readonly RegisteredDocument[]): Promise<void> {
  await em.transactional(async (inside) => {
    for (const client of new Set(documents.map((document) => document.client))) {
      if ((await inside.count(ClientEntity, { id: client })) === 0)
        throw new InvalidInput("No such client is registered. Register it first: npm run nivel -- clients --help");
    }
    for (const document of documents) {
      await inside.upsert(TrustedDocumentEntity, document, { onConflictAction: "ignore" });
    }
  });
}

/** @throws NotFound when the client has no document of that hash */
export async function removeRegistered(em: EntityManager, client: string, hash: string): Promise<void> {
  if ((await em.nativeDelete(TrustedDocumentEntity, { client, hash })) === 0)
    throw new NotFound("That client has no such document. See: npm run nivel -- operations list");
}
