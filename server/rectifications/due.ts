import { Refusal } from '../refusal.ts'
import { addWorkdays, CALENDAR_YEARS, workdaysBetween } from './workdays.ts'

/** A due day, and the day on which four fifths of the working days before it are used, as columns. */
export interface Term {
  readonly due_on: string
  readonly at_risk_on: string
}

/**
 * The last day of a term of `workdays` Chinese working days that begins the day after `from`; a negative number
 * goes back.
 * @throws Refusal invalid, where the holidays of a year are not known: better none than a wrong day.
 */
export function dueDay(from: string, workdays: number): string {
  return addWorkdays(from, workdays) ?? refuse()
}

/**
 * A term that ends `workdays` working days after `from`.
 * @param given all working days that the fix has been given, by which four fifths are reckoned.
 * @throws Refusal invalid, as `dueDay`.
 */
export function termAfter(from: string, workdays: number, given = workdays): Term {
  const due = dueDay(from, workdays)
  return { due_on: due, at_risk_on: atRiskDay(due, given) }
}

/** The day on which a fifth of the `given` working days, rounded down, is left. */
export function atRiskDay(due: string, given: number): string {
  return addWorkdays(due, -Math.floor(given / 5)) ?? due
}

/** Working days after `from` up to and with `to`. @throws Refusal invalid, as `dueDay`. */
export function workdaysUntil(from: string, to: string): number {
  return workdaysBetween(from, to) ?? refuse()
}

function refuse(): never {
  const { first, last } = CALENDAR_YEARS
  throw new Refusal(
    'invalid',
    `只有 ${first} 至 ${last} 年的放假安排，无法推算。The holidays of ${first} to ${last} only are known, so the day cannot be told.`,
  )
}
