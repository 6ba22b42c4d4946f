import { localDay } from '../../../shared/base/time.ts'
import type { VisitResult } from '../../../shared/monitor/visit/probes.ts'
import { keptUpSince } from '../columns/judge.ts'
import type { ListMeasure } from '../columns/queries.ts'
import { shownBy } from '../evidence/rules.ts'
import { recentSince } from '../verdicts/recent.ts'
import { settleYears } from '../visit/reading/newest-article.ts'
import type { PageOrder, PageRead } from '../visit/reading/page-read.ts'
import type { ReadBy } from '../visit/reading/read-by.ts'
import { NOTHING } from '../visit/run.ts'
import type { Visited } from '../visit/visited.ts'
import type { Drawn } from './browser/order.ts'

/** A page that a browser drew is no visit: it says nothing of how its server answers. */
const NO_VISIT: VisitResult = { ...NOTHING, outcome: 'ok' }

/** Who reads what was drawn, and visits the articles that say of which year its lists are. */
export type DrawnBy = Omit<ReadBy, 'ref'>

/**
 * Reads a page as it was drawn, by the reader that reads all others, and settles its years as theirs.
 * @param since from this day on it counts as kept up.
 * @throws where it could not be read
 */
async function readDrawn(
  drawnBy: DrawnBy,
  drawn: Drawn,
  { kind, atMs, since }: { kind: PageOrder['kind']; atMs: number; since: string },
): Promise<{ read: PageRead; bytes: Uint8Array } | null> {
  if (drawn.html === null) return null
  const by = { ...drawnBy, ref: localDay(atMs) }
  const answer = await by.reader.read({
    bytes: drawn.html,
    contentType: 'text/html; charset=utf-8',
    url: drawn.url,
    kind,
    ref: by.ref,
    isCut: drawn.isCut,
    isClosing: false,
  })
  const [page] = await settleYears(by, [{ link: drawn, read: answer.read }], since)
  return page?.read ? { read: page.read, bytes: answer.bytes } : null
}

/** A home page as it was drawn and read, to be recorded; null: there is none. @param atMs when it was drawn (epoch ms). */
export async function drawnHome(
  by: DrawnBy,
  siteId: number,
  drawn: Drawn,
  atMs: number,
): Promise<Visited | null> {
  const since = recentSince(localDay(atMs))
  const found = await readDrawn(by, drawn, { kind: 'home', atMs, since })
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
export async function drawnList(by: DrawnBy, drawn: Drawn, atMs: number): Promise<ListMeasure | null> {
  const since = keptUpSince(localDay(atMs))
  return (await readDrawn(by, drawn, { kind: 'list', atMs, since }))?.read.list ?? null
}
