import { calendarDay } from '../cast/calendar.ts'
import { chance, choose } from '../cast/random.ts'
import { topicOf } from '../cast/titles.ts'

/** How the letters on a site are kept: all answered; one left for months; a list without any day. */
export type MessageStyle = 'answered' | 'late' | 'undated'

/** A letter that stands in the letter box of a site. */
export interface FleetLetter {
  readonly id: number
  readonly title: string
  /** Number of the day on which it came. */
  readonly day: number
  /** Null: there is no answer yet. */
  readonly answeredDay: number | null
}

/** Most sites have a letter box of which nothing can be seen. */
const [LATE, UNDATED, ANSWERED] = [0.012, 0.035, 0.25]
const BACK_DAYS = 400
const [EVERY_DAYS, ANSWER_DAYS] = [11, 8]
/** The one that nobody answers is so old, and up to `STEP_DAYS` more. */
const [FORGOTTEN_DAYS, STEP_DAYS] = [125, 60]

export function messageStyle(salt: number): MessageStyle | null {
  const share = chance(salt, 81)
  if (share < LATE) return 'late'
  if (share < UNDATED) return 'undated'
  return share < ANSWERED ? 'answered' : null
}

/** The letters in a site's letter box, the newest first. @param today number of the day */
export function fleetLetters(salt: number, today: number): FleetLetter[] {
  const style = messageStyle(salt)
  if (style === null) return []
  const own = Math.floor((today - FORGOTTEN_DAYS) / STEP_DAYS) * STEP_DAYS
  const forgotten = style === 'late' ? own - (own % EVERY_DAYS) + choose(EVERY_DAYS, salt, 82) : null
  const letters: FleetLetter[] = []
  for (let day = today; day > today - BACK_DAYS; day--) {
    if (day % EVERY_DAYS !== choose(EVERY_DAYS, salt, 82)) continue
    const answered = day + 1 + choose(ANSWER_DAYS, salt, day, 83)
    const isOpen = day === forgotten || answered > today
    letters.push({ id: day, title: titleOf(salt, day), day, answeredDay: isOpen ? null : answered })
  }
  return letters
}

const QUESTIONS = [
  '请问{t}在哪里办理',
  '咨询{t}的办理条件和所需材料',
  '关于{t}的几点建议',
  '反映小区{t}有关情况',
  '{t}什么时候能有结果',
]

const titleOf = (salt: number, day: number): string =>
  (QUESTIONS[choose(QUESTIONS.length, salt, day, 84)] ?? '').replace('{t}', topicOf(salt, day))

/** Its day as pages write it. */
export function letterDay(day: number): string {
  const { year, month, day: date } = calendarDay(day)
  return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}
