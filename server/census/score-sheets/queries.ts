import type { Sheet } from '../../../shared/census/score-sheets/sheets.ts'
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
