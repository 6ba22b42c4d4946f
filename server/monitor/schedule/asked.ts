import { sql } from 'kysely'
import type { Context } from '../../base/context.ts'

type Part = Pick<Context, 'db' | 'clock' | 'log'>

/** Has sites visited and read at the next look, as somebody asked before: it came to nothing, the monitor having been stopped. */
export async function askAgain({ db, clock, log }: Part, siteIds: readonly number[]): Promise<void> {
  if (siteIds.length === 0) return
  await db
    .updateTable('site_state')
    .set({
      next_visit_at: sql`least(next_visit_at, ${new Date(clock.now())}::timestamptz)`,
      read_again: true,
    })
    .where(sql<boolean>`site_id = any(${siteIds}::int[])`)
    .execute()
    .catch((error: unknown) =>
      log.warn({ err: error, siteIds }, 'visits that were asked for came to nothing'),
    )
}
