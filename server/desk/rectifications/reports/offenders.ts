import { sql } from 'kysely'
import { DAY } from '../../../../shared/base/time.ts'
import type { Offender, OffenderQuery } from '../../../../shared/desk/rectifications/progress.ts'
import type { Scope } from '../../../../shared/people/rights/rights.ts'
import type { Db } from '../../../base/db/database.ts'
import { within } from '../../../people/rights/scope.ts'

/**
 * Units or sites within a scope to whose rectifications it happened too often in the last days: that the site failed again
 * after they were closed, that they were overdue, that they were sent back. Worst first. Counted from the facts,
 * so each time counts, and what has been made good since still stands.
 */
export async function listOffenders(
  db: Db,
  scope: Scope,
  query: OffenderQuery,
  now: number,
): Promise<Offender[]> {
  const who = query.by === 'unit' ? sql.ref('unit') : sql.ref('site')
  const times = (kind: string) => sql`(count(*) filter (where fact.kind = ${sql.lit(kind)}))::int`
  const relapses = times('rectification.relapsed')
  const overdue = times('rectification.overdue')
  const returned = times('rectification.returned')
  const { rows } = await sql<Offender>`
    select ${who}.id, ${who}.name, ${who}.district, count(distinct fact.rectification_id)::int as rectifications,
      ${relapses} as relapses, ${overdue} as overdue, ${returned} as returned
    from fact join rectification on rectification.id = fact.rectification_id
      join site on site.id = rectification.site_id join unit on unit.id = rectification.unit_id
    where fact.at >= ${new Date(now - query.days * DAY)}
      and fact.kind in ('rectification.relapsed', 'rectification.overdue', 'rectification.returned')
      and ${within(scope, 'site')}
      and ${query.district === undefined ? sql`true` : sql`${who}.district = ${query.district}`}
    group by ${who}.id, ${who}.name, ${who}.district
    having ${relapses} >= ${query.relapses} or ${overdue} >= ${query.overdue}
      or ${returned} >= ${query.returned}
    order by relapses desc, overdue desc, returned desc, ${who}.name
  `.execute(db)
  return rows
}
