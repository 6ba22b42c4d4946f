import type { Summary } from '../../../shared/census/summary/summary.ts'
import { QUESTIONS } from '../../../shared/census/summary/summary-rules.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { type Place, totalsOf } from './sums.ts'

/**
 * At the ends of months: how many sites came out how, and against how many a rule of each question stood.
 * @param places all that `scope` sees.
 * @throws Refusal too_many_requests where too many wait for theirs
 */
export async function trendOf(
  db: Db,
  scope: Scope,
  places: readonly Place[],
  ends: readonly { readonly month: string; readonly day: string }[],
): Promise<Summary['trend']> {
  const totals = await totalsOf(
    db,
    scope,
    places,
    ends.map(({ day }) => day),
  )
  return ends.flatMap(({ month, day }) => {
    const sums = totals.get(day)
    if (!sums) return []
    const { passed, failed, vetoed, open } = sums
    const questions = Object.fromEntries(QUESTIONS.map((one) => [one, sums[one]]))
    return [{ month, outcomes: { passed, failed, vetoed, open }, questions } as Summary['trend'][number]]
  })
}
