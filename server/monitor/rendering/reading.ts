import { localDay } from '../../../shared/base/time.ts'
import type { VisitResult } from '../../../shared/monitor/visit/probes.ts'
import type { ListMeasure } from '../columns/queries.ts'
import { shownBy } from '../evidence/rules.ts'
import type { PageOrder, PageRead } from '../visit/reading/page-read.ts'
import type { Reader } from '../visit/reading/reader.ts'
import { NOTHING } from '../visit/run.ts'
import type { Visited } from '../visit/visited.ts'
import type { Drawn } from './browser/order.ts'

/** A page that a browser drew is no visit: it says nothing of how its server answers. */
const NO_VISIT: VisitResult = { ...NOTHING, outcome: 'ok' }

/** Reads a page as it was drawn, by the reader that reads all others. @throws where it could not be read */
async function readDrawn(
  reader: Reader,
  drawn: Drawn,
  kind: PageOrder['kind'],
  atMs: number,
): Promise<{ read: PageRead; bytes: Uint8Array } | null> {
  if (drawn.html === null) return null
  const answer = await reader.read({
    bytes: drawn.html,
    contentType: 'text/html; charset=utf-8',
    url: drawn.url,
    kind,
    ref: localDay(atMs),
    isCut: drawn.isCut,
    isClosing: false,
  })
  return answer.read && { read: answer.read, bytes: answer.bytes }
}

/** A home page as it was drawn and read, to be recorded; null: there is none. @param atMs when it was drawn (epoch ms). */
export async function drawnHome(
  reader: Reader,
  siteId: number,
  drawn: Drawn,
  atMs: number,
): Promise<Visited | null> {
  const found = await readDrawn(reader, drawn, 'home', atMs)
  if (!found) return null
  const { read, bytes } = found
  const finding = { ...read.finding, drawn: true } as const
  const shows = shownBy('ok', finding, localDay(atMs))
  const marks = read.imprint && { imprint: read.imprint, messages: read.messages }
  return {
    siteId,
    atMs,
    result: { ...NO_VISIT, finalUrl: drawn.url },
    extra: true,
    lineInDoubt: false,
    isReading: true,
    drawn: {
      url: drawn.url,
      tookMs: drawn.tookMs,
      requests: drawn.counts.requests,
      bytes: drawn.counts.bytes,
    },
    finding,
    page: read.seen && { ...read.seen, ...marks },
    copy: shows === null ? null : { bytes, shows, spare: true },
  }
}

/** What the page of a column lists as it was drawn; null: that cannot be said. @param atMs as above. */
export async function drawnList(reader: Reader, drawn: Drawn, atMs: number): Promise<ListMeasure | null> {
  return (await readDrawn(reader, drawn, 'list', atMs))?.read.list ?? null
}
