import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Migrator } from "@mikro-orm/migrations";
import { MikroORM as PgliteOrm } from "@mikro-orm/pglite";
import { MikroORM as PostgresOrm } from "@mikro-orm/postgresql";
import { expect, it } from "vitest";
import { findCaseByHetu, recordedFactsOf } from "../../src/cases/case.repository.ts";
import { documentBytes, findDocument } from "../../src/forms/document.repository.ts";
import { artificialHetu } from "../../src/kernel/hetu.ts";
import { type CaseId, type DocumentId, type StatementId, newId } from "../../src/kernel/ids.ts";
import { type DatabaseConfig, openDatabase } from "../../src/persistence/database.ts";
import { DataKeyEntity } from "../../src/persistence/vault/data-key.entity.ts";
import { MIGRATIONS } from "../../src/persistence/migrations/index.ts";
import { findStatement } from "../../src/statements/statement.repository.ts";
import { callerIn, onDay } from "../support/decisions.ts";
import { testDatabaseConfig } from "../support/database.ts";

const before = MIGRATIONS.slice(
  0,
  MIGRATIONS.findIndex(({ name }) => name === "009-vault"),
);

/** The database as it was before anything was sealed. */
async function openAsItWas(config: DatabaseConfig) {
  const shared = {
    entities: [DataKeyEntity],
    extensions: [Migrator],
    migrations: { migrationsList: before, snapshot: false, tableName: "nivel_migration", transactional: true },
    logger: () => undefined,
  };
  if (config.kind === "embedded") return PgliteOrm.init({ ...shared, dbName: config.folder });
  const { url, schema } = config as { url: string; schema: string };
  const options = { options: `-c search_path=${schema}` };
  return PostgresOrm.init({ ...shared, clientUrl: url, schema, driverOptions: options });
}

it("rows from before are sealed by the migration, and nothing of them stays readable in a table", async () => {
  const folder = await mkdtemp(join(tmpdir(), "nivel-migration-"));
  const where = testDatabaseConfig();
  const place = where.kind === "memory" ? { kind: "embedded" as const, folder: join(folder, "database") } : where;
  const config: DatabaseConfig = { ...place, keys: { kind: "file", path: join(folder, "keys.json"), create: true } };
  const hetu = artificialHetu(onDay, 977);
  const [caseId, statementId, documentId] = [newId<CaseId>(), newId<StatementId>(), newId<DocumentId>()];
  const content = { need: 'Sänky ja "peitto" 🛏', preparedTogether: true };

  const old = await openAsItWas(config);
  await old.migrator.up();
  const run = (sql: string, params: unknown[]) => old.em.fork().execute(sql, params);
  await run("insert into case_file (id, hetu, opened_at, opened_by) values (?, ?, now(), 'x')", [caseId, hetu]);
  await run("insert into case_file (id, opened_at, opened_by) values (?, now(), 'x')", [newId()]);
  await run(
    `insert into statement (id, case_id, version, language, author_id, author, content, written_at, signed_at, signed_hash)
     values (?, ?, 1, 'fi', 'x', '{}', ?::jsonb, now(), now(), 'hash')`,
    [statementId, caseId, JSON.stringify(content)],
  );
  await run(
    `insert into recorded_fact (id, case_id, path, holder, unit, value, confirmed_on, recorded_by, recorded_at)
     values (?, ?, 'economy.iban', 'RISE', 'unit', '{"value": "FI2112345600000785"}', now(), 'x', now())`,
    [newId(), caseId],
  );
  await run(
    `insert into document (id, case_id, form, edition, language, file_name, sha256, notices, bytes, created_by, created_at)
     values (?, ?, 'f', '1', 'fi', 'f.pdf', 'x', '[{"word": "sana"}]', ?, 'x', now())`,
    [documentId, caseId, Buffer.from([0, 255, 37, 80, 68, 70])],
  );
  await old.close(true);

  const database = await openDatabase(config);
  try {
    expect((await database.migrate())[0]).toBe("009-vault");
    const em = database.fork();
    expect(await findCaseByHetu(em, hetu)).toMatchObject({ id: caseId, hetu });
    expect((await findStatement(em, statementId))?.content).toEqual(content);
    const facts = await recordedFactsOf(em, caseId, callerIn("PRISON_WORKER"));
    expect(facts.get("economy.iban" as never)?.[0]?.value).toBe("FI2112345600000785");
    expect([...(await documentBytes(em, documentId))]).toEqual([0, 255, 37, 80, 68, 70]);
    expect((await findDocument(em, documentId))?.notices).toEqual([{ word: "sana" }]);
    await expect(em.execute("update statement set language = 'sv'")).rejects.toThrow("a signed statement is locked");
    const columns = await em.execute<{ type: string }[]>(
      `select distinct data_type as type from information_schema.columns where table_schema = current_schema()
       and (table_name, column_name) in (('case_file', 'hetu'), ('statement', 'content'), ('recorded_fact', 'value'),
         ('recorded_contact', 'whom'), ('document', 'bytes'), ('document', 'notices'))`,
    );
    expect(columns).toEqual([{ type: "bytea" }]);
  } finally {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
