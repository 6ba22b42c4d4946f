import { Refusal } from '../refusal.ts'
import { addWorkdays, CALENDAR_YEARS } from './workdays.ts'

/**
 * The last day of a term of `workdays` Chinese working days that begins the day after `from`.
 * @throws Refusal invalid, where the holidays of a year are not known: better none than a wrong day.
 */
export function dueDay(from: string, workdays: number): string {
  const due = addWorkdays(from, workdays)
  if (due !== null) return due
  const { first, last } = CALENDAR_YEARS
  throw new Refusal(
    'invalid',
    `只有 ${first} 至 ${last} 年的放假安排，无法推算。The holidays of ${first} to ${last} only are known, so the day cannot be told.`,
  )
}
