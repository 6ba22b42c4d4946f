import { localDay } from '../../../shared/base/time.ts'
import type { Shown } from '../../../shared/monitor/freshness/evidence.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import type { SiteState } from '../../../shared/register/sites/states.ts'
import type { Tx } from '../../base/db/database.ts'
import { decodePage } from '../read/page/decode.ts'
import type { Standing } from '../verdicts/judge.ts'
import type { CarriedPage } from '../visit/carried.ts'
import type { Visited } from '../visit/visited.ts'
import { type PackedPage, packPage } from './pack.ts'
import { deleteUnused, insertCopies, insertEvidence, pruneSites } from './queries.ts'
import { isNews, isProof, shownBy } from './rules.ts'

/** A carried page, compressed while no row is locked yet. */
export interface PreparedPage extends PackedPage {
  readonly shows: Shown
  readonly encoding: string
}

/** What the record step decided to keep. */
export interface Kept {
  readonly siteId: number
  readonly atMs: number
  readonly state: SiteState
  readonly url: string
  readonly finding: Finding | null
  readonly page: PreparedPage
}

/**
 * Compresses the pages that visits (one of each site) brought, before any row is locked, side by side in the threads that
 * Node has for it. Keys are site ids.
 */
export async function preparePages(visits: readonly Visited[]): Promise<Map<number, PreparedPage>> {
  const pages = visits.flatMap(({ siteId, copy, finding }) =>
    copy && !copy.spare ? [prepared(siteId, copy, finding)] : [],
  )
  return new Map(await Promise.all(pages))
}

const prepared = async (siteId: number, page: CarriedPage, finding: Finding | null) =>
  [siteId, await preparePage(page, finding)] as const

/**
 * Says of carried pages what they show by what was believed of them (`visits` are those after that), and compresses
 * the few that only so show something else than the last one kept.
 */
export async function followBelief(
  pages: Map<number, PreparedPage>,
  visits: readonly Visited[],
  lastKept: (siteId: number) => Shown | null,
): Promise<void> {
  const more = visits.flatMap(({ siteId, atMs, result, finding, copy }) => {
    const shows = copy && finding ? shownBy(result.outcome, finding, localDay(atMs)) : null
    if (!copy || shows === null) return []
    const page = pages.get(siteId)
    if (page) pages.set(siteId, { ...page, shows })
    return page || !isNews(shows, lastKept(siteId)) ? [] : [prepared(siteId, { ...copy, shows }, finding)]
  })
  for (const [siteId, page] of await Promise.all(more)) pages.set(siteId, page)
}

export async function preparePage(page: CarriedPage, finding: Finding | null): Promise<PreparedPage> {
  const encoding = finding?.encoding ?? decodePage(page.bytes, undefined).encoding
  return { ...(await packPage(page.bytes)), shows: page.shows, encoding }
}

/** The page of a visit as it is to be kept, if it shows something else than the last one kept (`last`). */
export function toKeep(visit: Visited, page: PreparedPage, last: Shown | null, after: Standing): Kept | null {
  if (visit.lineInDoubt || !isNews(page.shows, last) || !isProof(page.shows, after.availability)) return null
  const { siteId, atMs, result, finding } = visit
  return { siteId, atMs, state: after.state, url: result.finalUrl ?? '', finding, page }
}

/** Keeps pages in the transaction that changes the verdicts they prove, and lets the oldest of their sites go. */
export async function keepPages(tx: Tx, kept: readonly Kept[], keepCount = 20): Promise<void> {
  if (kept.length === 0) return
  await insertCopies(
    tx,
    kept.map(({ atMs, page }) => ({ ...page, keptAt: new Date(atMs) })),
  )
  await insertEvidence(
    tx,
    kept.map(({ siteId, atMs, state, url, finding, page }) => ({
      site_id: siteId,
      at: new Date(atMs),
      shown: page.shows,
      state,
      url,
      finding: finding && JSON.stringify(finding),
      encoding: page.encoding,
      hash: page.hash,
    })),
  )
  const siteIds = kept.map(({ siteId }) => siteId)
  const hashes = await pruneSites(tx, siteIds, keepCount)
  if (hashes.length > 0) await deleteUnused(tx, hashes)
}
