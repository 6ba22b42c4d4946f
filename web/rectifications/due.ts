import { isOverdue, type Rectification } from '../../shared/rectifications.ts'
import { daysBetween, shanghaiDay } from '../../shared/time.ts'

/** A sentence under `rectifications` and its figure. */
export interface DueWords {
  readonly key: 'dueIn' | 'dueMany' | 'dueToday' | 'late' | 'waits' | 'inTime' | 'lateSubmitted'
  readonly n: number
  readonly isLate: boolean
}

type DueFix = Pick<Rectification, 'stage' | 'dueOn' | 'submittedAt'>

/**
 * How a fix stands to its due day. Days that are left are working days, days late are days of the calendar.
 * @param workdays the next working days after `today`, in order; what is due after the last of them has "more".
 */
export function dueWords(fix: DueFix, today: string, workdays: readonly string[]): DueWords {
  if (isOverdue(fix, today)) return { key: 'late', n: daysBetween(fix.dueOn, today), isLate: true }
  if (fix.stage === 'submitted' || fix.stage === 'verifying') return { key: 'waits', n: 0, isLate: false }
  if (fix.stage === 'closed') return closedWords(fix)
  const left = workdays.filter((day) => day <= fix.dueOn).length
  if (left === 0) return { key: 'dueToday', n: 0, isLate: false }
  return { key: left === workdays.length ? 'dueMany' : 'dueIn', n: left, isLate: false }
}

function closedWords(fix: DueFix): DueWords {
  const isLate = fix.submittedAt !== null && shanghaiDay(Date.parse(fix.submittedAt)) > fix.dueOn
  return { key: isLate ? 'lateSubmitted' : 'inTime', n: 0, isLate }
}

/** Late first, then what is due first; closed ones by their day of closing, latest first. */
export function byUrgency(a: Rectification, b: Rectification): number {
  if (a.closedAt && b.closedAt) return b.closedAt.localeCompare(a.closedAt)
  return a.dueOn.localeCompare(b.dueOn) || a.id - b.id
}
