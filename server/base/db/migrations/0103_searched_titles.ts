import { type Kysely, sql } from 'kysely'

/** Titles of documents and names of contacts are found by pinyin, as the names of the register are. */
export async function up(db: Kysely<any>): Promise<void> {
  const noted = (column: string) => `insert into name_unspelled
    select distinct n.${column} from named n where not exists (select from name_letters l where l.name = n.${column})
    order by 1 on conflict do nothing`
  const statements = [
    `create function note_titles() returns trigger language plpgsql as $$ begin
      ${noted('title')};
      return null;
    end $$`,
    `create trigger document_named after insert on document referencing new table as named
      for each statement execute function note_titles()`,
    `create trigger document_renamed after update on document referencing new table as named
      for each statement execute function note_titles()`,
    `create trigger unit_contact_named after insert on unit_contact referencing new table as named
      for each statement execute function note_names()`,
    `create trigger unit_contact_renamed after update on unit_contact referencing new table as named
      for each statement execute function note_names()`,
    `insert into name_unspelled select name from (
      select title as name from document union select name from unit_contact) n
      where not exists (select from name_letters l where l.name = n.name) on conflict do nothing`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
