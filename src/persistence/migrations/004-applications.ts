import { Migration } from "@mikro-orm/migrations";

/** Statements, documents and the referrals that carry them. */
export class Migration004Applications extends Migration {
  override up(): void {
    this.addSql(`
      create table statement (
        id uuid primary key,
        case_id uuid not null references case_file,
        version integer not null,
        language text not null,
        author_id text not null,
        author jsonb not null,
        content jsonb not null,
        agreement jsonb,
        written_at timestamptz not null,
        signed_at timestamptz,
        signed_hash text,
        unique (case_id, version),
        check ((signed_at is null) = (signed_hash is null))
      )`);
    this.addSql(`
      create function refuse_signed_change() returns trigger language plpgsql as $$
      begin
        if old.signed_at is not null then
          raise exception 'a signed statement is locked';
        end if;
        return coalesce(new, old);
      end $$`);
    this.addSql(`
      create trigger statement_signed_is_locked before update or delete on statement
      for each row execute function refuse_signed_change()`);
    this.addSql(`
      create table document (
        id uuid primary key,
        case_id uuid not null references case_file,
        form text not null,
        edition text not null,
        language text not null,
        statement_id uuid references statement,
        receiver_county text,
        file_name text not null,
        sha256 text not null,
        notices jsonb not null,
        bytes bytea not null,
        created_by text not null,
        created_at timestamptz not null,
        sent_at timestamptz
      )`);
    this.addSql(`create index document_case on document (case_id, created_at)`);
    this.addSql(`
      create table referral (
        id uuid primary key,
        case_id uuid not null references case_file,
        kind text not null,
        document_id uuid not null references document,
        state text not null,
        sender_unit text not null,
        sender_id text not null,
        sender_name text not null,
        sent_at timestamptz not null,
        free_text_reviewed boolean not null,
        receiver_unit text not null,
        received_at timestamptz,
        own_worker_name text,
        own_worker_phone text,
        answered_by text,
        answered_at timestamptz,
        version integer not null default 1,
        unique (document_id)
      )`);
    this.addSql(`create index referral_receiver on referral (receiver_unit, sent_at, id)`);
    this.addSql(`create index referral_case on referral (case_id)`);
  }
}
