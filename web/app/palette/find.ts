import { type Entry, SECTIONS } from '../../base/ui/entries.ts'

/** So many of one section are listed. */
const MOST = 8

/** How well an entry fits: 0 not at all; more for what begins with the words. */
function fitness(entry: Entry, words: readonly string[]): number {
  const name = entry.name.toLowerCase()
  const more = entry.more.toLowerCase()
  let sum = 1
  for (const word of words) {
    if (name.startsWith(word)) sum += 3
    else if (name.includes(word) || more.startsWith(word)) sum += 2
    else if (more.includes(word)) sum += 1
    else return 0
  }
  return sum
}

/**
 * Entries that have every word of what was typed, by section, the best of each first. Without words: what can be
 * done here and where one can go.
 */
export function findEntries(entries: Iterable<Entry>, typed: string): Entry[] {
  const words = typed.trim().toLowerCase().split(/\s+/).filter(Boolean)
  const found = new Map(SECTIONS.map((section) => [section, [] as { entry: Entry; fit: number }[]]))
  for (const entry of entries) {
    const how = fitness(entry, words)
    if (how > 0) found.get(entry.section)?.push({ entry, fit: how })
  }
  return SECTIONS.flatMap((section) => {
    const some = found.get(section) ?? []
    const most = words.length === 0 ? some.length : MOST
    return some
      .sort((a, b) => b.fit - a.fit)
      .slice(0, most)
      .map(({ entry }) => entry)
  })
}
