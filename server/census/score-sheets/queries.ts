import { sql } from 'kysely'
import type { Sheet, SheetHistory } from '../../../shared/census/score-sheets/sheets.ts'
import type { Db } from '../../base/db/database.ts'

/** The sheet that was kept of a site for a day; null when none was. @param code by another edition than was in force none is kept. */
export async function findSheet(
  db: Db,
  siteId: number,
  day: string,
  code: string | undefined,
): Promise<Sheet | null> {
  let query = db
    .selectFrom('sheet')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('from_day', '<=', day)
    .where('to_day', '>=', day)
  if (code !== undefined) query = query.where('edition', '=', code)
  const row = await query.orderBy('from_day', 'desc').limit(1).executeTakeFirst()
  if (!row) return null
  const { edition, revision, outcome, points, score, vetoes, unmeasured, lines } = row
  return { on: day, edition, revision, outcome, points, score, vetoes, unmeasured, lines }
}

/** The sheets that were kept of a site for some of the days from `from` to `to`, the oldest first. */
export async function keptSheets(
  db: Db,
  siteId: number,
  from: string,
  to: string,
): Promise<SheetHistory['items']> {
  const rows = await db
    .selectFrom('sheet')
    .select(['from_day', 'to_day', 'edition', 'revision', 'outcome', 'points', 'score', 'vetoes'])
    .select(sql<number>`cardinality(unmeasured)`.as('unmeasured'))
    .where('site_id', '=', siteId)
    .where('to_day', '>=', from)
    .where('from_day', '<=', to)
    .orderBy('from_day')
    .execute()
  return rows.map(({ from_day, to_day, ...row }) => ({ ...row, from: from_day, to: to_day }))
}
