import type { SiteState } from '../register/sites/states.ts'
import { emptyCounts, SITE_STATES, type StateCounts } from '../register/sites/states-rules.ts'
import type { Level } from './level.ts'

/** So many sites a wall can show one by one, at 20 of its 1,080 lines each; of more it shows what they lie in. */
export const MOST_TILES = 1_200

/** What of a site it is counted by. */
interface Counted {
  readonly district: string
  readonly state: SiteState
  readonly within?: readonly string[]
}

/** Sites by state, by the code of each place that they are counted in. */
export type PlaceCounts = Map<string, StateCounts>

/** The places that a site is counted in: its group, and on a server everything that it lies in. */
export const placesOf = (site: Pick<Counted, 'within' | 'district'>): readonly string[] =>
  site.within ?? [site.district]

/** Takes a site from one state to another, wherever it is counted; null: it was not counted. */
export function moveCount(
  counts: PlaceCounts,
  places: readonly string[],
  before: SiteState | null,
  after: SiteState,
): void {
  if (before === after) return
  for (const code of places) {
    const of = { ...(counts.get(code) ?? emptyCounts()) }
    if (before !== null) of[before] -= 1
    of[after] += 1
    counts.set(code, of)
  }
}

/** The counts of sites that were loaded; from then on facts keep them. */
export function countSites(sites: Iterable<Counted>): PlaceCounts {
  const counts: PlaceCounts = new Map()
  for (const site of sites) countSite(counts, site)
  return counts
}

/** Counts one more site. */
export function countSite(counts: PlaceCounts, site: Counted): void {
  for (const code of placesOf(site)) {
    const of = counts.get(code)
    if (of) of[site.state] += 1
    else counts.set(code, { ...emptyCounts(), [site.state]: 1 })
  }
}

/** All of them together. */
export function sumCounts(counts: Iterable<StateCounts>): StateCounts {
  const sum = emptyCounts()
  for (const of of counts) {
    for (const state of SITE_STATES) sum[state] += of[state]
  }
  return sum
}

/** Sites by state, of each group of a board that holds none. */
export const countsIn = ({ counts }: Level): [string, StateCounts][] =>
  counts.map(([code, numbers]) => [
    code,
    Object.fromEntries(SITE_STATES.map((state, at) => [state, numbers[at] ?? 0])) as StateCounts,
  ])
