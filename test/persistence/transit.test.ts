import { createServer } from "node:http";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { transit } from "../../src/persistence/vault/transit.ts";

/** What HashiCorp Vault's transit engine answers, as far as it is asked here; its "encryption" only remembers. */
function fakeTransit() {
  const known = new Map<string, { plaintext: string; associated: string }>();
  const state = { version: 1, token: "s.token" };
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const answer = (status: number, data?: object) => {
        response
          .writeHead(status, { "content-type": "application/json" })
          .end(JSON.stringify(data ? { data } : { errors: [] }));
      };
      if (request.headers["x-vault-token"] !== state.token) {
        answer(403);
        return;
      }
      const sent = JSON.parse(body) as { plaintext: string; ciphertext: string; associated_data: string };
      if (request.url === "/v1/transit/encrypt/nivel") {
        const ciphertext = `vault:v${state.version}:${known.size}`;
        known.set(ciphertext, { plaintext: sent.plaintext, associated: sent.associated_data });
        answer(200, { ciphertext, key_version: state.version });
        return;
      }
      const found = request.url === "/v1/transit/decrypt/nivel" ? known.get(sent.ciphertext) : undefined;
      if (found?.associated === sent.associated_data) answer(200, { plaintext: found.plaintext });
      else answer(400);
    });
  });
  return { server, state };
}

describe("keys wrapped by a key management service (HashiCorp Vault's transit engine)", () => {
  const { server, state } = fakeTransit();
  let folder: string;
  let url: string;
  let tokenFile: string;
  const wrapper = (more: object = {}) => transit({ url, key: "nivel", tokenFile, ...more });
  const key = Buffer.alloc(32, 7);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "nivel-transit-"));
    tokenFile = join(folder, "token");
    await writeFile(tokenFile, "s.token\n", { mode: 0o600 });
    await new Promise<void>((up) => server.listen(0, "127.0.0.1", up));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/transit/`;
  });
  afterAll(async () => {
    server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("come back as they went, bound to the data key that they are", async () => {
    const wrapped = await wrapper().wrap(key, "data key a");
    expect(wrapped.wrappingKey).toBe("nivel:v1");
    expect(Buffer.from(wrapped.wrapped).includes(key)).toBe(false);
    expect(await wrapper().unwrap(wrapped, "data key a")).toEqual(key);
    await expect(wrapper().unwrap(wrapped, "data key b")).rejects.toThrow("refused to decrypt (HTTP 400)");
  });

  it("tell which version of the service's key wraps now, so that a rewrap finds the old ones", async () => {
    expect(await wrapper().keyId()).toBe("nivel:v1");
    state.version = 2;
    expect(await wrapper().keyId()).toBe("nivel:v2");
  });

  it("say in one line what is wrong, without the token: refused, not there, or no token", async () => {
    const told = async (more: object) =>
      wrapper(more)
        .wrap(key, "a")
        .then(() => "wrapped")
        .catch((error: unknown) => `${(error as Error).name}: ${(error as Error).message}`);
    expect(await told({ key: "other" })).toMatch(/^StartupError: .*refused to encrypt \(HTTP 400\)/);
    expect(await told({ url: "http://127.0.0.1:1/v1/transit" })).toMatch(/^StartupError: .*does not answer/);
    expect(await told({ tokenFile: join(folder, "absent") })).toMatch(/^StartupError: .*holds no token/);
    state.token = "another";
    const refused = await told({});
    expect(refused).toMatch(/^StartupError: .*HTTP 403/);
    expect(refused).not.toContain("s.token");
  });
});
