import { type Kysely, sql } from 'kysely'

/**
 * What the register says of a site besides its own columns, which version of it that is, and how each came to be. Of
 * what the register said before this, nothing is known.
 */
export async function up(db: Kysely<any>): Promise<void> {
  const statements = [
    `alter table site add column version int not null default 1, add column profile jsonb not null default '{}'`,
    `create table site_change (
      id bigint generated always as identity primary key,
      site_id int not null references site,
      version int not null,
      at timestamptz not null,
      actor_id int, actor_name text,
      via text not null check (via in ('form', 'bulk', 'import', 'filing')),
      batch text,
      reason text not null,
      before jsonb not null, after jsonb not null,
      unique (site_id, version)
    )`,
  ]
  for (const statement of statements) await sql.raw(statement).execute(db)
}
