import { groupBy } from '../../../../shared/base/lists/group.ts'
import { letterNumber } from '../../../../shared/census/letters/letters-rules.ts'
import { addWorkdays } from '../../../../shared/register/workdays/workdays.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import '../../letters/tables.ts'
import type { Today } from '../today.ts'
import { remindEach } from './called.ts'
import { stepOn } from './days.ts'
import { type Due, firstTime } from './once.ts'

/** What was due longer ago is not reminded of any more: who has missed it was told then. */
const RECENT_WORKDAYS = 5

interface DueLetter extends Due {
  readonly id: number
  readonly number: string
  readonly title: string
  readonly dueOn: string
  readonly district: string
  readonly unit: { readonly id: number }
}

/** Reminds departments of the letters that they have to answer: of all of a day at once. */
export async function remindOfLetters(ctx: Pick<Context, 'clock'>, tx: Tx, now: Today): Promise<void> {
  const nowMs = ctx.clock.now()
  const open = await firstTime(tx, await openLetters(tx, now), new Date(nowMs))
  const groups = groupBy(open, ({ unit, dueOn, step }) => `${unit.id}|${dueOn}|${step}`)
  const due = [...groups.values()].flatMap((letters) => {
    const [first] = letters
    return first ? [{ ...first, letters }] : []
  })
  await remindEach(tx, due, telling, nowMs)
}

async function openLetters(tx: Tx, now: Today): Promise<DueLetter[]> {
  const rows = await tx
    .selectFrom('letter')
    .select(['id', 'year', 'serial', 'title', 'act_on', 'district', 'unit_id'])
    .where('act_on', '>=', addWorkdays(now.calendar, now.today, -RECENT_WORKDAYS))
    .where('act_on', '<=', addWorkdays(now.calendar, now.today, RECENT_WORKDAYS))
    .where('unit_id', 'is not', null)
    .orderBy('id')
    .execute()
  return rows.flatMap(({ id, year, serial, title, act_on: dueOn, district, unit_id }) => {
    const step = dueOn && stepOn(dueOn, now)
    if (!step || unit_id === null) return []
    const about = { id, title, dueOn, district: district ?? '', unit: { id: unit_id } }
    return [
      { ...about, number: letterNumber(year, serial), what: 'letter' as const, ref: `${id}|${dueOn}`, step },
    ]
  })
}

const telling = ({ letters, step, dueOn }: DueLetter & { readonly letters: readonly DueLetter[] }) => ({
  about: {
    things: letters.map(({ id, number, title }) => ({
      text: { word: 'notices.remind.thing', values: { number, name: title } } as const,
      path: `/letters/${id}`,
    })),
  },
  reason: {
    word: `notices.remind.${step}`,
    values: { what: { word: 'notices.remind.what.letter' } as const, due: dueOn },
  } as const,
})
