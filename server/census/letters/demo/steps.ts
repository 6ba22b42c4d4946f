import { HOUR, startOfDay } from '../../../../shared/base/time.ts'
import type { LetterState, LetterStep } from '../../../../shared/census/letters/letters-rules.ts'
import type { PreparedLetter } from '../prepare.ts'
import texts from './texts.json' with { type: 'json' }

/** A department of the demo that answers letters. */
export interface DemoDepartment {
  readonly id: number
  readonly name: string
  readonly district: string
  /** Its own site. */
  readonly siteId: number
  /** Its place among them. */
  readonly at: number
  /** Who answers for it; where nobody can sign in, the working group does. */
  readonly person: { readonly id: number; readonly name: string } | null
}

interface Told {
  readonly receivedOn: string
  readonly answeredOn: string | null
  readonly today: string
  readonly department: DemoDepartment
  readonly other: DemoDepartment
  readonly duty: { readonly id: number; readonly name: string }
  readonly dice: number
  readonly reply: string
  readonly extended: number | null
  readonly satisfiedFrom: number
  /** The day after so many working days. */
  readonly dayAfter: (n: number) => string
}

interface Story {
  readonly steps: PreparedLetter['steps']
  readonly state: LetterState
  readonly unit: DemoDepartment | null
  readonly joint: readonly DemoDepartment[]
  readonly asked: number | null
  readonly rating: number | null
  /** Who has answered or asked. */
  readonly by: { readonly id: number; readonly name: string }
}

/** What was done about a letter of the demo, as far as its days have come. */
export function demoSteps(told: Told): Story {
  const { receivedOn, answeredOn, today, department, other, duty, dice, dayAfter } = told
  const by = department.person ?? duty
  const steps: PreparedLetter['steps'][number][] = []
  const add = (
    step: LetterStep | 'record',
    day: string,
    who: Told['duty'],
    more: { readonly unit?: DemoDepartment; readonly number?: number; readonly text?: string } = {},
  ) =>
    steps.push({
      ...{ step, at: new Date(startOfDay(day) + (9 + (steps.length % 8)) * HOUR), on_day: null },
      ...{ actor_id: who.id, actor_name: who.name, text: more.text ?? '', number: more.number ?? null },
      ...{ unit_id: more.unit?.id ?? null, unit_name: more.unit?.name ?? null },
    })
  const isNew = answeredOn === null && receivedOn === today
  add('record', receivedOn, duty)
  if (isNew && (dice >>> 2) % 2 === 0) return { ...NONE, steps, state: 'received', by }
  const isFresh = answeredOn === null && dayAfter(1) <= today && dayAfter(4) >= today
  const isReturned = isFresh && (dice >>> 4) % 4 === 1
  const wasWrong = isReturned || (dice % 29 === 0 && dayAfter(2) <= (answeredOn ?? today))
  if (wasWrong) {
    add('assign', receivedOn, duty, { unit: other })
    add('return', dayAfter(1), other.person ?? duty, { text: texts.returned })
  }
  if (isReturned) return { ...NONE, steps, state: 'returned', by }
  add('assign', wasWrong ? dayAfter(2) : receivedOn, duty, {
    unit: department,
    text: wasWrong ? texts.transferred : '',
  })
  const isJoint = dice % 37 === 0 && dayAfter(1) <= (answeredOn ?? today)
  if (isJoint) {
    add('join', dayAfter(1), duty, { unit: other })
    add('contribute', dayAfter(1), other.person ?? duty, { unit: other, text: texts.contributed })
  }
  if (told.extended !== null) {
    add('ask', receivedOn, by, { number: told.extended, text: texts.asked })
    add('extend', receivedOn, duty, { number: told.extended, text: texts.extended })
  }
  const common = { steps, unit: department, joint: isJoint ? [other] : [], by }
  if (answeredOn === null) {
    const isWritten = dice % 7 === 0 && by !== duty
    if (isWritten) add('reply', today, by, { text: told.reply })
    const isAsking = !isWritten && told.extended === null && dice % 17 === 0
    if (isAsking) add('ask', today, by, { number: 5, text: texts.asked })
    return {
      ...common,
      state: isWritten ? 'reviewing' : 'assigned',
      asked: isAsking ? 5 : null,
      rating: null,
    }
  }
  add('reply', answeredOn, by, { text: told.reply })
  add('approve', answeredOn, duty)
  const rating = dice % 5 < 2 ? null : ratingOf(told)
  if (rating !== null) add('rate', answeredOn, duty, { number: rating })
  const isClosed = dayAfter(25) <= today
  if (isClosed) add('close', dayAfter(25), duty)
  return { ...common, state: isClosed ? 'closed' : 'answered', asked: null, rating }
}

const NONE = { unit: null, joint: [], asked: null, rating: null } as const

/** Who has waited longer is less satisfied. */
function ratingOf({ dice, satisfiedFrom, answeredOn, dayAfter }: Told): number {
  const isQuick = answeredOn !== null && answeredOn <= dayAfter(5)
  const share = (dice >>> 5) % 100
  if (share < (isQuick ? 90 : 74)) return satisfiedFrom + (share % 2)
  return 1 + (share % (satisfiedFrom - 1))
}
