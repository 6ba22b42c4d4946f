import { groupBy } from '../../../../shared/base/lists/group.ts'
import { type RoundKind, roundNumber } from '../../../../shared/census/rounds/rounds-rules.ts'
import { addWorkdays } from '../../../../shared/register/workdays/workdays.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import type { Saying } from '../../../base/words/say.ts'
import { notify, type Thing } from '../../../desk/notices/notify.ts'
import type { Today } from '../today.ts'
import { calledFor, remindEach } from './called.ts'
import { stepOn } from './days.ts'
import { type Due, firstTime } from './once.ts'

/**
 * What was due longer ago is not reminded of any more: who has missed it was told then, and the rounds that were never
 * closed before there were reminders are nobody's news.
 */
const RECENT_WORKDAYS = 5

interface Waiting extends Due {
  readonly id: number
  readonly kind: RoundKind
  readonly number: string
  readonly dueOn: string
  readonly district: string
  readonly unit: { readonly id: number; readonly name: string } | null
}

/**
 * Reminds whoever has to hand something in: the people of the unit, else its contacts by mail; the people of the district.
 * A district hears as well which of its units are past the day.
 */
export async function remindOfSubmissions(ctx: Pick<Context, 'clock'>, tx: Tx, now: Today): Promise<void> {
  const nowMs = ctx.clock.now()
  const due = await firstTime(tx, await waiting(tx, now), new Date(nowMs))
  if (due.length === 0) return
  await remindEach(tx, due, telling, nowMs)
  await tellDistricts(tx, due, nowMs)
}

async function waiting(tx: Tx, now: Today): Promise<Waiting[]> {
  const rows = await tx
    .selectFrom('census_submission as s')
    .innerJoin('census_round as r', 'r.id', 's.round_id')
    .leftJoin('census_guard as g', 'g.round_id', 'r.id')
    .select(['s.id', 's.district', 's.unit_id', 's.unit_name', 'r.kind', 'r.year', 'r.serial', 'r.due_on'])
    .where('r.state', 'not in', ['planned', 'closed', 'void'])
    .where('s.state', 'not in', ['handed_in', 'accepted'])
    .where('r.due_on', '>=', addWorkdays(now.calendar, now.today, -RECENT_WORKDAYS))
    // Nobody is asked any more whether they are ready once it has begun.
    .where((eb) => eb.or([eb('g.from_on', 'is', null), eb('g.from_on', '>', now.today)]))
    .orderBy('s.id')
    .execute()
  return rows.flatMap(({ id, district, unit_id, unit_name, kind, year, serial, due_on: dueOn }) => {
    const step = stepOn(dueOn, now)
    const unit = unit_id === null ? null : { id: unit_id, name: unit_name ?? '' }
    const number = roundNumber(kind, year, serial)
    return step
      ? [{ what: 'submission' as const, ref: String(id), step, id, kind, number, dueOn, district, unit }]
      : []
  })
}

/** What a round is, to be said. */
export const whatOf = (kind: RoundKind): Saying => ({ word: `notices.remind.what.${kind}` })

const thingOf = ({ id, number, unit, district }: Waiting): Thing => {
  const path = `/submissions/${id}`
  return unit === null
    ? { text: { word: 'notices.remind.placed', values: { number } }, place: district, path }
    : { text: { word: 'notices.remind.thing', values: { number, name: unit.name } }, path }
}

const telling = (one: Waiting) => ({
  about: { things: [thingOf(one)] },
  reason: { word: `notices.remind.${one.step}`, values: { what: whatOf(one.kind), due: one.dueOn } } as const,
})

/** Of what its units have not handed in a district hears once, all of a round together. */
async function tellDistricts(tx: Tx, due: readonly Waiting[], nowMs: number): Promise<void> {
  const overdue = due.filter(({ step, unit }) => step === 'overdue' && unit !== null)
  const late = groupBy(overdue, ({ district, number }) => `${district}|${number}`)
  for (const of of late.values()) {
    const [first] = of
    if (!first) continue
    const recipients = await calledFor(tx, first.district, nowMs)
    const values = { what: whatOf(first.kind), due: first.dueOn }
    const reason = { word: 'notices.remind.whose.overdue', values } as const
    await notify(tx, { recipients, about: { things: of.map(thingOf) }, reason }, nowMs)
  }
}
