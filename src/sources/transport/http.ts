import { SourceFault } from "./source-fault.ts";

/** Larger answers about one person do not exist; a source that sends one is broken or hostile. */
const LONGEST_ANSWER_BYTES = 1_048_576;

export interface HttpAnswer {
  status: number;
  headers: Headers;
  text: string;
}

export interface HttpPost {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  signal: AbortSignal;
}

/**
 * Posts and reads the whole answer, up to a bound. Redirects are not followed: they would carry an identity code to an
 * address that nobody configured.
 * @throws SourceFault when there is no answer that can be read; a status is not judged here
 */
export async function post({ url, headers, body, signal }: HttpPost): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal, redirect: "manual" });
    return { status: response.status, headers: response.headers, text: await boundedText(response) };
  } catch (error) {
    if (error instanceof SourceFault) throw error;
    if (signal.aborted) throw new SourceFault("TIMED_OUT", "aborted");
    // The error's text may hold the address; its code does not.
    throw new SourceFault("UNAVAILABLE", errorCode(error));
  }
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | undefined = response.body ?? undefined;
  for await (const chunk of body ?? []) {
    length += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (length > LONGEST_ANSWER_BYTES) throw new SourceFault("MALFORMED", "answer too long");
    chunks.push(chunk);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new SourceFault("MALFORMED", "answer is not UTF-8");
  }
}

function errorCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = (cause as { code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : "no connection";
}
