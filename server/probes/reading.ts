import type { Finding } from '../../shared/freshness.ts'
import { type Reading, readSteps } from '../freshness/read.ts'
import { inSlices } from '../slices.ts'
import { readBehindEntrance } from './entrance.ts'
import { entranceSeen, homeSeen, type PageSeen } from './page-seen.ts'
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
  /** Shanghai day that counts as today. */
  readonly ref: string
  readonly signal: AbortSignal
  /** Told when the reading itself, without any waiting, took longer than usual, in ms. */
  readonly onLong: (tookMs: number) => void
}

const LONG_MS = 50

/** Reads a home page, and where it is only an entrance, the pages behind it. In slices: nobody waits for it. */
export async function readHome(order: ReadingOrder): Promise<{ finding: Finding; page: PageSeen | null }> {
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
  const page = home.finding.entrance ? null : await inSlices(homeSeen(home, url), worked)
  if (workedMs > LONG_MS) order.onLong(workedMs)
  if (!home.finding.entrance) return { finding: home.finding, page }
  const { finding, lists } = await readBehindEntrance(prober, home, { url, ref, signal })
  return { finding, page: await inSlices(entranceSeen(lists)) }
}
