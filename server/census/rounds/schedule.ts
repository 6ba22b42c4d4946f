import { addDays, dayOfWeek, lastDayOfMonth, monthOf } from '../../../shared/base/time.ts'
import { addWorkdays, type Calendar, isWorkday } from '../../../shared/register/workdays/workdays.ts'

export interface Span {
  readonly opensOn: string
  readonly dueOn: string
}

/** Working days after the end of a half month, by which its report is in. */
const REPORT_WORKDAYS = 2
const WEEK = 7

/**
 * The week of a self-check that begins on or after a day: from the first to the last of its working days up to Friday. A
 * week without any (a long holiday) is left out.
 */
export function weekFrom(calendar: Calendar, from: string): Span {
  const monday = addDays(from, (WEEK + 1 - dayOfWeek(from)) % WEEK)
  const worked = [0, 1, 2, 3, 4].map((n) => addDays(monday, n)).filter((day) => isWorkday(calendar, day))
  const [opensOn, dueOn] = [worked[0], worked.at(-1)]
  return opensOn && dueOn ? { opensOn, dueOn } : weekFrom(calendar, addDays(monday, WEEK))
}

/** The half month that begins on or after a day, and when its report is due: two working days after its end. */
export function halfMonthFrom(calendar: Calendar, from: string): Span {
  let opensOn = from
  while (!isFirstOfHalf(opensOn)) opensOn = addDays(opensOn, 1)
  return { opensOn, dueOn: addWorkdays(calendar, lastOfHalf(opensOn), REPORT_WORKDAYS) }
}

const isFirstOfHalf = (day: string): boolean => day.endsWith('-01') || day.endsWith('-16')

function lastOfHalf(day: string): string {
  const middle = `${monthOf(day)}-15`
  return day <= middle ? middle : lastDayOfMonth(monthOf(day))
}

/**
 * The last day that a report tells of: that of the half month in which its round begins, so that the next one does not tell
 * of a day once more; never one after it is due. One by itself, for other days than those of a half month, tells of them all.
 */
export function lastReported({ opensOn, dueOn, repeats }: Span & { readonly repeats: boolean }): string {
  const last = lastOfHalf(opensOn)
  const isOfHalf = isFirstOfHalf(opensOn) && dueOn < lastOfHalf(addDays(last, 1))
  return last < dueOn && (repeats || isOfHalf) ? last : dueOn
}

/** The next round of a kind after one that begins on a day. */
export function nextSpan(calendar: Calendar, kind: 'self_check' | 'report', opensOn: string): Span {
  const after = addDays(opensOn, 1)
  return kind === 'self_check' ? weekFrom(calendar, after) : halfMonthFrom(calendar, after)
}
