import type { Action } from '../../people/rights/rights-rules.ts'
import { type Calendar, workdaysBetween } from '../../register/workdays/workdays.ts'
import hotline from './hotline-2015.json' with { type: 'json' }

/** Reports of what is wrong (情况反映), questions, suggestions, praise. */
export const LETTER_KINDS = ['report', 'question', 'suggestion', 'praise'] as const
export type LetterKind = (typeof LETTER_KINDS)[number]

/** What a letter may say of a site: it does not open, it is out of date, what it says is wrong. */
export const SITE_FAULTS = ['dead', 'outdated', 'wrong'] as const
export type SiteFault = (typeof SITE_FAULTS)[number]

/** How letters came in. */
export const LETTER_WAYS = ['form', 'import'] as const

/** The rules of the hotline as one edition has them: terms in working days, when one is at risk, how months are ranked. */
export interface HotlineRules {
  readonly code: string
  readonly revision: number
  /** The first day that it is in force, YYYY-MM-DD. */
  readonly from: string
  readonly workdays: Readonly<Record<LetterKind, number>>
  /** At risk from so many working days before the last day. */
  readonly atRiskWorkdays: number
  readonly extension: { readonly mostWorkdays: number }
  readonly rating: { readonly least: number; readonly most: number; readonly satisfiedFrom: number }
  /** Who has fewer letters in a month is not ranked; `z` is the normal quantile of the confidence. */
  readonly ranking: { readonly leastLetters: number; readonly confidencePercent: number; readonly z: number }
  /** Letters of the same person, words or site count as likely duplicates within so many days. */
  readonly sameWithinDays: number
  /** Letters of these kinds that have no answer after so many calendar months fail their department's site by this rule. */
  readonly unanswered: {
    readonly rule: string
    readonly kinds: readonly string[]
    readonly months: number
    /** Older ones count no more. */
    readonly withinMonths: number
  }
  /** What a letter about a site becomes: it goes with a live alert of these rules, or is a finding by that rule. */
  readonly about: Readonly<
    Record<SiteFault, { readonly alerts: readonly string[]; readonly finding: string | null }>
  >
}

/** Every edition, the newest first. */
export const HOTLINE_EDITIONS: readonly HotlineRules[] = [hotline]

/** The edition in force on a day; of days before the first, the first. */
export function hotlineOn(day: string): HotlineRules {
  const found = HOTLINE_EDITIONS.find(({ from }) => from <= day) ?? HOTLINE_EDITIONS.at(-1)
  if (!found) throw new Error('the hotline has no edition')
  return found
}

/** As it was recorded, given to a department, sent back by it as not its own, its answer being looked through, answered, closed. */
export const LETTER_STATES = ['received', 'assigned', 'returned', 'reviewing', 'answered', 'closed'] as const
export type LetterState = (typeof LETTER_STATES)[number]
/** Somebody has something to do about it. */
export const OPEN_STATES: readonly LetterState[] = ['received', 'assigned', 'returned', 'reviewing']

/** How a letter stands; it follows from days and is never kept. */
export const LETTER_STANDINGS = ['onTime', 'atRisk', 'overdue', 'inTime', 'late', 'merged'] as const
export type LetterStanding = (typeof LETTER_STANDINGS)[number]

interface Days {
  /** The last day of what is to be done now; null: nothing is. */
  readonly actOn: string | null
  /** The last day of its first answer. */
  readonly dueOn: string
  readonly firstAnsweredOn: string | null
  readonly mergedInto: unknown
}

/** How a letter stands on a local day, the last day being one on which it is answered in time. */
export function letterStanding(
  { actOn, dueOn, firstAnsweredOn, mergedInto }: Days,
  today: string,
  calendar: Calendar,
): LetterStanding {
  if (mergedInto !== null) return 'merged'
  if (actOn !== null) {
    if (today > actOn) return 'overdue'
    return workdaysBetween(calendar, today, actOn) <= hotlineOn(today).atRiskWorkdays ? 'atRisk' : 'onTime'
  }
  return firstAnsweredOn !== null && firstAnsweredOn <= dueOn ? 'inTime' : 'late'
}

/** A step: in which states it is taken, what state follows (null: the same), and the right that it needs. */
interface StepRule {
  readonly from: readonly LetterState[]
  readonly to: LetterState | null
  readonly needs: Action
  /** What has been done, for the audit. */
  readonly did: string
}

const WITH_UNIT = ['assigned', 'reviewing'] as const
const DONE = ['answered', 'closed'] as const

/** What can be done about a letter. */
export const LETTER_STEPS = {
  assign: { from: ['received', 'returned'], to: 'assigned', needs: 'letter.assign', did: 'assigned' },
  transfer: { from: WITH_UNIT, to: 'assigned', needs: 'letter.assign', did: 'transferred' },
  return: { from: ['assigned'], to: 'returned', needs: 'letter.answer', did: 'returned' },
  join: { from: WITH_UNIT, to: null, needs: 'letter.assign', did: 'joined' },
  contribute: { from: WITH_UNIT, to: null, needs: 'letter.answer', did: 'contributed' },
  ask: { from: WITH_UNIT, to: null, needs: 'letter.answer', did: 'asked' },
  extend: { from: WITH_UNIT, to: null, needs: 'letter.assign', did: 'extended' },
  decline: { from: WITH_UNIT, to: null, needs: 'letter.assign', did: 'declined' },
  reply: { from: ['assigned'], to: 'reviewing', needs: 'letter.answer', did: 'replied' },
  revise: { from: ['reviewing'], to: 'assigned', needs: 'letter.review', did: 'revised' },
  approve: { from: ['reviewing'], to: 'answered', needs: 'letter.review', did: 'answered' },
  publish: { from: DONE, to: null, needs: 'letter.publish', did: 'published' },
  unpublish: { from: DONE, to: null, needs: 'letter.publish', did: 'unpublished' },
  rate: { from: DONE, to: null, needs: 'letter.assign', did: 'rated' },
  close: { from: ['answered'], to: 'closed', needs: 'letter.assign', did: 'closed' },
  reopen: { from: DONE, to: 'assigned', needs: 'letter.assign', did: 'reopened' },
  link: { from: [...OPEN_STATES, ...DONE], to: null, needs: 'letter.assign', did: 'linked' },
  merge: { from: OPEN_STATES, to: 'closed', needs: 'letter.assign', did: 'merged' },
  forget: { from: ['closed'], to: null, needs: 'letter.forget', did: 'forgotten' },
} as const satisfies Record<string, StepRule>
export type LetterStep = keyof typeof LETTER_STEPS
export type LetterDid = (typeof LETTER_STEPS)[LetterStep]['did']
export const LETTER_STEP_NAMES = Object.keys(LETTER_STEPS) as LetterStep[]

/** 2026-000123: the 123rd of the year of its receipt. */
export const letterNumber = (year: number, serial: number): string =>
  `${year}-${String(serial).padStart(6, '0')}`

export const MOST_TITLE = 100
export const MOST_BODY = 5000
export const MOST_REPLY = 5000
export const MOST_LETTER_NOTE = 500
/** Steps of one letter, all together. */
export const MOST_STEPS = 200
/** Departments that handle one letter besides the first. */
export const MOST_JOINT = 10
/** Letters of one sheet. */
export const MOST_LETTERS_IMPORTED = 5000
export const MOST_LETTERS_BYTES = 8 * 2 ** 20
