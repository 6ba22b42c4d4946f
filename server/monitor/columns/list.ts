import { titleOf, titleRank } from '../read/page/page.ts'
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
  if (page === null || finding.reason === 'drawn_by_script') return null
  const titles = new Set(
    page.anchors.flatMap((anchor) => {
      const title = titleRank(anchor) === 2 ? titleOf(anchor) : ''
      return title.length >= ITEM_TITLE ? [title] : []
    }),
  )
  const count = Math.max(items.length, titles.size)
  if (count === 0 && FILLED_LATER.test(text)) return null
  return { items: count, dates: items.map((item) => item.date).slice(0, MOST_DATES) }
}
