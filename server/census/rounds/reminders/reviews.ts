import { groupBy } from '../../../../shared/base/lists/group.ts'
import { roundNumber } from '../../../../shared/census/rounds/rounds-rules.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { notify } from '../../../desk/notices/notify.ts'
import type { Today } from '../today.ts'
import { stepOn } from './days.ts'
import { firstTime } from './once.ts'
import { whatOf } from './submissions.ts'

/** Reminds reviewers of the sites that they have still to look at: each of all of a round at once. */
export async function remindOfReviews(ctx: Pick<Context, 'clock'>, tx: Tx, now: Today): Promise<void> {
  const nowMs = ctx.clock.now()
  const rows = await tx
    .selectFrom('census_review as v')
    .innerJoin('census_round as r', 'r.id', 'v.round_id')
    .innerJoin('census_round_site as s', (join) =>
      join.onRef('s.round_id', '=', 'v.round_id').onRef('s.site_id', '=', 'v.site_id'),
    )
    .select(['v.id', 'v.reviewer_id', 's.name', 'r.kind', 'r.year', 'r.serial', 'r.due_on'])
    .where('r.state', 'not in', ['planned', 'closed', 'void'])
    .where('v.submitted_at', 'is', null)
    .orderBy('v.id')
    .execute()
  const open = rows.flatMap((row) => {
    const step = stepOn(row.due_on, now)
    return step ? [{ ...row, what: 'review' as const, ref: String(row.id), step }] : []
  })
  const groups = groupBy(
    await firstTime(tx, open, new Date(nowMs)),
    ({ reviewer_id, year, serial, step }) => `${reviewer_id}|${year}|${serial}|${step}`,
  )
  for (const of of groups.values()) {
    const [first] = of
    if (!first) continue
    const number = roundNumber(first.kind, first.year, first.serial)
    const things = of.map(({ id, name }) => ({
      text: { word: 'notices.remind.thing', values: { number, name } } as const,
      path: `/reviews/${id}`,
    }))
    const values = { what: whatOf(first.kind), due: first.due_on }
    const reason = { word: `notices.remind.${first.step}`, values } as const
    await notify(tx, { recipients: [first.reviewer_id], about: { things }, reason }, nowMs)
  }
}
