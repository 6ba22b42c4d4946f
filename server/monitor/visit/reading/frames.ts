import type { Finding } from '../../../../shared/monitor/freshness/freshness.ts'
import { combineFrames } from '../../read/combined.ts'
import type { SecondLevelLink } from '../../read/page/second-level.ts'
import { type ListRead, readListPage } from './entrance.ts'
import { settleYears } from './newest-article.ts'
import type { PageRead } from './page-read.ts'
import type { ReadBy } from './read-by.ts'

/** Pages within a page, and pages within those: no honest page has more. */
const MAX_FRAMES = 4
const MAX_DEPTH = 2
/** All of them together; those that are not read by then are left out. */
const BUDGET_MS = 30_000

/** A home page, the pages that it holds in itself, and what they say together. */
export interface FramedRead {
  readonly home: PageRead
  readonly lists: readonly ListRead[]
  readonly finding: Finding
}

/**
 * Reads the pages of the same site that a home page holds in itself (`iframe`) like the page itself, through the same
 * guard, and settles the years that any of them leaves out. They are none of the visits that V1 counts.
 * @param url of the home page, where it really is.
 */
export async function readFrames(by: ReadBy, page: PageRead, url: string): Promise<FramedRead> {
  const own: ListRead = { link: { name: '', url }, read: page }
  const [settled, ...lists] = await settleYears(by, [own, ...(await framesOf(by, page, url))])
  const home = settled?.read ?? page
  const readings = lists.map(({ link, read }) => ({ link, finding: read?.finding ?? null }))
  return { home, lists, finding: combineFrames(home.finding, readings) }
}

/** The pages of the same site that a page holds in itself, and those that they hold. */
export async function framesOf(by: ReadBy, home: PageRead, url: string): Promise<ListRead[]> {
  if (home.inner.length === 0) return []
  const until = { ...by, signal: AbortSignal.any([by.signal, AbortSignal.timeout(BUDGET_MS)]) }
  const lists: ListRead[] = []
  const seen = new Set([url])
  const readInner = async (inner: readonly string[], depth: number): Promise<void> => {
    for (const address of inner) {
      if (lists.length >= MAX_FRAMES || until.signal.aborted) return
      if (seen.has(address)) continue
      seen.add(address)
      const read = await readListPage(until, address)
      if (read === 'gone') continue
      const link: SecondLevelLink = { name: '', url: address }
      lists.push({ link, read })
      if (read && depth < MAX_DEPTH) await readInner(read.inner, depth + 1)
    }
  }
  await readInner(home.inner, 1)
  return lists
}
