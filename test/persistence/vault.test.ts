import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { randomBytes, randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CaseFileEntity } from "../../src/cases/case.entity.ts";
import {
  findCaseByHetu,
  insertCase,
  insertRecordedContact,
  insertRecordedFact,
  recordedFactsOf,
} from "../../src/cases/case.repository.ts";
import { documentBytes, findDocument, insertDocument } from "../../src/forms/document.repository.ts";
import { type Hetu, artificialHetu } from "../../src/kernel/hetu.ts";
import { type CaseId, type DocumentId, type StatementId, type WorkerId, newId } from "../../src/kernel/ids.ts";
import { type Database, type DatabaseConfig, openDatabase } from "../../src/persistence/database.ts";
import type { KeysConfig } from "../../src/persistence/vault/keys-config.ts";
import { findStatement, insertStatement, setSigned } from "../../src/statements/statement.repository.ts";
import { type Statement, statementHash } from "../../src/statements/statement.ts";
import { callerIn, onDay } from "../support/decisions.ts";
import { testDatabaseConfig } from "../support/database.ts";

const run = promisify(execFile);
const now = new Date("2026-11-23T10:00:00Z");

/** What must be nowhere in the database. */
const SECRET = {
  need: "Tarvitsee talvivaatteet ja patjan",
  diagnosis: "Keskivaikea masennus",
  iban: "FI2112345600000785",
  whom: "Sisar Elli Esimerkki",
  notice: "masennuslääke",
  pdf: "%PDF-1.7 salainen hakemus",
};

interface Filled {
  hetu: Hetu;
  caseId: CaseId;
  statement: Statement;
  documentId: DocumentId;
}

let individual = 900;

async function fill(database: Database): Promise<Filled> {
  const em = database.fork();
  individual += 1;
  const hetu = artificialHetu(onDay, individual);
  const caseId = newId<CaseId>();
  const by = "worker" as WorkerId;
  await insertCase(em, { id: caseId, hetu, openedAt: now }, by);
  const entered = { caseId, unit: "unit", confirmedOn: onDay, recordedBy: by, recordedAt: now };
  await insertRecordedFact(em, {
    ...entered,
    path: "health.contacts",
    holder: "VTH",
    value: [{ matter: SECRET.diagnosis }],
  });
  await insertRecordedFact(em, { ...entered, path: "economy.iban", holder: "RISE", value: SECRET.iban } as never);
  await insertRecordedContact(em, {
    id: randomUUID(),
    caseId,
    holder: "RISE",
    unit: "unit",
    whom: SECRET.whom,
    channel: "PHONE",
    outcome: "REACHED",
    contactedAt: now,
    recordedBy: by,
    recordedByName: "Worker",
    recordedAt: now,
  } as never);
  const written = await insertStatement(em, {
    id: newId<StatementId>(),
    caseId,
    language: "fi",
    author: { workerId: by, name: "Worker", title: "Officer", phone: null, email: null },
    content: {
      need: SECRET.need,
      arrangedByPrison: "-",
      housingOnRelease: "-",
      linkToSentencePlan: "-",
      preparedTogether: true,
    },
    agreement: null,
    writtenAt: now,
    signedAt: null,
    signedHash: null,
  });
  const statement = { ...written, signedAt: now, signedHash: statementHash({ ...written, signedAt: now }) };
  await setSigned(em, statement.id, now, statement.signedHash);
  const documentId = newId<DocumentId>();
  const document = {
    id: documentId,
    caseId,
    form: "form",
    edition: "1",
    language: "fi",
    statementId: statement.id,
    receiverCounty: null,
    tellsPlace: false,
    fileName: "nivel.pdf",
    sha256: "0".repeat(64),
    notices: [{ field: "need", topic: "HEALTH", word: SECRET.notice }],
    createdBy: by,
    createdAt: now,
    sentAt: null,
  };
  await insertDocument(em, document as never, Buffer.from(SECRET.pdf));
  return { hetu, caseId, statement, documentId };
}

async function expectReadable(database: Database, { hetu, caseId, statement, documentId }: Filled): Promise<void> {
  const em = database.fork();
  expect(await findCaseByHetu(em, hetu)).toMatchObject({ id: caseId, hetu });
  const facts = await recordedFactsOf(em, caseId, callerIn("VTH_NURSE"));
  expect(facts.get("health.contacts")?.[0]?.value).toEqual([{ matter: SECRET.diagnosis }]);
  const stored = (await findStatement(em, statement.id))!;
  expect(stored.content).toEqual(statement.content);
  expect(statementHash(stored)).toBe(stored.signedHash);
  expect(Buffer.from(await documentBytes(em, documentId)).toString()).toBe(SECRET.pdf);
  expect((await findDocument(em, documentId))?.notices).toMatchObject([{ word: SECRET.notice }]);
}

/** Every value of every table as text, and what is binary also as it reads and in hex and base64. */
async function everythingIn(database: Database): Promise<string> {
  const em = database.fork();
  const tables = await em.execute<{ name: string }[]>(
    `select table_name as name from information_schema.tables
     where table_schema = current_schema() and table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const columns = await em.execute<{ column: string; type: string }[]>(
      `select column_name as column, data_type as type from information_schema.columns
       where table_schema = current_schema() and table_name = ?`,
      [name],
    );
    for (const { column, type } of columns) {
      const rows = await em.execute<{ value: Uint8Array | string | null }[]>(
        `select ${type === "bytea" ? `"${column}"` : `"${column}"::text`} as value from "${name}"`,
      );
      for (const { value } of rows) {
        if (value === null) continue;
        if (typeof value === "string") texts.push(value);
        else {
          const bytes = Buffer.from(value);
          texts.push(bytes.toString("latin1"), bytes.toString("utf8"), bytes.toString("hex"), bytes.toString("base64"));
        }
      }
    }
  }
  return texts.join("\n");
}

/** As it is, and as it would stand in hex, in base64 and in an escaped JSON text. */
const shapesOf = (secret: string): string[] => {
  const bytes = Buffer.from(secret);
  return [secret, bytes.toString("latin1"), bytes.toString("hex"), bytes.toString("base64").replace(/=+$/, "")];
};

const secretsOf = (one: Filled): string[] => [...Object.values(SECRET), one.hetu].flatMap(shapesOf);

describe("what the database holds of a person", { timeout: 60_000 }, () => {
  let folder: string;
  let config: DatabaseConfig;
  let database: Database;
  let filled: Filled;
  const keys = (name = "keys.json"): KeysConfig => ({ kind: "file", path: join(folder, name), create: true });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "nivel-vault-"));
    config = { ...testDatabaseConfig(), keys: keys() };
    if (config.kind === "memory") config = { kind: "embedded", folder: join(folder, "database"), keys: keys() };
    database = await openDatabase(config);
    await database.migrate();
    filled = await fill(database);
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  it("reads as it was written, and the signed hash is that of the plain text", async () => {
    await expectReadable(database, filled);
  });

  it("is in no column of any table: no identity code, statement, fact, contact, document, nor a key", async () => {
    const dump = await everythingIn(database);
    expect(dump).toContain(filled.caseId);
    for (const secret of secretsOf(filled)) expect(dump).not.toContain(secret);
    const file = JSON.parse(await readFile(join(folder, "keys.json"), "utf8")) as { keys: Record<string, string> };
    for (const key of Object.values(file.keys)) {
      expect(dump).not.toContain(key);
      expect(dump).not.toContain(Buffer.from(key, "base64").toString("hex"));
    }
  });

  it.runIf(process.env["DATABASE_URL"] !== undefined)("is in no dump of pg_dump either", async () => {
    const { url, schema } = config as { url: string; schema: string };
    const { stdout } = await run("pg_dump", [url, "--schema", schema], { maxBuffer: 1 << 28 });
    expect(stdout).toContain(filled.caseId);
    for (const secret of secretsOf(filled)) expect(stdout).not.toContain(secret);
  });

  it("costs no write when it is only read, though no two ciphertexts are equal", async () => {
    const [before] = await database
      .fork()
      .execute<object[]>("select hetu from case_file where id = ?", [filled.caseId]);
    await database.fork().transactional(async (em) => {
      const row = await em.findOneOrFail(CaseFileEntity, { id: filled.caseId });
      expect(row.hetu).toBe(filled.hetu);
    });
    const [after] = await database.fork().execute<object[]>("select hetu from case_file where id = ?", [filled.caseId]);
    expect(after).toEqual(before);
  });

  it("is not searched by its ciphertext: the identity code has a keyed index, other columns have none", async () => {
    await expect(database.fork().findOne(CaseFileEntity, { hetu: filled.hetu })).rejects.toThrow("cannot be searched");
    expect(await findCaseByHetu(database.fork(), artificialHetu(onDay, 999))).toBeUndefined();
  });

  it("does not open in another column, nor after one bit was changed", async () => {
    const sealed = database.vault.seal("recorded_contact.whom", Buffer.from("a"));
    expect(database.vault.open("recorded_contact.whom", sealed).toString()).toBe("a");
    expect(() => database.vault.open("case_file.hetu", sealed)).toThrow();
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = Buffer.from(sealed);
      changed[at]! ^= 1;
      expect(() => database.vault.open("recorded_contact.whom", changed), `byte ${at}`).toThrow();
    }
  });

  it("is not readable when a row's value is swapped with another column's by SQL", async () => {
    const one = await fill(database);
    await database
      .fork()
      .execute(
        "update case_file c set hetu = (select whom from recorded_contact r where r.case_id = c.id) where id = ?",
        [one.caseId],
      );
    await expect(findCaseByHetu(database.fork(), one.hetu)).rejects.toThrow();
    const sealed = database.vault.seal("case_file.hetu", Buffer.from(one.hetu));
    await database.fork().execute("update case_file set hetu = ? where id = ?", [sealed, one.caseId]);
  });

  it("keeps its keys in a file of the owner's alone", async () => {
    expect((await stat(join(folder, "keys.json"))).mode & 0o777).toBe(0o600);
  });

  describe("when keys change", () => {
    it("stays readable and written to all the while; afterwards no value has an old key", async () => {
      const before = await database.keys.status();
      // On PostgreSQL a hub of its own process, as far as keys go, which only learns of it from the database.
      const hub = config.kind === "postgresql" ? await openDatabase(config) : database;
      const serving = { on: true };
      const added: Filled[] = [];
      let reads = 0;
      const serve = (async () => {
        while (serving.on) {
          await expectReadable(hub, filled);
          reads += 1;
          await new Promise(setImmediate);
          if (added.length < 20) added.push(await fill(hub));
        }
      })();
      const rows = await database.keys.rotate();
      serving.on = false;
      await serve;
      expect(rows).toBeGreaterThan(0);
      expect(reads).toBeGreaterThan(0);
      expect(added.length).toBeGreaterThan(0);

      const after = await database.keys.status();
      for (const { id } of before) {
        expect(after.find((key) => key.id === id)).toMatchObject({ state: "RETIRED", values: 0 });
      }
      expect(
        after
          .filter((key) => key.state === "CURRENT")
          .map((key) => key.kind)
          .sort(),
      ).toEqual(["ENCRYPT", "INDEX"]);
      for (const one of [filled, ...added]) {
        await expectReadable(hub, one);
        await expectReadable(database, one);
      }
      if (hub !== database) await hub.close();
    });

    it("leaves a signed statement locked, also for one who says that it only seals anew", async () => {
      const change = (set: string) =>
        database.fork().transactional(async (em) => {
          await em.execute("select set_config('nivel.resealing', 'on', true)");
          await em.execute(`update statement set ${set} where id = ?`, [filled.statement.id]);
        });
      await expect(change("language = 'sv'")).rejects.toThrow("a signed statement is locked");
      await expect(change("signed_hash = 'x'")).rejects.toThrow("a signed statement is locked");
    });

    it("wraps the data keys by a new key of the file, after which the old one may go", async () => {
      const path = join(folder, "keys.json");
      const old = JSON.parse(await readFile(path, "utf8")) as { keys: Record<string, string> };
      const next = { current: "2", keys: { ...old.keys, "2": randomBytes(32).toString("base64") } };
      await writeFile(path, JSON.stringify(next));
      expect(await database.keys.rewrap()).toBeGreaterThan(0);
      expect(await database.keys.rewrap()).toBe(0);
      expect(new Set((await database.keys.status()).map((key) => key.wrappingKey))).toEqual(new Set(["2"]));
      await writeFile(path, JSON.stringify({ current: "2", keys: { "2": next.keys["2"] } }));
      await database.close();
      database = await openDatabase(config);
      await expectReadable(database, filled);
    });
  });

  describe("when the keys are not at hand", () => {
    /** Opens the same database with what stands in another file; nothing may be changed by it. */
    const openWith = async (other: KeysConfig): Promise<string> => {
      const path = (other as { path: string }).path;
      const before = await readFile(path, "utf8").catch(() => undefined);
      await database.close();
      try {
        const opened = await openDatabase({ ...config, keys: other });
        await opened.close();
        return "opened";
      } catch (error) {
        return (error as Error).message;
      } finally {
        expect(await readFile(path, "utf8").catch(() => undefined)).toBe(before);
        database = await openDatabase(config);
        await expectReadable(database, filled);
      }
    };

    it("does not start without its key file, and makes no new one", async () => {
      expect(await openWith(keys("absent.json"))).toMatch(/key file .*absent\.json is missing.*nothing was changed/);
    });

    it("does not start with another key, be it of the same name or of another", async () => {
      for (const [id, message] of [
        ["2", /does not open the database's keys: it is another one/],
        ["3", /wrapped by the key "2", which .* does not hold/],
      ] as const) {
        const content = { current: id, keys: { [id]: randomBytes(32).toString("base64") } };
        await writeFile(join(folder, "other.json"), JSON.stringify(content), { mode: 0o600 });
        expect(await openWith(keys("other.json"))).toMatch(message);
      }
    });

    it("does not start with a file that is no key file, or that every user of the machine can read", async () => {
      for (const content of ["", "{}", '{"current":"a","keys":{}}', '{"current":"a","keys":{"a":"c2hvcnQ="}}']) {
        await writeFile(join(folder, "broken.json"), content, { mode: 0o600 });
        expect(await openWith(keys("broken.json"))).toMatch(/is not one: it must be/);
      }
      await chmod(join(folder, "broken.json"), 0o644);
      expect(await openWith(keys("broken.json"))).toMatch(/open to every user.*chmod 600/);
    });
  });
});
