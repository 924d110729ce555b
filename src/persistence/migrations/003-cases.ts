import { Migration } from "@mikro-orm/migrations";

/** Cases, who may know of them, and what workers entered. */
export class Migration003Cases extends Migration {
  override up(): void {
    this.addSql(`
      create table case_file (
        id uuid primary key,
        hetu text unique,
        opened_at timestamptz not null,
        opened_by text not null
      )`);
    this.addSql(`create index case_file_order on case_file (opened_at, id)`);
    this.addSql(`alter table consent add foreign key (case_id) references case_file`);
    this.addSql(`
      create table case_remit (
        id uuid primary key,
        case_id uuid not null references case_file,
        role text not null,
        unit text not null,
        worker_id text,
        ground text not null,
        consent_id uuid references consent,
        since date not null,
        until date,
        check (until is null or until >= since)
      )`);
    this.addSql(`create index case_remit_unit on case_remit (role, unit, case_id)`);
    this.addSql(`create index case_remit_case on case_remit (case_id)`);
    this.addSql(`
      create table recorded_fact (
        id uuid primary key,
        case_id uuid not null references case_file,
        path text not null,
        holder text not null,
        unit text not null,
        value jsonb not null,
        confirmed_on date not null,
        recorded_by text not null,
        recorded_at timestamptz not null
      )`);
    this.addSql(`create index recorded_fact_case on recorded_fact (case_id, recorded_at)`);
    this.addSql(`
      create table recorded_contact (
        id uuid primary key,
        case_id uuid not null references case_file,
        holder text not null,
        unit text not null,
        whom text not null,
        channel text not null,
        outcome text not null,
        contacted_at timestamptz not null,
        recorded_by text not null,
        recorded_by_name text not null,
        recorded_at timestamptz not null
      )`);
    this.addSql(`create index recorded_contact_case on recorded_contact (case_id, contacted_at)`);
  }
}
