import { type Calendar, workdaysBetween } from '../../../register/workdays/workdays.ts'
import { AT_RISK_WORKDAYS } from '../rounds-rules.ts'

export const SUBMISSION_STATES = ['due', 'draft', 'handed_in', 'returned', 'accepted'] as const
export type SubmissionState = (typeof SUBMISSION_STATES)[number]

/** How something to be handed in stands; derived from days. */
export const SUBMISSION_STANDINGS = ['running', 'atRisk', 'overdue', 'onTime', 'late'] as const
export type SubmissionStanding = (typeof SUBMISSION_STANDINGS)[number]

export const isHandedIn = (state: SubmissionState): boolean => state === 'handed_in' || state === 'accepted'

/**
 * How a submission stands on a local day. Whether it was late is told by the day on which it was first handed in: who
 * has to hand in again was in time.
 */
export function submissionStanding(
  {
    state,
    firstOn,
    dueOn,
  }: { readonly state: SubmissionState; readonly firstOn: string | null; readonly dueOn: string },
  today: string,
  calendar: Calendar,
): SubmissionStanding {
  if (isHandedIn(state) && firstOn !== null) return firstOn > dueOn ? 'late' : 'onTime'
  if (today > dueOn) return 'overdue'
  return workdaysBetween(calendar, today, dueOn) <= AT_RISK_WORKDAYS ? 'atRisk' : 'running'
}
