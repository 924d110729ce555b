import { Migration } from "@mikro-orm/migrations";

/** The operations that partners registered before sending them. */
export class Migration008bTrustedDocuments extends Migration {
  override up(): void {
    this.addSql(`
      create table trusted_document (
        client text not null references client,
        hash text not null check (hash ~ '^[0-9a-f]{64}$'),
        name text not null,
        text text not null,
        registered_at timestamptz not null,
        primary key (client, hash)
      )`);
  }
}
