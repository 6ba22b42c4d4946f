import { type Kysely, sql } from 'kysely'

/**
 * What a search looks through of a letter, in an index of pieces: a million titles are too many to be read one by one.
 * Letters are noted when they are written and spelled soon after, as names are.
 */
export async function up(db: Kysely<any>): Promise<void> {
  const statements = [
    `create table letter_searched (
      letter_id int primary key references letter,
      -- Without blanks, in small letters; its pinyin, initials and whole; pieces of both, as numbers.
      title text not null, letters text not null, pieces int[] not null
    )`,
    'create index letter_searched_pieces on letter_searched using gin (pieces)',
    'create table letter_unspelled (letter_id int primary key)',
    `create function note_letters() returns trigger language plpgsql as $$ begin
      insert into letter_unspelled select id from named;
      return null;
    end $$`,
    `create trigger letter_noted after insert on letter referencing new table as named
      for each statement execute function note_letters()`,
    'insert into letter_unspelled select id from letter',
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
