import { DAY, localMoment, MINUTE } from '../../../../shared/base/time.ts'
import { ZERO_EARLY_MS } from '../../../../shared/census/rounds/guards/guards-rules.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { peopleAt } from '../../../desk/duty/people-at.ts'
import { notify, type Thing } from '../../../desk/notices/notify.ts'
import { peopleOf } from '../../../desk/notifications/news/unit-call.ts'
import { firstTime, type Step } from './once.ts'

const PATH = '/zero-reports'

/**
 * Reminds whoever is to sign a zero report: when it can be signed, at its hour, and when its grace is over; of what is missing then the
 * city's desk hears as well.
 */
export async function remindOfZeroReports(ctx: Pick<Context, 'clock'>, tx: Tx): Promise<void> {
  const nowMs = ctx.clock.now()
  const due = await firstTime(tx, await waiting(tx, nowMs), new Date(nowMs))
  if (due.length === 0) return
  const people = await peopleOf(
    tx,
    due.flatMap(({ unitId }) => unitId ?? []),
  )
  const thing = ({ unit, district, guard: number }: (typeof due)[number]): Thing =>
    unit === null
      ? { text: { word: 'notices.remind.placed', values: { number } }, place: district, path: PATH }
      : { text: { word: 'notices.remind.thing', values: { number, name: unit } }, path: PATH }
  for (const one of due) {
    const desk = { to: 'district', district: one.district } as const
    const own =
      one.unitId === null
        ? (await peopleAt(tx, desk, new Date(nowMs))).map(({ id }) => id)
        : (people.get(one.unitId) ?? [])
    const reason = {
      word: `notices.remind.zero.${one.step}`,
      values: { due: localMoment(one.dueMs) },
    } as const
    await notify(tx, { recipients: own, about: { things: [thing(one)] }, reason }, nowMs)
  }
  const missing = due.filter(({ step }) => step === 'overdue')
  for (const dueMs of new Set(missing.map((one) => one.dueMs))) {
    const called = await peopleAt(tx, { to: 'workgroup' }, new Date(nowMs))
    const things = missing.filter((one) => one.dueMs === dueMs).map(thing)
    const reason = { word: 'notices.remind.zero.overdue', values: { due: localMoment(dueMs) } } as const
    await notify(tx, { recipients: called.map(({ id }) => id), about: { things }, reason }, nowMs)
  }
}

/** Of those of the last day: what is missing for longer is on the wall, and in the closing report. */
async function waiting(tx: Tx, nowMs: number) {
  const rows = await tx
    .selectFrom('census_zero_report as z')
    .innerJoin('census_guard as g', 'g.round_id', 'z.round_id')
    .innerJoin('census_round as r', 'r.id', 'z.round_id')
    .select(['z.id', 'z.district', 'z.unit_id', 'z.unit_name', 'z.due_at', 'g.grace_min', 'g.name'])
    .where('r.state', 'not in', ['planned', 'closed', 'void'])
    .where('z.signed_at', 'is', null)
    .where('z.due_at', '>', new Date(nowMs - DAY))
    .where('z.due_at', '<=', new Date(nowMs + ZERO_EARLY_MS))
    .orderBy('z.id')
    .execute()
  return rows.map((row) => {
    const dueMs = row.due_at.getTime()
    const isPast = nowMs > dueMs + row.grace_min * MINUTE
    const step: Step = isPast ? 'overdue' : nowMs >= dueMs ? 'day' : 'before'
    return {
      ...{ what: 'zero' as const, ref: String(row.id), step, dueMs, district: row.district },
      ...{ unitId: row.unit_id, unit: row.unit_name, guard: row.name },
    }
  })
}
