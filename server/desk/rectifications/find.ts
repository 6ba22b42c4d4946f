import { sql } from 'kysely'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { type Found, type FoundItem, foundOf, idIn, isDigit, MOST_FOUND } from '../../base/search/found.ts'
import { within } from '../../people/rights/scope.ts'
import { siteNamed } from '../../register/sites/queries.ts'

/** Rectifications within a scope: one by its number, closed or not; open ones by their site, the newest first. */
export async function findRectifications(
  db: Db,
  { scope }: Pick<Principal, 'scope'>,
  q: string,
  limit: number,
): Promise<Found> {
  const named = isDigit(q) ? sql`false` : await siteNamed(db, q)
  const { rows } = await sql<FoundItem>`
    select rectification.id, site.name, rectification.stage as "is", rectification.rule, site.district
    from rectification join site on site.id = rectification.site_id
    where ${within(scope, 'site')}
      and (rectification.id = ${idIn(q)}::int or (rectification.stage <> 'closed' and ${named}))
    order by rectification.id = coalesce(${idIn(q)}::int, 0) desc, rectification.id desc
    limit ${sql.lit(MOST_FOUND + 1)}
  `.execute(db)
  return foundOf(rows, limit)
}
