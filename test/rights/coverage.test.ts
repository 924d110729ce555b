import { beforeAll, describe, expect, it } from "vitest";
import { HOLDINGS, TECHNICAL_COLUMNS } from "../../src/rights/holding.ts";
import { ROWS_OF } from "../../src/rights/holding.repository.ts";
import { LOG_RULE, NOT_RETAINED, RETENTION_RULES } from "../../src/rights/retention-rule.ts";
import { testDatabase } from "../support/database.ts";

/** Tables that hold no person's data, each with its reason; every other table must be in the export and the plan. */
const NOT_PERSONAL: Record<string, string> = {
  nivel_migration: "which migrations ran",
  contact_point: "the directory of services",
  contact_point_event: "who keeps the directory: acts in office, about no client",
  area_readiness: "how far an area's manual has come",
  client: "applications",
  client_spending: "what an application has spent of its allowance",
  trusted_document: "operations of partners, without variables",
  data_key: "wrapped keys",
  ...NOT_RETAINED,
};

beforeAll(async () => {
  await testDatabase();
}, 120_000);

const columnsByTable = async (): Promise<Map<string, string[]>> => {
  const em = (await testDatabase()).fork();
  const rows = await em.execute<{ table_name: string; column_name: string }[]>(
    `select c.table_name, c.column_name from information_schema.columns c
     join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
     where c.table_schema = current_schema() and t.table_type = 'BASE TABLE' order by 1, 2`,
  );
  return new Map(
    [...Map.groupBy(rows, (row) => row.table_name)].map(([table, some]) => [table, some.map((row) => row.column_name)]),
  );
};
/** Columns that nothing accounts for. */
const missingIn = (tables: ReadonlyMap<string, readonly string[]>): string[] =>
  [...tables].flatMap(([table, columns]) => {
    if (table in NOT_PERSONAL) return [];
    const exported = HOLDINGS[table]?.columns ?? {};
    const technical = { ...TECHNICAL_COLUMNS["*"], ...TECHNICAL_COLUMNS[table] };
    return columns
      .filter((column) => !(camel(column) in exported) && !(column in technical))
      .map((column) => `${table}.${column}`);
  });

const camel = (column: string): string => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

describe("what the hub holds of a person", () => {
  it("is, column by column, in the subject-access export or on the reasoned list of technical columns", async () => {
    expect(
      missingIn(await columnsByTable()),
      "add the column to HOLDINGS in src/rights/holding.ts, or to TECHNICAL_COLUMNS with its reason",
    ).toEqual([]);
  });

  it("is missed in none of the personal tables: a new column of each is found, and so is a new table", async () => {
    const tables = await columnsByTable();
    const personal = [...tables.keys()].filter((table) => !(table in NOT_PERSONAL));
    expect(personal.length).toBeGreaterThan(10);
    const grown = new Map([...tables].map(([table, columns]) => [table, [...columns, "planted"]]));
    grown.set("planted_table", ["id", "planted"]);
    expect(missingIn(grown)).toEqual([...personal, "planted_table"].map((table) => `${table}.planted`));
  });

  it("names no column that is not there", async () => {
    const columns = await columnsByTable();
    const gone = Object.entries(HOLDINGS).flatMap(([table, holding]) =>
      Object.keys(holding.columns).flatMap((column) =>
        columns.get(table)?.map(camel).includes(column) ? [] : [`${table}.${column}`],
      ),
    );
    expect(gone).toEqual([]);
    expect(Object.keys(ROWS_OF).sort()).toEqual(Object.keys(HOLDINGS).sort());
  });

  it("has a retention rule for every personal table", async () => {
    const planned = new Set([...RETENTION_RULES.map((rule) => rule.table), LOG_RULE.table]);
    const unplanned = [...(await columnsByTable()).keys()].filter(
      (table) => !(table in NOT_PERSONAL) && !planned.has(table),
    );
    expect(unplanned, "add a rule to src/rights/retention-rule.ts").toEqual([]);
  });

  it("gives every rule a citation, an event and its own code, and marks what was decided without a source", () => {
    const codes = RETENTION_RULES.map((rule) => rule.code);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { citation, evidence, note } of RETENTION_RULES) {
      expect(
        citation === "[D]" ? (note ?? "").startsWith("[D]") && evidence === "UNVERIFIED" : /\d+\/\d{4}/.test(citation),
      ).toBe(true);
    }
  });
});
