import { sql } from 'kysely'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { type Found, type FoundItem, foundOf, idIn, isDigit, MOST_FOUND } from '../../base/search/found.ts'
import { within } from '../../people/rights/scope.ts'
import { siteNamed } from '../../register/sites/queries.ts'
import { ruleIn } from './keyed/rules.ts'

/** Alerts within a scope: one by its number, resolved or not; live ones by their site, the newest first. */
export async function findAlerts(
  db: Db,
  { scope }: Pick<Principal, 'scope'>,
  q: string,
  limit: number,
): Promise<Found> {
  const named = isDigit(q) ? sql`false` : await siteNamed(db, q)
  const { rows } = await sql<FoundItem>`
    select alert.id, coalesce(site.name, '') as name, alert.status as "is", ${ruleIn('alert.rule')} as rule, site.district
    from alert left join site on site.id = alert.site_id
    where ${within(scope, 'site')}
      and (alert.id = ${idIn(q)}::int or (alert.status <> 'resolved' and ${named}))
    order by alert.id = coalesce(${idIn(q)}::int, 0) desc, alert.id desc limit ${sql.lit(MOST_FOUND + 1)}
  `.execute(db)
  return foundOf(rows, limit)
}
