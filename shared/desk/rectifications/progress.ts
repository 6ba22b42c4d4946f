import { z } from 'zod'
import { localDay } from '../../base/time.ts'
import {
  isAtRisk,
  isOverdue,
  isPaused,
  progress,
  type Rectification,
  WORKING_STAGES,
} from './rectifications.ts'

/**
 * How the fixing goes. `raised` are those of the period and `closed` those of them that are; `done` are those closed
 * in the period, whenever raised. What is open, overdue and so on is so now.
 */
export const rectificationFigures = progress.extend({
  done: z.int(),
  open: z.int(),
  atRisk: z.int(),
  paused: z.int(),
  /** Median of the working days from raising to closing of those done by verification; null when there are none. */
  medianWorkdays: z.number().nullable(),
  /** Of those raised that were closed at least once, how many the site failed again after, and their share in per cent. */
  relapsed: z.int(),
  relapseShare: z.number().nullable(),
  /** Of those done, how many were closed by hand against or without the monitor. */
  overridden: z.int(),
})
export type RectificationFigures = z.infer<typeof rectificationFigures>

export const progressReport = z.object({
  /** The period begins here and ends now. */
  since: z.iso.datetime(),
  total: rectificationFigures,
  districts: z.array(rectificationFigures.extend({ district: z.string() })),
})
export type ProgressReport = z.infer<typeof progressReport>

/** Of a rectification, what the figures are made of. */
export type CountedRectification = Pick<
  Rectification,
  | 'stage'
  | 'dueOn'
  | 'dueAt'
  | 'dueHours'
  | 'atRiskOn'
  | 'pause'
  | 'submittedAt'
  | 'raisedAt'
  | 'closedAt'
  | 'relapses'
  | 'overridden'
>

/**
 * The figures of some rectifications: the one place where they are counted.
 * @param rectifications all that are open, and those raised or closed since.
 * @param workdays working days between two days.
 */
export function figuresOf(
  rectifications: readonly CountedRectification[],
  { sinceMs, now }: { sinceMs: number; now: number },
  workdays: (from: string, to: string) => number,
): RectificationFigures {
  const count = (is: (rectification: CountedRectification) => boolean) => rectifications.filter(is).length
  const isWithin = (at: string | null) => at !== null && Date.parse(at) >= sinceMs
  const raised = rectifications.filter((rectification) => isWithin(rectification.raisedAt))
  const done = rectifications.filter(
    (rectification) => rectification.stage === 'closed' && isWithin(rectification.closedAt),
  )
  const ended = raised.filter(
    (rectification) => rectification.stage === 'closed' || rectification.relapses > 0,
  )
  const relapsed = ended.filter((rectification) => rectification.relapses > 0).length
  const verified = done.filter((rectification) => !rectification.overridden)
  return {
    raised: raised.length,
    closed: raised.filter((rectification) => rectification.stage === 'closed').length,
    done: done.length,
    open: count((rectification) => rectification.stage !== 'closed'),
    overdue: count((rectification) => isOverdue(rectification, now)),
    atRisk: count((rectification) => isAtRisk(rectification, now)),
    paused: count(
      (rectification) =>
        WORKING_STAGES.some((stage) => stage === rectification.stage) && isPaused(rectification, now),
    ),
    returned: count((rectification) => rectification.stage === 'returned'),
    verifying: count(
      (rectification) => rectification.stage === 'submitted' || rectification.stage === 'verifying',
    ),
    medianWorkdays: median(verified.flatMap((rectification) => daysTaken(rectification, workdays) ?? [])),
    relapsed,
    relapseShare: ended.length === 0 ? null : Math.round((relapsed * 1000) / ended.length) / 10,
    overridden: done.length - verified.length,
  }
}

function daysTaken(
  { raisedAt, closedAt }: CountedRectification,
  workdays: (from: string, to: string) => number,
): number | null {
  if (closedAt === null) return null
  return workdays(localDay(Date.parse(raisedAt)), localDay(Date.parse(closedAt)))
}

function median(values: number[]): number | null {
  const sorted = values.sort((a, b) => a - b)
  const middle = sorted.length / 2
  const low = sorted[Math.ceil(middle) - 1]
  const high = sorted[Math.floor(middle)]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

/** Who is to be talked to (约谈): units or sites whose rectifications relapsed, ran late or were sent back too often. */
export const offender = z.object({
  id: z.int(),
  name: z.string(),
  district: z.string(),
  /** Rectifications to which any of it happened. */
  rectifications: z.int(),
  relapses: z.int(),
  overdue: z.int(),
  returned: z.int(),
})
export type Offender = z.infer<typeof offender>

const threshold = z.coerce.number().int().min(1).max(100)
const days = z.coerce.number().int().min(1).max(366).default(90)
export const progressQuery = z.object({ days })
/** As often as this within the period, by any one of the three, is too often. */
export const offenderQuery = z.object({
  days,
  by: z.enum(['unit', 'site']).default('unit'),
  district: z.string().optional(),
  relapses: threshold.default(1),
  overdue: threshold.default(2),
  returned: threshold.default(3),
})
export type OffenderQuery = z.output<typeof offenderQuery>
