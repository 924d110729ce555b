import { deflateSync } from "node:zlib";
import { type PDFContext, type PDFRawStream } from "pdf-lib";

type Dictionary = NonNullable<Parameters<PDFContext["stream"]>[1]>;

/** Makes a compressed stream of a document. */
export type Compression = (context: PDFContext, content: string | Uint8Array, dictionary?: Dictionary) => PDFRawStream;

/** The same bytes on every machine, so that a committed template can be compared with a fresh one. */
export const portable: Compression = (context, content, dictionary = {}) => context.flateStream(content, dictionary);

/** Several times faster; the same bytes on one machine only, which is enough for a document that is kept. */
export const fast: Compression = (context, content, dictionary = {}) =>
  context.stream(deflateSync(content), { ...dictionary, Filter: "FlateDecode" });
