import { isOverdue, type Rectification } from '../../shared/rectifications.ts'
import { daysBetween, shanghaiDay } from '../../shared/time.ts'

/** A sentence under `rectifications` and its figure. */
export interface DueWords {
  readonly key: 'dueIn' | 'dueToday' | 'late' | 'waits' | 'inTime' | 'lateSubmitted'
  readonly n: number
  readonly isLate: boolean
}

type DueFix = Pick<Rectification, 'stage' | 'dueOn' | 'submittedAt'>

/** How a fix stands to its due day, in days of the calendar: working days have made the day, and it stands beside. */
export function dueWords(fix: DueFix, today: string): DueWords {
  if (isOverdue(fix, today)) return { key: 'late', n: daysBetween(fix.dueOn, today), isLate: true }
  if (fix.stage === 'submitted' || fix.stage === 'verifying') return { key: 'waits', n: 0, isLate: false }
  if (fix.stage === 'closed') return closedWords(fix)
  const left = daysBetween(today, fix.dueOn)
  return { key: left === 0 ? 'dueToday' : 'dueIn', n: left, isLate: false }
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
