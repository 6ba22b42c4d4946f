import { type Kysely, sql } from 'kysely'

/** Notices say "rectification" as everything else does: what is subscribed to, noted and on its way says so, too. */
export async function up(db: Kysely<any>): Promise<void> {
  await sql`
    update notification_subscription set events = replace(events::text, '"fix.', '"rectification.')::jsonb
    where events::text like '%"fix.%'
  `.execute(db)
  await sql`
    update notification_group
    set state = replace(replace(state::text, '"fix.', '"rectification.'), '"fixes":', '"rectifications":')::jsonb
    where state::text like '%"fix%'
  `.execute(db)
  await sql`
    update notification_delivery set notice = replace(notice::text, '"fix.', '"rectification.')::jsonb
    where notice::text like '%"fix.%'
  `.execute(db)
}
