import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../base/db/database.ts'
import { notPaused } from '../../../register/sites/paused.ts'
import '../tables.ts'

/**
 * Of sites with like intervals those that have waited the longest are late by the greatest share: so many times as many as are
 * claimed are looked at, since other monitors may hold some.
 */
const LOOKED_AT = 4

/** Intervals from this one to less than twice as long, in seconds, which sites have of their own or visits are tightened to. */
export interface IntervalGroup {
  readonly of: 'own' | 'tightened'
  readonly fromS: number
}

/** SQL for what tightens visits at that instant. */
const inForce = (now: Date) => sql`t.from_at <= ${now} and t.until_at > ${now}`

/** The groups of intervals that there are: a few, however many sites have an interval of their own. */
export async function intervalGroups(db: Db, now: Date): Promise<IntervalGroup[]> {
  const { rows } = await sql<IntervalGroup>`
    with recursive own (at) as (
      select min(interval_s)::bigint from site where interval_s is not null
      union all
      select (select min(interval_s) from site where interval_s >= 2 * own.at) from own where own.at is not null
    ), tightened (at) as (
      select min(t.every_s)::bigint from visit_tightening t where ${inForce(now)}
      union all
      select (select min(t.every_s) from visit_tightening t where t.every_s >= 2 * tightened.at and ${inForce(now)})
      from tightened where tightened.at is not null
    )
    select 'own' as of, at::float8 as "fromS" from own where at is not null
    union all select 'tightened', at::float8 from tightened where at is not null
  `.execute(db)
  return rows
}

/**
 * SQL for the numbers of the sites among which those are that are late by the greatest share of their interval: of each group of
 * intervals those that have waited the longest. Never all of them: with an interval for each site of a nation, or a guarded period for
 * all, each look would take as long as a hundred visits.
 */
export function candidates(
  groups: readonly IntervalGroup[],
  { now, limit, busy }: { readonly now: Date; readonly limit: number; readonly busy: readonly number[] },
): RawBuilder<unknown> {
  const longest = (from: RawBuilder<unknown>, where: RawBuilder<unknown>) => sql`(
    select state.site_id from site_state state join site on site.id = state.site_id ${from}
    where state.next_visit_at <= ${now} and ${notPaused(now)} and state.site_id <> all(${[...busy]}::int[]) and ${where}
    order by state.next_visit_at limit ${limit * LOOKED_AT})`
  const all = [
    longest(sql``, sql`true`),
    ...groups.map(({ of, fromS }) =>
      of === 'own'
        ? longest(sql``, sql`site.interval_s >= ${fromS}::bigint and site.interval_s < ${2 * fromS}::bigint`)
        : longest(
            sql`join visit_tightening t on t.site_id = site.id`,
            sql`t.every_s >= ${fromS}::bigint and t.every_s < ${2 * fromS}::bigint and ${inForce(now)}`,
          ),
    ),
  ]
  return sql.join(all, sql` union `)
}
