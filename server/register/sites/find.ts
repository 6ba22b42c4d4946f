import { sql } from 'kysely'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { type Found, type FoundItem, isDigit, NOTHING_FOUND } from '../../base/search/found.ts'
import { matches } from './queries.ts'

/** Sites as their list finds them: whose name begins so first, then the shortest names. */
export async function findSites(
  db: Db,
  { scope }: Pick<Principal, 'scope'>,
  q: string,
  limit: number,
): Promise<Found> {
  if (isDigit(q)) return NOTHING_FOUND
  const { where } = await matches(db, scope, { q })
  const { rows } = await sql<{ total: number; items: FoundItem[] | null }>`
    with found as materialized (select site.id, site.name from site
      join site_state as current on current.site_id = site.id where ${where}),
    best as (select id, starts_with(name, ${q}) as begins from found order by begins desc, length(name), id limit ${limit})
    select (select count(*)::int from found) as total,
      (select jsonb_agg(jsonb_build_object('id', site.id, 'name', site.name, 'number', site.code, 'is', current.state,
          'district', site.district, 'unit', jsonb_build_object('id', unit.id, 'name', unit.name))
          order by begins desc, length(site.name), site.id)
        from best join site on site.id = best.id join unit on unit.id = site.unit_id
        join site_state as current on current.site_id = site.id) as items
  `.execute(db)
  const { total, items } = rows[0] ?? { total: 0, items: [] }
  return { items: items ?? [], total, isMore: false }
}
