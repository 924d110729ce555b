import { Migration } from "@mikro-orm/migrations";

/** The applications that may speak to the hub, and what each has spent of its allowance. */
export class Migration008Clients extends Migration {
  override up(): void {
    this.addSql(`
      create table client (
        id text primary key,
        name text not null,
        registered_at timestamptz not null,
        suspended_at timestamptz,
        may_introspect boolean not null default false,
        only_trusted boolean,
        partner boolean not null default false,
        points_per_minute integer check (points_per_minute > 0)
      )`);
    // The columns are those of the package rate-limiter-flexible.
    this.addSql(`
      create table client_spending (
        key text primary key,
        points integer not null default 0,
        expire bigint
      )`);
  }
}
