import { addDays, HOUR, localDay, startOfDay } from '../../../shared/base/time.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import {
  type Due,
  isAtRisk,
  isCheckedByPerson,
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
    | 'waitsForPerson'
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

export type DueRectification = Pick<Rectification, 'stage' | 'atRiskOn' | 'pause' | 'submittedAt'> & {
  readonly rules: readonly string[]
} & Due

/** How a rectification stands to the end of its term; `known` until the calendar is there that tells how many working days. */
export function dueWords(rectification: DueRectification, now: number, count: CountWorkdays): DueWords {
  const today = localDay(now)
  const say = (key: DueWords['key'], tone: DueWords['tone'] = 'plain', n = 0): DueWords => ({
    key,
    n,
    day: rectification.pause?.until ?? '',
    tone,
  })
  if (isOverdue(rectification, now)) {
    if (rectification.dueAt)
      return say('hoursLate', 'late', Math.floor((now - Date.parse(rectification.dueAt)) / HOUR))
    const late = count(rectification.dueOn, today)
    return late ? say('late', 'late', late) : say('lateToday', 'late')
  }
  if (rectification.stage === 'submitted' || rectification.stage === 'verifying')
    return say(isCheckedByPerson(rectification) ? 'waitsForPerson' : 'waits')
  if (rectification.stage === 'closed')
    return wasLate(rectification) ? say('lateSubmitted', 'late') : say('inTime')
  if (isPaused(rectification, now)) return say('paused')
  const tone = isAtRisk(rectification, now) ? 'risk' : 'plain'
  if (rectification.dueAt)
    return say('hoursLeft', tone, Math.ceil((Date.parse(rectification.dueAt) - now) / HOUR))
  if (rectification.dueOn === today) return say('dueToday', tone)
  const left = count(today, rectification.dueOn)
  return left === null ? say('known', tone) : say('dueIn', tone, left)
}

function wasLate(rectification: DueRectification): boolean {
  return rectification.submittedAt !== null && isPastDue(rectification, Date.parse(rectification.submittedAt))
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
