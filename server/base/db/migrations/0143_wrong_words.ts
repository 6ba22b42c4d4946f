import { type Kysely, sql } from 'kysely'

/** The dictionary of wrong words. What the program brings comes into it when it is asked for first. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table wrong_word (
        id int generated always as identity primary key,
        kind text not null,
        wrong text not null unique,
        right_form text not null,
        near text[] not null default '{}',
        apart text[] not null default '{}',
        note text not null default '',
        is_on boolean not null default true,
        is_built_in boolean not null default false,
        changed_at timestamptz,
        changed_by text,
        demo boolean not null default false,
        version int not null default 1
      );
      create table wrong_word_book (id int primary key check (id = 1), revision int not null)
    `)
    .execute(db)
}
