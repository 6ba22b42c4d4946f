import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { type HomeLimits, likenessTo } from '../content/home/judge.ts'
import { MOST_SIGNS, type ProblemPrint } from '../page/signs.ts'

/*
 * What a refusal holds for: what was there when it was refused, and less of it. A page that is called a false alarm once may well be
 * broken into later, at the same address.
 */

const LIMITS = inspectionRule('home-replaced')?.limits as unknown as HomeLimits

/** Whether what is seen is another thing than what was refused: it has what that had not. */
export function isAnother(refused: ProblemPrint, seen: ProblemPrint): boolean {
  const { is } = refused.page && seen.page ? likenessTo([refused.page], seen.page, LIMITS) : { is: 'like' }
  if (is === 'asEver') return false
  return is === 'other' || hasMore(refused.signs, seen.signs)
}

/** Of one with more signs than are kept, only those are known that would have been kept. */
function hasMore(before: readonly number[], now: readonly number[]): boolean {
  const most = before.length < MOST_SIGNS ? Number.POSITIVE_INFINITY : (before.at(-1) ?? 0)
  const had = new Set(before)
  return now.some((one) => one <= most && !had.has(one))
}
