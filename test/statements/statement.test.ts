import { describe, expect, it } from "vitest";
import { type AppClient, ask, send } from "../../src/cli/graphql-client.ts";
import {
  RecordAgreementDocument,
  SignStatementDocument,
  StatementsOfCaseDocument,
  WriteStatementDocument,
} from "../../src/cli/operations.generated.ts";
import { findStatement } from "../../src/statements/statement.repository.ts";
import { statementHash } from "../../src/statements/statement.ts";
import type { StatementId } from "../../src/kernel/ids.ts";
import { freshPerson, prisonWorkerOf, testFront } from "../http/front.ts";
import { sendText, testHub } from "../support/hub.ts";
import { signedStatement, statementInput, writeStatement } from "./signed.ts";
import { nodesOf } from "../support/nodes.ts";

const OTHER_UNIT = "vaasan-vankila";

const versionsOf = async (app: AppClient, caseId: string) =>
  nodesOf((await ask(app, StatementsOfCaseDocument, { caseId })).statements);

const sign = async (app: AppClient, statementId: string) =>
  (await ask(app, SignStatementDocument, { statementId })).signStatement;

describe("a statement about a case", () => {
  it("keeps every version, newest first, with its own text and author", async () => {
    const inCase = await freshPerson();
    const first = await prisonWorkerOf(inCase);
    const second = await prisonWorkerOf(inCase, { id: "second-officer", name: "Toinen Kirjoittaja" });
    await writeStatement(first, inCase.caseId, { need: "Ensimmäinen" });
    await writeStatement(second, inCase.caseId, { need: "Toinen" });
    const versions = await versionsOf(first, inCase.caseId);
    expect(versions.map(({ version, content, author }) => [version, content?.need, author?.name])).toEqual([
      [2, "Toinen", "Toinen Kirjoittaja"],
      [1, "Ensimmäinen", expect.stringContaining("Worker officer-")],
    ]);
  });

  it("gets versions of their own from five writers at once, without an error for any of them", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const answers = await Promise.all(
      ["a", "b", "c", "d", "e"].map((need) =>
        send(app, WriteStatementDocument, { input: statementInput(inCase.caseId, { need }) }),
      ),
    );
    expect(answers.flatMap((answer) => answer.errors ?? [])).toEqual([]);
    const versions = await versionsOf(app, inCase.caseId);
    expect(versions.map((one) => one.version)).toEqual([5, 4, 3, 2, 1]);
    expect(new Set(versions.map((one) => one.content?.need)).size).toBe(5);
  });

  it("needs a text that says what is needed, and says so without repeating what was sent", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    for (const content of [{ need: "   " }, { need: "x", arrangedByPrison: "salaista ".repeat(2000) }]) {
      const { writeStatement } = await ask(app, WriteStatementDocument, {
        input: statementInput(inCase.caseId, content),
      });
      expect(writeStatement.statement).toBeNull();
      expect(writeStatement.userErrors).toMatchObject([{ code: "CONTENT_INVALID" }]);
      expect(JSON.stringify(writeStatement)).not.toContain("salaista");
    }
    expect(await versionsOf(app, inCase.caseId)).toEqual([]);
  });

  it("is signed by its author alone, and the hash is that of what is stored", async () => {
    const inCase = await freshPerson();
    const author = await prisonWorkerOf(inCase);
    const colleague = await prisonWorkerOf(inCase, { id: "colleague" });
    const id = await writeStatement(author, inCase.caseId);
    expect((await sign(colleague, id)).userErrors).toMatchObject([{ code: "NOT_THE_AUTHOR" }]);
    expect((await versionsOf(author, inCase.caseId))[0]).toMatchObject({ signedAt: null, signedHash: null });

    const { statement } = await sign(author, id);
    const { database } = await testHub();
    const stored = (await findStatement(database.fork(), id as StatementId))!;
    expect(statement?.signedHash).toBe(statementHash(stored));
    expect(stored.signedAt?.toISOString()).toBe(statement?.signedAt);
  });

  it("is locked once it is signed: no second signature, and no other word on the agreement", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const statementId = await writeStatement(app, inCase.caseId);
    await sign(app, statementId);
    const before = await versionsOf(app, inCase.caseId);
    const again = await sign(app, statementId);
    expect(again).toMatchObject({ statement: null, userErrors: [{ code: "STATEMENT_SIGNED" }] });
    const { recordAgreement } = await ask(app, RecordAgreementDocument, {
      statementId,
      hasRead: true,
      agreesToAttach: true,
    });
    expect(recordAgreement).toMatchObject({ statement: null, userErrors: [{ code: "STATEMENT_SIGNED" }] });
    expect(await versionsOf(app, inCase.caseId)).toEqual(before);
  });

  it("is locked in the database too, for one who writes SQL by hand", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const signed = await signedStatement(app, inCase.caseId);
    const draft = await writeStatement(app, inCase.caseId);
    const { database } = await testHub();
    const change = (set: string, id: string) =>
      database.fork().execute(`update statement set ${set} where id = ?`, [id]);
    for (const set of ["content = '{}'", "signed_at = null, signed_hash = null", "author_id = 'somebody'"]) {
      await expect(change(set, signed)).rejects.toThrow("a signed statement is locked");
    }
    await expect(database.fork().execute("delete from statement where id = ?", [signed])).rejects.toThrow("locked");
    await change("language = 'sv'", draft);
    expect((await versionsOf(app, inCase.caseId)).map((one) => one.language)).toEqual(["sv", "fi"]);
  });

  it("is signed once when the author clicks twice at the same time", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const id = await writeStatement(app, inCase.caseId);
    const outcomes = await Promise.all([sign(app, id), sign(app, id), sign(app, id)]);
    expect(outcomes.filter((one) => one.statement !== null)).toHaveLength(1);
    expect(outcomes.flatMap((one) => one.userErrors.map(({ code }) => code))).toEqual([
      "STATEMENT_SIGNED",
      "STATEMENT_SIGNED",
    ]);
  });

  it("keeps the person's latest word until it is signed, and tells not asked from no", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const statementId = await writeStatement(app, inCase.caseId);
    expect((await versionsOf(app, inCase.caseId))[0]?.agreement).toBeNull();
    for (const agreesToAttach of [true, false]) {
      await ask(app, RecordAgreementDocument, { statementId, hasRead: true, agreesToAttach });
      expect((await versionsOf(app, inCase.caseId))[0]?.agreement).toEqual({ hasRead: true, agreesToAttach });
    }
  });
});

describe("who may know of a statement (D3)", () => {
  it("does not exist for a worker of another unit, who learns nothing from any answer", async () => {
    const inCase = await freshPerson(({ units }) => !units.includes(OTHER_UNIT));
    const app = await prisonWorkerOf(inCase);
    const statementId = await writeStatement(app, inCase.caseId);
    const stranger = await prisonWorkerOf({ unit: OTHER_UNIT });
    expect(await versionsOf(stranger, inCase.caseId)).toEqual([]);

    const absent = crypto.randomUUID();
    const answers = async (id: string) => [
      await sign(stranger, id),
      (await ask(stranger, RecordAgreementDocument, { statementId: id, hasRead: true, agreesToAttach: true }))
        .recordAgreement,
    ];
    expect(await answers(statementId)).toEqual(await answers(absent));
    const write = async (caseId: string) => ask(stranger, WriteStatementDocument, { input: statementInput(caseId) });
    expect(await write(inCase.caseId)).toEqual(await write(absent));
    expect(await versionsOf(app, inCase.caseId)).toHaveLength(1);
  });

  it("is refused to every other role, also to the nurse of the same prison", async () => {
    const inCase = await freshPerson((person) => person.vth !== null);
    const { as } = await testFront();
    const callers = [
      await as({ id: "nurse", role: "VTH_NURSE", unit: inCase.unit }, "HEALTH_CARE"),
      await as({ id: "kela", role: "KELA_OFFICER", unit: "KELA" }, "BENEFITS"),
      await as({ id: "county", role: "COUNTY_WORKER", unit: "15" }, "SOCIAL_ASSISTANCE"),
    ];
    for (const app of callers) {
      const { data, errors } = await send(app, StatementsOfCaseDocument, { caseId: inCase.caseId });
      expect(data).toBeNull();
      expect(errors?.[0]?.extensions?.["code"]).toBe("FORBIDDEN");
    }
  });

  it("is refused without a purpose and without a token", async () => {
    const inCase = await freshPerson();
    const app = await prisonWorkerOf(inCase);
    const query = `{ statements(caseId: "${inCase.caseId}") { edges { node { id } } } }`;
    const wrongPurpose = await sendText({ ...app, purpose: "HEALTH_CARE" }, query);
    expect(wrongPurpose.errors?.[0]?.extensions?.["code"]).toBe("FORBIDDEN");
    const noToken = await sendText({ ...app, token: "" }, query);
    expect(noToken.errors?.[0]?.extensions?.["code"]).toBe("UNAUTHENTICATED");
  });
});
