import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import { inSlices } from '../../base/slices.ts'
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
  /** Told when the reading took far more CPU than any honest page does, in ms. */
  readonly onLong: (cpuMs: number) => void
}

/** A page of a megabyte takes less than a hundred. */
const LONG_MS = 500

/** What was found on a home page, and what stood there; null: the bytes are no page. */
interface HomeRead {
  readonly finding: Finding
  readonly page: PageSeen | null
}

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
  const framed = await readFrames(prober, home, { url, ref, signal })
  const { finding } = framed
  const imprint = home.page && imprintSeen(home, framed.lists)
  if (finding.entrance) {
    const behind = await readBehindEntrance(prober, { ...home, finding }, { url, ref, signal })
    const page = await inSlices(entranceSeen([...framed.lists, ...behind.lists]))
    return { finding: behind.finding, page: imprint ? { ...page, imprint } : page }
  }
  const page = await inSlices(homeSeen(home, url), worked)
  if (workedMs > LONG_MS) order.onLong(workedMs)
  if (page === null || imprint === null) return { finding, page }
  if (framed.lists.length === 0) return { finding, page: { ...page, imprint } }
  return { finding, page: { ...together(page, await inSlices(entranceSeen(framed.lists))), imprint } }
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
