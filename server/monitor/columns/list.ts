import { isOfOthers } from '../read/page/drawn.ts'
import { type Page, titleOf, titleRank } from '../read/page/page.ts'
import type { Reading } from '../read/read.ts'
import type { ListMeasure } from './queries.ts'

/** A title of this length is an item; what is shorter is a menu. */
const ITEM_TITLE = 10
const MOST_DATES = 60
/** A list that a script fills in the browser is empty for us, and not blank. */
export const FILLED_LATER =
  /XMLHttpRequest|\.innerHTML|\$\.(?:ajax|get|post|getJSON)|\bfetch\(|axios|createApp|new Vue/

/** What a column's own page lists; null when that cannot be said. */
export function measureList({ page, text, items, finding }: Reading): ListMeasure | null {
  if (page === null || finding.outcome === 'unreadable') return null
  const titles = new Set(
    page.anchors.flatMap((anchor) => {
      const title = titleRank(anchor) === 2 ? titleOf(anchor) : ''
      return title.length >= ITEM_TITLE ? [title] : []
    }),
  )
  const count = Math.max(items.length, titles.size)
  const isOpen = finding.refresh !== undefined || FILLED_LATER.test(text) || holdsMore(page)
  if (count === 0 && isOpen) return null
  return { items: count, dates: items.map((item) => item.date).slice(0, MOST_DATES) }
}

/** Whether a page without items holds them elsewhere: in a page or a document within it, or behind links that are none of its menus. */
function holdsMore({ inner, documents, anchors }: Page): boolean {
  return (
    documents > 0 ||
    inner.some((src) => !isOfOthers(src)) ||
    anchors.some((anchor) => !anchor.isInMenu && titleRank(anchor) > 0)
  )
}
