import { sql } from 'kysely'
import { HOUR } from '../../shared/base/time.ts'
import type { Context } from '../base/context.ts'

/** So many of the demo's last outages came and went while nobody looked, in the night before its first start. */
const MISSED = 9
const WITHIN_MS = 14 * HOUR

/** Leaves some outages of the demo's past unseen, no two of a site; where some are already, or were, nothing is done. */
export async function ensureDemoMissed(ctx: Pick<Context, 'db' | 'clock'>): Promise<void> {
  await sql`
    update alert set missed = true where not exists (select from alert where missed) and id in (
      select id from (
        select distinct on (alert.site_id) alert.id, resolved_at from alert join site on site.id = alert.site_id
        where site.demo and rule = 'DOWN' and status = 'resolved' and acknowledged_at is null and resolved_by is null
          and resolved_at > ${new Date(ctx.clock.now() - WITHIN_MS)}
        order by alert.site_id, resolved_at desc) as last
      order by resolved_at desc limit ${MISSED})
  `.execute(ctx.db)
}
