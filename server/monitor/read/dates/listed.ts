import { isOfWeather } from '../doubts.ts'
import { type Hit, titleOf, titleRank } from '../page/page.ts'

/** So many make a list. */
const LEAST = 2

/**
 * The dates of lists that people wrote: made alike, of different days, each beside a title of its own, and none of these of the weather.
 * What summaries say between them is of no date.
 */
export function listedDays(hits: readonly Hit[]): ReadonlySet<Hit> {
  const lists = new Map<string, Hit[]>()
  for (const hit of hits) {
    if (hit.group === 0 || hit.anchor === null || titleRank(hit.anchor) < 2) continue
    const key = `${hit.group} ${hit.make}`
    const list = lists.get(key)
    if (list) list.push(hit)
    else lists.set(key, [hit])
  }
  return new Set([...lists.values()].filter(isList).flat())
}

function isList(hits: readonly Hit[]): boolean {
  const titles = new Set(hits.flatMap(({ anchor }) => (anchor === null ? [] : titleOf(anchor))))
  const days = new Set(hits.map(({ match: { year, month, day, ago } }) => `${year} ${month} ${day} ${ago}`))
  return titles.size >= LEAST && days.size >= LEAST && ![...titles].some(isOfWeather)
}
