import { type Kysely, sql } from 'kysely'

/**
 * Editions of the census rules that the installation has made of those that come with the product. What is published
 * stays as it is: a change is another revision.
 */
export async function up(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`
      create table edition (
        id int generated always as identity primary key,
        version int not null default 1,
        code text not null, revision int not null,
        state text not null check (state in ('draft', 'published', 'retired')),
        body jsonb not null,
        made_by int not null references user_account, made_at timestamptz not null,
        from_day text, published_by int references user_account, published_at timestamptz, reason text, hash text,
        retired_on text, retired_by int references user_account, retired_reason text,
        begun_at timestamptz,
        unique (code, revision),
        check (state = 'draft' or (from_day is not null and published_by is not null and hash is not null))
      );
      create unique index edition_one_draft on edition (code) where state = 'draft'
    `)
    .execute(db)
}
