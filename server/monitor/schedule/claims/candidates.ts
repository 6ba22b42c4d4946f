import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../../base/db/database.ts'
import { notPaused } from '../../../register/sites/paused.ts'
import '../tables.ts'

/**
 * Of sites with like intervals those that have waited the longest are late by the greatest share: so many times as many as are
 * claimed are looked at, since other monitors may hold some.
 */
const LOOKED_AT = 4

/** So many intervals are told apart one by one; where there are more, those that are alike are taken together. */
const MOST_APART = 12

/**
 * Sites with like intervals: those with the usual one, of the demo or not, and those with one of their own, or to which visits are
 * tightened, from `fromS` to less than `belowS` seconds. Besides, those that somebody asked to be visited, whatever their interval.
 */
export type IntervalGroup =
  | { readonly of: 'usual'; readonly isDemo: boolean }
  | { readonly of: 'own' | 'tightened'; readonly fromS: number; readonly belowS: number }
  | { readonly of: 'asked' }

/** SQL for what tightens visits at that instant. */
const inForce = (now: Date) => sql`t.from_at <= ${now} and t.until_at > ${now}`

/** The groups of intervals that there are: a few, however many sites have an interval of their own. */
export async function intervalGroups(db: Db, now: Date): Promise<IntervalGroup[]> {
  const apart = await groupsBy(db, now, { most: MOST_APART + 1, next: (fromS) => sql`${fromS} + 1` })
  if (apart.length <= MOST_APART) return [{ of: 'asked' }, ...apart]
  // Twice as long at each step, there are no more than an integer has bits.
  return [{ of: 'asked' }, ...(await groupsBy(db, now, { most: 32, next: (fromS) => sql`2 * ${fromS}` }))]
}

/** @param options.next SQL for the least interval that is no more in the group which begins at one. */
async function groupsBy(
  db: Db,
  now: Date,
  options: { readonly most: number; readonly next: (fromS: RawBuilder<unknown>) => RawBuilder<unknown> },
): Promise<IntervalGroup[]> {
  const { most, next } = options
  const { rows } = await sql<{ of: 'usual' | 'own' | 'tightened'; at: number; below: number }>`
    with recursive own (at, n) as (
      select min(interval_s)::bigint, 1 from site where interval_s is not null
      union all
      select (select min(interval_s) from site where interval_s >= ${next(sql`own.at`)}), own.n + 1
      from own where own.at is not null and own.n < ${most}::int
    ), tightened (at, n) as (
      select min(t.every_s)::bigint, 1 from visit_tightening t where ${inForce(now)}
      union all
      select (select min(t.every_s) from visit_tightening t where t.every_s >= ${next(sql`tightened.at`)} and ${inForce(now)}), tightened.n + 1
      from tightened where tightened.at is not null and tightened.n < ${most}::int
    )
    select 'usual' as of, demo::int::float8 as at, 0::float8 as below from unnest(array[false, true]) as demo
    where exists (select from site where interval_s is null and site.demo = demo.demo)
    union all select 'own', at::float8, (${next(sql`at`)})::float8 from own where at is not null
    union all select 'tightened', at::float8, (${next(sql`at`)})::float8 from tightened where at is not null
  `.execute(db)
  return rows.map(({ of, at, below }) =>
    of === 'usual' ? { of, isDemo: at === 1 } : { of, fromS: at, belowS: below },
  )
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
  if (group.of === 'asked') return sql`state.read_again`
  if (group.of === 'usual') return sql`site.interval_s is null and site.demo = ${group.isDemo}`
  const { fromS, belowS } = group
  return group.of === 'own'
    ? sql`site.interval_s >= ${fromS}::bigint and site.interval_s < ${belowS}::bigint`
    : sql`t.every_s >= ${fromS}::bigint and t.every_s < ${belowS}::bigint and ${inForce(now)}`
}
