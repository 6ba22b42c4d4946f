import type { Hit } from '../page/page.ts'

/** So many dates of one list show that its numbers are dates and not scores or shares. */
const LEAST_OF_A_LIST = 2
/** … and so many that even single figures are. */
const LEAST_SHORT = 3

/**
 * Which of two numbers is the day, for a whole list: where some of its dates can only have the day first and none only
 * the month, all have; a list that does not tell is as the others of the page. A lone 「28/12」 without a year is no date of anything, nor are those of a list that has both.
 */
export function settleOrder(hits: Hit[]): Hit[] {
  if (!hits.some(({ match }) => match.order === 'day' || match.isShort || isBarePair(match))) return hits
  const lists = new Map<number, Count>()
  for (const hit of hits) count(lists, hit)
  const page = { day: 0, month: 0, all: 0 }
  for (const { day, month, all } of lists.values()) {
    page.day += day
    page.month += month
    page.all += all
  }
  return hits.flatMap((hit) => {
    const list = lists.get(hit.group)
    if (isBarePair(hit.match) && (list?.all ?? 0) < LEAST_OF_A_LIST) return []
    if (hit.match.isShort && !isOfShortList(hit, list?.all ?? 0)) return []
    return ordered(hit, list && list.day + list.month > 0 ? list : page)
  })
}

/** Two numbers in elements of their own with a mark between them may be the pages of a list: 1/12. */
function isBarePair({ form, year, order }: Hit['match']): boolean {
  return form === 'split' && year === null && order !== undefined
}

/** 「3/8」 is a date where it has an element of an item to itself and a list of such stands around it. */
function isOfShortList({ group, shape, isInItem, inside }: Hit, all: number): boolean {
  return group !== 0 && shape === 'alone' && (isInItem || inside !== null) && all >= LEAST_SHORT
}

interface Count {
  day: number
  month: number
  all: number
}

function count(lists: Map<number, Count>, { match, group }: Hit): void {
  if (match.order === undefined) return
  const list = lists.get(group) ?? { day: 0, month: 0, all: 0 }
  lists.set(group, list)
  list.all++
  if (match.order !== 'open') list[match.order]++
}

function ordered(hit: Hit, list: Count): Hit[] {
  const { match } = hit
  if (match.order === undefined || list.day === 0) return [hit]
  const isList = hit.group !== 0 && list.all >= LEAST_OF_A_LIST && list.month === 0
  if (match.order === 'day') return isList || match.year !== null ? [hit] : []
  if (match.order === 'month' || !isList) return [hit]
  return [{ ...hit, match: { ...match, month: match.day, day: match.month, order: 'day' } }]
}
