import { groupBy } from '../../../../shared/base/lists/group.ts'
import { isOfWeather } from '../doubts.ts'
import { type Hit, titleOf, titleRank } from '../page/page.ts'

/** So many make a list. */
const LEAST = 2

/**
 * The dates of lists that people wrote: made alike, of different days, each beside a title of its own, and none of these of the weather.
 * What summaries say between them is of no date.
 */
export function listedDays(hits: readonly Hit[]): ReadonlySet<Hit> {
  const titled = hits.filter(({ group, anchor }) => group !== 0 && anchor !== null && titleRank(anchor) >= 2)
  const lists = groupBy(titled, ({ group, make }) => `${group} ${make}`)
  return new Set([...lists.values()].filter(isList).flat())
}

function isList(hits: readonly Hit[]): boolean {
  const titles = new Set(hits.flatMap(({ anchor }) => (anchor === null ? [] : titleOf(anchor))))
  const days = new Set(hits.map(({ match: { year, month, day, ago } }) => `${year} ${month} ${day} ${ago}`))
  return titles.size >= LEAST && days.size >= LEAST && ![...titles].some(isOfWeather)
}
