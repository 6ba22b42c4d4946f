import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../base/db/database.ts'
import { notPaused } from '../../../register/sites/paused.ts'
import '../tables.ts'

/**
 * Of sites with like intervals those that have waited the longest are late by the greatest share: so many times as many as are
 * claimed are looked at, since other monitors may hold some.
 */
const LOOKED_AT = 4

/**
 * Sites with like intervals: those with the usual one, of the demo or not, and those with one of their own, or to which visits are
 * tightened, from `fromS` seconds to less than twice as long.
 */
export type IntervalGroup =
  | { readonly of: 'usual'; readonly isDemo: boolean }
  | { readonly of: 'own' | 'tightened'; readonly fromS: number }

/** SQL for what tightens visits at that instant. */
const inForce = (now: Date) => sql`t.from_at <= ${now} and t.until_at > ${now}`

/** The groups of intervals that there are: a few, however many sites have an interval of their own. */
export async function intervalGroups(db: Db, now: Date): Promise<IntervalGroup[]> {
  const { rows } = await sql<{ of: IntervalGroup['of']; at: number }>`
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
    select 'usual' as of, demo::int::float8 as at from unnest(array[false, true]) as demo
    where exists (select from site where interval_s is null and site.demo = demo.demo)
    union all select 'own', at::float8 from own where at is not null
    union all select 'tightened', at::float8 from tightened where at is not null
  `.execute(db)
  return rows.map(({ of, at }) => (of === 'usual' ? { of, isDemo: at === 1 } : { of, fromS: at }))
}

/**
 * SQL for the numbers of the sites among which those are that are late by the greatest share of their interval: of each group of
 * intervals those that have waited the longest. Not all that are due: with an interval for each site of a nation, or a guarded period
 * for all, each look would take as long as a hundred visits. (Where several groups are late the database steps over the others' turns
 * on its way to those of one, which is quick beside what is reckoned of a candidate.)
 */
export function candidates(
  groups: readonly IntervalGroup[],
  { now, limit, busy }: { readonly now: Date; readonly limit: number; readonly busy: readonly number[] },
): RawBuilder<unknown> {
  if (groups.length === 0) return sql`select site_id from site_state where false`
  return sql.join(
    groups.map(
      (group) => sql`(
        select state.site_id from site_state state join site on site.id = state.site_id ${group.of === 'tightened' ? sql`join visit_tightening t on t.site_id = site.id` : sql``}
        where state.next_visit_at <= ${now} and ${notPaused(now)} and state.site_id <> all(${[...busy]}::int[])
          and ${isIn(group, now)}
        order by state.next_visit_at limit ${limit * LOOKED_AT})`,
    ),
    sql` union `,
  )
}

/** SQL for whether a site is one of the group. */
function isIn(group: IntervalGroup, now: Date): RawBuilder<unknown> {
  if (group.of === 'usual') return sql`site.interval_s is null and site.demo = ${group.isDemo}`
  const [from, to] = [group.fromS, 2 * group.fromS]
  return group.of === 'own'
    ? sql`site.interval_s >= ${from}::bigint and site.interval_s < ${to}::bigint`
    : sql`t.every_s >= ${from}::bigint and t.every_s < ${to}::bigint and ${inForce(now)}`
}
