import { type RawBuilder, sql } from 'kysely'
import { addDays } from '../../../shared/base/time.ts'
import type { SHEET_OUTCOMES } from '../../../shared/census/score-sheets/sheets-rules.ts'
import type { Summary } from '../../../shared/census/summary/summary.ts'
import { MOST_IN_THE_WAY, MOST_MOVERS, SHEET_DAYS } from '../../../shared/census/summary/summary-rules.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { within } from '../../people/rights/scope.ts'
import { isThere } from '../../register/ledger/answers/answers.ts'

type Outcome = (typeof SHEET_OUTCOMES)[number]
/** Points that a veto counts as, where sites are compared by them. */
const VETO_POINTS = 100

/** The latest sheet of each site that counts for a day, of those that somebody sees: of some days there is none of every site. */
export const around = (scope: Scope, day: string) =>
  sql`select distinct on (sheet.site_id) sheet.site_id, sheet.outcome, sheet.points, sheet.score, sheet.vetoes,
    sheet.lines, site.name, site.district
  from sheet join site on site.id = sheet.site_id
  where sheet.from_day <= ${day} and sheet.to_day > ${addDays(day, -SHEET_DAYS)} and ${isThere}
    and ${within(scope, 'site')}
  order by sheet.site_id, sheet.from_day desc`

/** The last day until then of which sheets were kept. */
export async function lastKept(db: Db, day: string): Promise<string | null> {
  const { rows } = await sql<{ day: string | null }>`
    select max(least(to_day, ${day})) as day from sheet
    where from_day <= ${day} and to_day > ${addDays(day, -SHEET_DAYS)}`.execute(db)
  return rows[0]?.day ?? null
}

/** How many sites came out how, and how many of those without a veto have how many points left. */
export async function outcomesOn(
  db: Db,
  scope: Scope,
  day: string | null,
): Promise<{ outcomes: Record<Outcome, number>; tens: Map<number, number> }> {
  const outcomes: Record<Outcome, number> = { passed: 0, failed: 0, vetoed: 0, open: 0 }
  const tens = new Map<number, number>()
  if (day === null) return { outcomes, tens }
  const { rows } = await sql<{ outcome: Outcome; ten: number | null; n: number }>`
    select outcome, case when score is not null then least(9, floor(score / 10))::int end as ten, count(*)::int as n
    from (${around(scope, day)}) s group by 1, 2`.execute(db)
  for (const { outcome, ten, n } of rows) {
    outcomes[outcome] += n
    if (ten !== null) tens.set(Math.max(0, ten), (tens.get(Math.max(0, ten)) ?? 0) + n)
  }
  return { outcomes, tens }
}

/** Sites against which each rule stands as a veto, by district. */
export async function vetoesOn(
  db: Db,
  scope: Scope,
  day: string | null,
): Promise<{ district: string; rule: string; n: number }[]> {
  if (day === null) return []
  const { rows } = await sql<{ district: string; rule: string; n: number }>`
    select s.district, rule, count(*)::int as n
    from (${around(scope, day)}) s, unnest(s.vetoes) as rule
    group by s.district, rule`.execute(db)
  return rows
}

/** Points lost by rule, on average of the sites of which a sheet was kept. */
export async function pointsOn(db: Db, scope: Scope, day: string | null): Promise<Map<string, number>> {
  if (day === null) return new Map()
  const { rows } = await sql<{ rule: string; points: number }>`
    with s as materialized (${around(scope, day)})
    select line ->> 'rule' as rule, sum((line ->> 'points')::float8) / (select count(*) from s) as points
    from s, jsonb_array_elements(s.lines) as line group by 1`.execute(db)
  return new Map(rows.map(({ rule, points }) => [rule, points]))
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
    sql`(case when ${sql.ref(`${of}.outcome`)} = 'vetoed' then ${VETO_POINTS} else ${sql.ref(`${of}.points`)} end)`
  const moved = (direction: RawBuilder<unknown>) =>
    sql<Summary['best'][number]>`
    select n.site_id as id, n.name, n.district, ${lost('b')}::float8 as before, ${lost('n')}::float8 as now
    from (${around(scope, now)}) n join (${around(scope, before)}) b on b.site_id = n.site_id
    where ${lost('n')} ${direction} ${lost('b')}
    order by abs(${lost('n')} - ${lost('b')}) desc, n.site_id limit ${MOST_MOVERS}`.execute(db)
  const [best, worst] = [await moved(sql`<`), await moved(sql`>`)]
  return { best: best.rows, worst: worst.rows }
}

/** The sites with a veto, those with most of them first. */
export async function inTheWayOn(db: Db, scope: Scope, day: string | null): Promise<Summary['inTheWay']> {
  if (day === null) return { total: 0, sites: [] }
  const { rows } = await sql<Summary['inTheWay']['sites'][number] & { total: number }>`
    select site_id as id, name, district, vetoes, (count(*) over ())::int as total
    from (${around(scope, day)}) s where outcome = 'vetoed'
    order by cardinality(vetoes) desc, site_id limit ${MOST_IN_THE_WAY}`.execute(db)
  return { total: rows[0]?.total ?? 0, sites: rows.map(({ total: _, ...site }) => site) }
}
