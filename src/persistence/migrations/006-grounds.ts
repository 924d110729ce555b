import { Migration } from "@mikro-orm/migrations";

/** What opens a disclosure besides the law alone: whole consents, permits, notifications; and what rests on them. */
export class Migration006Grounds extends Migration {
  override up(): void {
    // What was not kept before is null: nobody said it.
    this.addSql(`
      alter table consent
        add column representative bytea,
        add column form text check (form in ('WRITTEN', 'ELECTRONIC', 'ORAL')),
        add column methods jsonb,
        add column interpreter_used boolean,
        add column right_to_refuse_explained boolean,
        add column ends_with text check (ends_with in ('RELEASE', 'END_OF_ENFORCEMENT')),
        add column recorded_by_unit text,
        add column withdrawn_by text,
        add column withdrawn_by_authority text,
        add column withdrawal_told jsonb not null default '[]'`);
    this.addSql(`
      create table permit (
        id uuid primary key,
        case_id uuid not null references case_file,
        basis text not null,
        state text not null check (state in ('REQUESTED', 'GRANTED', 'DECLINED', 'ENDED')),
        holder text not null,
        holder_unit text,
        receiver text not null,
        receiver_unit text not null,
        requested jsonb not null,
        categories jsonb not null,
        purpose text not null,
        "from" date not null,
        until date not null,
        reason bytea,
        requested_by text not null,
        requested_by_name text not null,
        requested_at timestamptz not null,
        answered_by text,
        answered_at timestamptz,
        answer bytea,
        check (until >= "from"),
        check ((answered_by is null) = (answered_at is null))
      )`);
    this.addSql(`create index permit_case on permit (case_id, requested_at)`);
    this.addSql(`alter table case_remit add column permit_id uuid references permit`);
    // A child-protection notification has no case here: its subject is the child (decision D7).
    this.addSql(`
      create table notification (
        id uuid primary key,
        basis text not null,
        case_id uuid references case_file,
        permit_id uuid references permit,
        receiver_unit text,
        reason bytea not null,
        made_by text not null,
        made_by_name text not null,
        made_by_authority text not null,
        made_by_unit text,
        made_at timestamptz not null
      )`);
    this.addSql(`create index notification_case on notification (case_id, made_at)`);
    this.addSql(`alter table document add column grounds jsonb not null default '[]'`);
  }
}
