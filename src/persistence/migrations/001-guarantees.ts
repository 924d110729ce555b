import { Migration } from "@mikro-orm/migrations";

/** Audit log and consents. */
export class Migration001Guarantees extends Migration {
  override up(): void {
    this.addSql(`
      create table audit_event (
        id bigint generated always as identity primary key,
        at timestamptz not null,
        operation text not null,
        outcome text not null check (outcome in ('DONE', 'REFUSED')),
        caller_id text not null,
        caller_role text not null,
        caller_authority text,
        caller_unit text,
        client text not null,
        purpose text,
        case_id uuid,
        subject_id text,
        disclosed jsonb not null,
        withheld jsonb not null
      )`);
    this.addSql(`create index audit_event_case on audit_event (case_id, id)`);
    this.addSql(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'the audit log is append-only';
      end $$`);
    this.addSql(`
      create trigger audit_event_append_only before update or delete on audit_event
      for each row execute function refuse_change()`);
    this.addSql(`
      create trigger audit_event_no_truncate before truncate on audit_event
      for each statement execute function refuse_change()`);
    this.addSql(`
      create table consent (
        id uuid primary key,
        case_id uuid not null,
        answer text not null check (answer in ('GIVEN', 'REFUSED')),
        disclosers jsonb not null,
        receiver text not null,
        receiver_unit text,
        categories jsonb not null,
        purposes jsonb not null,
        informed_in text not null,
        given_on date not null,
        valid_until date not null,
        recorded_by text not null,
        recorded_by_authority text not null,
        recorded_at timestamptz not null,
        withdrawn_at timestamptz,
        check (valid_until >= given_on)
      )`);
    this.addSql(`create index consent_case on consent (case_id)`);
  }
}
