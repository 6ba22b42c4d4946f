import { addDays, DAY, yearOf } from '../../../../shared/base/time.ts'
import type { Hit } from '../page/page.ts'
import { dayOf } from './dates.ts'
import type { DatedHit } from './hits.ts'

/** Of a list whose days begin its titles, one in so many ahead shows that it is one of events. */
const AHEAD_IN_TITLES = 3
/** Before that there were no pages: items without links of such days are a chronicle. */
const FIRST_PAGES = '1995-01-01'

/** So many days one after the other are a run. */
const LEAST_RUN = 3

interface Days {
  readonly days: Hit[]
  ahead: number
  inTitle: number
  isOther: boolean
}

/**
 * Lists that are of the matter. What is to come: nearly all of their days do, or those that begin a title; what took place is no
 * news there. Without links one day ahead is enough, or one of long ago.
 */
export function listsOfMatter(
  dated: readonly DatedHit[],
  ref: string,
  unlinked: ReadonlySet<Hit>,
): ReadonlySet<number> {
  const lists = new Map<number, Days>()
  for (const { hit, day } of dated) {
    if (hit.group === 0) continue
    const list = lists.get(hit.group) ?? { days: [], ahead: 0, inTitle: 0, isOther: false }
    lists.set(hit.group, list)
    list.days.push(hit)
    if (unlinked.has(hit) && (day > ref || day < FIRST_PAGES)) list.isOther = true
    if (day <= ref) continue
    list.ahead++
    if (hit.inside !== null && hit.shape !== 'alone' && !hit.bracketed) list.inTitle++
  }
  return new Set(
    [...lists].flatMap(([group, { days, ahead, inTitle, isOther }]) => {
      const all = days.length
      return isOther ||
        inTitle * AHEAD_IN_TITLES >= all ||
        (all > 1 && ahead * 3 > all * 2) ||
        runsPastToday(days, ref)
        ? [group]
        : []
    }),
  )
}

/** Days that follow each other one by one up past today are of a forecast or a roster. */
function runsPastToday(days: readonly Hit[], ref: string): boolean {
  if (days.length < LEAST_RUN || days.some(({ match }) => match.ago !== undefined)) return false
  const inOrder = days.toSorted((a, b) => a.offset - b.offset)
  const isRunFrom = (start: number) =>
    inOrder.every(({ match: { year, month, day } }, n) => {
      const on = addDays(ref, start + n)
      return on === dayOf(year ?? yearOf(on), month, day)
    })
  return startsOf(inOrder, ref).some(isRunFrom)
}

/** Where a run with the first of these days would begin, as days from today: before so many that it goes on past it, or tomorrow. */
function startsOf(days: readonly Hit[], ref: string): number[] {
  const [first] = days
  if (first === undefined) return []
  const { year, month, day } = first.match
  const today = Date.parse(ref)
  const earliest = 2 - days.length
  const starts: number[] = []
  const last = year ?? yearOf(ref) + 1
  for (let of = year ?? yearOf(addDays(ref, earliest)); of <= last; of++) {
    const start = (Date.UTC(of, month - 1, day) - today) / DAY
    if (start >= earliest && start <= 1) starts.push(start)
  }
  return starts
}
