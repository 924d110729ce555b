import { Migration } from "@mikro-orm/migrations";

/** The directory: contact points, what people did to them, and how far each area's manual has come. */
export class Migration002Contacts extends Migration {
  override up(): void {
    this.addSql(`
      create table contact_point (
        id uuid primary key,
        key text unique,
        state text not null check (state in ('PROPOSED', 'CURRENT', 'ENDED')),
        system text not null,
        value text not null,
        organisation text not null,
        service text,
        name jsonb not null,
        area_served jsonb not null,
        situations jsonb not null,
        phases jsonb not null,
        urgent_only boolean not null,
        hours jsonb,
        languages jsonb not null,
        include jsonb not null,
        note jsonb,
        valid_from date,
        valid_until date,
        source text not null,
        evidence text not null check (evidence in ('PRINTED_UNDATED', 'UNVERIFIED')),
        verified_on date,
        replaces uuid references contact_point,
        kept_by_person boolean not null,
        version int not null check (version > 0),
        check (valid_from is null or valid_until is null or valid_until >= valid_from)
      )`);
    this.addSql(`create index contact_point_organisation on contact_point (organisation, state)`);
    this.addSql(`
      create table contact_point_event (
        id bigint generated always as identity primary key,
        contact_point_id uuid not null references contact_point,
        at timestamptz not null,
        kind text not null check (kind in ('IMPORTED', 'REIMPORTED', 'PROPOSED', 'VERIFIED', 'REPLACED', 'EXPIRED')),
        worker_id text,
        worker_name text,
        version int not null,
        note text
      )`);
    this.addSql(`create index contact_point_event_point on contact_point_event (contact_point_id, id)`);
    this.addSql(`
      create table area_readiness (
        id bigint generated always as identity primary key,
        county_code text not null,
        status text not null check (status in ('NOT_STARTED', 'BEGINNING', 'IN_PROGRESS', 'READY')),
        as_of date,
        source text not null,
        recorded_at timestamptz not null,
        worker_id text
      )`);
    this.addSql(
      `create unique index area_readiness_printed on area_readiness (county_code, source) where worker_id is null`,
    );
    this.addSql(`
      create function refuse_directory_history_change() returns trigger language plpgsql as $$
      begin
        raise exception 'the history of the directory is append-only';
      end $$`);
    for (const table of ["contact_point_event", "area_readiness"]) {
      this.addSql(`
        create trigger ${table}_append_only before update or delete on ${table}
        for each row execute function refuse_directory_history_change()`);
    }
  }
}
