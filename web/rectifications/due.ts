import type { Rectification } from '../../shared/rectifications.ts'
import { isAtRisk, isOverdue, isPaused } from '../../shared/rectifications-rules.ts'
import { shanghaiDay } from '../../shared/time.ts'
import type { CountWorkdays } from './useWorkdays.ts'

/** A sentence under `rectifications` and its figures. */
export interface DueWords {
  readonly key:
    | 'dueIn'
    | 'dueToday'
    | 'late'
    | 'lateToday'
    | 'paused'
    | 'waits'
    | 'inTime'
    | 'lateSubmitted'
    | 'known'
  /** Working days. */
  readonly n: number
  /** The last day of a pause. */
  readonly day: string
  readonly tone: 'late' | 'risk' | 'plain'
}

type DueFix = Pick<Rectification, 'stage' | 'dueOn' | 'atRiskOn' | 'pause' | 'submittedAt'>

/** How a fix stands to its due day, in working days; `known` where the calendar cannot tell how many. */
export function dueWords(fix: DueFix, today: string, count: CountWorkdays): DueWords {
  const say = (key: DueWords['key'], tone: DueWords['tone'] = 'plain', n = 0): DueWords => ({
    key,
    n,
    day: fix.pause?.until ?? '',
    tone,
  })
  if (isOverdue(fix, today)) {
    const late = count(fix.dueOn, today)
    return late ? say('late', 'late', late) : say('lateToday', 'late')
  }
  if (fix.stage === 'submitted' || fix.stage === 'verifying') return say('waits')
  if (fix.stage === 'closed') return wasLate(fix) ? say('lateSubmitted', 'late') : say('inTime')
  if (isPaused(fix, today)) return say('paused')
  const tone = isAtRisk(fix, today) ? 'risk' : 'plain'
  if (fix.dueOn === today) return say('dueToday', tone)
  const left = count(today, fix.dueOn)
  return left === null ? say('known', tone) : say('dueIn', tone, left)
}

function wasLate(fix: DueFix): boolean {
  return fix.submittedAt !== null && shanghaiDay(Date.parse(fix.submittedAt)) > fix.dueOn
}

/** Late first, then what is due first; closed ones by their day of closing, latest first. */
export function byUrgency(a: Rectification, b: Rectification): number {
  if (a.closedAt && b.closedAt) return b.closedAt.localeCompare(a.closedAt)
  return a.dueOn.localeCompare(b.dueOn) || a.id - b.id
}
