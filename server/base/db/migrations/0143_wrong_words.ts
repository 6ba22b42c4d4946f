import { type Kysely, sql } from 'kysely'
import starter from '../../../../shared/monitor/wrong-words/starter.json' with { type: 'json' }

interface Word {
  readonly kind: string
  readonly wrong: string
  readonly right: string
  readonly near?: readonly string[]
  readonly apart?: readonly string[]
}

/** The dictionary of wrong words, with those that the program brings. */
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
      create table wrong_word_book (id int primary key check (id = 1), revision int not null);
      insert into wrong_word_book (id, revision) values (1, 1)
    `)
    .execute(db)
  const words = (starter.words as readonly Word[]).map(({ near = [], apart = [], ...word }) => ({
    ...word,
    near,
    apart,
  }))
  await sql`
    insert into wrong_word (kind, wrong, right_form, near, apart, is_built_in)
    select kind, wrong, "right", array(select jsonb_array_elements_text(near)), array(select jsonb_array_elements_text(apart)), true
    from jsonb_to_recordset(${JSON.stringify(words)}::jsonb) as w(kind text, wrong text, "right" text, near jsonb, apart jsonb)
  `.execute(db)
}
