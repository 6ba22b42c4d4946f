import { type Kysely, sql } from 'kysely'

/** Outages that came and went while nobody looked, and who has looked first. None of those of before. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`alter table alert
    add column missed boolean not null default false,
    add column seen_by int references user_account,
    add column seen_at timestamptz`.execute(db)
  await sql`create index alert_missed on alert (resolved_at) where missed`.execute(db)
}
