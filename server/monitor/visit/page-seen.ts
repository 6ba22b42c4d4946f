import type { DatedItem } from '../../../shared/monitor/freshness/freshness.ts'
import type { Steps } from '../../base/slices.ts'
import { detectColumns } from '../columns/detect.ts'
import type { ColumnSighting } from '../columns/store.ts'
import { type SeenItem, seenItems } from '../findings/items.ts'
import type { Reading } from '../read/read.ts'
import type { ListReading } from './entrance.ts'

/** What stood on a page when it was read, besides its newest date. */
export interface PageSeen {
  readonly items: readonly SeenItem[]
  readonly dated: readonly DatedItem[]
  readonly columns: readonly ColumnSighting[]
}

/** Dated items that are remembered, the newest; more than the fullest home page shows. */
const MAX_DATED = 1_000

/** What a home page shows. @param url where it really is. */
export function* homeSeen(home: Reading, url: string): Steps<PageSeen | null> {
  if (home.page === null) return null
  const detected = yield* detectColumns(home.text, url, home.items)
  const columns = detected.map(
    ({ name, url: own, items }): ColumnSighting => ({
      name,
      url: own,
      from: 'home',
      items: items.length,
      dates: datesOf(items),
    }),
  )
  const items = yield* seenItems(home.page, home.items)
  return { items, dated: home.items.slice(0, MAX_DATED), columns }
}

/** What the pages behind an entrance show: each with dates, or with the name of one, is a column. */
export function* entranceSeen(lists: readonly ListReading[]): Steps<PageSeen> {
  const dated = lists.flatMap(({ link, reading }) =>
    (reading?.items ?? []).slice(0, MAX_DATED / lists.length).map((item) => at(item, link.url)),
  )
  const columns = lists.flatMap(({ link, reading }): ColumnSighting[] => {
    if (reading === null || link.name === '' || reading.items.length === 0) return []
    const { items } = reading
    return [{ name: link.name, url: link.url, from: 'list', items: items.length, dates: datesOf(items) }]
  })
  return { items: yield* seenItems(null, dated), dated, columns }
}

function at(item: DatedItem, page: string): DatedItem {
  const { href } = item
  if (href === undefined || !URL.canParse(href, page)) return item
  return { ...item, href: new URL(href, page).href }
}

function datesOf(items: readonly { date: string | null }[]): string[] {
  const dates = items.flatMap(({ date }) => (date === null ? [] : [date]))
  return dates.sort().reverse().slice(0, 60)
}
