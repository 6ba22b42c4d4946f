import { sql } from 'kysely'
import type { CalendarCode } from '../../../shared/people/settings/settings.ts'
import type { Calendar } from '../../../shared/register/workdays/workdays.ts'
import type { Db } from '../../base/db/database.ts'
import { storedSettings } from '../../people/settings/settings.ts'
import { BUILT_IN, type YearDays } from './builtin.ts'

/** The calendar in force, and the number of the last change to it. */
export interface CalendarInForce {
  readonly calendar: Calendar
  /** 0: nobody has ever loaded a year or chosen another calendar. It only grows. */
  readonly revision: number
}

/** A calendar of some years: those that the chosen one has, and above them those that `loaded` brings. */
export function calendarWith(loaded: ReadonlyMap<number, YearDays>, chosen: CalendarCode): Calendar {
  const years = new Map([...BUILT_IN[chosen].years, ...loaded])
  return {
    years: new Set(years.keys()),
    off: new Set([...years.values()].flatMap(({ off }) => off)),
    worked: new Set([...years.values()].flatMap(({ worked }) => worked)),
  }
}

/** Only what the program brings of China's. */
export const BUILT_IN_CALENDAR: Calendar = calendarWith(new Map(), 'china')

export interface LoadedYears {
  readonly chosen: CalendarCode
  readonly years: ReadonlyMap<number, YearDays>
  readonly revision: number
}

/** What administrators have chosen and loaded, by year, as it is now; what was withdrawn is not among it. */
export async function loadedYears(db: Db): Promise<LoadedYears> {
  const { settings, calendarChanges } = await storedSettings(db)
  const { rows } = await sql<{ id: number; year: number; off: string[] | null; worked: string[] | null }>`
    select distinct on (year) id, year, off, worked from calendar_year order by year, version desc
  `.execute(db)
  const years = new Map<number, YearDays>()
  for (const { year, off, worked } of rows) if (off && worked) years.set(year, { off, worked })
  const revision = calendarChanges + Math.max(0, ...rows.map(({ id }) => id))
  return { chosen: settings.calendar, years, revision }
}

/** The calendar in force: read where it is needed, so that every process reckons by the same one. */
export async function calendarIn(db: Db): Promise<CalendarInForce> {
  const { chosen, years, revision } = await loadedYears(db)
  const isPlain = years.size === 0 && chosen === 'china'
  return { calendar: isPlain ? BUILT_IN_CALENDAR : calendarWith(years, chosen), revision }
}

/** The calendar of some years only, as a browser needs it. */
export function calendarOf({ years, off, worked }: Calendar, first: number, last: number) {
  const isWithin = (day: string) => day >= `${first}` && day < `${last + 1}`
  return {
    years: [...years].filter((year) => year >= first && year <= last).sort((a, b) => a - b),
    off: [...off].filter(isWithin).sort(),
    worked: [...worked].filter(isWithin).sort(),
  }
}
