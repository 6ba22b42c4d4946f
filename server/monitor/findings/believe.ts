import { localDay } from '../../../shared/base/time.ts'
import type { DatedItem, Finding } from '../../../shared/monitor/freshness/freshness.ts'
import type { Tx } from '../../base/db/database.ts'
import type { SeenList } from './doubts.ts'
import { followDoubts } from './doubts-store.ts'
import { believe, rewrittenItems, type SeenItem } from './items.ts'
import { noteNews, remember } from './memory.ts'

interface Readable {
  readonly siteId: number
  readonly atMs: number
  readonly finding: Finding | null
  readonly page?: {
    readonly items: readonly SeenItem[]
    readonly dated: readonly DatedItem[]
    readonly lists?: readonly SeenList[]
  } | null
}

/**
 * Takes what was read at these visits into the memory of the sites, and out of the findings the dates that
 * memory knows better. Visits at which nothing was read come back as they are, and cost nothing.
 */
export async function believeReadings<V extends Readable>(tx: Tx, visits: readonly V[]): Promise<V[]> {
  const read = visits.flatMap((visit) =>
    visit.finding && visit.page ? [{ ...visit, finding: visit.finding, page: visit.page }] : [],
  )
  if (read.length === 0) return [...visits]
  // Where a batch runs over midnight, an item's first day is rather too late than before its own date.
  const day = localDay(Math.max(...read.map((visit) => visit.atMs)))
  const pages = read.map(({ siteId, page }) => ({ siteId, items: page.items }))
  const memory = await remember(tx, pages, day)
  const believed = new Map<number, Finding>()
  const news = read.flatMap(({ siteId, finding, page }) => {
    const recalled = memory.get(siteId)
    if (!recalled) return []
    believed.set(siteId, believe(finding, page.dated, recalled, day))
    return [{ siteId, recalled, rewritten: rewrittenItems(page.dated, recalled.rewritten) }]
  })
  await noteNews(tx, news, day)
  await followDoubts(
    tx,
    read.map(({ siteId, page }) => ({ siteId, lists: page.lists ?? [] })),
    day,
  )
  return visits.map((visit) => ({ ...visit, finding: believed.get(visit.siteId) ?? visit.finding }))
}
