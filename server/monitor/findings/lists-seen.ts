import type { DatedItem } from '../../../shared/monitor/freshness/freshness.ts'
import type { FoundColumn } from '../columns/detect.ts'
import type { ListedItem, SeenList } from './doubts.ts'
import { itemKey } from './items.ts'

/** Lists of a page, and items of a list, whose order is remembered. */
const [MOST_LISTS, MOST_ITEMS, LEAST] = [12, 30, 4]

/** The lists of a home page that have dates, their items as memory knows them. @param url of the page */
export function listsSeen(
  columns: readonly FoundColumn[],
  dated: readonly DatedItem[],
  url: string,
): SeenList[] {
  const byUrl = new Map<string, DatedItem>()
  for (const item of dated)
    if (item.href && URL.canParse(item.href, url)) byUrl.set(new URL(item.href, url).href, item)
  return columns
    .flatMap(({ name, items }) => {
      const listed = items.slice(0, MOST_ITEMS).flatMap(({ url: own }): ListedItem[] => {
        const item = own === null ? undefined : byUrl.get(own)
        return item ? [{ key: itemKey(item), title: item.text, url: own, date: item.date }] : []
      })
      return listed.length >= LEAST ? [{ name, items: listed }] : []
    })
    .slice(0, MOST_LISTS)
}
