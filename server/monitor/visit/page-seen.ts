import type { DatedItem } from '../../../shared/monitor/freshness/freshness.ts'
import type { Imprint } from '../../../shared/monitor/imprints/imprints-rules.ts'
import type { Steps } from '../../base/slices.ts'
import { detectColumns } from '../columns/detect.ts'
import type { ColumnSighting } from '../columns/store.ts'
import { type SeenItem, seenItems } from '../findings/items.ts'
import { readImprint } from '../imprints/read.ts'
import type { Reading } from '../read/read.ts'
import type { ListReading } from './entrance.ts'

/** What stood on a page when it was read, besides its newest date. */
export interface PageSeen {
  readonly items: readonly SeenItem[]
  readonly dated: readonly DatedItem[]
  readonly columns: readonly ColumnSighting[]
  /** What a home page says of itself. */
  readonly imprint?: Imprint
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

/** What a home page says of itself, with the pages that it holds within itself. */
export function imprintSeen(home: Reading, framed: readonly ListReading[]): Imprint {
  const { page, finding } = home
  const htmls = [home.text, ...framed.flatMap(({ reading }) => reading?.text ?? [])]
  return readImprint(htmls, { title: page?.title ?? '', unseen: unseenOf(finding, framed) })
}

/** Which part of the page was not seen, that may hold what was not found. */
function unseenOf(
  { outcome, reason, unseen }: Reading['finding'],
  framed: readonly ListReading[],
): Imprint['unseen'] {
  if (unseen === 'rest') return 'rest'
  if (unseen === 'script' || (outcome === 'unreadable' && reason === 'drawn_by_script')) return 'script'
  return framed.some(({ reading }) => reading === null) ? 'frames' : null
}
