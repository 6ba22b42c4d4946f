import type { Finding } from '../../../../shared/monitor/freshness/freshness.ts'
import { inSlices } from '../../../base/slices.ts'
import type { NoticeFound } from '../../../register/filings/notices/follow.ts'
import { readBehindEntrance } from './entrance.ts'
import { readFrames } from './frames.ts'
import { entranceSeen, imprintWith } from './lists-seen.ts'
import type { PageRead } from './page-read.ts'
import type { PageSeen } from './page-seen.ts'
import type { ReadBy } from './read-by.ts'

/** What was found on a home page, and what stood there; null: the bytes are no page. */
export interface HomeRead {
  readonly finding: Finding
  readonly page: PageSeen | null
  readonly print: string | null
  readonly goesWithDay: boolean
  /** Whether it says that the site goes; undefined: not looked for, or the page could not be read. */
  readonly notice?: NoticeFound | null
}

/** Whether what a home page says is not all in it, so that other pages of its site have to be visited. */
export const leadsOn = (read: PageRead): boolean => holdsOthers(read) || read.guessed.length > 0

/** Pages within it, or behind it, are what it says. */
const holdsOthers = ({ inner, links }: PageRead): boolean => inner.length > 0 || links.length > 0

/**
 * What a home page that has been read says together with the pages within it and, where it is only an entrance, those
 * behind it, which are visited and read.
 * @param url of the home page, where it really is.
 */
export async function readOn(by: ReadBy, page: PageRead, url: string): Promise<HomeRead> {
  // What other pages say is not in this one's print.
  const { print } = holdsOthers(page) ? { print: null } : page
  const goesWithDay = page.goesWithDay || holdsOthers(page)
  const said = { print, goesWithDay, ...(page.notice === undefined ? {} : { notice: page.notice }) }
  const framed = await readFrames(by, page, url)
  const { finding, home } = framed
  const marks = home.imprint && {
    imprint: imprintWith(home.imprint, framed.lists),
    messages: home.messages,
  }
  if (finding.entrance) {
    const behind = await readBehindEntrance(by, { finding, links: home.links })
    const seen = await inSlices(entranceSeen([...framed.lists, ...behind.lists]))
    return { finding: behind.finding, page: marks ? { ...seen, ...marks } : seen, ...said }
  }
  if (home.seen === null || marks === null) return { finding, page: home.seen, ...said }
  if (framed.lists.length === 0) return { finding, page: { ...home.seen, ...marks }, ...said }
  const { seen } = home
  const whole = together(seen, await inSlices(entranceSeen(framed.lists)))
  return { finding, page: { ...whole, ...marks }, ...said }
}

/** What a page shows and what those within it show, the newest first. */
function together(page: PageSeen, framed: PageSeen): PageSeen {
  const known = new Set(page.items.map(({ key }) => key))
  const dated = [...page.dated, ...framed.dated].sort((a, b) =>
    a.date < b.date ? 1 : a.date > b.date ? -1 : 0,
  )
  return {
    items: [...page.items, ...framed.items.filter(({ key }) => !known.has(key))],
    dated,
    columns: [...page.columns, ...framed.columns],
  }
}
