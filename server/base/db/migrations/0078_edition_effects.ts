import { type Kysely, sql } from 'kysely'

/** What an edition would change, as it was reckoned last: how far it has come, so that it can be gone on with. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    create table edition_effect (
      code text primary key, key text not null,
      state text not null check (state in ('running', 'done')),
      done int not null, total int not null, after_id int not null,
      effect jsonb not null, asked_at timestamptz not null
    )
  `.execute(db)
}
