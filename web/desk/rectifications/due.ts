import { addDays, HOUR, shanghaiDay, startOfDay } from '../../../shared/base/time.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import {
  type Due,
  isAtRisk,
  isOverdue,
  isPastDue,
  isPaused,
} from '../../../shared/desk/rectifications/rectifications-rules.ts'
import type { CountWorkdays } from './raise/useWorkdays.ts'

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
    | 'hoursLeft'
    | 'hoursLate'
  /** Working days or, of a term in hours, hours: begun ones that are left, whole ones that it is late. */
  readonly n: number
  /** The last day of a pause. */
  readonly day: string
  readonly tone: 'late' | 'risk' | 'plain'
}

export type DueFix = Pick<Rectification, 'stage' | 'atRiskOn' | 'pause' | 'submittedAt'> & Due

/** How a fix stands to the end of its term; `known` until the calendar is there that tells how many working days. */
export function dueWords(fix: DueFix, now: number, count: CountWorkdays): DueWords {
  const today = shanghaiDay(now)
  const say = (key: DueWords['key'], tone: DueWords['tone'] = 'plain', n = 0): DueWords => ({
    key,
    n,
    day: fix.pause?.until ?? '',
    tone,
  })
  if (isOverdue(fix, now)) {
    if (fix.dueAt) return say('hoursLate', 'late', Math.floor((now - Date.parse(fix.dueAt)) / HOUR))
    const late = count(fix.dueOn, today)
    return late ? say('late', 'late', late) : say('lateToday', 'late')
  }
  if (fix.stage === 'submitted' || fix.stage === 'verifying') return say('waits')
  if (fix.stage === 'closed') return wasLate(fix) ? say('lateSubmitted', 'late') : say('inTime')
  if (isPaused(fix, now)) return say('paused')
  const tone = isAtRisk(fix, now) ? 'risk' : 'plain'
  if (fix.dueAt) return say('hoursLeft', tone, Math.ceil((Date.parse(fix.dueAt) - now) / HOUR))
  if (fix.dueOn === today) return say('dueToday', tone)
  const left = count(today, fix.dueOn)
  return left === null ? say('known', tone) : say('dueIn', tone, left)
}

function wasLate(fix: DueFix): boolean {
  return fix.submittedAt !== null && isPastDue(fix, Date.parse(fix.submittedAt))
}

/** Late first, then what is due first; closed ones by their day of closing, latest first. */
export function byUrgency(a: Rectification, b: Rectification): number {
  if (a.closedAt && b.closedAt) return b.closedAt.localeCompare(a.closedAt)
  return endMs(a) - endMs(b) || a.id - b.id
}

/** When a term is over: of one in days, when its last day is. */
function endMs({ dueAt, dueOn }: Due): number {
  return dueAt ? Date.parse(dueAt) : startOfDay(addDays(dueOn, 1))
}
