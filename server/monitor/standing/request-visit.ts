import { sql } from 'kysely'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { requireSite } from '../../register/sites/require.ts'

/**
 * Has the monitor visit a site at its next look and read its page anew. The visit is none of the spaced ones.
 * @throws Refusal not_found, forbidden; conflict while the site is paused.
 */
export async function requestVisit(ctx: Context, user: Principal, id: number): Promise<void> {
  await ctx.db.transaction().execute((tx) => requestVisitIn(ctx, tx, user, id))
}

/** The same as part of something else. @throws Refusal as `requestVisit` */
export async function requestVisitIn(
  ctx: Pick<Context, 'clock'>,
  tx: Tx,
  user: Principal,
  id: number,
): Promise<void> {
  const now = ctx.clock.now()
  await requireSite(tx, user, id, 'site.visit')
  const { numUpdatedRows } = await tx
    .updateTable('site_state')
    .set({ next_visit_at: sql`least(next_visit_at, ${new Date(now)})`, read_again: true })
    .where('site_id', '=', id)
    .where('availability', '<>', 'paused')
    .executeTakeFirst()
  if (numUpdatedRows === 0n) {
    throw new Refusal('conflict', 'sites.downtimeFiledSite')
  }
  await recordAudit(tx, {
    at: new Date(now),
    actor: user,
    action: 'site.visit_requested',
    entity: 'site',
    entityId: id,
    detail: {},
  })
}
