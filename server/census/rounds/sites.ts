import { sql } from 'kysely'
import type { RoundProgress, RoundSite, Tally } from '../../../shared/census/rounds/rounds.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { isChecked } from './count.ts'

interface SitePage {
  readonly draw?: RoundSite['draw'] | undefined
  readonly limit: number
  /** Place in the list that the page before ended with. */
  readonly after?: number | undefined
}

/** Sites of a round within a scope, in the order of the list. */
export async function listRoundSites(
  db: Db,
  scope: Scope,
  roundId: number,
  { draw, limit, after }: SitePage,
): Promise<{ items: RoundSite[]; total: number; nextCursor: string | null }> {
  const matching = sql<boolean>`(s.round_id = ${roundId} and ${within(scope, 's')}
    and ${draw ? sql`s.draw = ${draw}` : sql`true`})`
  let query = db
    .selectFrom('census_round_site as s')
    .innerJoin('site', 'site.id', 's.site_id')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .selectAll('s')
    .select(['site.name as name_now', 'site.level as level_now', 'site.district as district_now'])
    .select(['unit.name as unit_now'])
    .select(sql<boolean>`(site.pause_reason is not null and site.paused_until is null)`.as('closed_now'))
    .select('site.merged_into')
    .where(matching)
  if (after !== undefined) query = query.where('s.position', '>', after)
  const rows = await query.orderBy('s.position').limit(limit).execute()
  const { total } = await db
    .selectFrom('census_round_site as s')
    .where(matching)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow()
  const last = rows.at(-1)
  const nextCursor = last && rows.length === limit ? String(last.position) : null
  const items = rows.map((row) => ({
    ...{ siteId: row.site_id, code: row.code, name: row.name, level: row.level, district: row.district },
    ...{ unit: row.unit_name, stratum: row.stratum, rank: row.rank, draw: row.draw, second: row.second },
    ...{ result: row.result, points: row.points, checks: row.checks },
    changed: changesOf({
      name: row.name !== row.name_now,
      level: row.level !== row.level_now,
      district: row.district !== row.district_now,
      unit: row.unit_name !== row.unit_now,
      closed: row.closed_now && row.merged_into === null,
      merged: row.merged_into !== null,
    }),
  }))
  return { items, total, nextCursor }
}

const changesOf = (is: Readonly<Record<RoundSite['changed'][number], boolean>>): RoundSite['changed'] =>
  (['name', 'level', 'district', 'unit', 'closed', 'merged'] as const).filter((what) => is[what])

/** Of the sites of a round that are checked, by district, within a scope. */
export async function tallySites(db: Db, scope: Scope, roundId: number, today: string) {
  const result = (outcome: string) => sql<number>`(count(*) filter (where s.result = ${outcome}))::int`
  const rows = await db
    .selectFrom('census_round_site as s')
    .innerJoin('census_round as r', 'r.id', 's.round_id')
    .where('s.round_id', '=', roundId)
    .where(within(scope, 's'))
    .where(isChecked('s'))
    .groupBy(['s.district', 'r.due_on'])
    .orderBy('s.district')
    .select(['s.district', 'r.due_on'])
    .select([
      sql<number>`count(*)::int`.as('total'),
      sql<number>`count(s.result)::int`.as('done'),
      result('passed').as('passed'),
      result('failed').as('failed'),
      result('vetoed').as('vetoed'),
      result('open').as('open'),
    ])
    .execute()
  return rows.map(({ due_on, ...row }) => ({
    ...row,
    late: 0,
    overdue: today > due_on ? row.total - row.done : 0,
  }))
}

/** Every stratum of a spot check, whatever the scope: it is published. */
export function listStrata(db: Db, roundId: number): Promise<RoundProgress['strata']> {
  return db
    .selectFrom('census_round_site')
    .where('round_id', '=', roundId)
    .where('stratum', 'is not', null)
    .groupBy('stratum')
    .orderBy(sql`stratum collate "C"`)
    .select([
      sql<string>`stratum`.as('stratum'),
      sql<number>`count(*)::int`.as('sites'),
      sql<number>`(count(*) filter (where draw = 'chosen'))::int`.as('chosen'),
      sql<number>`coalesce(max(rank) filter (where draw = 'chosen'), 0)::int`.as('lastRank'),
    ])
    .execute()
}

const NONE: Tally = { total: 0, done: 0, late: 0, overdue: 0, passed: 0, failed: 0, vetoed: 0, open: 0 }

/** The sum of some tallies. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const keys = Object.keys(NONE) as (keyof Tally)[]
  const sum = { ...NONE }
  for (const one of tallies) for (const key of keys) sum[key] += one[key]
  return sum
}

/** What was drawn, as it is published: by stratum and rank. */
export function drawnSites(db: Db, roundId: number) {
  return db
    .selectFrom('census_round_site')
    .where('round_id', '=', roundId)
    .orderBy('position')
    .select(['code', 'stratum', 'rank', 'draw', 'second'])
    .execute()
}
