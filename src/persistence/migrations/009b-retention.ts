import { Migration } from "@mikro-orm/migrations";

/** The end of its retention is the one way out for a signed statement: by the owner of the table, and said so. */
export class Migration009bRetention extends Migration {
  override up(): void {
    this.addSql(`
      create function refuse_signed_erasure() returns trigger language plpgsql as $$
      begin
        if old.signed_at is null or (
          current_setting('nivel.retention', true) = 'on'
          and pg_has_role(current_user, (select relowner from pg_class where oid = tg_relid), 'member')
        ) then
          return old;
        end if;
        raise exception 'a signed statement is locked';
      end $$`);
    this.addSql(`drop trigger statement_signed_is_locked on statement`);
    this.addSql(`
      create trigger statement_signed_is_locked before update on statement
      for each row execute function refuse_signed_change()`);
    this.addSql(`
      create trigger statement_signed_is_kept before delete on statement
      for each row execute function refuse_signed_erasure()`);
  }
}
