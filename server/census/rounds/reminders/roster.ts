import { addWorkdays, isWorkday } from '../../../../shared/register/workdays/workdays.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { notify } from '../../../desk/notices/notify.ts'
import { desksOf } from '../guards/roster.ts'
import type { Today } from '../today.ts'
import { firstTime, type Step } from './once.ts'

/** Working days before a guarded period from which gaps of its roster are reminded of. */
const AHEAD_WORKDAYS = 2
const CITY = { kind: 'city' } as const

/** Reminds the people of a desk that somebody has to be on duty there throughout a guarded period: before it begins, and in it. */
export async function remindOfRosters(ctx: Pick<Context, 'clock'>, tx: Tx, now: Today): Promise<void> {
  const nowMs = ctx.clock.now()
  const guards = await tx
    .selectFrom('census_guard as g')
    .innerJoin('census_round as r', 'r.id', 'g.round_id')
    .select(['g.round_id', 'g.name', 'g.from_on', 'g.to_on'])
    .where('r.state', 'not in', ['planned', 'closed', 'void'])
    .where('g.to_on', '>=', now.today)
    .execute()
  for (const { round_id, name, from_on: from, to_on: to } of guards) {
    const step = stepOf(from, now)
    if (!step) continue
    const desks = (await desksOf(tx, CITY, round_id, { from, to })).filter(({ uncovered }) => uncovered > 0)
    const due = desks.map((desk) => ({
      ...desk,
      what: 'roster' as const,
      ref: `${round_id}|${desk.district}`,
      step,
    }))
    for (const { district, uncovered } of await firstTime(tx, due, new Date(nowMs))) {
      const text = { word: 'notices.remind.gap', values: { n: Math.ceil(uncovered) } } as const
      const reason = { word: `notices.remind.roster.${step}`, values: { name, due: from } } as const
      await notify(
        tx,
        {
          recipients: await plannersOf(tx, district),
          about: { things: [{ text, place: district, path: '/duty' }] },
          reason,
        },
        nowMs,
      )
    }
  }
}

function stepOf(from: string, { today, calendar }: Today): Exclude<Step, 'overdue'> | null {
  if (today >= from) return 'day'
  return isWorkday(calendar, today) && today >= addWorkdays(calendar, from, -AHEAD_WORKDAYS) ? 'before' : null
}

/** Who plans the duty of a desk: everybody of it, not only who is on duty. */
async function plannersOf(tx: Tx, district: string | null): Promise<number[]> {
  let people = tx.selectFrom('user_account').select('id').where('disabled_at', 'is', null)
  people =
    district === null
      ? people.where('role', '=', 'workgroup')
      : people.where('role', '=', 'district').where((eb) => eb(eb.val(district), '=', eb.fn.any('districts')))
  return (await people.execute()).map(({ id }) => id)
}
