import { sql } from 'kysely'
import { type SiteChanged, siteChanged } from '../../../shared/monitor/standing/facts.ts'
import type { Db } from '../../base/db/database.ts'
import { asStored } from '../../base/facts/log.ts'

/** Changes of one site's state from `from` to `to`, oldest first, before them the last one before `from`. */
export async function siteChanges(db: Db, siteId: number, from: Date, to: Date): Promise<SiteChanged[]> {
  const changes = db
    .selectFrom('fact')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('kind', '=', sql.lit('site.changed'))
  const last = changes.where('at', '<', from).orderBy('seq', 'desc').limit(1)
  const rows = await db
    .selectFrom(
      changes
        .where('at', '>=', from)
        .where('at', '<=', to)
        .unionAll((eb) => eb.parens(last))
        .as('change'),
    )
    .selectAll()
    .orderBy('seq')
    .execute()
  return rows.map((row) => siteChanged.parse(asStored(row)))
}
