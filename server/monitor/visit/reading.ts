import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import { inSlices, type Steps } from '../../base/slices.ts'
import type { NoticeFound } from '../../register/filings/notices/follow.ts'
import { closingNotice } from '../read/closing.ts'
import { type Reading, readSteps } from '../read/read.ts'
import { readBehindEntrance } from './entrance.ts'
import { readFrames } from './frames.ts'
import { entranceSeen, homeSeen, imprintSeen, type PageSeen } from './page-seen.ts'
import type { Prober, Visit } from './visit.ts'

/** What is to be read, and for whom. */
export interface ReadingOrder {
  readonly prober: Prober
  /** A visit that brought a page. */
  readonly visit: Visit
  /** The page as it came. */
  readonly body: Uint8Array
  /** Where it was asked for. */
  readonly url: string
  /** local day that counts as today. */
  readonly ref: string
  readonly signal: AbortSignal
  /** The site is to close or move: its notice is looked for. */
  readonly isClosing: boolean
  /** Told when the reading took far more CPU than any honest page does, in ms. */
  readonly onLong: (cpuMs: number) => void
}

/** What was found on a home page, and what stood there; null: the bytes are no page. */
export interface HomeRead {
  readonly finding: Finding
  readonly page: PageSeen | null
  /** Whether it says that the site goes; undefined: not looked for, or the page could not be read. */
  readonly notice?: NoticeFound | null
}

/** A page of a megabyte takes less than a hundred. */
const LONG_MS = 500

/** Reads a home page with the pages within it, and where it is only an entrance, those behind it. In slices: nobody waits. */
export async function readHome(order: ReadingOrder): Promise<HomeRead> {
  const { prober, visit, body, ref, signal } = order
  const url = visit.result.finalUrl ?? order.url
  let workedMs = 0
  const worked = (ms: number) => {
    workedMs += ms
  }
  const { headers } = visit
  const isCut = visit.result.notes.includes('capped')
  const home: Reading = await inSlices(
    readSteps({ bytes: body, headers, kind: 'home', ref, url, isCut }),
    worked,
  )
  const notice = order.isClosing ? await inSlices(noticeOn(home, ref), worked) : undefined
  const said = notice === undefined ? {} : { notice }
  const framed = await readFrames(prober, home, { url, ref, signal })
  const { finding } = framed
  const imprint = home.page && imprintSeen(home, framed.lists)
  if (finding.entrance) {
    const behind = await readBehindEntrance(prober, { ...home, finding }, { url, ref, signal })
    const page = await inSlices(entranceSeen([...framed.lists, ...behind.lists]))
    return { finding: behind.finding, page: imprint ? { ...page, imprint } : page, ...said }
  }
  const page = await inSlices(homeSeen(home, url), worked)
  if (workedMs > LONG_MS) order.onLong(workedMs)
  if (page === null || imprint === null) return { finding, page, ...said }
  if (framed.lists.length === 0) return { finding, page: { ...page, imprint }, ...said }
  const whole = together(page, await inSlices(entranceSeen(framed.lists)))
  return { finding, page: { ...whole, imprint }, ...said }
}

/** What a script draws is not seen: only what is there can be said of such a page. */
function* noticeOn({ page, text, finding }: Reading, ref: string): Steps<NoticeFound | null | undefined> {
  if (page === null) return undefined
  const notice = yield* closingNotice(text, ref)
  return notice === null && finding.outcome === 'unreadable' ? undefined : notice
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
