import { type Kysely, sql } from 'kysely'

/** Fields that an installation has in its register besides the national ones. What sites say of them is in their profile. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`create table own_field (
    id int primary key,
    section text not null,
    kind text not null check (kind in ('text', 'number', 'day', 'choice', 'yesno')),
    zh text not null, en text not null,
    choices jsonb not null default '[]',
    required boolean not null default false,
    retired_at timestamptz,
    demo boolean not null default false,
    version int not null default 1
  )`.execute(db)
}
