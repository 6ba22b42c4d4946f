import { type RawBuilder, sql } from 'kysely'
import { addDays } from '../../../shared/base/time.ts'
import type { Summary } from '../../../shared/census/summary/summary.ts'
import { MOST_IN_THE_WAY, MOST_MOVERS, SHEET_DAYS } from '../../../shared/census/summary/summary-rules.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { isThere } from '../../register/ledger/answers/answers.ts'

/** Points that a veto counts as, where sites are compared by them. */
const VETO_POINTS = 100

/** SQL for which sheet of each site counts for a day, of those that somebody sees: of some days there is none of every site. */
export const latestOf = (scope: Scope, day: string, more: RawBuilder<unknown> = sql``) =>
  sql`select distinct on (sheet.site_id) sheet.site_id, sheet.edition, sheet.from_day, site.district
  from sheet join site on site.id = sheet.site_id
  where sheet.from_day <= ${day} and sheet.to_day > ${addDays(day, -SHEET_DAYS)} and ${isThere}
    and ${within(scope, 'site')} ${more}
  order by sheet.site_id, sheet.from_day desc`

/** SQL for how each site came out by that sheet, without its lines, which are many. */
export const around = (scope: Scope, day: string, more: RawBuilder<unknown> = sql``) =>
  sql`select distinct on (sheet.site_id) sheet.site_id, sheet.outcome, sheet.points, sheet.score, sheet.vetoes
  from sheet join site on site.id = sheet.site_id
  where sheet.from_day <= ${day} and sheet.to_day > ${addDays(day, -SHEET_DAYS)} and ${isThere}
    and ${within(scope, 'site')} ${more}
  order by sheet.site_id, sheet.from_day desc`

/** Of each of these days the last until then of which sheets were kept; days without one are left out. */
export async function lastKept(db: Db, days: readonly string[]): Promise<Map<string, string>> {
  const asked = days.map((day) => ({ day, since: addDays(day, 1 - SHEET_DAYS) }))
  // The last row to end before a day, and any that goes on: the greatest of all would be looked for in all that was ever kept.
  const { rows } = await sql<{ day: string; kept: string | null }>`
    select asked.day, case when exists (
        select from sheet where to_day >= asked.day and from_day <= asked.day
      ) then asked.day else (
        select max(to_day) from sheet where to_day >= asked.since and to_day < asked.day
      ) end as kept
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as asked(day text, since text)`.execute(db)
  return new Map(rows.flatMap(({ day, kept }) => (kept === null ? [] : [[day, kept] as const])))
}

/**
 * The sites that somebody is asked about: those that gained and lost most between two days, and those with a veto on the second,
 * with most of them first.
 */
export async function singledOut(
  db: Db,
  scope: Scope,
  before: string | null,
  now: string | null,
): Promise<Pick<Summary, 'best' | 'worst' | 'inTheWay'>> {
  if (now === null) return { best: [], worst: [], inTheWay: { total: 0, sites: [] } }
  const lost = (of: string) =>
    sql`(case when ${sql.ref(`${of}.outcome`)} = 'vetoed' then ${VETO_POINTS} else ${sql.ref(`${of}.points`)} end)::float8`
  const most = (which: Found['which'], moved: RawBuilder<unknown>) => sql`(
    select ${which}::text as which, id, before, now, null::text[] as vetoes, 0 as total from moved where ${moved}
    order by abs(now - before) desc, id limit ${MOST_MOVERS})`
  const { rows } = await sql<Found>`
    with n as materialized (${around(scope, now)}), moved as materialized (
      select n.site_id as id, ${lost('b')} as before, ${lost('n')} as now
      from n join (${around(scope, before ?? now)}) b on b.site_id = n.site_id
      where ${lost('n')} <> ${lost('b')}
    ), found as (
      ${most('best', sql`now < before`)} union all ${most('worst', sql`now > before`)} union all (
        select 'inTheWay', site_id, null, null, vetoes, (count(*) over ())::int from n where outcome = 'vetoed'
        order by cardinality(vetoes) desc, site_id limit ${MOST_IN_THE_WAY})
    )
    select found.*, site.name, site.district from found join site on site.id = found.id
    order by abs(found.now - found.before) desc, cardinality(found.vetoes) desc, found.id`.execute(db)
  const of = (one: Found['which']) => rows.filter(({ which }) => which === one)
  const mover = ({ id, name, district, before: was, now: is }: Found) => ({
    id,
    name,
    district,
    before: was,
    now: is,
  })
  const vetoed = of('inTheWay')
  return {
    best: of('best').map(mover),
    worst: of('worst').map(mover),
    inTheWay: {
      total: vetoed[0]?.total ?? 0,
      sites: vetoed.map(({ id, name, district, vetoes }) => ({ id, name, district, vetoes })),
    },
  }
}

interface Found {
  readonly which: 'best' | 'worst' | 'inTheWay'
  readonly id: number
  readonly name: string
  readonly district: string
  readonly before: number
  readonly now: number
  readonly vetoes: string[]
  readonly total: number
}
