import { Migration } from "@mikro-orm/migrations";

/** How far enforcement has come, whose word a case file's identity code is, and which documents tell the place. */
export class Migration007Phase extends Migration {
  override up(): void {
    this.addSql(`
      alter table case_file
        add column released_on date,
        add column enforcement_ends_on date,
        add column opened_by_authority text`);
    this.addSql(`alter table case_remit add column begun_at timestamptz, add column reason text`);
    this.addSql(`update case_remit set begun_at = since::timestamp at time zone 'UTC'`);
    this.addSql(`alter table case_remit alter column begun_at set not null`);
    // A remit that ends on the very day on which it began has its last day before its first: it was no whole day.
    this.addSql(`alter table case_remit drop constraint case_remit_check`);
    this.addSql(`alter table case_remit add constraint case_remit_period check (until is null or until >= since - 1)`);
    // What was made before this was kept may tell the place (decision D6).
    this.addSql(`alter table document add column tells_place boolean not null default true`);
  }
}
