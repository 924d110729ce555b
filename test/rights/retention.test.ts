import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditEventEntity } from "../../src/audit/audit.entity.ts";
import { CaseFileEntity, CaseRemitEntity, RecordedFactEntity } from "../../src/cases/case.entity.ts";
import { DocumentEntity } from "../../src/forms/document.entity.ts";
import { type Clock, fixedClock } from "../../src/kernel/clock.ts";
import type { LocalDate } from "../../src/kernel/dates.ts";
import { type CaseId, type DocumentId, type StatementId, newId } from "../../src/kernel/ids.ts";
import { type Database, openDatabase } from "../../src/persistence/database.ts";
import { ReferralEntity } from "../../src/referrals/referral.entity.ts";
import { type RetentionFinding, applyRetention, planRetention } from "../../src/rights/retention.ts";
import { insertStatement } from "../../src/statements/statement.repository.ts";
import { StatementEntity } from "../../src/statements/statement.entity.ts";
import { testDatabaseConfig } from "../support/database.ts";

/** A database of its own, since retention is about every row there is. */
let database: Database;
beforeAll(async () => {
  database = await openDatabase(testDatabaseConfig());
  await database.migrate();
}, 120_000);
afterAll(() => database.close());

const NOW = "2036-11-23T10:00:00Z";
const clock: Clock = fixedClock(NOW);
const parts = { fork: () => database.fork(), clock };
const dueOf = (findings: RetentionFinding[], code: string) => findings.find((finding) => finding.code === code)!.due;

const case_ = async (
  more: { enforcementEndsOn?: string; releasedOn?: string; openedAt?: string } = {},
): Promise<CaseId> => {
  const id = newId<CaseId>();
  await database.fork().insert(CaseFileEntity, {
    id,
    openedAt: new Date(more.openedAt ?? NOW),
    openedBy: "w",
    openedByAuthority: "RISE",
    releasedOn: more.releasedOn ?? null,
    enforcementEndsOn: more.enforcementEndsOn ?? null,
  });
  return id;
};

const statement = async (caseId: CaseId, signedAt: string | null): Promise<StatementId> => {
  const em = database.fork();
  const { id } = await em.transactional((inside) =>
    insertStatement(inside, {
      id: newId<StatementId>(),
      caseId,
      language: "fi",
      author: { workerId: "w" as never, name: "A", title: "T", phone: null, email: null },
      content: {
        need: "n",
        arrangedByPrison: "",
        housingOnRelease: "",
        linkToSentencePlan: "",
        preparedTogether: true,
      },
      agreement: null,
      writtenAt: new Date(signedAt ?? "2030-01-01T10:00:00Z"),
      signedAt: null,
      signedHash: null,
    }),
  );
  if (signedAt !== null) {
    await database.fork().nativeUpdate(StatementEntity, { id }, { signedAt: new Date(signedAt), signedHash: "0" });
  }
  return id;
};

const document = async (caseId: CaseId, sentAt: string | null, statementId: StatementId | null = null) => {
  const id = newId<DocumentId>();
  const em = database.fork();
  em.create(DocumentEntity, {
    id,
    caseId,
    form: "f",
    edition: "1",
    language: "fi",
    statementId,
    receiverCounty: "15",
    tellsPlace: true,
    fileName: "f.pdf",
    sha256: "0",
    bytes: Buffer.from("x"),
    notices: [],
    grounds: [],
    createdBy: "w",
    createdAt: new Date(sentAt ?? NOW),
    sentAt: sentAt === null ? null : new Date(sentAt),
  } as never);
  await em.flush();
  return id;
};

const referral = (caseId: CaseId, documentId: DocumentId, sentAt: string) =>
  database.fork().insert(ReferralEntity, {
    id: newId<CaseId>(),
    caseId,
    kind: "SUPPLEMENTARY_ASSISTANCE_APPLICATION",
    documentId,
    state: "REQUESTED",
    senderUnit: "u",
    senderId: "w",
    senderName: "A",
    sentAt: new Date(sentAt),
    freeTextReviewed: false,
    receiverUnit: "15",
    receivedAt: null,
    ownWorkerName: null,
    ownWorkerPhone: null,
    answeredBy: null,
    answeredAt: null,
    version: 1,
  });

const fact = (caseId: CaseId, path: string, holder = "RISE") =>
  database.fork().insert(RecordedFactEntity, {
    id: newId<CaseId>(),
    caseId,
    path,
    holder,
    unit: "u",
    value: { value: true },
    confirmedOn: "2025-01-01" as LocalDate,
    recordedBy: "w",
    recordedAt: new Date("2025-01-01T10:00:00Z"),
  });

describe("retention", () => {
  it("says first what is due and changes nothing", async () => {
    const id = await case_();
    const sentDocument = await document(id, "2033-11-22T10:00:00Z");
    await referral(id, sentDocument, "2033-11-22T10:00:00Z");
    await referral(id, await document(id, "2033-11-24T10:00:00Z"), "2033-11-24T10:00:00Z");
    const plan = await planRetention(parts);
    expect(dueOf(plan, "REFERRAL_3Y")).toBe(1);
    expect(plan.find((finding) => finding.code === "REFERRAL_3Y")).toMatchObject({
      rows: 2,
      oldest: "2033-11-22",
      citation: "703/2023 liite",
    });
    // The document waits until nothing points at it.
    expect(dueOf(plan, "SENT_DOCUMENT_3Y")).toBe(0);
    expect(await planRetention(parts)).toEqual(plan);
  });

  it("erases a sent application after three years and its statement after five, each erasure on record", async () => {
    const id = await case_();
    const old = await statement(id, "2031-11-22T10:00:00Z");
    const young = await statement(id, "2031-11-24T10:00:00Z");
    const documentId = await document(id, "2031-11-22T11:00:00Z", old);
    await referral(id, documentId, "2031-11-22T11:00:00Z");
    const erased = await applyRetention(parts);
    expect(dueOf(erased, "SIGNED_STATEMENT_5Y")).toBe(1);
    const em = database.fork();
    expect((await em.find(StatementEntity, { caseId: id })).map((one) => one.id)).toEqual([young]);
    expect(await em.count(DocumentEntity, { id: documentId })).toBe(0);
    const events = await em.find(AuditEventEntity, { caseId: id, operation: "retention" });
    expect(events.map((event) => event.subjectId)).toContain(`SIGNED_STATEMENT_5Y:${old}`);
    expect(events).toHaveLength(3);
    expect(events[0]).toMatchObject({ callerRole: "HUB", outcome: "DONE", disclosed: [], withheld: [] });
  });

  it("D13: counts Rise's entries from the end of enforcement: ten years, five, and never while it is not known", async () => {
    const gone = await case_({ enforcementEndsOn: "2026-11-22", releasedOn: "2026-01-01" });
    const later = await case_({ enforcementEndsOn: "2030-01-01" });
    const unknown = await case_();
    for (const id of [gone, later, unknown]) {
      await fact(id, "sentence.sanction");
      await fact(id, "readiness.bankAccess");
    }
    await applyRetention(parts);
    const left = async (caseId: CaseId) =>
      (await database.fork().find(RecordedFactEntity, { caseId })).map((one) => one.path).sort();
    expect(await left(gone)).toEqual([]);
    expect(await left(later)).toEqual(["sentence.sanction"]);
    expect(await left(unknown)).toEqual(["readiness.bankAccess", "sentence.sanction"]);
  });

  it("removes a case of which nothing is left and that nobody serves, and no other", async () => {
    const empty = await case_({ openedAt: "2020-01-01T10:00:00Z" });
    const served = await case_({ openedAt: "2020-01-01T10:00:00Z" });
    const remit = { role: "PRISON_WORKER", unit: "u", workerId: null, ground: "UNIT", consentId: null };
    await database.fork().insertMany(CaseRemitEntity, [
      { ...remit, id: newId(), caseId: empty, since: "2020-01-01", until: "2034-01-01", begunAt: new Date(NOW) },
      { ...remit, id: newId(), caseId: served, since: "2020-01-01", until: null, begunAt: new Date(NOW) },
    ] as never);
    await applyRetention(parts);
    expect(await database.fork().count(CaseFileEntity, { id: empty })).toBe(0);
    expect(await database.fork().count(CaseFileEntity, { id: served })).toBe(1);
  });

  it("is done with what it did: a second run finds nothing", async () => {
    await applyRetention(parts);
    expect((await applyRetention(parts)).filter((finding) => finding.due > 0)).toEqual([]);
  });

  it("is the only way out for a signed statement", async () => {
    const signed = await statement(await case_(), "2036-01-01T10:00:00Z");
    await expect(database.fork().nativeDelete(StatementEntity, { id: signed })).rejects.toThrow(/locked/);
    await expect(database.fork().nativeUpdate(StatementEntity, { id: signed }, { signedHash: "1" })).rejects.toThrow(
      /locked/,
    );
  });
});
