import { localDay } from '../../../../../shared/base/time.ts'
import type { Round } from '../../../../../shared/census/rounds/rounds.ts'
import { editionInForce } from '../../../../register/rule-editions/in-force.ts'
import { col, type Making, type Parts } from '../made.ts'
import { judged, type ListedSite } from '../sites.ts'
import { drawnAndFailed, lastClosedBefore } from './last-round.ts'

/**
 * The re-check of the last time: each site that failed the spot check before, by what the monitor and persons say of it
 * now. One that nothing fails any more counts as mended; so far, where something of it is not measured.
 */
export async function addRecheck(
  parts: Parts,
  { ctx, db }: Making,
  round: Round,
  told?: (done: number) => Promise<void>,
): Promise<void> {
  const before = await lastClosedBefore(db, round.id)
  parts.section('recheck')
  if (!before) {
    parts.count({ rechecked: 0 })
    return
  }
  const failed = await drawnAndFailed(db, before.id)
  const sites: ListedSite[] = failed.map(({ result: _, ...site }) => site)
  const atMs = ctx.clock.now()
  const now = await judged(db, sites, editionInForce(), { atMs, today: localDay(atMs) }, told)
  const isBad = (outcome: string) => outcome === 'vetoed' || outcome === 'failed'
  const left = now.filter(({ sheet }) => isBad(sheet.outcome)).length
  parts.figure('lastRound', before.number, 'text')
  parts.count({ rechecked: now.length, mended: now.length - left, stillFailing: left })
  parts.table(
    'recheck',
    [
      ...[col('code'), col('site'), col('district', 'district'), col('unit'), col('before', 'outcome')],
      ...[col('now', 'outcome'), col('reasons', 'rules')],
    ],
    now.map((site, at) => [
      ...[site.code, site.name, site.district, site.unit, failed[at]?.result ?? null, site.sheet.outcome],
      site.sheet.vetoes,
    ]),
  )
}
