import { Migration } from "@mikro-orm/migrations";

const setting = (name: string) => `nullif(current_setting('nivel.${name}', true), '')`;

/** Whether the remit `r` is the caller's own and of that day; what it rests on is asked besides. */
const OWN = `
  r.role = ${setting("role")}
  and (r.worker_id = ${setting("worker")} or (r.worker_id is null and r.unit = ${setting("unit")}))
  and r.since <= ${setting("on")}::date and (r.until is null or r.until >= ${setting("on")}::date)`;

const KNOWS = "nivel_knows(case_id)";

/** What hangs on a case: to be read and added to by who knows the case. The rights are those that the code uses. */
const OF_A_CASE: Readonly<Record<string, string>> = {
  consent: "select, insert, update",
  permit: "select, insert, update",
  recorded_fact: "select, insert",
  recorded_contact: "select, insert",
  statement: "select, insert, update",
  document: "select, insert, update",
  referral: "select, insert, update",
};

/** Nobody's person is in them. */
const OPEN: Readonly<Record<string, string>> = {
  contact_point: "select, insert, update",
  contact_point_event: "select, insert",
  area_readiness: "select, insert",
  client: "select",
  client_spending: "select, insert, update, delete",
  trusted_document: "select",
  data_key: "select",
  nivel_migration: "select",
};

/**
 * The second wall: row-level security. In the role nivel_app, which every operation takes on, the database shows only
 * what hangs on cases that the caller knows by the settings of the transaction; without settings nothing. It repeats the
 * rule of the repository's remit (decisions D3, D13) on purpose, and knows nothing of disclosure. The owner of the
 * tables (migrations, operator's commands) is not bound; the roles belong to the whole server and so to every schema.
 */
export class Migration010Walls extends Migration {
  override async up(): Promise<void> {
    const run = (sql: string) => this.execute(sql);
    const [place] = (await run(`select quote_ident(current_schema()) as name`)) as { name: string }[];
    const schema = place!.name;
    for (const role of ["nivel_app", "nivel_sealer"]) {
      // Another schema of the server may have just made it.
      await run(`
        do $$ begin
          if not exists (select 1 from pg_roles where rolname = '${role}') then
            create role ${role} nologin nosuperuser nobypassrls;
          end if;
        exception when duplicate_object or unique_violation then null;
        end $$`);
      await run(`grant usage on schema ${schema} to ${role}`);
    }

    // A definer's function must find our tables and no namesake of the caller's.
    const definer = (returns: string, language: string, volatility: string) =>
      `returns ${returns} language ${language} ${volatility} security definer set search_path = ${schema}, pg_temp`;
    const functions: [name: string, sql: string][] = [
      [
        "nivel_consent_stands(uuid)",
        `create function nivel_consent_stands(consent_id uuid) ${definer("boolean", "sql", "stable")} as $$
          select not exists (
            select 1 from consent k join case_file c on c.id = k.case_id where k.id = consent_id and (
              k.withdrawn_at is not null
              or (k.ends_with = 'RELEASE' and c.released_on < ${setting("on")}::date)
              or (k.ends_with = 'END_OF_ENFORCEMENT' and c.enforcement_ends_on < ${setting("on")}::date)))
        $$`,
      ],
      [
        "nivel_knows(uuid)",
        // Dear, so that no plan asks it of cases that other conditions already rule out.
        `create function nivel_knows(sought uuid) ${definer("boolean", "sql", "stable")} cost 10000 as $$
          select case
            when ${setting("role")} is null then false
            when sought::text = ${setting("door")} then true
            when ${setting("role")} = 'PERSON' then exists (
              select 1 from case_file c where c.id = sought
                and encode(c.hetu_index, 'hex') = any (string_to_array(${setting("person")}, ',')))
            else exists (
              select 1 from case_remit r join case_file c on c.id = r.case_id
              where r.case_id = sought and ${OWN}
                and (r.consent_id is null or nivel_consent_stands(r.consent_id))
                and (r.role not in ('PRISON_WORKER', 'PROBATION_WORKER')
                  or c.enforcement_ends_on is null or c.enforcement_ends_on >= ${setting("on")}::date)
                and (r.ground <> 'TREATMENT' or c.released_on is null
                  or c.released_on >= ${setting("on")}::date or r.since > c.released_on))
          end
        $$`,
      ],
      // The ways through, each as wide as its one use. A case is opened by whoever can name its keyed index, which only
      // the vault makes of an identity code; until the end of the transaction the opener then knows it.
      [
        "nivel_open_case(text)",
        `create function nivel_open_case(indexes text) ${definer("setof case_file", "plpgsql", "volatile")} as $$
          declare found_case case_file;
          begin
            select * into found_case from case_file c
              where encode(c.hetu_index, 'hex') = any (string_to_array(indexes, ',')) limit 1;
            if found then
              perform set_config('nivel.door', found_case.id::text, true);
              return next found_case;
            end if;
          end $$`,
      ],
      [
        "nivel_begin_case(uuid)",
        `create function nivel_begin_case(new_case uuid) ${definer("void", "plpgsql", "volatile")} as $$
          begin
            if exists (select 1 from case_file where id = new_case) then
              raise exception 'a case that is there is not begun' using errcode = 'insufficient_privilege';
            end if;
            perform set_config('nivel.door', new_case::text, true);
          end $$`,
      ],
      // For an operation that may end the caller's own remit halfway.
      [
        "nivel_keep_case(uuid)",
        `create function nivel_keep_case(known uuid) ${definer("void", "plpgsql", "volatile")} as $$
          begin
            if nivel_knows(known) then
              perform set_config('nivel.door', known::text, true);
            end if;
          end $$`,
      ],
      // Who else holds a known case is told by name of function alone: it tells of clients of other authorities (D5).
      [
        "nivel_remits_of(uuid)",
        `create function nivel_remits_of(known uuid) ${definer("setof case_remit", "sql", "stable")} as $$
          select r.* from case_remit r where r.case_id = known and nivel_knows(known)
        $$`,
      ],
      [
        "nivel_end_remits(text, date)",
        `create function nivel_end_remits(ids text, before date) ${definer("void", "sql", "volatile")} as $$
          update case_remit r set until = least(coalesce(r.until, 'infinity'), greatest(r.since, before) - 1)
          where r.id = any (string_to_array(ids, ',')::uuid[])
            and (nivel_knows(r.case_id) or pg_has_role(session_user, current_user, 'member') and ${setting("role")} is null)
        $$`,
      ],
    ];
    for (const [name, sql] of functions) {
      await run(sql);
      await run(`revoke all on function ${name} from public`);
      await run(`grant execute on function ${name} to nivel_app`);
    }

    const secure = (table: string, rights: string) => [
      `alter table ${table} enable row level security`,
      `grant ${rights} on ${table} to nivel_app`,
    ];
    const statements = [
      ...secure("case_file", "select, insert, update"),
      `create policy case_file_known on case_file for select to nivel_app using (nivel_knows(id))`,
      `create policy case_file_begun on case_file for insert to nivel_app
         with check (opened_by = ${setting("worker")} and nivel_knows(id))`,
      `create policy case_file_kept on case_file for update to nivel_app
         using (nivel_knows(id)) with check (nivel_knows(id))`,

      ...secure("case_remit", "select, insert"),
      `create policy case_remit_own on case_remit as permissive for select to nivel_app
         using (${OWN.replaceAll(/\br\./g, "case_remit.")}
           and (consent_id is null or nivel_consent_stands(consent_id)))`,
      `create policy case_remit_given on case_remit for insert to nivel_app with check (${KNOWS})`,

      ...Object.entries(OF_A_CASE).flatMap(([table, rights]) => [
        ...secure(table, rights),
        `create policy ${table}_known on ${table} to nivel_app using (${KNOWS}) with check (${KNOWS})`,
      ]),
      // What was made under a consent alone and was not sent goes with it.
      `grant delete on document to nivel_app`,
      `create policy document_sent_stays on document as restrictive for delete to nivel_app using (sent_at is null)`,

      ...secure("notification", "select, insert"),
      // A child's notification has no case; its maker alone sees it (decision D7).
      `create policy notification_known on notification for select to nivel_app
         using (made_by = ${setting("worker")} or ${KNOWS})`,
      `create policy notification_made on notification for insert to nivel_app
         with check (made_by = ${setting("worker")} and (case_id is null or ${KNOWS}))`,

      ...secure("audit_event", "select, insert"),
      `create policy audit_event_known on audit_event for select to nivel_app
         using (caller_id = ${setting("worker")} or ${KNOWS})`,
      `create policy audit_event_of_oneself on audit_event for insert to nivel_app
         with check (caller_id = ${setting("worker")} and caller_role = ${setting("role")})`,
      `grant select on audit_event to nivel_sealer`,
      `create policy audit_event_sealed on audit_event for select to nivel_sealer using (true)`,
      ...["audit_head", "audit_erasure"].map((table) => `alter table ${table} enable row level security`),
      `grant select, insert on audit_head to nivel_sealer`,
      `create policy audit_head_sealed on audit_head to nivel_sealer using (true) with check (true)`,

      ...Object.entries(OPEN).map(([table, rights]) => `grant ${rights} on ${table} to nivel_app`),
    ];
    for (const sql of statements) await run(sql);
  }
}
