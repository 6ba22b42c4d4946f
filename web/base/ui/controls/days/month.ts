import { addDays, DAY, dayOfNumber, dayOfWeek } from '../../../../../shared/base/time.ts'

/** The weeks of the month in which a day lies, Monday first, whole: days of the months beside it fill them. */
export function weeksOf(day: string): readonly (readonly string[])[] {
  const first = `${day.slice(0, 8)}01`
  const start = addDays(first, 1 - (dayOfWeek(first) || 7))
  const weeks = Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, place) => addDays(start, week * 7 + place)),
  )
  return weeks.filter((week) => week.some((one) => one.slice(0, 7) === day.slice(0, 7)))
}

/** The same day of another month, or the last that it has. */
export function addMonths(day: string, months: number): string {
  const at = new Date(`${day.slice(0, 8)}01T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + months)
  const first = dayOfNumber(at.getTime() / DAY)
  at.setUTCMonth(at.getUTCMonth() + 1, 0)
  const last = dayOfNumber(at.getTime() / DAY)
  const same = `${first.slice(0, 8)}${day.slice(8)}`
  return same > last ? last : same
}
