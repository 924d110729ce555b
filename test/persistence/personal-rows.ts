import { createHash } from "node:crypto";
import type { CallerRole } from "../../src/access/role.ts";
import { type Remit, insertCase, insertRemits } from "../../src/cases/case.repository.ts";
import { type Hetu, artificialHetu } from "../../src/kernel/hetu.ts";
import { type CaseId, newId } from "../../src/kernel/ids.ts";
import type { Database } from "../../src/persistence/database.ts";
import { type onDay } from "../support/decisions.ts";

/** Every table with a person's data, and the column that names the case. */
export const PERSONAL_TABLES: Readonly<Record<string, string>> = {
  case_file: "id",
  case_remit: "case_id",
  consent: "case_id",
  permit: "case_id",
  notification: "case_id",
  recorded_fact: "case_id",
  recorded_contact: "case_id",
  statement: "case_id",
  document: "case_id",
  referral: "case_id",
  audit_event: "case_id",
};

let individual = 950;

export interface PersonalRows {
  caseId: CaseId;
  hetu: Hetu;
  consentId: string;
}

/** One case with a row in each personal table, by the owner's hand; its remits as told. */
export async function insertPersonalRows(
  database: Database,
  remits: (Pick<Remit, "role" | "unit"> & Partial<Remit>)[],
): Promise<PersonalRows> {
  const em = database.fork();
  individual = individual === 999 ? 900 : individual + 1;
  const caseId = newId<CaseId>();
  const hetu = artificialHetu("1980-01-01" as typeof onDay, individual);
  const at = new Date("2026-11-01T10:00:00Z");
  await insertCase(em, { id: caseId, hetu, openedAt: at }, "opener");
  const seal = (column: string, value: unknown) => database.vault.seal(column, Buffer.from(JSON.stringify(value)));
  const add = async (table: string, row: Record<string, unknown>): Promise<string> => {
    const id = newId<CaseId>();
    const all: Record<string, unknown> = { id, case_id: caseId, ...row };
    const columns = Object.keys(all).map((column) => `"${column}"`);
    await em.execute(
      `insert into ${table} (${columns.join(", ")}) values (${columns.map(() => "?").join(", ")})`,
      Object.values(all),
    );
    return id;
  };
  const consentId = await add("consent", {
    answer: "GIVEN",
    disclosers: '["RISE"]',
    receiver: "COUNTY",
    categories: "[]",
    purposes: "[]",
    informed_in: "fi",
    given_on: "2026-11-01",
    valid_until: "2027-11-01",
    recorded_by: "opener",
    recorded_by_authority: "RISE",
    recorded_at: at,
  });
  await insertRemits(
    em,
    remits.map((remit) => ({
      caseId,
      workerId: null,
      ground: remit.ground === "CONSENT" ? "CONSENT" : "UNIT",
      since: "2026-01-01" as typeof onDay,
      until: null,
      ...remit,
      ...(remit.ground === "CONSENT" ? { consentId: consentId as never } : {}),
    })),
  );
  await add("permit", {
    basis: "SHL_63",
    state: "REQUESTED",
    holder: "RISE",
    receiver: "COUNTY",
    receiver_unit: "15",
    requested: "[]",
    categories: "[]",
    purpose: "SOCIAL_WELFARE",
    from: "2026-11-01",
    until: "2027-11-01",
    requested_by: "opener",
    requested_by_name: "Opener",
    requested_at: at,
  });
  await add("notification", {
    basis: "SHL_35_2",
    reason: seal("notification.reason", "reason"),
    made_by: "opener",
    made_by_name: "Opener",
    made_by_authority: "RISE",
    made_at: at,
  });
  await add("recorded_fact", {
    path: "economy.debts",
    holder: "RISE",
    unit: "unit",
    value: seal("recorded_fact.value", { value: true }),
    confirmed_on: "2026-11-01",
    recorded_by: "opener",
    recorded_at: at,
  });
  await add("recorded_contact", {
    holder: "RISE",
    unit: "unit",
    whom: database.vault.seal("recorded_contact.whom", Buffer.from("whom")),
    channel: "PHONE",
    outcome: "REACHED",
    contacted_at: at,
    recorded_by: "opener",
    recorded_by_name: "Opener",
    recorded_at: at,
  });
  await add("statement", {
    version: 1,
    language: "fi",
    author_id: "opener",
    author: "{}",
    content: seal("statement.content", {}),
    written_at: at,
  });
  const documentId = await add("document", {
    form: "form",
    edition: "1",
    language: "fi",
    file_name: "nivel.pdf",
    sha256: createHash("sha256").update("pdf").digest("hex"),
    notices: seal("document.notices", []),
    bytes: database.vault.seal("document.bytes", Buffer.from("pdf")),
    created_by: "opener",
    created_at: at,
  });
  await add("referral", {
    kind: "APPLICATION",
    document_id: documentId,
    state: "REQUESTED",
    sender_unit: "unit",
    sender_id: "opener",
    sender_name: "Opener",
    sent_at: at,
    free_text_reviewed: true,
    receiver_unit: "15",
  });
  await em.execute(
    `insert into audit_event (at, operation, outcome, caller_id, caller_role, client, case_id, disclosed, withheld)
     values (?, 'getCase', 'DONE', 'opener', 'PRISON_WORKER', 'test', ?, '[]', '[]')`,
    [at, caseId],
  );
  return { caseId, hetu, consentId };
}

export const remitOf = (role: CallerRole, unit: string, more: Partial<Remit> = {}) => ({ role, unit, ...more });
