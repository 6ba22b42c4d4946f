import { localDay } from '../../../shared/base/time.ts'
import type { Difference, EvidenceDetail, SiteEvidence } from '../../../shared/monitor/freshness/evidence.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { inSlices } from '../../base/slices.ts'
import { shownFinding } from '../findings/shown.ts'
import { shownAddress } from '../persons/address.ts'
import { compareLines, textLines, withContext } from './difference.ts'
import { inertPage } from './inert.ts'
import { textOf, unpackPage } from './pack.ts'
import { findCopy, findEvidence, findPrevious, listEvidence } from './queries.ts'

/** Changed lines shown at most; a page that was made anew has nothing to compare. */
const MAX_SHOWN = 600

/** The kept pages of a site, newest first. */
export async function evidenceOfSite(db: Db, siteId: number): Promise<SiteEvidence[]> {
  return (await listEvidence(db, siteId)).map(shown)
}

/** One kept page with how its text differs from the copy before it. @throws Refusal not_found */
export async function evidenceDetail(db: Db, scope: Scope, id: number): Promise<EvidenceDetail> {
  const found = await findEvidence(db, scope, id)
  if (!found) throw notFound()
  return { ...shown(found), difference: await differenceOf(db, found) }
}

/** A kept page as a document that can do nothing. @throws Refusal not_found */
export async function keptPage(db: Db, scope: Scope, id: number): Promise<string> {
  const found = await findEvidence(db, scope, id)
  if (!found) throw notFound()
  return inSlices(inertPage(await readCopy(db, id), found.finding?.evidence ?? null, dayOf(found)))
}

/** What is kept is whole, as proof; what is shown of it names nobody. */
const shown = <T extends SiteEvidence>(one: T): T => ({
  ...one,
  url: shownAddress(one.url, dayOf(one)),
  finding: one.finding && shownFinding(one.finding, dayOf(one)),
})

const dayOf = ({ at }: Pick<SiteEvidence, 'at'>): string => localDay(Date.parse(at))

async function differenceOf(db: Db, { siteId, id, ...one }: SiteEvidence): Promise<Difference | null> {
  const previous = await findPrevious(db, siteId, id)
  if (!previous) return null
  const [before, after] = [await readCopy(db, previous.id), await readCopy(db, id)]
  const today = dayOf(one)
  const lines = compareLines(
    await inSlices(textLines(before, today)),
    await inSlices(textLines(after, today)),
  )
  return {
    previousId: previous.id,
    previousAt: previous.at.toISOString(),
    added: lines.filter(({ change }) => change === 'added').length,
    removed: lines.filter(({ change }) => change === 'removed').length,
    lines: withContext(lines).slice(0, MAX_SHOWN),
  }
}

async function readCopy(db: Db, id: number): Promise<string> {
  const copy = await findCopy(db, id)
  if (!copy) throw notFound()
  return textOf(await unpackPage(copy.bytes), copy.encoding)
}

const notFound = () => new Refusal('not_found', 'evidence.noSuchEvidence')
