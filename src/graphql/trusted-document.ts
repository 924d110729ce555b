import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type DefinitionNode, type DocumentNode, Kind, type OperationDefinitionNode, print } from "graphql";
import { z } from "zod";
import { StartupError } from "../kernel/errors.ts";

/** An operation that somebody looked at before it was ever sent. */
export interface TrustedDocument {
  /** SHA-256 of the text, in hexadecimal digits. */
  hash: string;
  /** The operation's. */
  name: string;
  /** In normal form. */
  text: string;
}

/** The operations that a client may send: the hub's own, which all may, and those registered for that client alone. */
export interface TrustedDocuments {
  /** @returns the text in normal form */
  find(client: string, hash: string): Promise<string | undefined>;
}

/** How an identifier of a document begins in a request (GraphQL over HTTP, appendix "persisted documents"). */
export const ID_PREFIX = "sha256:";

/**
 * The normal form: the operation first, then its fragments by name, printed by graphql-js. White space, commas and
 * comments do not count, and neither does the order of fragments.
 */
export function normalForm(document: DocumentNode): string {
  const rank = (node: DefinitionNode) => (node.kind === Kind.FRAGMENT_DEFINITION ? `1${node.name.value}` : "0");
  const definitions = document.definitions
    .map((node) => ({ node, rank: rank(node) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : Number(a.rank > b.rank)))
    .map(({ node }) => node);
  return print({ kind: Kind.DOCUMENT, definitions });
}

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The document of one named operation, as it is trusted. */
export function trustedDocument(document: DocumentNode): TrustedDocument {
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  const text = normalForm(document);
  return { hash: hashOf(text), name: operation?.name?.value ?? "", text };
}

const MANIFEST = resolve(import.meta.dirname, "../../schema/trusted-documents.json");

const manifest = z.object({
  operations: z.array(z.object({ id: z.string(), name: z.string(), text: z.string() })),
});

/** The committed manifest as text: what `npm run nivel -- operations build` writes. */
export const printManifest = (documents: readonly TrustedDocument[]): string => {
  const operations = documents
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ hash, name, text }) => ({ id: `${ID_PREFIX}${hash}`, name, text }));
  return `${JSON.stringify({ operations }, null, 2)}\n`;
};

/**
 * The hub's own trusted documents by hash.
 * @throws StartupError when the manifest cannot be read, or a text is not what its hash says
 */
export function readManifest(file = MANIFEST): ReadonlyMap<string, TrustedDocument> {
  const parsed = manifest.safeParse(readJson(file));
  if (!parsed.success)
    throw new StartupError("schema/trusted-documents.json cannot be read. Run: npm run nivel -- operations build");
  return new Map(
    parsed.data.operations.map(({ id, name, text }) => {
      const hash = hashOf(text);
      if (id !== `${ID_PREFIX}${hash}`)
        throw new StartupError(
          `The trusted document ${name} is not what its hash says. Run: npm run nivel -- operations build`,
        );
      return [hash, { hash, name, text }];
    }),
  );
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** The hub's own documents first, then what is registered for the client. */
export const trustedDocuments = (
  own: ReadonlyMap<string, TrustedDocument>,
  registered: TrustedDocuments,
): TrustedDocuments => ({
  find: async (client, hash) => own.get(hash)?.text ?? (await registered.find(client, hash)),
});
