import { keptUpSince } from '../../columns/judge.ts'
import type { ListMeasure } from '../../columns/queries.ts'
import { isSameSite } from '../../read/page/second-level.ts'
import { type ListRead, readListPage } from './entrance.ts'
import { framesOf } from './frames.ts'
import { settleYears } from './newest-article.ts'
import type { ReadBy } from './read-by.ts'

/**
 * What the page of a column lists, its guessed years settled. Where it only sends its visitor on, the page there is read in its place; where
 * it shows nothing but pages that it holds in itself, these are, and count where each was read and some of what is in them has days.
 * Null: that cannot be said.
 */
export async function readColumn(by: ReadBy, url: string): Promise<ListMeasure | null> {
  const own = await open(by, url)
  if (own.read === null || own.read.list !== null) return (await listsOf(by, [own]))[0] ?? null
  const { refresh } = own.read.finding
  if (refresh === undefined) return together(await listsOf(by, await framesOf(by, own.read, url)))
  if (!isSameSite(refresh, url)) return null
  return (await listsOf(by, [await open(by, refresh)]))[0] ?? null
}

async function open(by: ReadBy, url: string): Promise<ListRead> {
  const read = await readListPage(by, url)
  return { link: { name: '', url }, read: read === 'gone' ? null : read }
}

async function listsOf(by: ReadBy, pages: readonly ListRead[]): Promise<(ListMeasure | null)[]> {
  const settled = await settleYears(by, pages, keptUpSince(by.ref))
  return settled.map(({ read }) => read?.list ?? null)
}

function together(lists: readonly (ListMeasure | null)[]): ListMeasure | null {
  const known = lists.filter((list) => list !== null)
  const dates = known.flatMap((list) => list.dates)
  if (known.length < lists.length || dates.length === 0) return null
  return { items: known.reduce((sum, list) => sum + list.items, 0), dates: dates.sort().reverse() }
}
