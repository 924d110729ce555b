import { beforeAll, describe, expect, it } from "vitest";
import { CaseRemitEntity } from "../../src/cases/case.entity.ts";
import { insertCase, insertRemits } from "../../src/cases/case.repository.ts";
import { type AppClient, ask } from "../../src/cli/graphql-client.ts";
import { CasesOfUnitDocument } from "../../src/cli/operations.generated.ts";
import { systemClock } from "../../src/kernel/clock.ts";
import { type CaseId, newId } from "../../src/kernel/ids.ts";
import { encodeCursor } from "../../src/kernel/page.ts";
import { DEMO_PERSON } from "../../src/sandbox/population.ts";
import { caseIdOf, onDay } from "../support/case-client.ts";
import { type TestHub, sendText, testHub } from "../support/hub.ts";

let hub: TestHub;
let worker: AppClient;
beforeAll(async () => {
  hub = await testHub();
  worker = await hub.as("prison-worker", "RELEASE_PLANNING");
});

interface IdPage {
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

async function page(first: number, after: string | null, app = worker): Promise<IdPage> {
  const query = `query ($first: Int!, $after: String) {
    cases(first: $first, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } }
  }`;
  const { data, errors } = await sendText(app, query, { first, after });
  if (errors) throw new Error(errors[0]!.message);
  return (data as unknown as { cases: IdPage }).cases;
}

async function idsByPagesOf(size: number, between: () => Promise<void> = async () => undefined): Promise<string[]> {
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const { edges, pageInfo }: IdPage = await page(size, after);
    ids.push(...edges.map((edge) => edge.node.id));
    expect(pageInfo.endCursor).toBe(edges.at(-1)?.cursor ?? null);
    if (!pageInfo.hasNextPage) return ids;
    expect(edges).toHaveLength(size);
    after = pageInfo.endCursor;
    await between();
  }
}

async function openedAt(moment: Date): Promise<string> {
  const em = hub.database.fork();
  const id = newId<CaseId>();
  await insertCase(em, { id, hetu: null, openedAt: moment }, "test");
  const remit = { caseId: id, role: "PRISON_WORKER", unit: "jyvaskylan-vankila", ground: "UNIT" } as const;
  await insertRemits(em, [{ ...remit, workerId: null, since: onDay, until: null, begunAt: moment }]);
  return id;
}

describe("the list of cases", () => {
  it("begins with the case that was opened first, and joins each from its sources", async () => {
    const { cases } = await ask(worker, CasesOfUnitDocument, { first: 2, after: null });
    expect(cases.edges[0]!.node).toMatchObject({
      id: caseIdOf(DEMO_PERSON),
      person: { familyName: { status: "KNOWN", value: DEMO_PERSON.familyName } },
    });
    expect(cases.edges[0]!.node.earliestReleaseOn).not.toBeNull();
    expect(cases.pageInfo.hasNextPage).toBe(true);
  });

  it.each([1, 2, 3, 7])("shows every case once, in the same order, by pages of %i", async (size) => {
    const whole = (await page(100, null)).edges.map((edge) => edge.node.id);
    expect(new Set(whole).size).toBe(whole.length);
    expect(await idsByPagesOf(size)).toEqual(whole);
  });

  it("orders cases of the same moment too", async () => {
    const moment = systemClock.now();
    const added = await Promise.all([openedAt(moment), openedAt(moment), openedAt(moment)]);
    const ids = await idsByPagesOf(1);
    expect(ids.filter((id) => added.includes(id))).toEqual(added.toSorted());
  });

  it("stays where it was when cases come before the cursor and after it", async () => {
    const whole = (await page(100, null)).edges.map((edge) => edge.node.id);
    const early: string[] = [];
    const late: string[] = [];
    const seen = await idsByPagesOf(4, async () => {
      if (late.length > 1) return;
      early.push(await openedAt(new Date("2001-01-01T00:00:00Z")));
      late.push(await openedAt(systemClock.now()));
    });
    // Other tests expect the demo person's case to be the first.
    await hub.database.fork().nativeDelete(CaseRemitEntity, { caseId: { $in: early } });
    expect(seen).toEqual([...whole, ...late]);
  });

  it("says that nothing follows when the last page is full to the brim", async () => {
    const all = await page(100, null);
    const exact = await page(all.edges.length, null);
    expect(exact.pageInfo).toEqual({ hasNextPage: false, endCursor: all.pageInfo.endCursor });
    expect(await page(5, all.pageInfo.endCursor)).toEqual({
      edges: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it.each([0, -1, 101, 2_147_483_647])("refuses a page of %i", async (first) => {
    const { errors } = await sendText(worker, "query ($first: Int!) { cases(first: $first) { edges { cursor } } }", {
      first,
    });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    expect(errors![0]!.message).toContain("between 1 and 100");
  });

  const instant = "2026-01-01T00:00:00.000Z";
  const badCursors = [
    "",
    "x",
    DEMO_PERSON.hetu,
    encodeCursor([]),
    encodeCursor([instant]),
    encodeCursor([instant, "no-id"]),
    encodeCursor([instant, newId(), "more"]),
    encodeCursor(["yesterday", newId()]),
    encodeCursor(["+275760-09-13T00:00:00.000Z", newId()]),
    encodeCursor(["-271821-04-20T00:00:00.000Z", newId()]),
    encodeCursor(["0000-01-01T00:00:00.000Z", newId()]),
    encodeCursor(["'; drop table case_file; --", newId()]),
    Buffer.from('[{"a":1},null]').toString("base64url"),
  ];
  it.each(badCursors)("refuses the cursor %j in one sentence that does not repeat it", async (after) => {
    const { errors } = await sendText(worker, "query ($after: String) { cases(after: $after) { edges { cursor } } }", {
      after,
    });
    expect(errors).toMatchObject([
      { message: '"after" must be a cursor that an earlier page returned.', extensions: { code: "BAD_USER_INPUT" } },
    ]);
  });

  it("D3: another caller's cursor opens nothing of that caller's list", async () => {
    const { pageInfo } = await page(100, null);
    const person = await hub.as("person", "OWN_DATA");
    expect((await page(5, pageInfo.endCursor, person)).edges).toEqual([]);
    const nurse = await hub.as("probation-worker", "ENFORCEMENT");
    const own = (await page(100, null, nurse)).edges.map((edge) => edge.node.id);
    for (const { node } of (await page(100, pageInfo.endCursor, nurse)).edges) expect(own).toContain(node.id);
  });
});
