import { Migration } from "@mikro-orm/migrations";

/** The rest of what act 703/2023 section 10 wants of an entry, and the signed heads that seal the log. */
export class Migration005AuditSeal extends Migration {
  override up(): void {
    this.addSql(`
      alter table audit_event
        add column caller_name text,
        add column request_id uuid,
        add column reason text check (reason ~ '^[A-Z0-9_]+$'),
        add column sought_id uuid,
        add column receiver_authority text,
        add column receiver_unit text`);
    this.addSql(`create index audit_event_sought on audit_event (sought_id, id) where sought_id is not null`);
    this.addSql(`
      create table audit_head (
        number bigint primary key,
        first_id bigint not null,
        last_id bigint not null,
        count integer not null,
        leaves bytea not null,
        root text not null,
        previous_hash text not null,
        sealed_at timestamptz(3) not null,
        key_id text not null,
        hash text not null,
        signature text not null
      )`);
    this.addSql(`create index audit_head_range on audit_head (first_id, last_id)`);
    this.addSql(`
      create table audit_erasure (
        head bigint primary key references audit_head,
        rule text not null,
        erased_at timestamptz(3) not null,
        event_id bigint not null,
        event jsonb not null
      )`);
    for (const table of ["audit_head", "audit_erasure"]) {
      this.addSql(`
        create trigger ${table}_append_only before update or delete on ${table}
        for each row execute function refuse_change()`);
      this.addSql(`
        create trigger ${table}_no_truncate before truncate on ${table}
        for each statement execute function refuse_change()`);
    }

    // An entry goes only when the erasure of its whole group is on record; the record itself stays for good.
    this.addSql(`
      create function refuse_unrecorded_erasure() returns trigger language plpgsql as $$
      begin
        if not exists (
          select 1 from audit_head h join audit_erasure e on e.head = h.number
          where old.id between h.first_id and h.last_id
        ) then
          raise exception 'the audit log is append-only';
        end if;
        return old;
      end $$`);
    this.addSql(`drop trigger audit_event_append_only on audit_event`);
    this.addSql(`
      create trigger audit_event_append_only before update on audit_event
      for each row execute function refuse_change()`);
    this.addSql(`
      create trigger audit_event_erasure before delete on audit_event
      for each row execute function refuse_unrecorded_erasure()`);

    // Ids are drawn in another order than transactions commit. Every writer holds the shared lock from before its ids
    // are drawn until it has committed, so whoever gets the exclusive one finds all ids up to the highest final.
    this.addSql(`
      create function wait_for_sealer() returns trigger language plpgsql as $$
      begin
        perform pg_advisory_xact_lock_shared(4210418, tg_relid::int);
        return null;
      end $$`);
    this.addSql(`
      create trigger audit_event_wait_for_sealer before insert on audit_event
      for each statement execute function wait_for_sealer()`);
  }
}
