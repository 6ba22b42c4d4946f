import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import type { Page } from '../read/page/page.ts'
import { combineFrames, innerPages, type SecondLevelLink } from '../read/page/second-level.ts'
import type { Reading } from '../read/read.ts'
import { type ListReading, readListPage } from './entrance.ts'
import type { Prober } from './visit.ts'

/** Pages within a page, and pages within those: no honest page has more. */
const MAX_FRAMES = 4
const MAX_DEPTH = 2
/** All of them together; those that are not read by then are left out. */
const BUDGET_MS = 30_000

/**
 * Reads the pages of the same site that a home page holds in itself (`iframe`) like the page itself, through the same
 * guard. They are none of the visits that V1 counts.
 * @param url of the home page, where it really is.
 * @param ref local day that counts as today.
 */
export async function readFrames(
  prober: Prober,
  home: Reading,
  { url, ref, signal }: { url: string; ref: string; signal: AbortSignal },
): Promise<{ finding: Finding; lists: ListReading[] }> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(BUDGET_MS)])
  const lists: ListReading[] = []
  const seen = new Set([url])
  const read = async (page: Page, base: string, depth: number): Promise<void> => {
    for (const address of innerPages(page, base)) {
      if (lists.length >= MAX_FRAMES || until.aborted) return
      if (seen.has(address)) continue
      seen.add(address)
      const reading = await readListPage(prober, address, ref, until)
      if (reading === 'gone') continue
      const link: SecondLevelLink = { name: '', url: address }
      lists.push({ link, reading })
      if (reading?.page && depth < MAX_DEPTH) await read(reading.page, address, depth + 1)
    }
  }
  if (home.page) await read(home.page, url, 1)
  const readings = lists.map(({ link, reading }) => ({ link, finding: reading?.finding ?? null }))
  return { finding: combineFrames(home.finding, readings), lists }
}
