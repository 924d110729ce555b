import type { EntityManager } from "@mikro-orm/postgresql";
import { StartupError } from "../kernel/errors.ts";
import { MIGRATIONS } from "./migrations/index.ts";

interface Login {
  name: string;
  superuser: boolean;
  bypasses: boolean;
  migrated: boolean;
  owns: boolean;
  member: boolean;
}

const MIGRATE = "NIVEL_OWNER_DATABASE_URL=postgres://<owner>@… npm run nivel -- migrate";

/**
 * In production the hub logs in as a role that can do no more than nivel_app and nivel_sealer, and finds a database
 * that its owner has brought up to date: who could change tables could also take the walls down.
 * @throws StartupError with the one thing to do
 */
export async function checkHubLogin(em: EntityManager): Promise<void> {
  const [login] = await em.execute<Login[]>(`
    select current_user as name, rolsuper as superuser, rolbypassrls as bypasses,
      to_regclass('nivel_migration') is not null as migrated,
      exists (select 1 from pg_class c where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
        and pg_has_role(current_user, c.relowner, 'member')) as owns,
      (select count(*) from pg_roles r where r.rolname in ('nivel_app', 'nivel_sealer')
        and pg_has_role(current_user, r.oid, 'member')) = 2 as member
    from pg_roles where rolname = current_user`);
  if (!login) throw new StartupError("The login of DATABASE_URL is not known to its server.");
  const refused = (why: string) =>
    new StartupError(
      `In production the hub does not log in as "${login.name}", ${why}: row-level security would not bind it. Create a login for the hub, grant it nivel_app and nivel_sealer and nothing else, and name it in DATABASE_URL.`,
    );
  if (login.superuser) throw refused("a superuser");
  if (login.bypasses) throw refused("which has bypassrls");
  if (login.owns) throw refused("which owns the tables");
  if (!login.migrated) throw new StartupError(`The database is empty. Run: ${MIGRATE}`);
  if (!login.member)
    throw new StartupError(
      `The login "${login.name}" of DATABASE_URL lacks its rights. After the migration run in the database, as its owner: grant nivel_app, nivel_sealer to "${login.name}"`,
    );
  const done = new Set(
    (await em.execute<{ name: string }[]>("select name from nivel_migration")).map(({ name }) => name),
  );
  const pending = MIGRATIONS.filter(({ name }) => !done.has(name)).map(({ name }) => name);
  if (pending.length > 0)
    throw new StartupError(`The database waits for its migrations ${pending.join(", ")}. Run: ${MIGRATE}`);
}
