import type { z } from 'zod'
import { addDays, daysBetween, localDay } from '../../../shared/base/time.ts'
import type { sheetEndpoints } from '../../../shared/census/score-sheets/api.ts'
import { HISTORY_DAYS, MOST_HISTORY_DAYS } from '../../../shared/census/score-sheets/history-rules.ts'
import type { SheetHistory } from '../../../shared/census/score-sheets/sheets.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import { findLocation } from '../../register/sites/queries.ts'
import { keptSheets } from './queries.ts'
import './refusals.ts'

type Asked = z.output<(typeof sheetEndpoints)['siteSheets']['query']>

/**
 * The sheets that were kept of a site, as stretches of days in which nothing in them changed, the oldest first; half a year
 * unless days are said.
 * @throws Refusal not_found; invalid where the days run backwards, or are too many
 */
export async function siteSheets(
  { db, clock }: Context,
  user: Principal,
  id: number,
  asked: Asked,
): Promise<SheetHistory> {
  if (!(await findLocation(db, user.scope, id))) throw new Refusal('not_found', 'common.noSuchSite')
  const to = asked.to ?? localDay(clock.now())
  const from = asked.from ?? addDays(to, -HISTORY_DAYS)
  if (from > to) throw new Refusal('invalid', 'sheets.daysBackwards')
  if (daysBetween(from, to) > MOST_HISTORY_DAYS) {
    throw new Refusal('invalid', 'sheets.tooManyDays', { values: { n: MOST_HISTORY_DAYS } })
  }
  return { from, to, items: await keptSheets(db, id, from, to) }
}
