import { sql, type UpdateObject } from 'kysely'
import { HOUR, localDay } from '../../../shared/base/time.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { isProvisional } from '../../../shared/register/workdays/workdays.ts'
import type { Database } from '../../base/db/database.ts'
import { hourTerm, type Reckoning, type Term, workdayTerm } from './terms/due.ts'

/** What becomes of a term; what is reckoned from what is stored is an expression. */
type Change = UpdateObject<Database, 'rectification'>

/**
 * The term of a rectification moved by working days (negative: back) or, where it is one of hours, by the time that lies between
 * (`ms`). It goes on being counted from where it was, so that another calendar moves all of it.
 * @param given all working days that it has been given then.
 */
export function movedBy(
  by: Reckoning,
  rectification: Rectification,
  workdays: number,
  ms: number,
  given = rectification.dueWorkdays,
): Change {
  if (rectification.dueAt !== null)
    return hourTerm(by, Date.parse(rectification.dueAt) + ms, rectification.dueHours ?? 0)
  const term = workdayTerm(by, rectification.dueOn, workdays, given)
  const raisedOn = localDay(Date.parse(rectification.raisedAt))
  return {
    due_on: term.due_on,
    at_risk_on: term.at_risk_on,
    due_in: sql<number | null>`due_in + ${workdays}`,
    due_provisional: isProvisional(by.calendar, raisedOn, term.due_on),
  }
}

/** More working days: from the due day or, once that is past, from today, as nobody is given days that are over. */
export function extendedBy(by: Reckoning, rectification: Rectification, workdays: number): Change {
  const given = rectification.dueWorkdays + workdays
  const isDay = rectification.dueAt === null
  if (isDay && by.today <= rectification.dueOn) {
    return { ...movedBy(by, rectification, workdays, 0, given), due_workdays: given }
  }
  const from = by.today > rectification.dueOn ? by.today : rectification.dueOn
  return { ...workdayTerm(by, from, workdays, given), due_workdays: given }
}

/** More hours, from the end of the term or, once that is past, from now. */
export function extendedByHours(by: Reckoning, rectification: Rectification, hours: number): Term {
  const endMs = rectification.dueAt === null ? by.now : Math.max(by.now, Date.parse(rectification.dueAt))
  return hourTerm(by, endMs + hours * HOUR, (rectification.dueHours ?? 0) + hours)
}
