import { type Kysely, sql } from 'kysely'

/** Who is told of all rules is told when more visits are asked for than can be made. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    update notification_subscription set rules = rules || '["BEHIND"]'::jsonb
    where rules @> '["STALL", "LINE"]'::jsonb and not rules @> '["BEHIND"]'::jsonb
  `.execute(db)
}
