import type { DatedItem } from '../../../../shared/monitor/freshness/freshness.ts'
import type { Imprint } from '../../../../shared/monitor/imprints/imprints-rules.ts'
import type { Steps } from '../../../base/slices.ts'
import type { ColumnSighting } from '../../columns/store.ts'
import { seenItems } from '../../findings/items.ts'
import { joinImprints } from '../../imprints/read.ts'
import type { ListRead } from './entrance.ts'
import { datesOf, MAX_DATED, type PageSeen } from './page-seen.ts'

/** What the pages behind an entrance show: each with dates, or with the name of one, is a column. */
export function* entranceSeen(lists: readonly ListRead[]): Steps<PageSeen> {
  const dated = lists.flatMap(({ link, read }) =>
    (read?.items ?? []).slice(0, MAX_DATED / lists.length).map((item) => at(item, link.url)),
  )
  const columns = lists.flatMap(({ link, read }): ColumnSighting[] => {
    if (read === null || link.name === '' || read.items.length === 0) return []
    const { items } = read
    return [{ name: link.name, url: link.url, from: 'list', items: items.length, dates: datesOf(items) }]
  })
  const guessed = lists.flatMap(({ read }) => read?.guessed ?? [])
  return { items: yield* seenItems(null, dated, guessed), dated, columns }
}

/** What a home page says of itself together with the pages that it holds in itself. */
export function imprintWith(home: Imprint, framed: readonly ListRead[]): Imprint {
  const isWhole = framed.every(({ read }) => read !== null)
  const own = { title: home.title, unseen: home.unseen ?? (isWhole ? null : 'frames') }
  return { ...joinImprints([home, ...framed.flatMap(({ read }) => read?.imprint ?? [])]), ...own }
}

function at(item: DatedItem, page: string): DatedItem {
  const { href } = item
  if (href === undefined || !URL.canParse(href, page)) return item
  return { ...item, href: new URL(href, page).href }
}
