import { monthsBefore } from '../columns/columns-rules.ts'
import messages from './messages-2015.json' with { type: 'json' }

/** How message columns (留言, 咨询, 信箱 …) are known and read, and when a letter has waited too long, as one edition has it. */
export interface MessageRules {
  readonly code: string
  readonly revision: number
  /** The first day that it is in force, YYYY-MM-DD. */
  readonly from: string
  /** A letter without an answer for longer than so many calendar months is one too many; older than the second counts no more. */
  readonly months: number
  readonly withinMonths: number
  /** What was read longer ago says nothing any more. */
  readonly freshDays: number
  /** Columns of a site, list pages of a column, and pages of single letters that are read at one reading. */
  readonly mostColumns: number
  readonly mostLists: number
  readonly mostLetters: number
  /** What names of columns say, and what says that there is or is not an answer. */
  readonly words: Readonly<
    Record<
      | 'column'
      | 'notColumn'
      | 'waiting'
      | 'answered'
      | 'answer'
      | 'answeredOn'
      | 'state'
      | 'nothing'
      | 'next',
      readonly string[]
    >
  >
}

/** Every edition, the newest first. */
export const MESSAGE_EDITIONS: readonly MessageRules[] = [messages]

/** The edition in force on a day; of days before the first, the first. */
export function messageRulesOn(day: string): MessageRules {
  const found = MESSAGE_EDITIONS.find(({ from }) => from <= day) ?? MESSAGE_EDITIONS.at(-1)
  if (!found) throw new Error('message columns have no edition')
  return found
}

/** A letter that stands in a column without an answer. */
export interface WaitingLetter {
  readonly on: string
  readonly title: string
  readonly url: string | null
}

/** What was read of one message column. */
export interface MessageReading {
  /** Letters with a day on which they came, and those of them that have an answer. */
  readonly dated: number
  readonly answered: number
  /** Letters without an answer, the oldest first. */
  readonly waiting: readonly WaitingLetter[]
  /** Days of letters of which cannot be said whether they have an answer, the oldest first. */
  readonly unclear: readonly string[]
  /** Letters without a day, or with one that is still to come. */
  readonly undated: number
  /** It was read to its end, or as far back as letters count. */
  readonly isWhole: boolean
  /** A script fills the page in the browser: what is in it was not seen. */
  readonly isDrawn: boolean
}

/** A message column, and what was read of it last; null: it could not be opened, or its turn has not come. */
export interface ReadColumn {
  readonly reading: MessageReading | null
}

/** Why nothing can be said of a site's letters. */
export const UNMEASURED = [
  'noColumn',
  'unread',
  'script',
  'noDates',
  'noMarks',
  'tooMany',
  'noLetters',
] as const
export type Unmeasured = (typeof UNMEASURED)[number]

/** What the monitor has seen of the letters on a site itself. */
export interface MessagesVerdict {
  readonly outcome: 'found' | 'clear' | 'unmeasured'
  readonly why: Unmeasured | null
  /** Letters that have waited too long, and some of them, the oldest first. */
  readonly count: number
  readonly some: readonly WaitingLetter[]
}

/** Letters that are named. */
const NAMED = 5

/**
 * V5 from a site's own message columns: a letter that came within the year before `today` and has had no answer for longer than
 * three calendar months; one that stands in several columns is one. That there is none is said only where every column was read to
 * its end, with days and answers.
 * @param today local day
 */
export function judgeMessages(columns: readonly ReadColumn[], today: string): MessagesVerdict {
  const { months, withinMonths } = messageRulesOn(today)
  const [since, before] = [monthsBefore(today, withinMonths), monthsBefore(today, months)]
  const isTooLong = (on: string) => on >= since && on < before
  const readings = columns.flatMap(({ reading }) => reading ?? [])
  const found = eachOnce(readings.flatMap(({ waiting }) => waiting.filter(({ on }) => isTooLong(on)))).sort(
    (a, b) => (a.on < b.on ? -1 : 1),
  )
  if (found.length > 0)
    return { outcome: 'found', why: null, count: found.length, some: found.slice(0, NAMED) }
  const why = whyNot(columns, readings, isTooLong)
  return { outcome: why === null ? 'clear' : 'unmeasured', why, count: 0, some: [] }
}

/** One that stands in two columns, as in one and in that which leads to it, once. */
function eachOnce(letters: readonly WaitingLetter[]): WaitingLetter[] {
  const keyed = letters.map((one, at) => {
    const { url, title, on } = one
    return [url === null ? at : `${url} ${title} ${on}`, one] as const
  })
  return [...new Map(keyed).values()]
}

function whyNot(
  columns: readonly ReadColumn[],
  readings: readonly MessageReading[],
  isTooLong: (on: string) => boolean,
): Unmeasured | null {
  if (columns.length === 0) return 'noColumn'
  if (readings.some(({ isDrawn }) => isDrawn)) return 'script'
  if (readings.length < columns.length) return 'unread'
  if (readings.some(({ undated }) => undated > 0)) return 'noDates'
  if (readings.some(({ unclear }) => unclear.some(isTooLong))) return 'noMarks'
  if (readings.some(({ isWhole }) => !isWhole)) return 'tooMany'
  return readings.every(({ dated }) => dated === 0) ? 'noLetters' : null
}
