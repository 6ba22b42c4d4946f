import { sql } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { followEditions } from './in-force.ts'

/**
 * Has what is in force today be gone by, and every screen be told once when another edition begins or ends. Each process
 * may call it as often as it likes.
 */
export async function begin(ctx: Context): Promise<void> {
  const now = ctx.clock.now()
  const today = localDay(now)
  const isTold = await ctx.db.transaction().execute(async (tx) => {
    const begun = await tx
      .updateTable('edition')
      .set({ begun_at: new Date(now) })
      .where('begun_at', 'is', null)
      .where('state', '<>', 'draft')
      .where(sql<boolean>`coalesce(retired_on, from_day) <= ${today}`)
      .returning('id')
      .execute()
    if (begun.length === 0) return false
    // Every screen has the limits from the board, as it has the settings.
    const fact = { kind: 'register.changed', data: { added: 0, changed: 0, what: 'settings' } } as const
    const at = new Date(now).toISOString()
    await appendFacts(tx, [{ ...fact, at, siteId: null, district: null, actor: null }])
    return true
  })
  await followEditions(ctx.db, today)
  if (isTold) ctx.wake()
}
