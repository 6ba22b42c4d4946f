import { addDays, isDay } from '../../../shared/base/time.ts'

/** Days off in a row, as people write them: both days are off. Empty while they are not typed. */
export interface Stretch {
  from: string
  to: string
}

/** Longest that is typed as one; no holiday was ever longer than ten days. */
const MOST_DAYS = 31

/** Single days, in order, as stretches. */
export function toStretches(days: readonly string[]): Stretch[] {
  const stretches: Stretch[] = []
  for (const day of days) {
    const last = stretches.at(-1)
    if (last && addDays(last.to, 1) === day) last.to = day
    else stretches.push({ from: day, to: day })
  }
  return stretches
}

/** The days of stretches; null when one of them is none. */
export function toDays(stretches: readonly Stretch[]): string[] | null {
  const days: string[] = []
  for (const { from, to } of stretches) {
    if (!isDay(from) || !isDay(to) || to < from || to > addDays(from, MOST_DAYS)) return null
    for (let day = from; day <= to; day = addDays(day, 1)) days.push(day)
  }
  return days
}

/** The text of a file: UTF-8, else GBK, in which spreadsheets of this country are written. */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}
