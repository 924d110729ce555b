import type { HTTPGraphQLRequest } from "@apollo/server";
import { type DocumentNode, Kind, visit } from "graphql";
import type { Admission, Spent } from "../access/admission.ts";
import { NivelError } from "../kernel/errors.ts";
import { LimitExceeded, refusedRequest } from "./errors.ts";
import { checkText, checkVariables, readWithinLimits } from "./limits.ts";
import { ID_PREFIX, type TrustedDocuments, hashOf, normalForm } from "./trusted-document.ts";

/** What the gate learnt of a request that it let through. */
export interface Admitted {
  client: string;
  /** Whether every mistake in a document is told in one and the same sentence. */
  opaque: boolean;
}

interface GateOptions {
  admission: Admission;
  trusted: TrustedDocuments;
  /** Who may introspect and who is told what is wrong with a document is asked only in production. */
  production: boolean;
  /** Whether only trusted documents are served, where the client's entry does not say. */
  trustedOnly: boolean;
}

/** What every mistake in a document is called where the schema is not shown. */
export const OPAQUE_MESSAGE = "The hub does not serve this document.";

/** The least that a request costs, also one that is refused. */
export const LEAST_PRICE = 1;

/**
 * Stands before the GraphQL server: knows the client, turns the identifier of a trusted document into its text, and
 * refuses what is too large before anything is validated. It sees the request as it came, and hands on an ordinary one.
 * A refusal costs a point, and `refused` is told what is left.
 */
export function createGate(options: GateOptions) {
  const { admission } = options;
  return async (request: HTTPGraphQLRequest, client: string, refused: (spent: Spent) => void): Promise<Admitted> => {
    try {
      const rights = await admission.rightsOf(client);
      const onlyTrusted = rights.onlyTrusted ?? options.trustedOnly;
      const mayIntrospect = rights.mayIntrospect || !options.production;
      try {
        const sent = readSent(request);
        if (sent) await admit(sent, { client, onlyTrusted, mayIntrospect, trusted: options.trusted });
      } catch (refusal) {
        const spent = await admission.spend(client, LEAST_PRICE);
        if (refusal instanceof NivelError) refused(spent);
        throw refusal;
      }
      return { client, opaque: !mayIntrospect };
    } catch (error) {
      throw error instanceof NivelError ? refusedRequest(error) : error;
    }
  };
}

/** The parts of a request that the gate reads; `become` replaces its document. */
interface Sent {
  query: unknown;
  documentId: unknown;
  variables: unknown;
  extensions: unknown;
  become(query: string): void;
}

/** @returns undefined for what is no GraphQL request; the server tells the caller so */
function readSent(request: HTTPGraphQLRequest): Sent | undefined {
  if (request.method === "GET") return sentByGet(request);
  const body = asRecord(request.body);
  if (!body) return undefined;
  const { query, documentId, variables, extensions } = body;
  return {
    query,
    documentId,
    variables,
    extensions,
    become: (text) => {
      request.body = { ...body, query: text, extensions: withoutPersistedQuery(extensions) };
    },
  };
}

function sentByGet(request: HTTPGraphQLRequest): Sent | undefined {
  try {
    decodeURIComponent(request.search);
  } catch {
    throw new LimitExceeded("BAD_REQUEST", "The address is not UTF-8.");
  }
  const search = new URLSearchParams(request.search);
  const extensions = jsonOf(search.get("extensions"));
  return {
    query: search.get("query") ?? undefined,
    documentId: search.get("documentId") ?? undefined,
    variables: jsonOf(search.get("variables")),
    extensions,
    become: (text) => {
      search.set("query", text);
      if (asRecord(extensions)) search.set("extensions", JSON.stringify(withoutPersistedQuery(extensions)));
      request.search = `?${search.toString()}`;
    },
  };
}

interface Terms {
  client: string;
  onlyTrusted: boolean;
  mayIntrospect: boolean;
  trusted: TrustedDocuments;
}

async function admit(sent: Sent, terms: Terms): Promise<void> {
  checkVariables(sent.variables);
  const hash = hashSent(sent);
  const byHash = hash === undefined ? undefined : await terms.trusted.find(terms.client, hash);
  if (hash !== undefined && byHash === undefined) throw terms.onlyTrusted ? notTrusted() : notFound(sent);
  const text = byHash ?? sent.query;
  if (typeof text !== "string" || text === "") {
    if (terms.onlyTrusted) throw notTrusted();
    return;
  }
  const read = readWithinLimits(text);
  if (read) checkTexts(read.document);
  if (terms.onlyTrusted && byHash === undefined && !(await isTrusted(read, terms))) throw notTrusted();
  if (read?.introspects && !terms.mayIntrospect) throw new LimitExceeded("GRAPHQL_VALIDATION_FAILED", OPAQUE_MESSAGE);
  if (byHash !== undefined || asRecord(sent.extensions)?.["persistedQuery"] !== undefined) sent.become(text);
}

/**
 * The hash by which a trusted document is named: `documentId` (GraphQL over HTTP), or Apollo's persisted query without
 * its text.
 */
function hashSent({ documentId, query, extensions }: Sent): string | undefined {
  if (documentId !== undefined && documentId !== null) {
    if (query !== undefined && query !== null)
      throw new LimitExceeded("BAD_REQUEST", 'Send either "documentId" or "query", not both.');
    return typeof documentId === "string" && documentId.startsWith(ID_PREFIX) ? documentId.slice(ID_PREFIX.length) : "";
  }
  const persisted = asRecord(asRecord(extensions)?.["persistedQuery"]);
  if (!persisted) return undefined;
  const hash = persisted["sha256Hash"];
  if (typeof query !== "string") return typeof hash === "string" ? hash : "";
  if (hashOf(query) !== hash) throw new LimitExceeded("BAD_REQUEST", "The hash is not that of the document.");
  return undefined;
}

async function isTrusted(read: { document: DocumentNode; introspects: boolean } | undefined, terms: Terms) {
  if (!read) return false;
  // The right to see the schema is also the right to ask for it, and for nothing beside it.
  if (read.introspects && terms.mayIntrospect && asksOnlyForSchema(read.document)) return true;
  return (await terms.trusted.find(terms.client, hashOf(normalForm(read.document)))) !== undefined;
}

/** Fragments on the root would have to be opened to know; tools do not write any. */
const asksOnlyForSchema = (document: DocumentNode): boolean =>
  document.definitions.every(
    (node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ||
      (node.kind === Kind.OPERATION_DEFINITION &&
        node.selectionSet.selections.every((one) => one.kind === Kind.FIELD && one.name.value.startsWith("__"))),
  );

function checkTexts(document: DocumentNode): void {
  visit(document, { StringValue: ({ value }) => checkText(value) });
}

const notTrusted = () => new LimitExceeded("DOCUMENT_NOT_TRUSTED", OPAQUE_MESSAGE);

/** In the words by which Apollo's clients know that they must send the whole text. */
const notFound = ({ documentId }: Sent) =>
  documentId === undefined
    ? new LimitExceeded("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound")
    : new LimitExceeded("PERSISTED_QUERY_NOT_FOUND", "No such document is registered. Send its text, or register it.");

function withoutPersistedQuery(extensions: unknown): Record<string, unknown> {
  const { persistedQuery: _, ...rest } = asRecord(extensions) ?? {};
  return rest;
}

const asRecord = (value: unknown): Record<string, unknown> | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

function jsonOf(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
