import type { Difference, EvidenceDetail } from '../../../shared/monitor/freshness/evidence.ts'
import type { Scope } from '../../../shared/people/rights/rights.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { inSlices } from '../../base/slices.ts'
import { compareLines, textLines, withContext } from './difference.ts'
import { inertPage } from './inert.ts'
import { textOf, unpackPage } from './pack.ts'
import { findCopy, findEvidence, findPrevious } from './queries.ts'

/** Changed lines shown at most; a page that was made anew has nothing to compare. */
const MAX_SHOWN = 600

/** One kept page with how its text differs from the copy before it. @throws Refusal not_found */
export async function evidenceDetail(db: Db, scope: Scope, id: number): Promise<EvidenceDetail> {
  const found = await findEvidence(db, scope, id)
  if (!found) throw notFound()
  return { ...found, difference: await differenceOf(db, found.siteId, id) }
}

/** A kept page as a document that can do nothing. @throws Refusal not_found */
export async function keptPage(db: Db, scope: Scope, id: number): Promise<string> {
  const found = await findEvidence(db, scope, id)
  if (!found) throw notFound()
  return inSlices(inertPage(await readCopy(db, id), found.finding?.evidence ?? null))
}

async function differenceOf(db: Db, siteId: number, id: number): Promise<Difference | null> {
  const previous = await findPrevious(db, siteId, id)
  if (!previous) return null
  const [before, after] = [await readCopy(db, previous.id), await readCopy(db, id)]
  const lines = compareLines(await inSlices(textLines(before)), await inSlices(textLines(after)))
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
