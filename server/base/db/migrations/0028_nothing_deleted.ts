import { type Kysely, sql } from 'kysely'

/** Who is kept: a row of these is refused to be deleted while anything hangs on it. */
const KEPT = ['site', 'unit', 'alert', 'incident', 'rectification', 'user_account']

/**
 * Nothing of a site is ever deleted: what hangs on a site, a unit, an alert, a fix or a person no longer goes with it,
 * nor loses its hold, but keeps it from going. Visits and facts have no foreign key, since each would cost a look at
 * the register; a trigger looks at them when a site is to go.
 */
export async function up(db: Kysely<any>): Promise<void> {
  const { rows } = await sql<{ child: string; name: string; definition: string }>`
    select conrelid::regclass::text as child, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint
    where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0
      and confrelid = any(${KEPT}::regclass[]) and confdeltype in ('c', 'n', 'd')
    order by child, name
  `.execute(db)
  for (const { child, name, definition } of rows) {
    const restrict = definition.replace(/ ON DELETE (CASCADE|SET NULL|SET DEFAULT)\b/, ' ON DELETE RESTRICT')
    await sql
      .raw(`alter table ${child} drop constraint ${name}, add constraint ${name} ${restrict}`)
      .execute(db)
  }
  await sql
    .raw(`
      create function refuse_site_with_record() returns trigger language plpgsql as $$
      begin
        if exists (select from gone join fact on fact.site_id = gone.id)
          or exists (select from gone join visit_day v on v.site_id = gone.id)
          or exists (select from gone join visit_hour v on v.site_id = gone.id)
          or exists (select from gone join visit v on v.site_id = gone.id)
          or exists (select from gone join packed_hour v on v.site_id = gone.id)
          or exists (select from gone join packed_visit v on v.site_id = gone.id)
        then
          raise exception 'nothing of a site is ever deleted: there are facts or visits of it' using errcode = '23503';
        end if;
        return null;
      end $$
    `)
    .execute(db)
  await sql
    .raw(`
      create trigger site_with_record after delete on site referencing old table as gone
        for each statement execute function refuse_site_with_record()
    `)
    .execute(db)
}
