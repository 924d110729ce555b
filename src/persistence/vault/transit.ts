import { readFile } from "node:fs/promises";
import { z } from "zod";
import { StartupError } from "../../kernel/errors.ts";
import type { KeyWrapper } from "./key-wrapper.ts";

const TIMEOUT_MS = 5000;
const ENCRYPTED = z.object({ data: z.object({ ciphertext: z.string().regex(/^vault:v\d+:/) }) });
const DECRYPTED = z.object({ data: z.object({ plaintext: z.base64() }) });

/**
 * The transit engine of HashiCorp Vault (or OpenBao): it holds the key-encryption key and never shows it. Its key must
 * be of a type with associated data (aes256-gcm96, the default). The token is read from its file at each use, so that
 * an agent may renew it.
 */
export function transit({ url, key, tokenFile }: { url: string; key: string; tokenFile: string }): KeyWrapper {
  const call = async <T>(action: "encrypt" | "decrypt", body: object, answer: z.ZodType<T>): Promise<T> => {
    const token = (await readFile(tokenFile, "utf8").catch(() => "")).trim();
    if (token === "") throw new StartupError("The file of NIVEL_VAULT_TOKEN_FILE holds no token. Correct it.");
    let response: Response;
    try {
      response = await fetch(`${url.replace(/\/$/, "")}/${action}/${encodeURIComponent(key)}`, {
        method: "POST",
        headers: { "x-vault-token": token, "content-type": "application/json" },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      throw new StartupError("The key management service of NIVEL_VAULT_URL does not answer. Nothing was changed.");
    }
    const parsed = response.ok ? answer.safeParse(await response.json().catch(() => undefined)) : undefined;
    if (!parsed?.success)
      throw new StartupError(
        `The key management service of NIVEL_VAULT_URL refused to ${action} (HTTP ${response.status}). Check its key, its policy and the token; nothing was changed.`,
      );
    return parsed.data;
  };
  const associated = (bound: string) => Buffer.from(bound).toString("base64");
  const encrypt = async (bytes: Uint8Array, bound: string) => {
    const body = { plaintext: Buffer.from(bytes).toString("base64"), associated_data: associated(bound) };
    const { ciphertext } = (await call("encrypt", body, ENCRYPTED)).data;
    return { ciphertext, wrappingKey: `${key}:${ciphertext.split(":")[1]!}` };
  };
  return {
    // Its own encryption names the version that it uses now.
    keyId: async () => (await encrypt(Buffer.from("which key"), "which key")).wrappingKey,
    wrap: async (bytes, bound) => {
      const { ciphertext, wrappingKey } = await encrypt(bytes, bound);
      return { wrapped: Buffer.from(ciphertext), wrappingKey };
    },
    unwrap: async ({ wrapped }, bound) => {
      const ciphertext = Buffer.from(wrapped).toString("utf8");
      const body = { ciphertext, associated_data: associated(bound) };
      return Buffer.from((await call("decrypt", body, DECRYPTED)).data.plaintext, "base64");
    },
  };
}
