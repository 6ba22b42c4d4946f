import type { ClosingRow } from '../../../../../shared/census/rounds/guards/guards.ts'
import { Refusal } from '../../../../base/refusal.ts'
import { closingReportOf } from '../../../rounds/guards/report.ts'
import { col, type Made, type Making, numbers, Parts } from '../made.ts'

const COUNTED = [
  ...['sites', 'visits', 'failed', 'outages', 'outageSites', 'rectifications', 'rectificationsVerified'],
  ...['asked', 'answered', 'unready', 'due', 'onTime', 'late', 'missing'],
] as const satisfies readonly (keyof ClosingRow)[]
/** What is called otherwise elsewhere. */
const keyOf = (key: (typeof COUNTED)[number]) => `guard.${key}`
type Sums = Omit<ClosingRow, 'district' | 'uncovered'>

/** 保障总结 of a guarded period: the closing report as the page of the round has it. @throws Refusal invalid, not_found */
export async function closingDocument({ ctx, db, user, round }: Making): Promise<Made> {
  if (round?.kind !== 'guard' || !round.guard) throw new Refusal('invalid', 'documents.roundOfOtherKind')
  const report = await closingReportOf({ ...ctx, db }, user, round)
  const parts = new Parts().section('overview')
  if (report.all) {
    const { all } = report
    parts.count(Object.fromEntries(COUNTED.map((key) => [keyOf(key), all[key]])))
    parts.count({ takenMedian: all.taken.median, takenLongest: all.taken.longest })
    parts.count({ recoveredMedian: all.recovered.median, recoveredLongest: all.recovered.longest })
  }
  const rowOf = (row: Sums) => COUNTED.map((key) => row[key])
  parts.table(
    'guarded',
    [col('district', 'district'), ...numbers(...COUNTED.map(keyOf), 'uncovered')],
    report.districts.map((row) => [row.district, ...rowOf(row), row.uncovered]),
  )
  parts.section('outages').table(
    'outages',
    [
      ...[col('site'), col('district', 'district'), col('opened', 'time'), col('taken', 'time')],
      ...[col('person'), col('resolved', 'time')],
    ],
    report.outages.map((one) => [
      one.site,
      one.district,
      one.openedAt,
      one.takenAt,
      one.takenBy,
      one.resolvedAt,
    ]),
  )
  parts.section('noted').table(
    'noted',
    [
      col('district', 'district'),
      col('unit'),
      col('dueAt', 'time'),
      col('standing', 'standing'),
      col('text'),
    ],
    report.noted.map((one) => [
      one.district,
      one.unit?.name ?? '',
      one.dueAt,
      one.standing,
      one.happened ?? '',
    ]),
  )
  parts.section('unready').table(
    'unready',
    [col('site'), col('district', 'district'), col('unit'), col('note')],
    report.unready.map((one) => [one.site, one.district, one.unit, one.why]),
  )
  const denominator = report.all?.sites ?? report.districts.reduce((sum, { sites }) => sum + sites, 0)
  return {
    window: { from: report.from, to: report.to },
    edition: null,
    denominator,
    excluded: [],
    unmeasured: 0,
    parts,
  }
}
