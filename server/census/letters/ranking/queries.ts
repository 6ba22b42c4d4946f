import { sql } from 'kysely'
import { wilson } from '../../../../shared/base/figures/wilson.ts'
import { lastDayOfMonth } from '../../../../shared/base/time.ts'
import { hotlineOn } from '../../../../shared/census/letters/letters-rules.ts'
import type { Ranking, RankingRow } from '../../../../shared/census/letters/ranking/ranking.ts'
import { type Cohort, overdueOf, placesOf } from '../../../../shared/census/letters/ranking/ranking-rules.ts'
import type { Scope } from '../../../../shared/people/rights/rights.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { letterVisible } from '../queries.ts'
import './tables.ts'

interface CountedRow extends Cohort {
  readonly unit_id: number | null
  readonly name: string | null
  readonly district: string | null
  readonly merged: number
  readonly pending: number
}

/**
 * The letters that fell due in a month, by the department that has them: those of a scope. Of a part of the whole nobody has a
 * place. This is the one function that counts them, for the office's page and the public's.
 * @param today the local day: a letter has fallen due when its last day has passed
 */
export async function rankingOf(db: Db | Tx, scope: Scope, month: string, today: string): Promise<Ranking> {
  const lastDay = lastDayOfMonth(month)
  const { code, ranking: by, rating } = hotlineOn(lastDay)
  const { rows } = await sql<CountedRow>`
    with counted as (
      select l.unit_id,
        count(*) filter (where l.merged_into is not null)::int as merged,
        count(*) filter (where l.merged_into is null and l.due_on >= ${today})::int as pending,
        count(*) filter (where ${FELL(today)})::int as due,
        count(*) filter (where ${FELL(today)} and l.first_answered_on <= l.due_on)::int as "inTime",
        count(*) filter (where ${FELL(today)} and l.first_answered_on > l.due_on)::int as late,
        count(*) filter (where ${FELL(today)} and l.first_answered_on is null)::int as unanswered,
        count(*) filter (where ${FELL(today)} and l.first_answered_on is not null)::int as asked,
        count(*) filter (where ${FELL(today)} and l.rating is not null)::int as rated,
        count(*) filter (where ${FELL(today)} and l.rating >= ${rating.satisfiedFrom})::int as satisfied
      from letter l where l.due_on between ${`${month}-01`} and ${lastDay} and ${letterVisible(scope)}
      group by l.unit_id
    )
    select counted.*, unit.name, unit.district from counted left join unit on unit.id = counted.unit_id
    order by unit.name, unit.id`.execute(db)
  const own = rows.filter((row) => row.unit_id !== null && row.due > 0)
  const places = scope.kind === 'city' ? placesOf(own, by.leastLetters) : own.map(() => null)
  const ranked = own.map(
    (row, at): RankingRow => ({
      place: places[at] ?? null,
      unit: { id: row.unit_id ?? 0, name: row.name ?? '' },
      district: row.district ?? '',
      ...measured(row, by.z),
    }),
  )
  const without = rows.find(({ unit_id }) => unit_id === null)
  return {
    ...{ month, isOver: today > lastDay, rules: code, leastLetters: by.leastLetters },
    ...{ confidencePercent: by.confidencePercent, satisfiedFrom: rating.satisfiedFrom },
    rows: ranked.sort(inOrder),
    total: measured(own.reduce(added, NONE), by.z),
    unassigned: without?.due ?? 0,
    merged: rows.reduce((sum, row) => sum + row.merged, 0),
    pending: rows.reduce((sum, row) => sum + row.pending, 0),
    ...{ publishedAt: null, hash: null },
  }
}

const FELL = (today: string) => sql`l.merged_into is null and l.due_on < ${today}`

const NONE: Cohort = { due: 0, inTime: 0, late: 0, unanswered: 0, asked: 0, rated: 0, satisfied: 0 }

const added = (sum: Cohort, one: Cohort): Cohort => ({
  due: sum.due + one.due,
  inTime: sum.inTime + one.inTime,
  late: sum.late + one.late,
  unanswered: sum.unanswered + one.unanswered,
  asked: sum.asked + one.asked,
  rated: sum.rated + one.rated,
  satisfied: sum.satisfied + one.satisfied,
})

function measured({ due, inTime, late, unanswered, asked, rated, satisfied }: Cohort, z: number) {
  const interval = wilson(late + unanswered, due, z)
  return {
    ...{ due, inTime, late, unanswered, asked, rated, satisfied },
    overdueShare: due === 0 ? null : overdueOf({ late, unanswered }) / due,
    overdueInterval: interval && ([...interval] as [number, number]),
  }
}

/** By place, among equals who has answered more; those without a place behind them. */
const inOrder = (one: RankingRow, other: RankingRow): number =>
  (one.place ?? Number.MAX_SAFE_INTEGER) - (other.place ?? Number.MAX_SAFE_INTEGER) || other.due - one.due

/** Months that were published, newest first. */
export async function publishedMonths(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('letter_ranking').select('month').orderBy('month', 'desc').execute()
  return rows.map(({ month }) => month)
}

/** A month as it was published. */
export async function publishedRanking(db: Db, month: string): Promise<Ranking | undefined> {
  const row = await db.selectFrom('letter_ranking').selectAll().where('month', '=', month).executeTakeFirst()
  return row && { ...row.body, publishedAt: row.published_at.toISOString(), hash: row.hash }
}
