import { addDays, HOUR, lastDayOfMonth, monthOf, startOfDay } from '../../../../shared/base/time.ts'
import {
  hotlineOn,
  LETTER_KINDS,
  type LetterKind,
  SITE_FAULTS,
} from '../../../../shared/census/letters/letters-rules.ts'
import { addWorkdays, isWorkday, workdaysBetween } from '../../../../shared/register/workdays/workdays.ts'
import type { Context } from '../../../base/context.ts'
import type { Tx } from '../../../base/db/database.ts'
import { trusted } from '../../../base/db/trusted.ts'
import { diceOf } from '../../../base/dice.ts'
import { insertNumbered, insertWhatBelongs, lockLetters } from '../insert.ts'
import { markOfPerson, markOfText } from '../marks.ts'
import type { PreparedLetter } from '../prepare.ts'
import { rankingOf } from '../ranking/queries.ts'
import { storeRanking } from '../ranking/service.ts'
import { letterTerm, type Reckoning, reckoningIn } from '../terms.ts'
import { type DemoDepartment, demoSteps } from './steps.ts'
import texts from './texts.json' with { type: 'json' }

/** More than half a year, so that half a year of months is over. */
const PAST_DAYS = 225
/** Departments with a hotline; the sites of a city's other units get letters through them. */
const DEPARTMENTS = 52
/** Of so many working days each department gets a letter on one. */
const RARITY = 2
/** Of so many reports one is about the department's own site. */
const ABOUT_SITE = 11
/** These have left some unanswered for months; the others answer in the end. */
const NEGLIGENT = [4, 17, 38]
const ANSWERED_AFTER_DAYS = 70
/** The months that were published. */
const PUBLISHED_MONTHS = 6

/** Letters of more than half a year in the demo, and the months that were published. */
export async function seedLetters(ctx: Context): Promise<void> {
  const { db } = ctx
  if (await db.selectFrom('letter').select('id').limit(1).executeTakeFirst()) return
  const duty = await db
    .selectFrom('user_account')
    .select(['id', 'name'])
    .where('demo', '=', true)
    .where('username', '=', 'duty')
    .executeTakeFirst()
  if (!duty) return
  await db.transaction().execute(async (tx) => {
    await lockLetters(tx)
    const by = await reckoningIn(tx, ctx.clock.now())
    const departments = await departmentsOf(tx)
    if (departments.length === 0) return
    const made: PreparedLetter[] = []
    for (let day = addDays(by.today, -PAST_DAYS); day <= by.today; day = addDays(day, 1)) {
      const received = { on: day, dayAfter: workdaysAfter(by, day) }
      for (const department of departments) {
        const dice = diceOf(`letter ${day} ${department.at}`)
        const isQuiet = !isWorkday(by.calendar, day) && dice % 5 !== 0
        if (dice % RARITY === 0 && !isQuiet)
          made.push(letterOn(by, received, department, dice, duty, departments))
      }
    }
    const ids = await insertNumbered(tx, made)
    await trusted(tx, () => insertWhatBelongs(tx, made, ids))
    await publishMonths(tx, by.today, duty.id)
  })
}

/** Municipal departments and district offices by the order of the register, with the people who answer and approve. */
async function departmentsOf(tx: Tx): Promise<DemoDepartment[]> {
  const units = await tx
    .selectFrom('site')
    .innerJoin('unit', 'unit.id', 'site.unit_id')
    .where('site.demo', '=', true)
    .where('site.level', 'in', ['city_department', 'district_portal'])
    .groupBy(['unit.id', 'unit.name', 'unit.district'])
    .select(['unit.id', 'unit.name', 'unit.district'])
    .select((eb) => [eb.fn.min('site.code').as('code'), eb.fn.min('site.id').as('siteId')])
    .orderBy('code')
    .limit(DEPARTMENTS)
    .execute()
  const people = await tx
    .selectFrom('user_account')
    .select(['id', 'name', 'unit_ids'])
    .where('role', '=', 'unit')
    .where('demo', '=', true)
    .orderBy('id')
    .execute()
  return units.map((unit, at) => {
    const person = people.find(({ unit_ids }) => unit_ids.includes(unit.id))
    return {
      id: unit.id,
      name: unit.name,
      district: unit.district,
      siteId: unit.siteId,
      at,
      person: person ?? null,
    }
  })
}

interface Received {
  readonly on: string
  /** The day on which so many working days have passed since. */
  readonly dayAfter: (workdays: number) => string
}

/** Counts working days from a day on, each number of them once. */
function workdaysAfter({ calendar }: Reckoning, day: string): Received['dayAfter'] {
  const known = new Map<number, string>()
  return (workdays) => {
    const found = known.get(workdays) ?? addWorkdays(calendar, day, workdays)
    known.set(workdays, found)
    return found
  }
}

function letterOn(
  by: Reckoning,
  { on: receivedOn, dayAfter }: Received,
  department: DemoDepartment,
  dice: number,
  duty: { readonly id: number; readonly name: string },
  departments: readonly DemoDepartment[],
): PreparedLetter {
  const kind = kindOf(dice)
  const rules = hotlineOn(receivedOn)
  const fault = kind === 'report' && dice % ABOUT_SITE === 3 ? SITE_FAULTS[(dice >>> 7) % 2] : undefined
  const choices = texts[kind]
  const [title = '', body = '', reply = ''] =
    fault === 'dead' || fault === 'outdated'
      ? texts.sites[fault]
      : (choices[(dice >>> 9) % choices.length] ?? [])
  const isExtended = dice % 41 === 0
  const extended = isExtended ? 5 : null
  const workdays = rules.workdays[kind]
  const term = letterTerm(by, receivedOn, workdays + (extended ?? 0))
  const answeredOn = answerDay(by, { on: receivedOn, dayAfter }, workdays + (extended ?? 0), department, dice)
  const isWaiting = answeredOn === null
  const other = departments[(department.at + 7) % departments.length]
  const story = demoSteps({
    ...{
      receivedOn,
      answeredOn,
      today: by.today,
      department,
      duty,
      dice,
      reply,
      extended,
      other: other ?? department,
    },
    dayAfter,
    satisfiedFrom: rules.rating.satisfiedFrom,
  })
  const phone = `1${String(30_000_000_00 + (dice % 9_000_000)).padStart(10, '0')}`
  const surname = texts.surnames[dice % texts.surnames.length] ?? ''
  const person = {
    name: `${surname}${(dice >>> 6) % 2 === 0 ? '先生' : '女士'}`,
    phone,
    mail: '',
    address: '',
  }
  return {
    letter: {
      ...{ reference: null, via: (dice >>> 8) % 4 === 0 ? 'import' : 'form', kind, title, body },
      mark: markOfText({ title, body: `${body}${receivedOn}${department.at}` }),
      ...{ state: story.state, unit_id: story.unit?.id ?? null, district: story.unit?.district ?? null },
      ...{
        joint_unit_ids: story.joint.map(({ id }) => id),
        joint_districts: story.joint.map(({ district }) => district),
      },
      ...{
        rules: rules.code,
        workdays,
        extended,
        asked: story.asked,
        asked_by: story.asked ? story.by.id : null,
      },
      ...{ received_on: receivedOn, ...term },
      ...{ act_from: isWaiting ? receivedOn : null, act_on: isWaiting ? term.due_on : null },
      ...{ first_answered_on: answeredOn, answered_on: answeredOn },
      reply: answeredOn !== null || story.state === 'reviewing' ? reply : null,
      ...{
        reply_by: story.state === 'reviewing' ? story.by.id : null,
        replied_on: null,
        rating: story.rating,
      },
      published_on: answeredOn !== null && dice % 6 === 0 ? answeredOn : null,
      ...{ merged_into: null, finding_id: null },
      ...{ site_id: fault ? department.siteId : null, fault: fault ?? null },
      created_at: new Date(startOfDay(receivedOn) + 9 * HOUR),
    },
    person: { ...person, mark: markOfPerson(person) },
    steps: story.steps,
  }
}

/** Reports most often, praise least. */
function kindOf(dice: number): LetterKind {
  const share = (dice >>> 3) % 100
  return LETTER_KINDS[share < 46 ? 0 : share < 80 ? 1 : share < 93 ? 2 : 3] ?? 'report'
}

/** The day on which a department answered: most in time, some late, a few never; some departments are slower than others. */
function answerDay(
  by: Reckoning,
  { on: receivedOn, dayAfter }: Received,
  workdays: number,
  { at }: DemoDepartment,
  dice: number,
): string | null {
  const slow = (diceOf(`department ${at}`) % 100) / 100
  const luck = ((dice >>> 13) % 1000) / 1000
  const isOld = addDays(receivedOn, ANSWERED_AFTER_DAYS) <= by.today
  const neglected = NEGLIGENT.includes(at) ? 0.05 : isOld ? 0 : 0.004 + slow * 0.02
  if (luck < neglected) return null
  const isLate = luck < 0.03 + slow * 0.16
  const after = isLate ? workdays + 1 + (dice % 9) : 1 + (dice % Math.max(1, workdays - 1))
  const day = dayAfter(after)
  return day <= by.today && workdaysBetween(by.calendar, receivedOn, day) >= 0 ? day : null
}

/** The last months that are over, each on the third working day of the next. */
async function publishMonths(tx: Tx, today: string, by: number): Promise<void> {
  let month = monthOf(today)
  for (let n = 0; n < PUBLISHED_MONTHS; n += 1) {
    month = monthOf(addDays(`${month}-01`, -1))
    const on = addDays(lastDayOfMonth(month), 4)
    // The last one waits to be published until its day has come.
    if (on > today) continue
    const found = await rankingOf(tx, { kind: 'city' }, month, today)
    if (found.total.due > 0) await storeRanking(tx, found, new Date(startOfDay(on) + 10 * HOUR), by)
  }
}
