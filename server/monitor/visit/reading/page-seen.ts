import type { DatedItem } from '../../../../shared/monitor/freshness/freshness.ts'
import type { Imprint } from '../../../../shared/monitor/imprints/imprints-rules.ts'
import type { Steps } from '../../../base/slices.ts'
import { detectColumns } from '../../columns/detect.ts'
import type { ColumnSighting } from '../../columns/store.ts'
import type { Token } from '../../columns/tokens.ts'
import type { SeenList } from '../../findings/doubts.ts'
import { type SeenItem, seenItems } from '../../findings/items.ts'
import { listsSeen } from '../../findings/lists-seen.ts'
import { readImprint } from '../../imprints/read.ts'
import type { MessageSighting } from '../../messages/find.ts'
import type { Reading } from '../../read/read.ts'

/** What stood on a page when it was read, besides its newest date. */
export interface PageSeen {
  readonly items: readonly SeenItem[]
  readonly dated: readonly DatedItem[]
  readonly columns: readonly ColumnSighting[]
  /** Its lists in their order. */
  readonly lists?: readonly SeenList[]
  /** What a home page says of itself. */
  readonly imprint?: Imprint
  /** Message columns that it leads to. */
  readonly messages?: readonly MessageSighting[]
}

/** Dated items that are remembered, the newest; more than the fullest home page shows. */
export const MAX_DATED = 1_000

/** What a home page shows. @param tokens what its columns are made of. @param url where it really is. */
export function* homeSeen(home: Reading, tokens: readonly Token[], url: string): Steps<PageSeen | null> {
  if (home.page === null) return null
  const detected = yield* detectColumns(tokens, url, home.items)
  const columns = detected.map(
    ({ name, url: own, items }): ColumnSighting => ({
      name,
      url: own,
      from: 'home',
      items: items.length,
      dates: datesOf(items),
    }),
  )
  const items = yield* seenItems(home.page, home.items, home.guessed)
  const lists = listsSeen(detected, home.items, url)
  return { items, dated: home.items.slice(0, MAX_DATED), columns, lists }
}

/** The newest of the dates, the newest first. */
export function datesOf(items: readonly { date: string | null }[]): string[] {
  const dates = items.flatMap(({ date }) => (date === null ? [] : [date]))
  return dates.sort().reverse().slice(0, 60)
}

/** What a page says of itself. */
export function imprintSeen({ page, text, finding }: Reading): Imprint {
  return readImprint([text], { title: page?.title ?? '', unseen: unseenOf(finding) })
}

/** Which part of the page was not seen, that may hold what was not found. */
function unseenOf({ outcome, reason, unseen }: Reading['finding']): Imprint['unseen'] {
  if (unseen === 'rest') return 'rest'
  return unseen === 'script' || (outcome === 'unreadable' && reason === 'drawn_by_script') ? 'script' : null
}
