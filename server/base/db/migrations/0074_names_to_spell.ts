import { type Kysely, sql } from 'kysely'

/**
 * Names that nobody has spelled yet are noted when they are written, so that a search need not look for them; what a
 * search looks through of a site lies in one column.
 */
export async function up(db: Kysely<any>): Promise<void> {
  const statements = [
    'create table name_unspelled (name text primary key)',
    `create function note_names() returns trigger language plpgsql as $$ begin
      insert into name_unspelled
      select distinct n.name from named n where not exists (select from name_letters l where l.name = n.name)
      order by 1 on conflict do nothing;
      return null;
    end $$`,
    ...['site', 'unit', 'user_account'].flatMap((table) => [
      `create trigger ${table}_named after insert on ${table} referencing new table as named
        for each statement execute function note_names()`,
      `create trigger ${table}_renamed after update on ${table} referencing new table as named
        for each statement execute function note_names()`,
    ]),
    `insert into name_unspelled select name from (
      select name from unit union select name from site union select name from user_account) n
      where not exists (select from name_letters l where l.name = n.name) on conflict do nothing`,
    `alter table site add column searched text not null
      generated always as (lower(name || ' ' || code || ' ' || url)) stored`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
