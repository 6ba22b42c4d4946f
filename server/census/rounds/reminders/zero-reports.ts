import { DAY, localMoment, MINUTE } from '../../../../shared/base/time.ts'
import { ZERO_EARLY_MS } from '../../../../shared/census/rounds/guards/guards-rules.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { peopleAt } from '../../../desk/duty/people-at.ts'
import { notify, type Thing } from '../../../desk/notices/notify.ts'
import { remindEach } from './called.ts'
import { type Due, firstTime, type Step } from './once.ts'

const PATH = '/zero-reports'

interface Waiting extends Due {
  readonly dueMs: number
  readonly district: string
  readonly unit: { readonly id: number; readonly name: string } | null
  /** The guarded period's name. */
  readonly guard: string
}

/**
 * Reminds whoever is to sign a zero report: when it can be signed, at its hour, and when its grace is over; of what is missing then the
 * city's desk hears as well. Of a department for which nobody can sign in, its contacts get mail.
 */
export async function remindOfZeroReports(ctx: Pick<Context, 'clock'>, tx: Tx): Promise<void> {
  const nowMs = ctx.clock.now()
  const due = await firstTime(tx, await waiting(tx, nowMs), new Date(nowMs))
  if (due.length === 0) return
  await remindEach(tx, due, telling, nowMs)
  const missing = due.filter(({ step }) => step === 'overdue')
  for (const dueMs of new Set(missing.map((one) => one.dueMs))) {
    const called = await peopleAt(tx, { to: 'workgroup' }, new Date(nowMs))
    const things = missing.filter((one) => one.dueMs === dueMs).map(thingOf)
    const reason = { word: 'notices.remind.zero.overdue', values: { due: localMoment(dueMs) } } as const
    await notify(tx, { recipients: called.map(({ id }) => id), about: { things }, reason }, nowMs)
  }
}

const thingOf = ({ unit, district, guard: number }: Waiting): Thing =>
  unit === null
    ? { text: { word: 'notices.remind.placed', values: { number } }, place: district, path: PATH }
    : { text: { word: 'notices.remind.thing', values: { number, name: unit.name } }, path: PATH }

const telling = (one: Waiting) => {
  const values = { due: localMoment(one.dueMs) }
  return {
    about: { things: [thingOf(one)] },
    reason: { word: `notices.remind.zero.${one.step}`, values } as const,
  }
}

/** Of those of the last day: what is missing for longer is on the wall, and in the closing report. */
async function waiting(tx: Tx, nowMs: number): Promise<Waiting[]> {
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
      unit: row.unit_id === null ? null : { id: row.unit_id, name: row.unit_name ?? '' },
      guard: row.name,
    }
  })
}
