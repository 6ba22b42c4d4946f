import { groupBy } from '../../../../shared/base/lists/group.ts'
import { isOfWeather } from '../doubts.ts'
import { type Hit, titleOf, titleRank } from '../page/page.ts'

/** So many titles make a list. */
const LEAST = 2

/**
 * The dates of lists that people wrote: made alike, of different days, each beside a title of its own, and none of these of the weather.
 * What summaries say between them is of no date.
 */
export function listedDays(hits: readonly Hit[]): ReadonlySet<Hit> {
  const titled = hits.filter(({ group, anchor }) => group !== 0 && anchor !== null && titleRank(anchor) >= 2)
  const lists = [...groupBy(titled, ({ group }) => group).values()]
  const alike = lists.flatMap((list) => [...groupBy(list, ({ make }) => make).values()])
  return new Set(alike.filter(isList).flat())
}

function isList(hits: readonly Hit[]): boolean {
  if (hits.every((hit) => isSameDay(hit, hits[0]))) return false
  const titles = new Set<string>()
  for (const { anchor } of hits) if (anchor !== null) titles.add(titleOf(anchor))
  return titles.size >= LEAST && ![...titles].some(isOfWeather)
}

function isSameDay({ match: a }: Hit, other: Hit | undefined): boolean {
  const b = other?.match
  return a.year === b?.year && a.month === b.month && a.day === b.day && a.ago === b.ago
}
