import { addDays } from '../../../shared/base/time.ts'
import type { CalendarProblem } from '../../../shared/register/workdays/calendar.ts'
import { type Calendar, isWeekend, isWorkday } from '../../../shared/register/workdays/workdays.ts'
import type { YearDays } from './builtin.ts'

/**
 * What a year may look like. The numbers stand around those of 2004 to 2026: 248 to 252 days worked, 16 to 23 weekdays
 * off, 5 to 12 weekends worked, at most 10 days off in a row. Source: the State Council's yearly notices.
 */
export const PLAUSIBLE = {
  workdays: { least: 244, most: 255 },
  weekdaysOff: { least: 11, most: 28 },
  worked: { most: 14 },
  run: { most: 12 },
  /** Statutory holidays with a fixed date (《全国年节及纪念日放假办法》). */
  holidays: ['01-01', '05-01', '10-01', '10-02', '10-03'],
  /** The first day of the lunar year lies within these; at least so many days in a row are off around it. */
  springFestival: { from: '01-20', to: '02-22', least: 5 },
} as const

/**
 * What is wrong or strange with the days of a year, by themselves.
 * @param isChina whether they are to look like a year of China's, with its holidays.
 */
export function problemsOf(year: number, { off, worked }: YearDays, isChina = true): CalendarProblem[] {
  const all = [...off, ...worked]
  if (all.length === 0) return [error('noYear', [])]
  const calendar: Calendar = { years: new Set([year]), off: new Set(off), worked: new Set(worked) }
  const wrong = [
    ...some(
      'otherYear',
      all.filter((day) => !day.startsWith(`${year}-`)),
    ),
    ...some(
      'both',
      off.filter((day) => calendar.worked.has(day)),
    ),
    ...some(
      'workedWeekday',
      worked.filter((day) => !isWeekend(day)),
    ),
  ]
  return isChina ? [...wrong, ...unlikeChina(year, calendar)] : wrong
}

function unlikeChina(year: number, calendar: Calendar): CalendarProblem[] {
  const weekdaysOff = [...calendar.off].filter((day) => !isWeekend(day)).length
  const count = workdaysIn(calendar, year)
  const { workdays, weekdaysOff: allowed, run } = PLAUSIBLE
  const missing = PLAUSIBLE.holidays.map((day) => `${year}-${day}`).filter((day) => isWorkday(calendar, day))
  const runs = runsOff(daysOf(year), calendar)
  const spring = runs.some(isSpringFestival(year))
  const long = runs.find((days) => days.length > run.most)
  return [
    ...(weekdaysOff < allowed.least ? [error('tooFewOff', [])] : []),
    ...(weekdaysOff > allowed.most ? [error('tooManyOff', [])] : []),
    ...(calendar.worked.size > PLAUSIBLE.worked.most ? [error('tooManyWorked', [])] : []),
    ...(count < workdays.least || count > workdays.most ? [error('workdays', [])] : []),
    ...some('missingHoliday', missing),
    ...(spring ? [] : [error('noSpringFestival', [])]),
    ...(long ? [{ level: 'warning', code: 'longRun', days: long } as const] : []),
  ]
}

function error(code: CalendarProblem['code'], days: readonly string[]): CalendarProblem {
  return { level: 'error', code, days: [...days] }
}

const some = (code: CalendarProblem['code'], days: readonly string[]) =>
  days.length === 0 ? [] : [error(code, days)]

/** Every day of a year. */
export function daysOf(year: number): string[] {
  const days = []
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) days.push(day)
  return days
}

export function workdaysIn(calendar: Calendar, year: number): number {
  return daysOf(year).filter((day) => isWorkday(calendar, day)).length
}

/** Stretches of days that are not worked. */
function runsOff(days: readonly string[], calendar: Calendar): string[][] {
  const runs: string[][] = [[]]
  for (const day of days) {
    if (isWorkday(calendar, day)) runs.push([])
    else runs.at(-1)?.push(day)
  }
  return runs.filter((run) => run.length > 0)
}

function isSpringFestival(year: number): (run: readonly string[]) => boolean {
  const { from, to, least } = PLAUSIBLE.springFestival
  return (run) => run.length >= least && run.some((day) => day >= `${year}-${from}` && day <= `${year}-${to}`)
}

/** Days on which two calendars differ within a year. */
export function differencesOf(year: number, loaded: Calendar, other: Calendar) {
  const kind = (calendar: Calendar, day: string) =>
    (isWorkday(calendar, day) ? 'worked' : 'off') as 'worked' | 'off'
  return daysOf(year)
    .map((day) => ({ day, loaded: kind(loaded, day), other: kind(other, day) }))
    .filter((one) => one.loaded !== one.other)
}
