import { type Kysely, sql } from 'kysely'

/** What becomes of planned pauses is told: as facts, and to whoever is told of everything else already. */
export async function up(db: Kysely<any>): Promise<void> {
  const kinds = ['filed', 'approved', 'refused', 'withdrawn', 'begun', 'resumed', 'ended']
  const listed = kinds.map((kind) => `'pause.${kind}'`).join(', ')
  await sql.raw(`create index fact_pause on fact (seq) where kind in (${listed})`).execute(db)
  await sql`
    update notification_subscription
    set events = events || '["pause.filed", "pause.approved", "pause.cancelled", "pause.ended"]'::jsonb
    where events @> '["opened", "raised", "forgotten", "resolved",
      "fix.overdue", "fix.returned", "fix.closed", "fix.relapsed"]'::jsonb
  `.execute(db)
}
