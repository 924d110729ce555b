import { Migration } from "@mikro-orm/migrations";
import { keyringOf } from "../vault/keyring.ts";

const SEALED: readonly { table: string; column: string; kind: "text" | "json" | "bytes"; nullable?: boolean }[] = [
  { table: "case_file", column: "hetu", kind: "text", nullable: true },
  { table: "statement", column: "content", kind: "json" },
  { table: "recorded_fact", column: "value", kind: "json" },
  { table: "recorded_contact", column: "whom", kind: "text" },
  { table: "document", column: "notices", kind: "json" },
  { table: "document", column: "bytes", kind: "bytes" },
];
const BATCH = 100;
const FIRST_ID = "00000000-0000-0000-0000-000000000000";

/**
 * What tells of the person is sealed; the identity code is found by a keyed index. Rows that were there are sealed
 * here, in the same transaction. The plain text is gone from the tables afterwards; old backups and the server's
 * write-ahead log still have it.
 */
export class Migration009Vault extends Migration {
  override async up(): Promise<void> {
    const run = <Row extends object>(sql: string, params?: unknown[]) => this.execute(sql, params) as Promise<Row[]>;
    const keyring = keyringOf(this.driver.getPlatform());
    await run(`
      create table data_key (
        id uuid primary key,
        kind text not null check (kind in ('ENCRYPT', 'INDEX')),
        state text not null check (state in ('ANNOUNCED', 'CURRENT', 'RETIRING', 'RETIRED')),
        wrapped bytea not null,
        wrapping_key text not null,
        created_at timestamptz not null
      )`);
    await run(`create unique index data_key_current on data_key (kind) where state = 'CURRENT'`);
    await run(`create unique index data_key_announced on data_key (kind) where state = 'ANNOUNCED'`);
    await keyring.create(run, "ENCRYPT", "CURRENT");
    await keyring.create(run, "INDEX", "CURRENT");
    await keyring.load(run);

    await run(`alter table case_file add column hetu_index bytea unique`);
    await run(`alter table statement disable trigger statement_signed_is_locked`);
    for (const { table, column, kind, nullable = false } of SEALED) {
      await run(`alter table ${table} add column sealed bytea`);
      const plain = kind === "bytes" ? column : `${column}::text`;
      let after = FIRST_ID;
      for (;;) {
        const rows = await run<{ id: string; plain: string | Uint8Array }>(
          `select id, ${plain} as plain from ${table} where id > ? and ${column} is not null order by id limit ${BATCH}`,
          [after],
        );
        for (const row of rows) {
          const bytes = typeof row.plain === "string" ? Buffer.from(row.plain, "utf8") : row.plain;
          const sealed = keyring.seal(`${table}.${column}`, bytes);
          await run(`update ${table} set sealed = ? where id = ?`, [sealed, row.id]);
          if (column === "hetu") {
            const index = keyring.indexOf("case_file.hetu", row.plain as string);
            await run(`update case_file set hetu_index = ? where id = ?`, [index, row.id]);
          }
        }
        const last = rows.at(-1);
        if (!last) break;
        after = last.id;
      }
      await run(`alter table ${table} drop column ${column}`);
      await run(`alter table ${table} rename column sealed to ${column}`);
      if (!nullable) await run(`alter table ${table} alter column ${column} set not null`);
    }
    await run(`alter table case_file add check ((hetu is null) = (hetu_index is null))`);
    await run(`alter table statement enable trigger statement_signed_is_locked`);
    // Writes each table anew: a dropped column's old values would stay in its pages.
    for (const table of new Set(SEALED.map((one) => one.table))) await run(`cluster ${table} using ${table}_pkey`);

    // The same text may be sealed with another key, by the owner of the table and by nobody else.
    await run(`
      create or replace function refuse_signed_change() returns trigger language plpgsql as $$
      begin
        if old.signed_at is null then
          return coalesce(new, old);
        end if;
        if tg_op = 'UPDATE'
          and current_setting('nivel.resealing', true) = 'on'
          and pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'member')
          and to_jsonb(new) - 'content' = to_jsonb(old) - 'content'
        then
          return new;
        end if;
        raise exception 'a signed statement is locked';
      end $$`);
  }
}
