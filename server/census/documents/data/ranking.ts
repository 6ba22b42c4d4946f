import { addDays, localDay } from '../../../../shared/base/time.ts'
import { progressOf } from '../../../desk/rectifications/reports/progress.ts'
import { editionInForce } from '../../../register/rule-editions/in-force.ts'
import { byDistrict } from './deep-report.ts'
import { col, type Made, type Making, numbers, Parts, shareOf } from './made.ts'
import { counted, judged, passRate, sitesOf } from './sites.ts'

/** Rectifications of so many days are looked at. */
const DAYS = 30

/**
 * Districts in an order that says what it is made of: the share of sites that neither a veto nor their points fail, today;
 * beside it how fixing goes. Those that have no site stand in no order.
 */
export async function rankingOf(
  { ctx, db, user }: Making,
  told?: (done: number) => Promise<void>,
): Promise<Made> {
  const edition = editionInForce()
  const atMs = ctx.clock.now()
  const today = localDay(atMs)
  const { sites, excluded } = counted(await sitesOf(db, null))
  const found = await judged(db, sites, edition, { atMs, today }, told)
  const progress = new Map(
    (await progressOf(db, user.scope, DAYS, atMs)).districts.map((one) => [one.district, one]),
  )
  const ranked = byDistrict(found)
    .map((one) => ({ ...one, share: shareOf(one.total - one.failed - one.vetoed, one.total) ?? 0 }))
    .sort((a, b) => b.share - a.share || b.total - a.total || (a.district < b.district ? -1 : 1))
  const all = found.map(({ sheet }) => sheet.outcome)
  const bad = all.filter((one) => one === 'failed' || one === 'vetoed').length
  const parts = new Parts().section('ranking').count({ sites: found.length, notFailed: found.length - bad })
  parts.figure('notFailedShare', shareOf(found.length - bad, found.length), 'percent')
  parts.table(
    'ranking',
    [
      ...[col('rank', 'number'), col('district', 'district'), ...numbers('total', 'failed', 'vetoed')],
      ...[col('notFailedShare', 'percent'), col('passRate', 'percent')],
      ...numbers('raised', 'done', 'open', 'overdue', 'relapsed', 'medianWorkdays'),
    ],
    ranked.map((one, at) => {
      const own = progress.get(one.district)
      return [
        ...[at + 1, one.district, one.total, one.failed, one.vetoed, one.share, passRate(one)],
        ...[own?.raised ?? 0, own?.done ?? 0, own?.open ?? 0, own?.overdue ?? 0, own?.relapsed ?? 0],
        own?.medianWorkdays ?? null,
      ]
    }),
    true,
  )
  const unmeasured = found.filter(({ isUnmeasured }) => isUnmeasured).length
  const window = { from: addDays(today, -DAYS), to: today }
  return { window, edition, denominator: sites.length, excluded, unmeasured, parts }
}
