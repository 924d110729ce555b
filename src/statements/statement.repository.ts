import type { InferEntity } from "@mikro-orm/core";
import type { EntityManager } from "@mikro-orm/postgresql";
import type { CaseId, StatementId } from "../kernel/ids.ts";
import { StatementEntity } from "./statement.entity.ts";
import type { PersonAgreement, Statement } from "./statement.ts";

function toStatement({ authorId: _, ...row }: InferEntity<typeof StatementEntity>): Statement {
  return row as unknown as Statement;
}

export async function findStatement(em: EntityManager, id: StatementId): Promise<Statement | undefined> {
  const row = await em.findOne(StatementEntity, { id });
  return row ? toStatement({ ...row }) : undefined;
}

/** All versions, newest first. */
export async function statementsOf(em: EntityManager, caseId: CaseId): Promise<Statement[]> {
  const rows = await em.find(StatementEntity, { caseId }, { orderBy: { version: "desc" } });
  return rows.map((row) => toStatement({ ...row }));
}

/** Inserts the next version; of two writers at once the second waits for the first. */
export async function insertStatement(em: EntityManager, statement: Omit<Statement, "version">): Promise<Statement> {
  await em.execute(`select 1 from case_file where id = ? for no key update`, [statement.caseId]);
  const rows = await em.execute<{ next: number }[]>(
    `select coalesce(max(version), 0) + 1 as next from statement where case_id = ?`,
    [statement.caseId],
  );
  const version = rows[0]!.next;
  await em.insert(StatementEntity, { ...statement, authorId: statement.author.workerId, version });
  return { ...statement, version };
}

/** False when the statement was signed meanwhile. */
export async function setAgreement(em: EntityManager, id: StatementId, agreement: PersonAgreement): Promise<boolean> {
  return (await em.nativeUpdate(StatementEntity, { id, signedAt: null }, { agreement })) === 1;
}

/** False when it was signed meanwhile. */
export async function setSigned(
  em: EntityManager,
  id: StatementId,
  signedAt: Date,
  signedHash: string,
): Promise<boolean> {
  return (await em.nativeUpdate(StatementEntity, { id, signedAt: null }, { signedAt, signedHash })) === 1;
}
