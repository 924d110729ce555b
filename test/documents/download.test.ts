import { describe, expect, it } from "vitest";
import { type AppClient, download } from "../../src/cli/graphql-client.ts";
import { countyWorkerOf, prisonWorkerOf, testFront } from "../http/front.ts";
import { hasPlainHome, made, submit } from "../referrals/sent.ts";
import { testHub } from "../support/hub.ts";
import { comparable } from "../support/raw-request.ts";

interface Answer {
  status: number;
  body: string;
  headers: Headers;
}

async function get(app: AppClient, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(`${app.url}${path}`, {
    headers: { authorization: `Bearer ${app.token}`, "nivel-purpose": app.purpose, ...headers },
  });
  return { status: response.status, body: await response.text(), headers: response.headers };
}

/** What a caller learns from an answer. */
const told = ({ status, body }: Answer) => ({ status, body: comparable(body) });

const pathOf = (id: string) => `/documents/${id}`;

describe("a download", () => {
  it("carries the PDF for the caller alone, to be kept by no cache", async () => {
    const { worker, documentId } = await made();
    const { status, headers, body } = await get(worker, pathOf(documentId));
    expect(status).toBe(200);
    expect(body.startsWith("%PDF-")).toBe(true);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "application/pdf",
      "content-disposition": `attachment; filename="nivel-${documentId}.pdf"`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
      digest: expect.stringMatching(/^sha-256=[\w+/]{43}=$/),
    });
  });

  it.each([
    ["no token", ""],
    ["a token that is none", "Bearer nonsense"],
    ["another scheme", "Basic d29ya2VyOnBhc3M="],
    ["a token that nobody signed", `Bearer ${["eyJhbGciOiJub25lIn0", "eyJzdWIiOiJ4In0", "x"].join(".")}`],
  ])("is refused with 401 for %s, whether the document is there or not", async (_, authorization) => {
    const { worker, documentId } = await made();
    const there = await get(worker, pathOf(documentId), { authorization });
    expect(there.status).toBe(401);
    expect(told(there)).toEqual(told(await get(worker, pathOf(crypto.randomUUID()), { authorization })));
  });

  it("asks for a purpose, and for one of the caller's own task", async () => {
    const { worker, documentId } = await made();
    const without = await fetch(`${worker.url}${pathOf(documentId)}`, {
      headers: { authorization: `Bearer ${worker.token}` },
    });
    expect(without.status).toBe(400);
    expect(await without.json()).toMatchObject({ title: expect.stringContaining("nivel-purpose") });
    expect((await get({ ...worker, purpose: "HEALTH_CARE" }, pathOf(documentId))).status).toBe(403);
    const unknown = await get(worker, pathOf(documentId), { "nivel-purpose": "CURIOSITY" });
    expect(unknown.status).toBe(400);
    expect(unknown.body).not.toContain("CURIOSITY");
  });

  it("is for a worker of another unit the same as one of a document that never was (D3)", async () => {
    const { documentId, unit } = await made();
    const stranger = await prisonWorkerOf({ unit: unit === "vaasan-vankila" ? "turun-vankila" : "vaasan-vankila" });
    const hidden = await get(stranger, pathOf(documentId));
    expect(hidden.status).toBe(404);
    expect(told(hidden)).toEqual(told(await get(stranger, pathOf(crypto.randomUUID()))));
  });

  it("is nothing for the county before the sending, the PDF after it, and nothing for another county ever", async () => {
    const { worker, documentId, county } = await made();
    const receiver = await countyWorkerOf(county);
    const other = await countyWorkerOf(county === "07" ? "08" : "07");
    const absent = told(await get(receiver, pathOf(crypto.randomUUID())));
    expect(told(await get(receiver, pathOf(documentId)))).toEqual(absent);

    expect((await submit(worker, documentId)).userErrors).toEqual([]);
    const copy = await download(receiver, pathOf(documentId));
    expect(copy.status).toBe(200);
    expect(Buffer.compare(copy.bytes, (await download(worker, pathOf(documentId))).bytes)).toBe(0);
    expect(told(await get(other, pathOf(documentId)))).toEqual(absent);
  });

  it("gives a county that got one document no other document of the same case", async () => {
    const { worker, documentId, county, caseId } = await made();
    await submit(worker, documentId);
    const { applicationInput, generate } = await import("./making.ts");
    const { document } = await generate(worker, applicationInput(caseId));
    const receiver = await countyWorkerOf(county);
    expect((await get(receiver, pathOf(documentId))).status).toBe(200);
    expect((await get(receiver, pathOf(document!.id))).status).toBe(404);
  });

  it("is refused to the Kela officer and to the nurse by their role", async () => {
    const { documentId, unit } = await made(
      (person) => hasPlainHome(person) && person.kela !== null && person.vth !== null,
    );
    const { as } = await testFront();
    for (const app of [
      await as({ id: "kela", role: "KELA_OFFICER", unit: "KELA" }, "BENEFITS"),
      await as({ id: "nurse", role: "VTH_NURSE", unit }, "HEALTH_CARE"),
    ]) {
      const refused = await get(app, pathOf(documentId));
      expect(refused.status).toBe(403);
      expect(told(refused)).toEqual(told(await get(app, pathOf(crypto.randomUUID()))));
    }
  });

  it.each([
    "/documents/..%2f..%2fpackage.json",
    "/documents/..%2F..%2F..%2Fetc%2Fpasswd",
    "/documents/%2e%2e%2fhealth%2flive",
    "/documents/....//....//etc/passwd",
    "/documents/1",
    "/documents/0",
    "/documents/00000000-0000-0000-0000-000000000000",
    "/documents/'%20or%20'1'='1",
    "/documents/%00",
    "/documents/",
    "/documents",
  ])("finds nothing at %s", async (path) => {
    const { as } = await testHub();
    const { status, body, headers } = await get(await as("prison-worker", "SOCIAL_ASSISTANCE"), path);
    expect(status).toBe(404);
    expect(headers.get("content-type")).toContain("application/problem+json");
    expect(body).not.toMatch(/root:|"name"|select|stack|live/i);
  });

  it("writes who read what into the audit log, and none for what was not there", async () => {
    const { worker, documentId, caseId } = await made();
    await get(worker, pathOf(documentId));
    const { database } = await testHub();
    const rows = await database
      .fork()
      .execute<
        object[]
      >("select caller_id, subject_id, disclosed from audit_event where case_id = ? and operation = 'readDocument'", [caseId]);
    expect(rows).toMatchObject([{ subject_id: documentId, caller_id: expect.stringContaining("officer-") }]);
    expect(JSON.stringify(rows)).toContain("document.bytes");
  });
});
