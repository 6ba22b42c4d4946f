import { sql } from 'kysely'
import { localDay } from '../../../shared/base/time.ts'
import type { AloneSite } from '../../../shared/census/consolidation/consolidation.ts'
import { ALONE_RULES, rulesAgainst } from '../../../shared/census/consolidation/consolidation-rules.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { isThere } from '../../register/ledger/answers/answers.ts'
import { fallsUnder, isOnShared, sharedPlatforms } from './share.ts'

interface Asked {
  readonly district?: string | undefined
  readonly rule?: string | undefined
  readonly limit: number
  readonly after?: number | undefined
}

interface Row extends Omit<AloneSite, 'rules' | 'move'> {
  readonly to_platform: string | null
  readonly planned_on: string | null
  readonly total: number
}

/** Sites that stand alone though a rule says that they should not, by number. */
export async function standingAlone(
  db: Db,
  scope: Scope,
  { district, rule, limit, after }: Asked,
  now: number,
): Promise<{ items: AloneSite[]; total: number }> {
  const rules = rule === undefined ? ALONE_RULES : ALONE_RULES.filter(({ id }) => id === rule)
  const where = sql`${isThere} and ${within(scope, 'site')} and not ${isOnShared} and ${fallsUnder(rules)}
    and ${district === undefined ? sql`true` : sql`site.district = ${district}`}`
  const { rows } = await sql<Row>`
    with shared as ${sharedPlatforms}
    select site.id, site.code, site.name, site.district, unit.name as unit, site.level, site.platform,
      site_move.to_platform, site_move.planned_on, (select count(*)::int from site where ${where}) as total
    from site join unit on unit.id = site.unit_id
    left join site_move on site_move.site_id = site.id and site_move.state = 'planned'
    where ${where} and site.id > ${after ?? 0} order by site.id limit ${limit}`.execute(db)
  const today = localDay(now)
  const items = rows.map(({ to_platform: to, planned_on: plannedOn, total: _, ...site }) => ({
    ...site,
    rules: rulesAgainst(site).map(({ id }) => id),
    move: to === null || plannedOn === null ? null : { to, plannedOn, isLate: plannedOn < today },
  }))
  return { items, total: rows[0]?.total ?? 0 }
}
