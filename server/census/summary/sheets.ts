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

/** Sites that gained and lost most between two days. */
export async function moversBetween(
  db: Db,
  scope: Scope,
  before: string | null,
  now: string | null,
): Promise<Pick<Summary, 'best' | 'worst'>> {
  if (before === null || now === null) return { best: [], worst: [] }
  const lost = (of: string) =>
    sql`(case when ${sql.ref(`${of}.outcome`)} = 'vetoed' then ${VETO_POINTS} else ${sql.ref(`${of}.points`)} end)::float8`
  const first = (order: RawBuilder<unknown>, which: RawBuilder<unknown>) => sql`(
    select ${which} as which, moved.* from moved where ${order} order by abs(now - before) desc, id limit ${MOST_MOVERS})`
  const { rows } = await sql<Summary['best'][number] & { which: 'best' | 'worst' }>`
    with moved as materialized (
      select n.site_id as id, ${lost('b')} as before, ${lost('n')} as now
      from (${around(scope, now)}) n join (${around(scope, before)}) b on b.site_id = n.site_id
      where ${lost('n')} <> ${lost('b')}
    ), most as (
      ${first(sql`now < before`, sql`'best'`)} union all ${first(sql`now > before`, sql`'worst'`)}
    )
    select most.which, most.id, site.name, site.district, most.before, most.now
    from most join site on site.id = most.id order by abs(most.now - most.before) desc, most.id`.execute(db)
  const of = (one: 'best' | 'worst') => rows.flatMap(({ which, ...mover }) => (which === one ? [mover] : []))
  return { best: of('best'), worst: of('worst') }
}

/** The sites with a veto, those with most of them first. */
export async function inTheWayOn(db: Db, scope: Scope, day: string | null): Promise<Summary['inTheWay']> {
  if (day === null) return { total: 0, sites: [] }
  const { rows } = await sql<Summary['inTheWay']['sites'][number] & { total: number }>`
    with most as materialized (
      select site_id, vetoes, (count(*) over ())::int as total
      from (${around(scope, day)}) s where outcome = 'vetoed'
      order by cardinality(vetoes) desc, site_id limit ${MOST_IN_THE_WAY}
    )
    select most.site_id as id, site.name, site.district, most.vetoes, most.total
    from most join site on site.id = most.site_id order by cardinality(most.vetoes) desc, most.site_id`.execute(
    db,
  )
  return { total: rows[0]?.total ?? 0, sites: rows.map(({ total: _, ...site }) => site) }
}
