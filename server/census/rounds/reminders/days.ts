import { AT_RISK_WORKDAYS } from '../../../../shared/census/rounds/rounds-rules.ts'
import { isWorkday, workdaysBetween } from '../../../../shared/register/workdays/workdays.ts'
import type { Today } from '../today.ts'
import type { Step } from './once.ts'

/**
 * The step of a reminder on a local day, the last day being one on which it may still be done; null: none. People are
 * reminded on days that are worked, but on the last day itself whatever it is.
 */
export function stepOn(dueOn: string, { today, calendar }: Today): Step | null {
  if (today === dueOn) return 'day'
  if (!isWorkday(calendar, today)) return null
  if (today > dueOn) return 'overdue'
  return workdaysBetween(calendar, today, dueOn) <= AT_RISK_WORKDAYS ? 'before' : null
}
