import { localDay } from '../../../../shared/base/time.ts'
import type { Db } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { rectificationsById } from '../../../desk/rectifications/queries.ts'
import { editionInForce } from '../../../register/rule-editions/in-force.ts'
import { col, type Made, type Making, Parts } from './made.ts'
import { picturesFor } from './pictures.ts'

/** The rectifications of a site that are not closed, oldest first. */
export async function openRectificationsOf(db: Db, siteId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('rectification')
    .select('id')
    .where('site_id', '=', siteId)
    .where('stage', '<>', 'closed')
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}

/** 整改通知书: what the unit of a site is to mend, and by when. @throws Refusal conflict where nothing is open */
export async function noticeOf({ ctx, db, asked }: Making): Promise<Made> {
  const ids = await openRectificationsOf(db, asked.siteId ?? 0)
  if (ids.length === 0) throw new Refusal('conflict', 'documents.nothingToMend')
  const open = [...(await rectificationsById(db, ids)).values()].sort((a, b) => a.id - b.id)
  const today = localDay(ctx.clock.now())
  const days = open.map(({ raisedAt }) => localDay(Date.parse(raisedAt))).sort()
  const dues = open.map(({ dueOn }) => dueOn).sort()
  const parts = new Parts()
    .section('demanded')
    .figure('open', open.length)
    .figure('unit', open[0]?.unit ?? '', 'text')
    .figure('firstDue', dues[0] ?? null, 'day')
    .figure('lastDue', dues.at(-1) ?? null, 'day')
  parts.table(
    'demanded',
    [
      ...[col('number', 'number'), col('problem'), col('rule', 'rules'), col('raised', 'time')],
      ...[col('due', 'day'), col('stage', 'stage')],
    ],
    open.map((one) => [one.id, one.problem ?? '', one.rules, one.raisedAt, one.dueOn, one.stage]),
  )
  const listed = open.map(({ id }) => ({ id, of: `#${id}` }))
  parts.pictures(await picturesFor(db, 'before', listed))
  return {
    window: { from: days[0] ?? today, to: today },
    edition: editionInForce(),
    ...{ denominator: 1, excluded: [], unmeasured: 0, parts },
  }
}
