import { sql, type UpdateObject } from 'kysely'
import { DAY, HOUR, shanghaiDay } from '../../../shared/base/time.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { isProvisional } from '../../../shared/register/workdays/workdays.ts'
import type { Database } from '../../base/db/database.ts'
import { hourTerm, type Reckoning, type Term, workdayTerm } from './terms/due.ts'

/** What becomes of a term; what is reckoned from what is stored is an expression. */
type Change = UpdateObject<Database, 'rectification'>

/**
 * The term of a fix moved by working days (negative: back) or, where it is one of hours, by as many whole days as lie
 * between. It goes on being counted from where it was, so that another calendar moves all of it.
 * @param given all working days that it has been given then.
 */
export function movedBy(
  by: Reckoning,
  fix: Rectification,
  workdays: number,
  days: number,
  given = fix.dueWorkdays,
): Change {
  if (fix.dueAt !== null) return hourTerm(by, Date.parse(fix.dueAt) + days * DAY, fix.dueHours ?? 0)
  const term = workdayTerm(by, fix.dueOn, workdays, given)
  const raisedOn = shanghaiDay(Date.parse(fix.raisedAt))
  return {
    due_on: term.due_on,
    at_risk_on: term.at_risk_on,
    due_in: sql<number | null>`due_in + ${workdays}`,
    due_provisional: isProvisional(by.calendar, raisedOn, term.due_on),
  }
}

/** More working days: from the due day or, once that is past, from today, as nobody is given days that are over. */
export function extendedBy(by: Reckoning, fix: Rectification, workdays: number): Change {
  const given = fix.dueWorkdays + workdays
  const isDay = fix.dueAt === null
  if (isDay && by.today <= fix.dueOn) {
    return { ...movedBy(by, fix, workdays, 0, given), due_workdays: given }
  }
  const from = by.today > fix.dueOn ? by.today : fix.dueOn
  return { ...workdayTerm(by, from, workdays, given), due_workdays: given }
}

/** More hours, from the end of the term or, once that is past, from now. */
export function extendedByHours(by: Reckoning, fix: Rectification, hours: number): Term {
  const endMs = fix.dueAt === null ? by.now : Math.max(by.now, Date.parse(fix.dueAt))
  return hourTerm(by, endMs + hours * HOUR, (fix.dueHours ?? 0) + hours)
}
