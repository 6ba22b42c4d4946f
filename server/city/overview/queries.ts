import { sql } from 'kysely'
import { MINUTE } from '../../../shared/base/time.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { District } from '../../../shared/register/sites/api.ts'
import { emptyCounts, type SiteState, type StateCounts } from '../../../shared/register/sites/states.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { liesUnder } from '../../register/divisions/queries.ts'
import type { Moves } from './history.ts'

/** Groups in the order of the wall with their counts; of a narrower scope only those that have sites in it. */
export async function listDistricts(db: Db, scope: Scope): Promise<District[]> {
  const { rows } = await sql<{
    code: string
    name: string
    name_en: string
    state: SiteState | null
    sites: number
  }>`
    select district.code, district.name, district.name_en, site_state.state, count(site_state.site_id)::int as sites
    from district
      left join site on site.district = district.code and ${within(scope, 'site')}
      left join site_state on site_state.site_id = site.id
    where ${scope.kind === 'city'} or site.id is not null
    group by district.code, site_state.state
    order by district.position
  `.execute(db)
  const districts = new Map<string, District>()
  for (const { code, name, name_en, state, sites } of rows) {
    const district = districts.get(code) ?? { code, name, nameEn: name_en, total: 0, counts: emptyCounts() }
    districts.set(code, district)
    if (state === null) continue
    district.counts[state] += sites
    district.total += sites
  }
  return [...districts.values()]
}

/** How many sites of a scope are in each state now. */
export async function currentCounts(db: Db, scope: Scope, under?: string): Promise<StateCounts> {
  const { rows } = await sql<{ state: SiteState; sites: number }>`
    select site_state.state, count(*)::int as sites
    from site_state join site on site.id = site_state.site_id
    where ${within(scope, 'site')} and ${liesUnder(under)}
    group by 1
  `.execute(db)
  const counts = emptyCounts()
  for (const { state, sites } of rows) counts[state] = sites
  return counts
}

/** Changes of state since `from`, summed up by steps back from `to` (epoch ms) and by what changed into what. */
export async function movesBetween(
  db: Db,
  scope: Scope,
  range: { from: number; to: number; stepMinutes: number; under?: string | undefined },
): Promise<Moves[]> {
  const stepMs = range.stepMinutes * MINUTE
  // Bins hold their first instant, steps their last one: a millisecond later they are the same.
  const origin = range.to + 1
  const { rows } = await sql<Omit<Moves, 'step'> & { bin: Date }>`
    select date_bin(${stepMs}::float8 * interval '1 millisecond', fact.at, ${new Date(origin)}::timestamptz) as bin,
      fact.data #>> '{before,state}' as before, fact.data #>> '{after,state}' as after, count(*)::int as sites
    from fact
    where fact.kind = 'site.changed' and fact.at > ${new Date(range.from)} and ${
      scope.kind === 'city' && range.under === undefined
        ? sql`true`
        : sql`fact.site_id in (select site.id from site where ${within(scope, 'site')} and ${liesUnder(range.under)})`
    }
    group by 1, 2, 3
  `.execute(db)
  return rows.flatMap(({ bin, ...move }) =>
    move.before === move.after
      ? []
      : [{ ...move, step: Math.max(0, Math.round((origin - bin.getTime()) / stepMs) - 1) }],
  )
}
