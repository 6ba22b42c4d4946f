import { HOUR, localDay } from '../../../../shared/base/time.ts'
import { riskMsOf, type TermLength } from '../../../../shared/desk/rectifications/deadlines.ts'
import {
  addWorkdays,
  isProvisional,
  lastKnowableDay,
  workdaysBetween,
} from '../../../../shared/register/workdays/workdays.ts'
import type { Db } from '../../../base/db/database.ts'
import { Refusal } from '../../../base/refusal.ts'
import { BUILT_IN_YEARS } from '../../../register/workdays/builtin.ts'
import { type CalendarInForce, calendarIn } from '../../../register/workdays/calendar.ts'

/** By which calendar days are reckoned, and from which today. */
export interface Reckoning extends CalendarInForce {
  readonly now: number
  readonly today: string
}

/** Reads the calendar in force. @param now epoch ms. */
export async function reckoningIn(db: Db, now: number): Promise<Reckoning> {
  return { ...(await calendarIn(db)), now, today: localDay(now) }
}

/** The term of a rectification, as columns: see `RectificationTable`. */
export interface Term {
  readonly due_on: string
  /** The day on which four fifths of it are used. */
  readonly at_risk_on: string
  readonly due_at: Date | null
  readonly due_hours: number | null
  readonly due_from: string | null
  readonly due_in: number | null
  readonly due_provisional: boolean
  readonly calendar_revision: number
}

/**
 * The last day of a term of `workdays` Chinese working days that begins the day after `from`, and whether it rests
 * on a year whose holidays are not announced yet; a negative number goes back.
 * @throws Refusal invalid, where no calendar can know: more than two years ahead, and before the years that are kept.
 */
export function dueDay(
  { calendar, today }: Pick<Reckoning, 'calendar' | 'today'>,
  from: string,
  workdays: number,
): { due: string; provisional: boolean } {
  const last = lastKnowableDay(today)
  if (from > last) throw tooFar(last)
  const due = addWorkdays(calendar, from, workdays)
  if (due > last) throw tooFar(last)
  if (from < `${BUILT_IN_YEARS.first}`) throw tooEarly()
  return { due, provisional: isProvisional(calendar, from, due) }
}

/** @param given all working days that the rectification has been given, by which four fifths are reckoned. */
export function workdayTerm(by: Reckoning, from: string, workdays: number, given = workdays): Term {
  const { due, provisional } = dueDay(by, from, workdays)
  return {
    due_on: due,
    at_risk_on: atRiskDay(by, due, given),
    due_at: null,
    due_hours: null,
    due_from: from,
    due_in: workdays,
    due_provisional: provisional,
    calendar_revision: by.revision,
  }
}

/** A term that ends at an instant (epoch ms), after so many hours in all. */
export function hourTerm(by: Reckoning, dueMs: number, hours: number): Term {
  return {
    due_on: localDay(dueMs),
    at_risk_on: localDay(dueMs - riskMsOf(hours)),
    due_at: new Date(dueMs),
    due_hours: hours,
    due_from: null,
    due_in: null,
    due_provisional: false,
    calendar_revision: by.revision,
  }
}

/** A term that begins now. */
export function termOf(by: Reckoning, length: TermLength): Term {
  return 'hours' in length
    ? hourTerm(by, by.now + length.hours * HOUR, length.hours)
    : workdayTerm(by, by.today, length.workdays)
}

/** The day on which a fifth of the `given` working days, rounded down, is left. */
export function atRiskDay({ calendar }: Pick<Reckoning, 'calendar'>, due: string, given: number): string {
  return addWorkdays(calendar, due, -Math.floor(given / 5))
}

/** Working days after `from` up to and with `to`. @throws Refusal invalid, as `dueDay`. */
export function workdaysUntil(by: Reckoning, from: string, to: string): number {
  const last = lastKnowableDay(by.today)
  if (to > last) throw tooFar(last)
  return workdaysBetween(by.calendar, from, to)
}

function tooFar(last: string): Refusal {
  return new Refusal('invalid', 'rectifications.nobodyKnowsHolidaysAfter', { values: { last } })
}

function tooEarly(): Refusal {
  const { first } = BUILT_IN_YEARS
  return new Refusal('invalid', 'rectifications.holidaysBeforeNotKnown', { values: { first } })
}
