import type { ReportSums } from '../../../../../shared/census/rounds/submissions/submissions.ts'
import { Refusal } from '../../../../base/refusal.ts'
import { findEdition } from '../../../../register/rule-editions/in-force.ts'
import { lastReported } from '../../../rounds/schedule.ts'
import { sumOf } from '../../../rounds/sites.ts'
import { listSubmissions, tallySubmissions } from '../../../rounds/submissions/queries.ts'
import { todayOf } from '../../../rounds/today.ts'
import { col, type Made, type Making, numbers, Parts } from '../made.ts'

/** Districts and departments of one round, all at once. */
const MOST = 10_000
const SUMS = [
  ...['sites', 'passed', 'failed', 'vetoed', 'open', 'selfChecks', 'selfChecksIn', 'selfChecksLate'],
  ...['alerts', 'rectificationsRaised', 'rectificationsClosed', 'rectificationsOverdue'],
] as const satisfies readonly (keyof ReportSums)[]

/** 半月报: what districts and departments have handed in for a round of reports, with the sums that were drawn then. @throws Refusal invalid */
export async function halfMonthOf({ ctx, db, user, round }: Making): Promise<Made> {
  if (round?.kind !== 'report') throw new Refusal('invalid', 'documents.roundOfOtherKind')
  const now = await todayOf(ctx, db)
  const { total, done, late, overdue } = sumOf(await tallySubmissions(db, user.scope, round.id, now.today))
  const { items } = await listSubmissions(db, user, { round: round.id }, { limit: MOST }, now)
  const kept = await db
    .selectFrom('census_submission')
    .select(['id', 'figures', 'answers'])
    .where('round_id', '=', round.id)
    .where('state', 'in', ['handed_in', 'accepted'])
    .execute()
  const of = new Map(kept.map((row) => [row.id, row]))
  const sums = kept.flatMap(({ figures }) => figures?.sums ?? [])
  const all = Object.fromEntries(SUMS.map((key) => [key, sums.reduce((sum, one) => sum + one[key], 0)]))
  const parts = new Parts().section('handedIn').count({ due: total, handedIn: done, late, overdue })
  parts.table(
    'handedIn',
    [
      ...[col('district', 'district'), col('unit'), col('standing', 'standing'), col('handedInAt', 'time')],
      ...[col('signature'), col('words')],
    ],
    [...items]
      .reverse()
      .map((one) => [
        ...[one.district, one.unit?.name ?? '', one.standing, one.handedIn?.at ?? null],
        ...[one.handedIn?.signature ?? '', of.get(one.id)?.answers?.words ?? ''],
      ]),
  )
  parts.section('sums').count(all)
  parts.table(
    'sums',
    [col('district', 'district'), col('unit'), ...numbers(...SUMS)],
    [...items].reverse().flatMap((one) => {
      const own = of.get(one.id)?.figures?.sums
      return own ? [[one.district, one.unit?.name ?? '', ...SUMS.map((key) => own[key])]] : []
    }),
  )
  return {
    window: { from: round.opensOn, to: lastReported(round) },
    edition: await findEdition(db, round.edition, { revision: round.revision ?? undefined }),
    ...{ denominator: all.sites ?? 0, excluded: [], unmeasured: all.open ?? 0, parts },
  }
}
